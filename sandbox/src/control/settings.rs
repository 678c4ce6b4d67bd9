//! `POST /_control/settings` and `/_control/logins`, `GET /_control/dialogs`: how app and dialog
//! behave, and how logins went.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Controlled, Wrong, done, read};
use crate::state::{NextLogin, SandboxState, Settings};

/// Changes the settings that are named, and tells them all.
pub async fn change(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let change: Map<String, Value> = read(&body)?;
    let mut all = json!(state.settings());
    if let Value::Object(all) = &mut all {
        all.extend(change);
    }
    let settings: Settings = serde_json::from_value(all)?;
    state.set_settings(settings.clone());
    Ok(Json(json!(settings)))
}

#[derive(Deserialize)]
struct Login {
    person: String,
    #[serde(flatten)]
    next: Map<String, Value>,
}

/// Says what is to be odd about a person's next login.
pub async fn next_login(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let login: Login = read(&body)?;
    let next: NextLogin = serde_json::from_value(Value::Object(login.next))?;
    state
        .next_login(&login.person, next)
        .map_err(|_| Wrong::new("there is no such person"))?;
    Ok(done())
}

/// Every dialog that came to an end since the start or the last reset.
pub async fn dialogs(State(state): State<SandboxState>) -> Json<Value> {
    Json(json!({ "dialogs": state.dialogs() }))
}
