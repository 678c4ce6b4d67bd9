//! `/_control/quotas`: how much Meta allows.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Controlled, Wrong, read};
use crate::state::{Quotas, SandboxState};

/// What changes; the rest stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    app: Option<u64>,
    account: Option<u64>,
    ads_management: Option<u64>,
    ads_insights: Option<u64>,
    /// Back to the defaults.
    #[serde(default)]
    usual: bool,
    /// What was used so far does not count.
    #[serde(default)]
    forget: bool,
}

/// The quotas as they are.
pub async fn show(State(state): State<SandboxState>) -> Json<Value> {
    Json(json!(state.lock().usage.quotas))
}

/// Changes quotas and tells what they then are.
pub async fn set(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let change: Change = read(&body)?;
    let given = [
        change.app,
        change.account,
        change.ads_management,
        change.ads_insights,
    ];
    if given.contains(&Some(0)) {
        return Err(Wrong::new("a quota is 1 or more"));
    }
    let mut data = state.lock();
    let usage = &mut data.usage;
    let now = if change.usual {
        Quotas::default()
    } else {
        usage.quotas
    };
    usage.quotas = Quotas {
        app: change.app.unwrap_or(now.app),
        account: change.account.unwrap_or(now.account),
        ads_management: change.ads_management.unwrap_or(now.ads_management),
        ads_insights: change.ads_insights.unwrap_or(now.ads_insights),
    };
    if change.forget {
        usage.forget();
    }
    Ok(Json(json!(usage.quotas)))
}
