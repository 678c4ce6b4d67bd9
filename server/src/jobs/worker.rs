use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::{Outcome, max_attempts, pause, run};
use crate::service::{
    Error, Portal,
    work::{Ending, Job},
};

/// How often a worker looks for jobs that another process has enqueued, or whose time has come.
const LOOK: Duration = Duration::from_secs(1);
/// How often the lease of a running job is renewed: three times within it.
const RENEW: Duration = Duration::from_secs(10);
/// How often the schedules run.
const SCHEDULE: TimeDelta = TimeDelta::minutes(5);
/// Jobs that run at the same time in one process.
const AT_ONCE: usize = 4;

/// What a run until idle came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Runs, each try counted.
    pub ran: u64,
    /// Jobs that died.
    pub failed: u64,
}

/// Claims and runs jobs.
#[derive(Clone)]
pub struct Worker {
    portal: Arc<Portal>,
    owner: Uuid,
}

impl Worker {
    /// A worker of this process.
    #[must_use]
    pub fn new(portal: Arc<Portal>) -> Self {
        let owner = portal.new_id();
        Self { portal, owner }
    }

    /// Works until told to stop; then what runs is finished first.
    pub async fn work(self, stop: CancellationToken) {
        let tasks = TaskTracker::new();
        for _ in 0..AT_ONCE {
            tasks.spawn(self.clone().claim_and_run(stop.clone()));
        }
        tasks.spawn(self.keep_schedule(stop));
        tasks.close();
        tasks.wait().await;
    }

    /// Runs what is due, until nothing is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn until_idle(&self) -> Result<Report, Error> {
        let mut report = Report::default();
        while let Some(job) = self.claim().await? {
            report.ran += 1;
            if self.run_one(job).await? {
                report.failed += 1;
            }
        }
        Ok(report)
    }

    async fn claim_and_run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.claim().await {
                Ok(Some(job)) => {
                    if let Err(error) = self.run_one(job).await {
                        tracing::error!(%error, "the end of a job could not be noted");
                    }
                }
                Ok(None) => self.rest(&stop).await,
                Err(error) => {
                    tracing::error!(%error, "no job could be claimed");
                    self.rest(&stop).await;
                }
            }
        }
    }

    async fn rest(&self, stop: &CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.portal.wake.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }

    async fn keep_schedule(self, stop: CancellationToken) {
        let mut next = self.portal.now();
        while !stop.is_cancelled() {
            if self.portal.now() >= next {
                next = self.portal.now() + SCHEDULE;
                if let Err(error) = self.portal.sweep().await {
                    tracing::error!(%error, "the sweep failed");
                }
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn claim(&self) -> Result<Option<Job>, Error> {
        self.portal.claim_job(self.owner).await
    }

    /// Runs a job and notes its end. Whether it died.
    async fn run_one(&self, job: Job) -> Result<bool, Error> {
        let portal = &self.portal;
        let outcome = self.run_with_lease(&job).await;
        let now = portal.now();
        let ending = match outcome {
            Ok(Outcome::Done) => Ending::Done,
            Ok(Outcome::At(at)) => Ending::Again { at },
            Err(error) => {
                tracing::warn!(job = job.kind, attempts = job.attempts, %error, "a job failed");
                let error = error.to_string();
                if job.attempts >= max_attempts(&job.kind) {
                    Ending::Dead { error }
                } else {
                    let at = now + pause(job.attempts);
                    Ending::Retry { at, error }
                }
            }
        };
        let outcome = match &ending {
            Ending::Done | Ending::Again { .. } => "done",
            Ending::Retry { .. } => "retry",
            Ending::Dead { .. } => "dead",
        };
        metrics::counter!("portico_jobs_total", "kind" => job.kind.clone(), "outcome" => outcome)
            .increment(1);
        let is_dead = matches!(ending, Ending::Dead { .. });
        // A lease that was lost to another worker is no error: that one notes the end.
        portal.finish_job(&job, ending).await?;
        Ok(is_dead)
    }

    async fn run_with_lease(&self, job: &Job) -> Result<Outcome, Error> {
        let portal = &self.portal;
        let work = run(portal, job);
        tokio::pin!(work);
        loop {
            tokio::select! {
                outcome = &mut work => return outcome,
                () = tokio::time::sleep(RENEW) => {
                    portal.keep_job(job).await?;
                }
            }
        }
    }
}
