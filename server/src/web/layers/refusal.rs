//! What a layer refuses, and the page that says so.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::RequestId;

/// Why a layer did not let a request through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// An unsafe request that another site started.
    CrossSite,
    /// Too many requests.
    TooMany {
        /// Seconds until the next one is welcome.
        retry_after: u64,
    },
    /// The body is larger than any form of ours.
    TooLarge,
    /// The answer took too long.
    Timeout,
    /// The handler panicked.
    Panic,
}

impl Refusal {
    /// The status of the answer. A timeout is a 503: browsers repeat a request by themselves after a 408.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Timeout => StatusCode::SERVICE_UNAVAILABLE,
            Self::Panic => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A bare answer that [`show`] turns into a page; a handler may give it too.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

type Page = dyn Fn(Refusal, &str) -> Response + Send + Sync;

/// Renders the pages of refusals.
#[derive(Clone)]
pub struct Refusals(Arc<Page>);

impl Refusals {
    /// Pages made by this function of the refusal and the request's id. Status and `Retry-After` are set on
    /// what it gives; a Content-Security-Policy that fits a page is its own to set.
    pub fn new(page: impl Fn(Refusal, &str) -> Response + Send + Sync + 'static) -> Self {
        Self(Arc::new(page))
    }
}

/// Turns the bare answer of a refusal into its page.
pub async fn show(State(refusals): State<Refusals>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    let Some(refusal) = refusal_of(&response) else {
        return response;
    };
    tracing::warn!(?refusal, "refused");
    let id = id.as_ref().map_or("", |id| id.0.as_str());
    let mut page = (refusals.0)(refusal, id);
    *page.status_mut() = refusal.status();
    if let Refusal::TooMany { retry_after } = refusal {
        page.headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    }
    page
}

/// The body limit answers by itself, or makes an extractor answer, with a 413 in plain text.
fn refusal_of(response: &Response) -> Option<Refusal> {
    let marked = response.extensions().get::<Refusal>().copied();
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    marked.or_else(|| {
        (response.status() == StatusCode::PAYLOAD_TOO_LARGE && !is_page)
            .then_some(Refusal::TooLarge)
    })
}
