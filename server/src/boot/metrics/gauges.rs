//! Gauges whose figures stand in the database.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use metrics::{counter, gauge};
use tokio::sync::Mutex;

use crate::{
    meta::Graph,
    service::{Portal, health::Figures},
};

/// So old the figures may be: however often somebody asks, the database is asked four times a minute.
const KEPT: TimeDelta = TimeDelta::seconds(15);
/// How long the database is waited for. Whoever asks gets what there was, and how old it is.
const PATIENCE: Duration = Duration::from_secs(5);

/// The gauges, and when they were set last.
pub(super) struct Gauges {
    portal: Arc<Portal>,
    asked: Mutex<Option<DateTime<Utc>>>,
    read: std::sync::Mutex<Option<DateTime<Utc>>>,
}

impl Gauges {
    pub(super) fn of(portal: Arc<Portal>) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        gauge!("portico_build_info", "version" => version).set(1);
        Self {
            portal,
            asked: Mutex::default(),
            read: std::sync::Mutex::default(),
        }
    }

    /// Reads the figures anew where they are too old. One asks the database, the others take what there is.
    pub(super) async fn refresh(&self) {
        let drift = self.portal.graph.as_ref().and_then(Graph::drift);
        gauge!("portico_meta_version_drift").set(u32::from(drift.is_some()));
        if let Ok(mut asked) = self.asked.try_lock()
            && asked.is_none_or(|at| self.portal.now() - at >= KEPT)
        {
            // A database in trouble is not asked more often than one that is well.
            *asked = Some(self.portal.now());
            let figures = tokio::time::timeout(PATIENCE, self.portal.figures()).await;
            let is_up = match figures {
                Ok(Ok(figures)) => {
                    self.set(&figures);
                    true
                }
                Ok(Err(error)) => {
                    tracing::warn!(%error, "the figures could not be read");
                    false
                }
                Err(_) => {
                    tracing::warn!("the figures took too long to read");
                    false
                }
            };
            gauge!("portico_database_up").set(u32::from(is_up));
        }
        let read = self.read.lock().ok().and_then(|read| *read);
        let age = read.map(|read| (self.portal.now() - read).num_seconds());
        if let Some(age) = age.and_then(|age| u32::try_from(age).ok()) {
            gauge!("portico_figures_age_seconds").set(age);
        }
    }

    fn set(&self, figures: &Figures) {
        set(figures);
        if let Ok(mut read) = self.read.lock() {
            *read = Some(self.portal.now());
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Prometheus counts in floating point"
)]
fn set(figures: &Figures) {
    for (status, count) in &figures.tokens {
        gauge!("portico_tokens", "status" => status.code()).set(*count as f64);
    }
    gauge!("portico_tokens_ending").set(figures.ending as f64);
    gauge!("portico_critical_without_backup").set(figures.no_backup as f64);
    for (class, count) in &figures.validations {
        counter!("portico_validations_total", "class" => class.code()).absolute(*count);
    }
    gauge!("portico_approvals_waiting").set(figures.waiting as f64);
    gauge!("portico_approvals_waiting_long").set(figures.waiting_long as f64);
    gauge!("portico_jobs_due").set(figures.jobs_due as f64);
    gauge!("portico_queue_age_seconds").set(figures.queue_age as f64);
    gauge!("portico_dead_letters").set(figures.dead_letters as f64);
    for (state, count) in &figures.mails {
        gauge!("portico_mails", "state" => state.code()).set(*count as f64);
    }
    for (bucket, shares) in &figures.shares {
        let of = bucket.code();
        for (rank, percent) in [
            ("max", shares.most),
            ("p95", shares.p95),
            ("p50", shares.p50),
        ] {
            gauge!("portico_meta_usage_percent", "of" => of, "rank" => rank).set(percent);
        }
        gauge!("portico_meta_stopped", "of" => of).set(shares.stopped as f64);
        gauge!("portico_meta_stop_seconds", "of" => of).set(shares.stop_seconds as f64);
    }
}
