//! A stopwatch between the portal and Meta: passes every call on and remembers from when to when it was out of
//! the portal's hands. What this costs counts as Meta's time, as does the way to it and back.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    response::{IntoResponse as _, Response},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// Calls of Meta that were passed on. Dropped, it stops.
pub struct Stopwatch {
    pub url: String,
    watch: Arc<Watch>,
    serving: JoinHandle<std::io::Result<()>>,
}

struct Watch {
    meta: String,
    http: reqwest::Client,
    begun: Instant,
    calls: Mutex<Vec<(Duration, Duration)>>,
}

impl Stopwatch {
    /// Stands in front of Meta at this address.
    pub async fn before(meta: SocketAddr) -> Self {
        let watch = Arc::new(Watch {
            meta: format!("http://{meta}"),
            http: { reqwest::Client::builder().no_proxy() }
                .build()
                .expect("a client"),
            begun: Instant::now(),
            calls: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(pass_on).with_state(watch.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url: format!("http://{address}"),
            watch,
            serving,
        }
    }

    /// Now, as the calls are timed.
    pub fn now(&self) -> Duration {
        self.watch.begun.elapsed()
    }

    /// From when to when each call was with Meta, since the last time that this was asked.
    pub fn take(&self) -> Vec<(Duration, Duration)> {
        std::mem::take(
            &mut self
                .watch
                .calls
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

impl Drop for Stopwatch {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn pass_on(State(watch): State<Arc<Watch>>, request: Request) -> Response {
    let begun = watch.begun.elapsed();
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a whole request");
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let call = watch
        .http
        .request(head.method, format!("{}{path}", watch.meta));
    let answer = call.headers(head.headers).body(body).send().await;
    let answer = answer.expect("an answer of Meta");
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.expect("a whole answer");
    // The length is set anew.
    headers.remove("transfer-encoding");
    let mut calls = watch.calls.lock().unwrap_or_else(PoisonError::into_inner);
    calls.push((begun, watch.begun.elapsed()));
    drop(calls);
    (status, headers, body).into_response()
}
