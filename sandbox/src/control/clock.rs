//! `POST /_control/clock`: lets time pass.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::json;

use super::{Controlled, Wrong, read};
use crate::state::SandboxState;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    advance_seconds: Option<i64>,
    now: Option<DateTime<Utc>>,
    #[serde(default)]
    real: bool,
}

/// Moves the clock in one of three ways and tells the time it then has.
pub async fn set(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let change: Change = read(&body)?;
    let now = {
        let mut data = state.lock();
        match (change.advance_seconds, change.now, change.real) {
            (Some(seconds), None, false) => data.clock.advance(seconds),
            (None, Some(now), false) => data.clock.set(now),
            (None, None, true) => data.clock.real(),
            _ => return Err(Wrong::new("say one of advance_seconds, now, real")),
        }
        data.clock.now()
    };
    Ok(Json(
        json!({ "now": now.to_rfc3339_opts(SecondsFormat::Secs, true) }),
    ))
}
