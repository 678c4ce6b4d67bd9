//! The headers of every answer: pages, errors, redirects, files (`security.md`, pages).

use std::sync::Arc;

use app::routes::pattern;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::Next,
    response::Response,
};

use super::LayerContext;

/// An extension that a handler puts on its answer when the address of the request holds a secret. Routes with
/// a `{secret}` and Facebook's callback count as such by themselves.
#[derive(Clone, Copy, Debug)]
pub struct SecretUrl;

/// For whatever is no page: nothing may load, run, be sent or be framed.
const BARE_CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
);

const PERMISSIONS_POLICY: HeaderValue = HeaderValue::from_static(
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), \
     encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), \
     microphone=(), midi=(), payment=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
);

/// The Content-Security-Policy of a page whose scripts carry this nonce, and whose forms may lead to the
/// dialog at this origin.
///
/// Chromium applies `form-action` to every hop after a POST, and Facebook's dialog moves over its own hosts:
/// hence the wildcard. The picture of the person comes from Meta's image hosts. No `strict-dynamic`: iOS
/// refuses wasm under it with a nonce.
#[must_use]
pub fn page_csp(nonce: &str, dialog_origin: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         font-src 'self'; \
         img-src 'self' data: https://*.fbcdn.net https://*.fbsbx.com https://lookaside.facebook.com; \
         connect-src 'self'; form-action 'self' https://*.facebook.com {dialog_origin}; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    // A nonce that is no header text leaves a page without scripts, not without a policy.
    HeaderValue::try_from(policy).unwrap_or(BARE_CSP)
}

/// Sets the headers.
pub async fn set(
    State(context): State<Arc<LayerContext>>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let by_route = holds_secret(route.as_ref().map(MatchedPath::as_str));
    let mut response = next.run(request).await;
    let is_secret = by_route || response.extensions().get::<SecretUrl>().is_some();
    let headers = response.headers_mut();
    set_fixed(headers);
    if context.is_https {
        // Not for subdomains: they may be others' than the portal's.
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    // `no-referrer` would turn Origin into `null` and break the check against cross-site requests.
    let referrer = if is_secret {
        "strict-origin"
    } else {
        "same-origin"
    };
    headers.insert(REFERRER_POLICY, HeaderValue::from_static(referrer));
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(BARE_CSP);
    response
}

fn set_fixed(headers: &mut HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        PERMISSIONS_POLICY,
    );
}

/// Whether addresses of this route hold a secret. An address without a route may be a mistyped secret one.
fn holds_secret(route: Option<&str>) -> bool {
    route.is_none_or(|route| route.contains("{secret}") || route == pattern::CALLBACK)
}
