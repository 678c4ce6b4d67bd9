//! The command line as scripts and people rely on it: `product.md`, "The outer contract".

mod audit;
mod links;
mod serve;
mod staff;
mod tokens;
mod verbs;

use serde_json::Value;
use tests::{TestDatabase, process::Program};

/// A program over a new database that is up to date.
async fn program() -> (Program, TestDatabase) {
    let database = TestDatabase::create().await;
    (Program::over(&database), database)
}

/// Asserts the fields of an object, in any order.
#[track_caller]
fn must_have(value: &Value, fields: &[&str]) {
    let object = value.as_object().expect("an object");
    let mut found: Vec<&str> = object.keys().map(String::as_str).collect();
    let mut wanted = fields.to_vec();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted, "{value}");
}

/// A text field.
#[track_caller]
fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    let text = value.get(field).and_then(Value::as_str);
    text.unwrap_or_else(|| panic!("no text {field}: {value}"))
}

/// Asserts that a moment of the output lies so many hours ahead.
#[track_caller]
fn must_be_ahead(value: &Value, field: &str, hours: i64) {
    use chrono::{DateTime, Utc};
    use server::domain::clock::{Clock as _, SystemClock};
    let moment: DateTime<Utc> = text(value, field).parse().expect("a moment");
    let minutes = (moment - SystemClock.now()).num_minutes();
    assert!((hours * 60 - 5..=hours * 60).contains(&minutes), "{value}");
}
