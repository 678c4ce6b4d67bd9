//! The files that the browser loads, built into the program.
//!
//! Their names carry a hash of their content, so they never change and may be kept for ever; the
//! compressed forms were made when the program was built.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY,
};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// For what has a hash of its content in its name.
pub const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// One file and its forms.
#[derive(Debug)]
pub struct Asset {
    /// The file itself.
    pub bytes: &'static [u8],
    /// As brotli, unless the file is compressed in itself.
    pub brotli: Option<&'static [u8]>,
    /// As gzip, likewise.
    pub gzip: Option<&'static [u8]>,
    /// Its media type.
    pub content_type: &'static str,
}

/// The file of that name below `/pkg/`.
pub fn find(name: &str) -> Option<&'static Asset> {
    ASSETS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, asset)| asset)
}

/// The path of the stylesheet.
pub fn stylesheet_path() -> &'static str {
    STYLESHEET
}

/// The path of the font, for a preload.
pub fn font_path() -> &'static str {
    FONT
}

/// The name by which Leptos finds the browser part: `/pkg/{name}.js` and `/pkg/{name}_bg.wasm`.
/// `None` in a server that was built without one.
pub fn browser_output_name() -> Option<&'static str> {
    OUTPUT_NAME
}

/// `/pkg/{file}`, for any application state.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/pkg/{file}", get(serve))
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    find(&name).map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |asset| asset.respond(accepted(&headers)),
    )
}

impl Asset {
    fn respond(&self, accepted: Accepted) -> Response {
        let (body, encoding) = match (self.brotli, self.gzip) {
            (Some(brotli), _) if accepted.brotli => (brotli, Some("br")),
            (_, Some(gzip)) if accepted.gzip => (gzip, Some("gzip")),
            _ => (self.bytes, None),
        };
        let mut response = body.into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(CACHE_CONTROL, FOR_EVER);
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

/// Which compressed forms the browser takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Accepted {
    brotli: bool,
    gzip: bool,
}

/// Reads `Accept-Encoding` (RFC 9110, 12.5.3): a coding with `q=0` is refused, and `*` stands for
/// every coding that is not named.
fn accepted(headers: &HeaderMap) -> Accepted {
    let (mut brotli, mut gzip, mut others) = (None, None, false);
    for value in headers.get_all(ACCEPT_ENCODING) {
        for item in value.to_str().unwrap_or_default().split(',') {
            let (coding, wanted) = coding(item);
            match coding.to_ascii_lowercase().as_str() {
                "br" => brotli = Some(wanted),
                "gzip" | "x-gzip" => gzip = Some(wanted),
                "*" => others = wanted,
                _ => {}
            }
        }
    }
    Accepted {
        brotli: brotli.unwrap_or(others),
        gzip: gzip.unwrap_or(others),
    }
}

/// A coding and whether it is wanted at all: `gzip;q=0` is not.
fn coding(item: &str) -> (&str, bool) {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = parts
        .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
        .map_or(Ok(1.0), str::parse::<f32>);
    (name, weight.is_ok_and(|weight| weight > 0.0))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Method, Request};
    use tower::ServiceExt;

    use super::*;

    const FORMS: Asset = Asset {
        bytes: b"plain",
        brotli: Some(b"brotli"),
        gzip: Some(b"gzip"),
        content_type: "text/css; charset=utf-8",
    };

    fn encoding(accept: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, accept.parse().expect("a header value"));
        let response = FORMS.respond(accepted(&headers));
        assert_eq!(response.headers()[VARY], "Accept-Encoding");
        let encoding = response.headers().get(CONTENT_ENCODING)?;
        Some(encoding.to_str().expect("text").to_owned())
    }

    async fn answer(method: Method, path: &str) -> Response {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .body(Body::empty());
        routes::<()>()
            .oneshot(request.expect("a request"))
            .await
            .expect("an answer")
    }

    #[test]
    fn the_smallest_form_that_is_accepted_is_sent() {
        assert_eq!(encoding("gzip, deflate, br").as_deref(), Some("br"));
        assert_eq!(encoding("gzip").as_deref(), Some("gzip"));
        assert_eq!(encoding("GZIP;q=0.5").as_deref(), Some("gzip"));
        assert_eq!(encoding("*").as_deref(), Some("br"));
        assert_eq!(encoding("identity"), None);
        assert_eq!(encoding(""), None);
    }

    #[test]
    fn a_refused_form_is_not_sent() {
        assert_eq!(encoding("br;q=0, gzip").as_deref(), Some("gzip"));
        assert_eq!(encoding("br; q=0.000, gzip;q=0"), None);
        assert_eq!(encoding("*, br;q=0").as_deref(), Some("gzip"));
        assert_eq!(encoding("br;q=nonsense"), None);
    }

    #[test]
    fn a_form_that_was_not_made_is_not_sent() {
        let asset = Asset {
            bytes: b"font",
            brotli: None,
            gzip: None,
            content_type: "font/woff2",
        };
        let response = asset.respond(Accepted {
            brotli: true,
            gzip: true,
        });
        assert!(!response.headers().contains_key(CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn the_stylesheet_is_there_for_ever_and_points_to_the_font() {
        let response = answer(Method::GET, stylesheet_path()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(response.headers()[CACHE_CONTROL], FOR_EVER);
        let name = stylesheet_path().trim_start_matches("/pkg/");
        let css = String::from_utf8_lossy(find(name).expect("the stylesheet").bytes);
        assert!(css.contains(font_path().trim_start_matches("/pkg/")));
        assert!(!css.contains("@import"));
    }

    #[tokio::test]
    async fn a_head_request_tells_the_same_without_the_body() {
        let response = answer(Method::HEAD, font_path()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "font/woff2");
        let body = axum::body::to_bytes(response.into_body(), 1)
            .await
            .expect("a body");
        assert!(body.is_empty());
    }

    #[tokio::test]
    async fn an_unknown_name_is_not_found() {
        for path in ["/pkg/portico.css", "/pkg/..%2Fsite.json"] {
            assert_eq!(
                answer(Method::GET, path).await.status(),
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }

    #[test]
    fn the_browser_part_is_complete_or_absent() {
        if let Some(name) = browser_output_name() {
            assert!(find(&format!("{name}.js")).is_some());
            assert!(find(&format!("{name}_bg.wasm")).is_some());
        }
    }
}
