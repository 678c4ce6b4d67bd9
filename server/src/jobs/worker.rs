use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use app::model::{JobKind, JobTrouble};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::run::{Outcome, run};
use crate::{
    domain::urgency::{Urgency, pause},
    service::{
        Error, Portal,
        portal::job::tries,
        work::{Ending, Failure, Job, failure},
    },
};

/// How often the lease of a running job is renewed: three times within it.
const RENEW: Duration = Duration::from_secs(10);
/// The shortest rest: even a database that says that something is due, and then gives nothing, is left in peace.
pub(super) const SHORTEST_REST: Duration = Duration::from_millis(10);

/// How much a worker does at once, and how often it looks.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Jobs that run at the same time in one process.
    pub at_once: usize,
    /// How many of those may be work that nobody waits for: the other places are kept for what people wait for.
    pub patient: usize,
    /// How often it looks for what other processes have enqueued, where the database does not tell.
    pub look: Duration,
    /// How often it looks all the same where the database does.
    pub look_when_told: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            at_once: 8,
            patient: 4,
            look: Duration::from_secs(1),
            look_when_told: Duration::from_secs(30),
        }
    }
}

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
    pub(super) portal: Arc<Portal>,
    owner: Uuid,
    pub(super) pace: Pace,
    /// Whether the database tells what other processes enqueue.
    pub(super) is_told: Arc<AtomicBool>,
}

impl Worker {
    /// A worker of this process.
    #[must_use]
    pub fn new(portal: Arc<Portal>) -> Self {
        Self {
            owner: portal.new_id(),
            portal,
            pace: Pace::default(),
            is_told: Arc::default(),
        }
    }

    /// At another pace.
    #[must_use]
    pub const fn at(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// Works until told to stop; then what runs is finished first.
    pub async fn work(self, stop: CancellationToken) {
        tracing::info!(worker = %self.owner, "working");
        let tasks = TaskTracker::new();
        tasks.spawn(self.clone().listen(stop.clone()));
        tasks.spawn(self.clone().keep_schedules(stop.clone()));
        self.claim_and_run(&tasks, &stop).await;
        tasks.close();
        tasks.wait().await;
        if let Err(error) = self.portal.keep_usage().await {
            tracing::error!(%error, "what Meta told of its limits could not be kept");
        }
    }

    /// Runs what is due, one after the other, until nothing is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn until_idle(&self) -> Result<Report, Error> {
        let mut report = Report::default();
        while let Some(job) = self.claim(Urgency::Upkeep).await? {
            report.ran += 1;
            if self.run_one(job).await? {
                report.failed += 1;
            }
        }
        self.portal.keep_usage().await?;
        Ok(report)
    }

    async fn claim_and_run(&self, tasks: &TaskTracker, stop: &CancellationToken) {
        let places = Arc::new(Semaphore::new(self.pace.at_once));
        let patient = Arc::new(Semaphore::new(self.pace.patient));
        while !stop.is_cancelled() {
            let Some(place) = free(&places, stop).await else {
                break;
            };
            let patient_place = patient.clone().try_acquire_owned().ok();
            let least = match patient_place {
                Some(_) => Urgency::Upkeep,
                None => Urgency::Soon,
            };
            match self.claim(least).await {
                Ok(Some(job)) => {
                    let patient_place = patient_place.filter(|_| Urgency::is_patient(job.priority));
                    let held = (place, patient_place);
                    let worker = self.clone();
                    tasks.spawn(async move {
                        if let Err(error) = worker.run_one(job).await {
                            tracing::error!(%error, "the end of a job could not be noted");
                        }
                        drop(held);
                    });
                }
                Ok(None) => {
                    drop((place, patient_place));
                    self.rest(least, &patient, stop).await;
                }
                Err(error) => {
                    tracing::error!(%error, "no job could be claimed");
                    drop((place, patient_place));
                    tokio::select! {
                        () = stop.cancelled() => {}
                        () = tokio::time::sleep(self.pace.look) => {}
                    }
                }
            }
        }
    }

    /// Until something is due or somebody rings; or until there is room for what was passed by.
    async fn rest(&self, least: Urgency, patient: &Arc<Semaphore>, stop: &CancellationToken) {
        let longest = if self.is_told.load(Ordering::Relaxed) {
            self.pace.look_when_told
        } else {
            self.pace.look
        };
        let next = match self.portal.next_job_at(least).await {
            Ok(next) => next.map(|next| (next - self.portal.now()).to_std().unwrap_or_default()),
            Err(error) => {
                tracing::error!(%error, "the queue could not be read");
                None
            }
        };
        let length = next.unwrap_or(longest).clamp(SHORTEST_REST, longest);
        let room = async {
            if least == Urgency::Upkeep {
                std::future::pending::<()>().await;
            }
            drop(patient.acquire().await);
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.portal.wake.notified() => {}
            () = room => {}
            () = tokio::time::sleep(length) => {}
        }
    }

    async fn claim(&self, least: Urgency) -> Result<Option<Job>, Error> {
        self.portal.claim_job(self.owner, least).await
    }

    /// Runs a job and notes its end. Whether it died.
    async fn run_one(&self, job: Job) -> Result<bool, Error> {
        let tries = JobKind::from_code(&job.kind).map_or(0, tries);
        let ending = if job.attempts > tries {
            // Nobody was left to note how the last one ended.
            Ending::Dead { failure: lost() }
        } else {
            match self.run_with_lease(&job).await {
                Ok(Outcome::Done) => Ending::Done,
                Ok(Outcome::At(at)) => Ending::Again { at },
                Err(error) => self.ending_of(&job, &error, tries),
            }
        };
        let (outcome, is_dead) = match &ending {
            Ending::Done | Ending::Again { .. } => ("done", false),
            Ending::Retry { .. } => ("retry", false),
            Ending::Dead { .. } => ("dead", true),
        };
        metrics::counter!("portico_jobs_total", "kind" => job.kind.clone(), "outcome" => outcome)
            .increment(1);
        // A lease that was lost to another worker is no error: that one notes the end.
        self.portal.finish_job(&job, ending).await?;
        self.portal.keep_usage_at_times().await?;
        Ok(is_dead)
    }

    fn ending_of(&self, job: &Job, error: &Error, tries: i32) -> Ending {
        tracing::warn!(job = job.kind, attempts = job.attempts, %error, "a job failed");
        let failure = failure(error);
        if job.attempts >= tries {
            Ending::Dead { failure }
        } else {
            let at = self.portal.now() + pause(job.attempts, &*self.portal.rng);
            Ending::Retry { at, failure }
        }
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

/// The next free place; `None` when told to stop.
async fn free(places: &Arc<Semaphore>, stop: &CancellationToken) -> Option<OwnedSemaphorePermit> {
    tokio::select! {
        () = stop.cancelled() => None,
        place = places.clone().acquire_owned() => place.ok(),
    }
}

/// The processes that worked on it ended without a word, as often as there are tries.
fn lost() -> Failure {
    Failure {
        trouble: JobTrouble::Lost,
        error: "the worker ended in the middle of it, each time".to_owned(),
    }
}
