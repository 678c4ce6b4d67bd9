//! Limits of one request: its size, its time, and a net under its handler.

use std::{any::Any, time::Duration};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer};

use super::Refusal;

/// The largest body, in bytes: no form of ours comes near it.
pub const FORM_BYTES: usize = 64 * 1024;

/// The largest body of a form with a file, in bytes. Far more than any file that is kept: whoever chose a photo by
/// mistake is told so beside what they typed, and not by a page that has lost it.
pub const UPLOAD_BYTES: usize = 10 * 1024 * 1024;

/// The largest webhook, in bytes: Meta packs up to a thousand changes into one (docs/graph-api/webhooks).
pub const WEBHOOK_BYTES: usize = 1024 * 1024;

/// The longest that a page lets a person wait (`security.md`, when things break).
pub const REQUEST_TIME: Duration = Duration::from_secs(10);

/// Refuses a larger body, by its announced length or while it is read.
#[must_use]
pub fn body(bytes: usize) -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(bytes)
}

/// Gives up on a handler that takes longer.
///
/// tower-http's layer answers with a bare status, which could not be told from a handler's own.
pub async fn time(State(longest): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::Timeout.into_response(),
    }
}

/// Catches the panic of a handler. What it carries is dropped: it may hold a value; the place is logged by
/// the hook of `boot::telemetry`.
#[must_use]
pub fn catch_panic() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(|_| Refusal::Panic.into_response())
}
