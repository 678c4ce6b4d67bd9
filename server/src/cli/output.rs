//! What a verb prints: JSON alone with `--json`, words without.

use serde_json::Value;

/// Prints the JSON, or the lines for a person.
pub fn print(json: bool, value: &Value, lines: &[String]) {
    if json {
        println!("{value}");
    } else {
        for line in lines {
            println!("{line}");
        }
    }
}

/// A moment as JSON has it: UTC, to the second.
pub fn moment(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
