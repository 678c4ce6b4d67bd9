//! `/_control/deliveries` and `/_control/webhook`: what was called on the portal's side.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Controlled, Wrong, done, read};
use crate::state::SandboxState;

#[derive(Deserialize)]
pub struct Listing {
    wait: Option<String>,
}

/// Every delivery. With `?wait=1` the answer comes when none is under way any more.
pub async fn list(
    State(state): State<SandboxState>,
    Query(listing): Query<Listing>,
) -> Json<Value> {
    if listing.wait.is_some() {
        state.deliveries_settled().await;
    }
    Json(json!({ "deliveries": state.deliveries() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Again {
    redeliver: String,
}

/// Sends a delivery once more.
pub async fn again(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let again: Again = read(&body)?;
    if state.redeliver(&again.redeliver) {
        Ok(done())
    } else {
        Err(Wrong::new("there is no such delivery"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Webhook {
    verify_token: Option<String>,
    send: Option<Value>,
    #[serde(default)]
    unsubscribe: bool,
}

/// Subscribes to webhooks, ends the subscription, or sends a webhook.
pub async fn webhook(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let webhook: Webhook = read(&body)?;
    match (webhook.verify_token, webhook.send, webhook.unsubscribe) {
        (Some(token), None, false) => {
            let subscribed = state.subscribe(&token).await;
            Ok(Json(json!({ "subscribed": subscribed })))
        }
        (None, Some(content), false) => {
            let id = state.send_webhook(&content);
            Ok(Json(json!({ "id": id })))
        }
        (None, None, true) => {
            state.unsubscribe();
            Ok(done())
        }
        _ => Err(Wrong::new("say one of verify_token, send, unsubscribe")),
    }
}
