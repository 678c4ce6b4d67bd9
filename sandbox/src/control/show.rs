//! `GET /_control/state` and `/_control/calls`, and the switch among the state.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::SecondsFormat;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Controlled, done, read};
use crate::state::SandboxState;

/// Everything but the app secret. It does show tokens: that is what a sandbox is for.
pub async fn state(State(state): State<SandboxState>) -> Json<Value> {
    let config = state.config();
    let data = state.lock();
    let holds = data.gates.iter();
    let holds = holds.map(|gate| json!({ "edge": gate.edge, "arrived": gate.arrivals() }));
    Json(json!({
        "app_id": config.app_id,
        "redirect_uris": config.redirect_uris,
        "callback_url": config.callback_url,
        "now": data.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true),
        "require_proof": data.require_proof,
        "settings": data.settings,
        "next_logins": data.next_logins,
        "people": data.world.people,
        "businesses": data.world.businesses,
        "accounts": data.world.accounts,
        "configurations": data.world.configurations,
        "consents": data.consents,
        "blocked": data.blocked,
        "tokens": data.tokens,
        "webhook": data.outbox.summary(),
        "faults": data.faults,
        "holds": holds.collect::<Vec<_>>(),
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switches {
    require_proof: bool,
}

/// Turns the dashboard's *Require App Secret* on or off.
pub async fn set(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let switches: Switches = read(&body)?;
    state.set_require_proof(switches.require_proof);
    Ok(done())
}

/// Every Graph call since the start or the last reset.
pub async fn calls(State(state): State<SandboxState>) -> Json<Value> {
    Json(json!({ "calls": state.calls() }))
}
