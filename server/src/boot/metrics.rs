//! Figures for Prometheus, on a listener of their own: they are nobody's business but the operator's.
//! `docs/OPERATIONS.md` says what each is, and which are the process's own.

mod gauges;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, routing::get};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::gauges::Gauges;
use super::BootError;
use crate::service::Portal;

/// Upper ends of the buckets that the lengths of requests are counted in, in seconds.
const SECONDS: [f64; 8] = [0.005, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0];
/// How often what was measured is put into its buckets: without, it is held one by one until somebody asks.
const UPKEEP: Duration = Duration::from_secs(5);

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
    /// Where it listens: the port that it was given, where any would do.
    ///
    /// # Errors
    /// When the listener is gone.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves `/metrics` until told to stop.
    pub async fn until(self, portal: Arc<Portal>, stop: CancellationToken) {
        let gauges = Arc::new(Gauges::of(portal));
        let handle = self.handle.clone();
        let scrape = move || {
            let (gauges, handle) = (gauges.clone(), handle.clone());
            async move {
                gauges.refresh().await;
                handle.render()
            }
        };
        let router = Router::new().route("/metrics", get(scrape));
        let upkeep = async {
            loop {
                tokio::time::sleep(UPKEEP).await;
                self.handle.run_upkeep();
            }
        };
        let serving = axum::serve(self.listener, router)
            .with_graceful_shutdown(async move { stop.cancelled().await });
        tokio::select! {
            result = async { serving.await } => {
                if let Err(error) = result {
                    tracing::error!(%error, "the listener for metrics failed");
                }
            }
            () = upkeep => {}
        }
    }
}
