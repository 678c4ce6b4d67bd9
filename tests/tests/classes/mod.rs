//! Each class of Meta's answers through the whole system: what is known of Meta's errors and how they are judged;
//! what a check of a token leads to in the database, on the pages and in the line of `token check`.

mod calls;
mod known;
mod verdicts;

use app::{model::Explanation, text::Lang};

/// What is said of it, in the catalogue's words.
fn words(explanation: Explanation) -> [String; 2] {
    let code = explanation.code();
    ["text", "do"].map(|part| Lang::English.text(&format!("found-{code}-{part}"), &[]))
}
