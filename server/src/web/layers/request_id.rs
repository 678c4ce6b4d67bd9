//! An id for every request: in its log lines, on its answer, on the page of an error.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument as _;

use super::LayerContext;
use crate::domain::rng::new_id;

/// The header of the answer that carries the id.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of this request, as an extension of it. Always our own: one that a visitor sends is not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

/// Gives the request its id.
pub async fn give(
    State(context): State<Arc<LayerContext>>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = new_id(&*context.rng, context.clock.now()).to_string();
    let span = tracing::info_span!("request", request_id = id);
    request.headers_mut().remove(HEADER);
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
