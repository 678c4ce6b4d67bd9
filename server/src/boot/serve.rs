use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::BootError;
use crate::{
    config::Config,
    jobs::Worker,
    service::Portal,
    web::{self, Site},
};

/// How long a stop waits for requests and jobs that are at work.
const GRACE: Duration = Duration::from_secs(25);

/// How often what Meta told of its limits is written down.
const KEEP_USAGE: Duration = Duration::from_secs(5);

/// A server that has its port.
pub struct Listening {
    listener: TcpListener,
    router: axum::Router,
    portal: Arc<Portal>,
    with_worker: bool,
}

/// Takes the port and builds the routes.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    config: &Config,
    portal: Arc<Portal>,
    with_worker: bool,
) -> Result<Listening, BootError> {
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| BootError::Listen {
            key: "PORTICO_LISTEN",
            address: config.listen.to_string(),
            problem: error.to_string(),
        })?;
    let router = web::router(portal.clone(), &Site::of(config));
    Ok(Listening {
        listener,
        router,
        portal,
        with_worker,
    })
}

impl Listening {
    /// Serves until told to stop; then finishes what is at work, within the grace.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn until(self, stop: CancellationToken) -> std::io::Result<()> {
        let worker = self.with_worker.then(|| {
            let worker = Worker::new(self.portal.clone());
            tokio::spawn(worker.work(stop.clone()))
        });
        let keeping = tokio::spawn(keep_usage(self.portal.clone()));
        let service = self
            .router
            .into_make_service_with_connect_info::<SocketAddr>();
        let asked = stop.clone();
        let serving = axum::serve(self.listener, service)
            .with_graceful_shutdown(async move { asked.cancelled().await });
        let forced = async {
            stop.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            result = async { serving.await } => result?,
            () = forced => tracing::warn!("requests were still at work when the grace was over"),
        }
        self.portal.tasks.close();
        let rest = async {
            self.portal.tasks.wait().await;
            if let Some(worker) = worker {
                let _ = worker.await;
            }
        };
        if tokio::time::timeout(GRACE, rest).await.is_err() {
            tracing::warn!(
                "jobs were still at work when the grace was over; another worker takes them up"
            );
        }
        keeping.abort();
        if let Err(error) = self.portal.keep_usage().await {
            tracing::error!(%error, "what Meta told of its limits could not be kept");
        }
        if let Err(error) = self.portal.flush_key_counts().await {
            tracing::error!(%error, "the count of encryptions could not be written");
        }
        Ok(())
    }
}

/// Keeps what Meta tells of its limits: a server without a worker has no job that ends.
async fn keep_usage(portal: Arc<Portal>) {
    loop {
        tokio::time::sleep(KEEP_USAGE).await;
        if let Err(error) = portal.keep_usage().await {
            tracing::error!(%error, "what Meta told of its limits could not be kept");
        }
    }
}

/// Comes when the process is asked to end. Signals are received from the call on, not from the first poll:
/// one that comes in between would end the process at once.
pub fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::terminate()).and_then(|terminate| {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok((terminate, interrupt))
    });
    async move {
        let Ok((mut terminate, mut interrupt)) = signals else {
            tracing::error!("signals cannot be received: only a kill ends this process");
            return std::future::pending().await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}
