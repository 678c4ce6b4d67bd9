//! No other site may act in a visitor's name.
//!
//! A browser says where a request comes from: in `Sec-Fetch-Site`, or, when it is an old one, in `Origin`.
//! tower-http's `csrf` layer reads the same headers by Go's rules, which are milder than ours in three ways
//! that cannot be configured: it lets a request pass that carries neither header, it compares `Origin` with
//! the `Host` of the request and not with our origin, blind to the scheme, and an allow-listed `Origin`
//! outweighs a `Sec-Fetch-Site` that says `cross-site`. What would have to stand before it is the whole rule.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::{LayerContext, Refusal};

/// Programs of Meta post here; each of these routes stands on its signature.
pub(super) const OF_META: &str = "/meta/";

/// Refuses an unsafe request that another site started, or whose start is unknown.
pub async fn check(
    State(context): State<Arc<LayerContext>>,
    request: Request,
    next: Next,
) -> Response {
    if request.method().is_safe()
        || request.uri().path().starts_with(OF_META)
        || is_ours(request.headers(), &context.origin)
    {
        next.run(request).await
    } else {
        Refusal::CrossSite.into_response()
    }
}

/// `none` is the person's own doing, like a reload of a sent form.
fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => headers
            .get(header::ORIGIN)
            .is_some_and(|from| from == origin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_act() {
        const OURS: &str = "https://portal.example";
        for (site, origin, ours) in [
            (Some("same-origin"), Some(OURS), true),
            (Some("same-origin"), Some("null"), true),
            (Some("none"), None, true),
            (Some("same-site"), Some(OURS), false),
            (Some("cross-site"), Some(OURS), false),
            (Some(""), Some(OURS), false),
            (None, Some(OURS), true),
            (None, Some("http://portal.example"), false),
            (None, Some("https://portal.example:8443"), false),
            (None, Some("https://evil.example"), false),
            (None, Some("null"), false),
            (None, None, false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(is_ours(&headers, OURS), ours, "{site:?} {origin:?}");
        }
    }
}
