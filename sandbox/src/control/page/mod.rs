//! `GET /_control`: what the control API can do, for people. Plain forms, no script; every press
//! leads back to the page.

mod format;
mod guard;
mod overview;
mod people;
mod press;
mod render;
mod trouble;
mod words;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use serde::Deserialize;

use crate::state::SandboxState;

/// The page and what its forms post to, without the prefix.
pub fn routes() -> Router<SandboxState> {
    Router::new()
        .route("/", get(show))
        .route("/press/{what}", post(press))
        .layer(middleware::from_fn(guard::only_from_here))
}

/// What was pressed just now, so that the page can say so.
#[derive(Deserialize)]
struct Before {
    said: Option<String>,
    person: Option<String>,
}

async fn show(State(state): State<SandboxState>, Query(before): Query<Before>) -> Response {
    let said = before.said.as_deref().and_then(words::said);
    page(&state, before.person.as_deref(), said, None)
}

async fn press(
    State(state): State<SandboxState>,
    Path(what): Path<String>,
    body: Bytes,
) -> Response {
    match press::press(&state, &what, &body) {
        Ok(back) => Redirect::to(&back).into_response(),
        Err(problem) => page(&state, None, None, Some(&problem.0)),
    }
}

fn page(
    state: &SandboxState,
    person: Option<&str>,
    said: Option<&str>,
    problem: Option<&str>,
) -> Response {
    let html = overview::html(state, person, said, problem);
    let status = if problem.is_some() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    (status, headers(), Html(html)).into_response()
}

/// No script, no style but the sheet, no picture but the empty icon, forms to this server only. The referrer stays, since without
/// it older browsers would not tell where a form came from.
fn headers() -> HeaderMap {
    let policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
                  base-uri 'none'; frame-ancestors 'none'";
    let headers: [(HeaderName, &'static str); 3] = [
        (CONTENT_SECURITY_POLICY, policy),
        (REFERRER_POLICY, "same-origin"),
        (CACHE_CONTROL, "no-store"),
    ];
    headers
        .into_iter()
        .map(|(name, value)| (name, axum::http::HeaderValue::from_static(value)))
        .collect()
}
