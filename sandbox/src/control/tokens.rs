//! `POST /_control/tokens`: a token without a login, with any life.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::json;

use super::{Controlled, read};
use crate::state::{Mint, SandboxState};

/// Makes a token and returns it.
pub async fn mint(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let mint: Mint = read(&body)?;
    let token = state.mint(mint)?;
    Ok(Json(json!(token)))
}
