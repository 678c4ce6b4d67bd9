use std::{
    io::{self, Write},
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Extension, Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use chrono::{DateTime, Utc};
use tower::ServiceExt as _;

use super::{
    ClientAddr, Flood, LayerContext, REQUESTS_PER_MINUTE, Refusal, Refusals, RequestId, SecretUrl,
    TrustedProxies, apply, flood, limits, page_csp,
};
use crate::domain::{clock::Clock, rng::SystemRng};

/// A clock that stands until it is moved.
#[derive(Default)]
pub(super) struct TestClock(AtomicI64);

impl TestClock {
    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + self.0.load(Ordering::Relaxed)).unwrap()
    }
}

const ORIGIN: &str = "https://portal.example";

fn context(requests_per_minute: u32) -> Arc<LayerContext> {
    Arc::new(LayerContext {
        clock: Arc::new(TestClock::default()),
        rng: Arc::new(SystemRng),
        origin: ORIGIN.to_owned(),
        is_https: true,
        trusted: TrustedProxies::new(vec!["10.0.0.0/8".parse().unwrap()]),
        dialog_origin: "http://127.0.0.1:4000".to_owned(),
        requests_per_minute,
    })
}

fn refusals() -> Refusals {
    Refusals::new(|refusal, id| format!("{refusal:?} {id}").into_response())
}

async fn panics() -> StatusCode {
    panic!("as it should");
}

fn router(requests_per_minute: u32) -> Router {
    let clock = Arc::new(TestClock::default());
    let strict = Router::new().route("/strict", get(async || "ok"));
    let slow = Router::new()
        .route("/slow", get(std::future::pending::<()>))
        .layer(from_fn_with_state(Duration::from_millis(1), limits::time));
    let routes = Router::new()
        .route("/", get(async || "home").post(async |body: String| body))
        .route("/i/{secret}", get(async || "link"))
        .route("/oauth/facebook/callback", get(async || "callback"))
        .route("/marked", get(async || (Extension(SecretUrl), "marked")))
        .route(
            "/page",
            get(async || {
                [
                    (header::CACHE_CONTROL, "public, max-age=60"),
                    (header::CONTENT_SECURITY_POLICY, "default-src 'self'"),
                ]
            }),
        )
        .route("/meta/webhook", post(async || "hook"))
        .route("/panic", get(panics))
        .route(
            "/who",
            get(async |Extension(address): Extension<ClientAddr>| address.0.to_string()),
        )
        .route("/id", get(async |Extension(id): Extension<RequestId>| id.0))
        .merge(flood::limit(strict, Arc::new(Flood::per_minute(1, clock))))
        .merge(slow);
    let routes = routes.layer(limits::body(limits::FORM_BYTES));
    apply(routes, context(requests_per_minute), refusals())
}

fn request(method: Method, path: &str) -> Request<Body> {
    let peer = ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4711)));
    Request::builder()
        .method(method)
        .uri(path)
        .extension(peer)
        .body(Body::empty())
        .unwrap()
}

async fn send(request: Request<Body>) -> Response {
    router(REQUESTS_PER_MINUTE).oneshot(request).await.unwrap()
}

async fn get_path(path: &str) -> Response {
    send(request(Method::GET, path)).await
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn head<'a>(response: &'a Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    for (path, status) in [
        ("/", 200),
        ("/missing", 404),
        ("/meta/webhook", 405),
        ("/panic", 500),
        ("/slow", 503),
    ] {
        let response = get_path(path).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(head(&response, "x-content-type-options"), "nosniff");
        assert_eq!(head(&response, "cross-origin-opener-policy"), "same-origin");
        assert!(head(&response, "permissions-policy").contains("camera=()"));
        assert_eq!(head(&response, "cache-control"), "no-store");
        assert_eq!(
            head(&response, "strict-transport-security"),
            "max-age=31536000"
        );
        let csp = head(&response, "content-security-policy");
        assert!(csp.starts_with("default-src 'none'"), "{csp}");
        assert!(
            csp.ends_with("base-uri 'none'; frame-ancestors 'none'"),
            "{csp}"
        );
        assert_eq!(head(&response, "x-request-id").len(), 36, "{path}");
    }
    let response = get_path("/page").await;
    assert_eq!(head(&response, "cache-control"), "public, max-age=60");
    assert_eq!(
        head(&response, "content-security-policy"),
        "default-src 'self'"
    );
}

#[tokio::test]
async fn an_address_with_a_secret_is_told_to_nobody() {
    for (path, policy) in [
        ("/", "same-origin"),
        ("/page", "same-origin"),
        ("/i/abc", "strict-origin"),
        ("/oauth/facebook/callback?code=x", "strict-origin"),
        ("/marked", "strict-origin"),
        ("/i/abc/", "strict-origin"),
    ] {
        assert_eq!(
            head(&get_path(path).await, "referrer-policy"),
            policy,
            "{path}"
        );
    }
}

#[test]
fn the_policy_of_a_page_is_that_of_the_promise() {
    assert_eq!(
        page_csp("abc", "http://127.0.0.1:4000"),
        "default-src 'none'; script-src 'self' 'nonce-abc' 'wasm-unsafe-eval'; style-src 'self'; \
         font-src 'self'; \
         img-src 'self' data: https://*.fbcdn.net https://*.fbsbx.com https://lookaside.facebook.com; \
         connect-src 'self'; form-action 'self' https://*.facebook.com http://127.0.0.1:4000; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    assert_eq!(
        context(1).page_csp("a"),
        page_csp("a", "http://127.0.0.1:4000")
    );
}

#[tokio::test]
async fn ids_are_our_own() {
    let mut request = request(Method::GET, "/id");
    let headers = request.headers_mut();
    headers.insert("x-request-id", "theirs".parse().unwrap());
    let response = send(request).await;
    let id = head(&response, "x-request-id").to_owned();
    assert_ne!(id, "theirs");
    assert_eq!(text(response).await, id);
}

#[tokio::test]
async fn other_sites_cannot_act() {
    for (path, name, value, status) in [
        ("/", "sec-fetch-site", "same-origin", 200),
        ("/", "sec-fetch-site", "cross-site", 403),
        ("/", "origin", ORIGIN, 200),
        ("/", "origin", "https://evil.example", 403),
        ("/", "x-nothing", "x", 403),
        ("/missing", "sec-fetch-site", "cross-site", 403),
        ("/meta/webhook", "x-nothing", "x", 200),
    ] {
        let mut request = request(Method::POST, path);
        request.headers_mut().insert(name, value.parse().unwrap());
        let response = send(request).await;
        assert_eq!(response.status(), status, "{path} {name}: {value}");
        if status == 403 {
            let id = head(&response, "x-request-id").to_owned();
            assert_eq!(text(response).await, format!("CrossSite {id}"));
        }
    }
    let mut request = request(Method::GET, "/");
    let headers = request.headers_mut();
    headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(send(request).await.status(), 200);
}

#[tokio::test]
async fn the_visitor_is_found_behind_the_proxy() {
    let mut request = request(Method::GET, "/who");
    request
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 80))));
    let headers = request.headers_mut();
    headers.insert("x-forwarded-for", "1.1.1.1, 198.51.100.7".parse().unwrap());
    assert_eq!(text(send(request).await).await, "198.51.100.7");
    assert_eq!(text(get_path("/who").await).await, "203.0.113.9");
}

#[tokio::test]
async fn floods_are_refused_with_a_page() {
    let router = router(2);
    for status in [200, 200, 429] {
        let response = router.clone().oneshot(request(Method::GET, "/")).await;
        let response = response.unwrap();
        assert_eq!(response.status(), status);
        if status == 429 {
            assert_eq!(head(&response, "retry-after"), "30");
            let page = text(response).await;
            assert!(page.starts_with("TooMany { retry_after: 30 }"), "{page}");
        }
    }
}

#[tokio::test]
async fn a_route_may_have_a_limit_of_its_own() {
    let router = router(REQUESTS_PER_MINUTE);
    for (path, status) in [("/strict", 200), ("/strict", 429), ("/", 200)] {
        let response = router.clone().oneshot(request(Method::GET, path)).await;
        assert_eq!(response.unwrap().status(), status, "{path}");
    }
}

#[tokio::test]
async fn large_bodies_are_refused_with_a_page() {
    let large = "x".repeat(limits::FORM_BYTES + 1);
    let stream = futures::stream::iter([Ok::<_, io::Error>(large.clone())]);
    // With an announced length, and without one.
    for body in [Body::from(large), Body::from_stream(stream)] {
        let mut request = request(Method::POST, "/").map(|_| body);
        let headers = request.headers_mut();
        headers.insert(header::ORIGIN, ORIGIN.parse().unwrap());
        headers.insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
        let response = send(request).await;
        assert_eq!(response.status(), 413);
        assert!(text(response).await.starts_with("TooLarge "));
    }
}

#[tokio::test]
async fn a_panic_and_a_long_wait_end_in_a_page() {
    assert!(text(get_path("/panic").await).await.starts_with("Panic "));
    assert!(text(get_path("/slow").await).await.starts_with("Timeout "));
    assert_eq!(Refusal::Timeout.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_has_one_line_a_request_and_no_secret() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let mut request = request(Method::GET, "/i/hush4711?code=hush4711");
    for name in ["referer", "cookie", "x-request-id"] {
        let headers = request.headers_mut();
        headers.insert(name, "hush4711".parse().unwrap());
    }
    let response = send(request).await;
    drop(guard);
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(!text.contains("hush4711"), "{text}");
    assert!(!text.contains("203.0.113.9"), "{text}");
    let line: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(line["fields"]["route"], "/i/{secret}");
    assert_eq!(line["fields"]["method"], "GET");
    assert_eq!(line["fields"]["status"], 200);
    assert!(line["fields"]["duration_ms"].is_u64());
    let id = head(&response, "x-request-id");
    assert_eq!(line["span"]["request_id"], id);
}
