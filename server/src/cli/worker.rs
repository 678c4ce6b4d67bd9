use std::{net::SocketAddr, process::ExitCode};

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{Outcome, open, output};
use crate::{
    boot::{
        self,
        metrics::Metrics,
        telemetry::{self, Format},
    },
    cli::args::{EXIT_FAILED, WorkerArgs},
    config::Config,
    jobs::Worker,
};

/// Runs jobs, for ever or until none is due.
pub async fn run(config: &Config, args: &WorkerArgs, json: bool) -> Outcome {
    telemetry::init(Format::Json)?;
    let (portal, _) = open(config).await?;
    if args.until_idle {
        let worker = Worker::new(portal.clone());
        if args.run_schedules {
            worker.run_schedules().await?;
        }
        let report = worker.until_idle().await?;
        portal.flush_key_counts().await?;
        let lines = [format!("{} jobs ran, {} died.", report.ran, report.failed)];
        output::print(
            json,
            &json!({"ran": report.ran, "failed": report.failed}),
            &lines,
        );
        return Ok(if report.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(EXIT_FAILED)
        });
    }
    let metrics = match config.metrics_listen {
        Some(address) => listen(address).await,
        None => None,
    };
    let stop = CancellationToken::new();
    let asked = stop.clone();
    let signal = boot::stop_signal();
    tokio::spawn(async move {
        signal.await;
        asked.cancel();
    });
    if let Some(metrics) = metrics {
        tokio::spawn(metrics.until(portal.clone(), stop.clone()));
    }
    Worker::new(portal.clone()).work(stop).await;
    portal.flush_key_counts().await?;
    Ok(ExitCode::SUCCESS)
}

/// A server on the same machine with the same configuration may have the port already: work goes on without figures.
async fn listen(address: SocketAddr) -> Option<Metrics> {
    match boot::metrics::listen(address).await {
        Ok(metrics) => Some(metrics),
        Err(error) => {
            tracing::warn!(%error, "this worker has no metrics");
            None
        }
    }
}
