//! Which use case is behind a kind of job.

use std::panic::AssertUnwindSafe;

use app::model::JobKind;
use chrono::{DateTime, Utc};
use futures::FutureExt as _;

use crate::service::{
    Error, Portal,
    portal::job,
    work::{self, Job},
};

/// What a run of a job led to.
pub(super) enum Outcome {
    Done,
    /// Later, by the job's own plan or because Meta asked for a pause: this is no failure.
    At(DateTime<Utc>),
}

/// Runs the use case behind a job. What panics has failed: it takes no worker with it.
pub(super) async fn run(portal: &Portal, job: &Job) -> Result<Outcome, Error> {
    match AssertUnwindSafe(use_case(portal, job)).catch_unwind().await {
        Ok(Err(Error::Later(at))) => Ok(Outcome::At(at)),
        Ok(outcome) => outcome,
        Err(_) => Err(Error::internal("it panicked: the log tells where")),
    }
}

async fn use_case(portal: &Portal, job: &Job) -> Result<Outcome, Error> {
    let scope = work::scope(job);
    let (Some(kind), Some(subject)) = (JobKind::from_code(&job.kind), job.subject_id) else {
        return Err(Error::internal("a job about nothing"));
    };
    let is_last_try = job.attempts >= job::tries(kind);
    match kind {
        job::SEND_MAIL => {
            let next = portal.deliver(scope, subject).await?;
            return Ok(next.map_or(Outcome::Done, Outcome::At));
        }
        job::READ_ACCOUNTS => portal.read_accounts(scope, subject, is_last_try).await?,
        job::PROBE_ACCOUNTS => portal.probe_accounts(scope, subject).await?,
        job::PROBE_CANDIDATE => portal.probe_candidate(scope, subject).await?,
        job::REVOKE_TOKEN => portal.revoke_at_meta(scope, subject, is_last_try).await?,
        job::META_EVENT => {
            portal
                .handle_meta_event(scope, subject, is_last_try)
                .await?;
        }
        job::VALIDATE_TOKENS => {
            let more = portal.validate_tokens(scope).await?;
            return Ok(more.map_or(Outcome::Done, Outcome::At));
        }
        job::REFRESH_ACCOUNTS => {
            let more = portal.refresh_accounts(scope).await?;
            return Ok(more.map_or(Outcome::Done, Outcome::At));
        }
        job::TIDY_AGENCY => portal.tidy_agency(scope).await?,
        job::TIDY_INSTALLATION => portal.tidy_installation().await?,
    }
    Ok(Outcome::Done)
}
