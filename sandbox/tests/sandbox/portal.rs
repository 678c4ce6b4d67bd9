//! A portal that takes Meta's calls: it keeps what it got and answers as it was told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sandbox::Config;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::world::{APP_ID, SECRET, World};

/// A call as it came in.
#[derive(Clone)]
pub struct Got {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub headers: HeaderMap,
    pub body: String,
}

#[derive(Default)]
struct Inside {
    got: Vec<Got>,
    answers: VecDeque<(StatusCode, String)>,
}

/// A portal on a port of its own. It answers 200 and `ok` if it was told nothing else.
pub struct Portal {
    inside: Arc<Mutex<Inside>>,
    task: JoinHandle<()>,
}

impl Portal {
    /// A portal, and a sandbox that calls it.
    pub async fn start() -> (Self, World) {
        let inside = Arc::new(Mutex::new(Inside::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(take).with_state(inside.clone());
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("a server");
        });
        let config = Config {
            callback_url: url,
            send_callbacks: true,
            ..Config::new(APP_ID, SECRET, crate::world::PORTAL)
        };
        (Self { inside, task }, World::with(config).await)
    }

    /// The next call that has no answer yet gets this one.
    pub fn answer(&self, status: StatusCode, body: &str) {
        let mut inside = self.inside.lock().expect("a lock");
        inside.answers.push_back((status, body.to_owned()));
    }

    pub fn got(&self) -> Vec<Got> {
        self.inside.lock().expect("a lock").got.clone()
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(State(inside): State<Arc<Mutex<Inside>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let mut inside = inside.lock().expect("a lock");
    inside.got.push(Got {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        headers: head.headers,
        body: String::from_utf8(body.to_vec()).expect("text"),
    });
    let answer = inside.answers.pop_front();
    answer
        .unwrap_or((StatusCode::OK, "ok".to_owned()))
        .into_response()
}
