//! The running sandbox: binds, serves, stops.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::connection::{Breaker, Fragile};
use crate::state::{Hold, SandboxState};
use crate::{Config, control, dialog, graph};

/// A sandbox that serves in a task of its own. Dropping it stops it.
pub struct Sandbox {
    address: SocketAddr,
    state: SandboxState,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Sandbox {
    /// Binds `listen` (port 0: any free one) and serves.
    ///
    /// # Errors
    /// `InvalidInput` if the address is not loopback: a sandbox hands out tokens to anybody.
    /// Else whatever binding says.
    pub async fn start(config: Config, listen: SocketAddr) -> io::Result<Self> {
        if !listen.ip().is_loopback() {
            let message =
                "the sandbox listens on loopback addresses only, for example 127.0.0.1:4000";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let state = SandboxState::new(config);
        let router = routes(state.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let end = async {
                // An error means the sandbox was dropped, which is a reason to stop too.
                let _ = stopped.await;
            };
            let service = router.into_make_service_with_connect_info::<Breaker>();
            let served = axum::serve(Fragile(listener), service)
                .with_graceful_shutdown(end)
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "sandbox ended");
            }
        });
        Ok(Self {
            address,
            state,
            stop: Some(stop),
            task,
        })
    }

    /// Address of the sandbox, for example `http://127.0.0.1:4000`: Graph, dialog and control.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the sandbox knows, to look at and to change.
    pub fn state(&self) -> SandboxState {
        self.state.clone()
    }

    /// From now on every call on `edge` is worked on but not answered, until the returned hold
    /// is released or dropped. See [`Hold`].
    pub fn hold(&self, edge: &str) -> Hold {
        self.state.hold(edge)
    }

    /// Lets held calls go, ends all connections and waits until the sandbox is gone.
    pub async fn stop(mut self) {
        self.state.clear_faults(None);
        if let Some(stop) = self.stop.take() {
            // The task may have ended by itself; then there is nobody to tell.
            let _ = stop.send(());
        }
        if let Err(error) = (&mut self.task).await {
            tracing::error!(%error, "sandbox task failed");
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn routes(state: SandboxState) -> Router {
    Router::new()
        .route("/", get(index).post(graph::handle))
        .route("/_sandbox/sandbox.css", get(stylesheet))
        .nest("/_control", control::routes())
        .route("/dialog/oauth", dialog::routes())
        .route("/{version}/dialog/oauth", dialog::routes())
        .fallback(graph::handle)
        .with_state(state)
}

async fn index() -> impl IntoResponse {
    (dialog::security_headers(), Html(dialog::page::index()))
}

async fn stylesheet() -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("../templates/sandbox.css"),
    )
}
