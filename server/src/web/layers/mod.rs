//! What every request passes through, whatever its route.
//!
//! From the outside in: an id, a log line, the headers of every answer, the pages of refusals, a net under
//! panics, the visitor's address, the limit against floods, the check against cross-site requests and
//! the limit of time. The limit of size is the routes' own.

pub mod client_ip;
pub mod compress;
pub mod csrf;
pub mod flood;
pub mod limits;
pub mod refusal;
pub mod request_id;
pub mod security_headers;
#[cfg(test)]
mod tests;
pub mod trace;

use std::sync::Arc;

use axum::{Router, http::HeaderValue, middleware::from_fn, middleware::from_fn_with_state};

pub use self::{
    client_ip::{ClientAddr, TrustedProxies},
    flood::Flood,
    refusal::{Refusal, Refusals},
    request_id::RequestId,
    security_headers::{SecretUrl, page_csp},
};
use crate::domain::{clock::SharedClock, rng::SharedRng};

/// Requests of one address in a minute, whatever they ask for. A page with its files is about ten.
pub const REQUESTS_PER_MINUTE: u32 = 600;

/// Calls of Meta's from one address in a minute. A signature is checked sooner than a page is drawn.
pub const META_CALLS_PER_MINUTE: u32 = 6_000;

/// What the layers need to know.
pub struct LayerContext {
    pub clock: SharedClock,
    pub rng: SharedRng,
    /// Our own origin, as a browser writes it.
    pub origin: String,
    /// Whether browsers reach us over TLS.
    pub is_https: bool,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted: TrustedProxies,
    /// The origin of Meta's login dialog, where a form may lead to.
    pub dialog_origin: String,
    /// Requests of one address in a minute: [`REQUESTS_PER_MINUTE`] but in tests.
    pub requests_per_minute: u32,
}

impl LayerContext {
    /// The Content-Security-Policy of a page whose scripts carry this nonce.
    #[must_use]
    pub fn page_csp(&self, nonce: &str) -> HeaderValue {
        page_csp(nonce, &self.dialog_origin)
    }
}

/// Puts all layers around the routes that the router has by now; call it last.
///
/// The server has to be started with `into_make_service_with_connect_info::<SocketAddr>()`, else no
/// visitor's address is known and all share one.
pub fn apply<S>(router: Router<S>, context: Arc<LayerContext>, refusals: Refusals) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let flood = Arc::new(Flood::per_minute(
        context.requests_per_minute,
        context.clock.clone(),
    ));
    // Each layer goes around the ones above it.
    router
        .layer(from_fn_with_state(limits::REQUEST_TIME, limits::time))
        .layer(from_fn_with_state(context.clone(), csrf::check))
        .layer(from_fn_with_state(flood, flood::check_people))
        .layer(from_fn_with_state(context.clone(), client_ip::find))
        .layer(limits::catch_panic())
        .layer(from_fn_with_state(refusals, refusal::show))
        .layer(from_fn_with_state(context.clone(), security_headers::set))
        .layer(from_fn(trace::log))
        .layer(from_fn_with_state(context, request_id::give))
}
