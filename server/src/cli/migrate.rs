use std::process::ExitCode;

use serde_json::json;

use super::{Outcome, output};
use crate::{boot, config::Config};

/// Brings the database up to date.
pub async fn run(config: &Config, json: bool) -> Outcome {
    let db = boot::database(config).await?;
    let applied = boot::migrations::apply(&db).await?;
    let lines = if applied.is_empty() {
        vec!["The database is up to date.".to_owned()]
    } else {
        applied
            .iter()
            .map(|name| format!("applied {name}"))
            .collect()
    };
    output::print(json, &json!({ "applied": applied }), &lines);
    Ok(ExitCode::SUCCESS)
}
