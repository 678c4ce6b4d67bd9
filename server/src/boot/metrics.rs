//! Figures for Prometheus, on a listener of their own: they are nobody's business but the operator's.

use std::net::SocketAddr;

use axum::{Router, routing::get};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::BootError;

/// Upper ends of the buckets that the lengths of requests are counted in, in seconds.
const SECONDS: [f64; 8] = [0.005, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0];

/// A listener that has its port.
pub struct Metrics {
    listener: TcpListener,
    handle: PrometheusHandle,
}

/// Takes the port and begins to count. Without it, nothing is counted.
///
/// # Errors
/// When the address cannot be listened on, or something counts already.
pub async fn listen(address: SocketAddr) -> Result<Metrics, BootError> {
    let failed = |problem: String| BootError::Listen {
        key: "PORTICO_METRICS_LISTEN",
        address: address.to_string(),
        problem,
    };
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| failed(error.to_string()))?;
    let handle = PrometheusBuilder::new()
        .set_buckets(&SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| failed(error.to_string()))?;
    Ok(Metrics { listener, handle })
}

impl Metrics {
    /// Serves `/metrics` until told to stop.
    pub async fn until(self, stop: CancellationToken) {
        let handle = self.handle;
        let router = Router::new().route("/metrics", get(move || async move { handle.render() }));
        let serving = axum::serve(self.listener, router)
            .with_graceful_shutdown(async move { stop.cancelled().await });
        if let Err(error) = serving.await {
            tracing::error!(%error, "the listener for metrics failed");
        }
    }
}
