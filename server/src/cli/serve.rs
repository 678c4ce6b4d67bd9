use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use super::Outcome;
use crate::{
    boot::{
        self, BootError, World,
        telemetry::{self, Format},
    },
    cli::args::ServeArgs,
    config::Config,
};

/// Serves the portal until it is told to stop.
pub async fn run(config: &Config, args: &ServeArgs) -> Outcome {
    telemetry::init(Format::Json)?;
    config.require_meta()?;
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let db = boot::database(config).await?;
    if args.no_migrate {
        let behind = boot::migrations::pending(&db).await?.len();
        if behind > 0 {
            return Err(BootError::Behind(behind).into());
        }
    } else {
        boot::migrations::apply(&db).await?;
    }
    let (portal, _) = boot::portal(config, db, World::real()).await?;
    let metrics = match config.metrics_listen {
        Some(address) => Some(boot::metrics::listen(address).await?),
        None => None,
    };
    let listening = boot::serve(config, portal.clone(), !args.no_worker).await?;
    let signal = boot::stop_signal();
    tracing::info!(listen = %config.listen, base_url = %config.base_url, "serving");
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        signal.await;
        tracing::info!("stopping");
        asked.cancel();
    });
    if let Some(metrics) = metrics {
        tokio::spawn(metrics.until(portal, stop.clone()));
    }
    listening.until(stop).await?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}
