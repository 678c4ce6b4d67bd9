//! The checks of tokens: the released programs on both databases, measured by `tests/bench`, as a table.

use serde_json::Value;

use super::server::{self, Measured};
use super::table::{number, text};
use crate::failure::Outcome;
use crate::workspace::Workspace;

/// Builds what is released, measures, and gives the table.
pub fn measure(workspace: &Workspace, quick: bool) -> Outcome<String> {
    server::on_each(workspace, Measured::Validation, quick).map(|measured| table(&measured))
}

/// A line of the table: a name, what is aimed at, and the figure as it is written.
type Line = (&'static str, &'static str, fn(&Value) -> String);

const LINES: [Line; 12] = [
    ("Checks in a second, one by one", "–", |one| {
        format!("{:.1}", number(&one["singly_per_second"]))
    }),
    ("Checks in a second, by schedule", "–", |one| {
        format!("{:.0}", number(&one["many_per_second"]))
    }),
    ("The ratio", "50", |one| {
        format!("{:.0}", number(&one["ratio"]))
    }),
    ("All connections of a large agency", "15 min", |one| {
        format!("{:.0} s", number(&one["many_seconds"]))
    }),
    ("Memory of the worker at its highest", "120 MB", |one| {
        format!("{:.1} MiB", number(&one["resident_mib"]))
    }),
    ("Checks that were made twice", "0", |one| {
        one["twice"].to_string()
    }),
    ("Processors' time a check, small agency", "–", |one| {
        cost(&one["few_cost_ms"])
    }),
    ("Processors' time a check, large agency", "–", |one| {
        cost(&one["many_cost_ms"])
    }),
    ("More than in a small one", "20 %", |one| {
        format!("{:+.0} %", (number(&one["growth"]) - 1.0) * 100.0)
    }),
    ("Of it ours", "–", |one| cost(&one["ours_ms"])),
    ("Of it the database's", "–", |one| {
        cost(&one["database_ms"])
    }),
    ("The sandbox's beside it", "–", |one| {
        cost(&one["sandbox_ms"])
    }),
];

fn cost(value: &Value) -> String {
    format!("{:.3} ms", number(value))
}

fn table(measured: &[Value]) -> String {
    let Some(first) = measured.first() else {
        return String::new();
    };
    let row = |name: &str, aim: &str, of: &dyn Fn(&Value) -> String| {
        let values: Vec<String> = measured.iter().map(of).collect();
        format!("| {name} | {} | {aim} |", values.join(" | "))
    };
    let mut lines = vec![
        format!(
            "A large agency has {} connections, a small one {}. Meta takes {} ms for an answer.",
            first["many"], first["few"], first["latency_ms"],
        ),
        String::new(),
        row("what", "aim", &|one| text(&one["database"])),
        format!("|---|{}--:|", "--:|".repeat(measured.len())),
    ];
    lines.extend(LINES.iter().map(|(name, aim, of)| row(name, aim, of)));
    for one in measured.iter().filter(|one| !one["shared"].is_null()) {
        let shared = &one["shared"];
        lines.push(String::new());
        lines.push(format!(
            "Two workers on {} share {} connections: {:.0} checks in a second where one makes {:.0}, {:.2} times as \
             many; checks that were made twice: {}.",
            text(&one["database"]),
            shared["connections"],
            number(&shared["two_per_second"]),
            number(&shared["one_per_second"]),
            number(&shared["ratio"]),
            shared["twice"],
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::table;

    #[test]
    fn each_database_has_a_column() {
        let measured = json!({
            "database": "SQLite 3", "latency_ms": 50, "singly_per_second": 18.04, "few": 1000, "few_per_second": 900.0,
            "few_cost_ms": 0.4, "many": 100_000, "many_per_second": 1234.5, "many_seconds": 81.2, "many_cost_ms": 0.44,
            "growth": 1.1, "ratio": 68.4, "twice": 0, "resident_mib": 44.06, "ours_ms": 0.3, "database_ms": 0.14,
            "sandbox_ms": 0.2, "shared": null,
        });
        let mut other = measured.clone();
        other["database"] = json!("PostgreSQL 15");
        other["shared"] = json!({
            "connections": 30_000, "one_per_second": 1000.0, "two_per_second": 1700.0, "ratio": 1.7, "twice": 0,
        });
        let told = table(&[measured, other]);
        for line in [
            "| what | SQLite 3 | PostgreSQL 15 | aim |\n|---|--:|--:|--:|",
            "| The ratio | 68 | 68 | 50 |",
            "| Memory of the worker at its highest | 44.1 MiB | 44.1 MiB | 120 MB |",
            "| More than in a small one | +10 % | +10 % | 20 % |",
            "1700 checks in a second where one makes 1000, 1.70 times as many; checks that were made twice: 0.",
        ] {
            assert!(told.contains(line), "{line}\n{told}");
        }
        assert!(!told.contains("NaN"), "{told}");
    }
}
