//! Who may press: only the page itself. Another website that a person has open must not be able
//! to post its forms, nor to read it under a name of its own that leads to loopback.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const REFUSED: &str = "This page takes presses from itself only, at a loopback address. A script \
                       uses the control API, which sandbox/README.md describes.\n";

/// Answers 403 to what comes from elsewhere.
pub async fn only_from_here(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_fine = is_for_loopback(headers)
        && (request.method() == Method::GET
            || request.method() == Method::HEAD
            || is_from_here(headers));
    if is_fine {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, REFUSED).into_response()
    }
}

/// Browsers say where a form stands, in `Sec-Fetch-Site` or at least in `Origin`; who says neither
/// is no browser in front of this page.
fn is_from_here(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let here = text(headers, &HOST).map(|host| format!("http://{host}"));
    here.is_some() && text(headers, &ORIGIN) == here.as_deref()
}

fn is_for_loopback(headers: &HeaderMap) -> bool {
    let host = text(headers, &HOST).and_then(|host| host.parse::<Authority>().ok());
    host.is_some_and(|host| {
        let name = host.host().trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &axum::http::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
