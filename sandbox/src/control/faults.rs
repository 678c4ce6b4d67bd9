//! `/_control/faults`: trouble and held calls, by edge.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Controlled, Wrong, done, read};
use crate::seed::bare;
use crate::state::{Fault, FaultKind, SandboxState, presets};

/// A fault, a hold, or the end of both. What a fault leaves out is as in its preset; without one,
/// as in the preset of its kind's name; without that, as in [`Fault::transient`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct NewFault {
    edge: Option<String>,
    hold: bool,
    clear: bool,
    preset: Option<String>,
    kind: Option<FaultKind>,
    person: Option<String>,
    token: Option<String>,
    account: Option<String>,
    times: Option<u32>,
    share: Option<f64>,
    seen: u64,
    after_work: bool,
    latency_ms: Option<u64>,
    status: Option<u16>,
    code: Option<i64>,
    subcode: Option<i64>,
    #[serde(rename = "type")]
    error_type: Option<String>,
    message: Option<String>,
    #[serde(alias = "error_user_title")]
    user_title: Option<String>,
    #[serde(alias = "error_user_msg")]
    user_message: Option<String>,
    is_transient: Option<bool>,
    body: Option<Value>,
}

/// Sets a fault, holds an edge, or clears both (of one edge, or of all).
pub async fn set(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let new: NewFault = read(&body)?;
    match (new.edge.clone(), new.clear, new.hold) {
        (edge, true, false) => state.clear_faults(edge.as_deref()),
        // It ends by `clear`: over HTTP nobody has a handle to drop.
        (Some(edge), false, true) => drop(state.add_gate(&edge)),
        (Some(edge), false, false) => state.fault(new.fault(&edge)?),
        _ => return Err(Wrong::new("say an edge, and at most one of hold and clear")),
    }
    Ok(done())
}

/// Every preset.
pub async fn list() -> Json<Value> {
    Json(json!({ "presets": presets().collect::<Vec<_>>() }))
}

impl NewFault {
    fn fault(self, edge: &str) -> Result<Fault, Wrong> {
        if self
            .share
            .is_some_and(|share| !(0.0..=1.0).contains(&share))
        {
            return Err(Wrong::new("share is from 0 to 1"));
        }
        if self.times == Some(0) {
            return Err(Wrong::new("times is 1 or more; leave it out for no end"));
        }
        let usual = self.usual(edge)?;
        Ok(Fault {
            person: self.person,
            token: self.token,
            account: self.account.as_deref().map(bare),
            times: self.times.unwrap_or(Fault::UNTIL_CLEARED),
            share: self.share,
            seen: self.seen,
            after_work: self.after_work,
            latency_ms: self.latency_ms.unwrap_or(usual.latency_ms),
            kind: self.kind.unwrap_or(usual.kind),
            status: self.status.unwrap_or(usual.status),
            code: self.code.unwrap_or(usual.code),
            subcode: self.subcode.or(usual.subcode).filter(|code| *code != 0),
            error_type: self.error_type.unwrap_or(usual.error_type),
            message: self.message.unwrap_or(usual.message),
            user_title: self.user_title.or(usual.user_title),
            user_message: self.user_message.or(usual.user_message),
            is_transient: self.is_transient.unwrap_or(usual.is_transient),
            body: self.body.map(|body| match body {
                Value::String(text) => text,
                json => json.to_string(),
            }),
            edge: usual.edge,
        })
    }

    fn usual(&self, edge: &str) -> Result<Fault, Wrong> {
        match (&self.preset, self.kind) {
            (Some(name), _) => Ok(Fault::preset(edge, name)?),
            (None, None | Some(FaultKind::Error)) => Ok(Fault::transient(edge)),
            (None, Some(kind)) => {
                let name = json!(kind);
                Ok(Fault::preset(edge, name.as_str().unwrap_or_default())?)
            }
        }
    }
}
