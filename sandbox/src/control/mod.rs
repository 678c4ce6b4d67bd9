//! `/_control`: sets the scene and tells what happened. JSON in and out, `{"error": "…"}` if not.

mod clock;
mod events;
mod faults;
mod quotas;
mod settings;
mod show;
mod tokens;
mod world;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::state::SandboxState;

/// The control API's routes, without the prefix.
pub fn routes() -> Router<SandboxState> {
    Router::new()
        .route("/state", get(show::state).post(show::set))
        .route("/calls", get(show::calls))
        .route("/reset", post(reset))
        .route("/people", post(world::people))
        .route("/businesses", post(world::businesses))
        .route("/accounts", post(world::accounts))
        .route("/configurations", post(world::configurations))
        .route("/tokens", post(tokens::mint))
        .route("/events", post(events::happen))
        .route("/faults", post(faults::set))
        .route("/faults/presets", get(faults::list))
        .route("/quotas", get(quotas::show).post(quotas::set))
        .route("/settings", post(settings::change))
        .route("/logins", post(settings::next_login))
        .route("/dialogs", get(settings::dialogs))
        .route("/clock", post(clock::set))
}

async fn reset(State(state): State<SandboxState>) -> Json<Value> {
    state.reset();
    done()
}

/// What a control call answers: JSON, or what was wrong with it.
type Controlled = Result<Json<Value>, Wrong>;

/// A control call that cannot be followed, and why.
#[derive(Debug)]
struct Wrong(String);

impl Wrong {
    fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl<E: std::error::Error> From<E> for Wrong {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({ "error": self.0 }))).into_response()
    }
}

/// Reads a body as JSON, whatever its content type says, so that plain `curl -d` works.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Wrong> {
    serde_json::from_slice(body).map_err(Wrong::from)
}

fn done() -> Json<Value> {
    Json(json!({ "ok": true }))
}
