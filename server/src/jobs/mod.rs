//! Work that happens by itself: the worker claims jobs, runs the use case behind each, and notes the end.

mod worker;

use chrono::{DateTime, TimeDelta, Utc};

use crate::service::{
    Error, Portal,
    portal::job,
    work::{self, Job},
};

pub use worker::{Report, Worker};

/// What a run of a job led to.
enum Outcome {
    Done,
    /// Later, by the job's own plan: this is no failure.
    At(DateTime<Utc>),
}

/// Tries of a job until it is given up.
fn max_attempts(kind: &str) -> i32 {
    match kind {
        // Somebody waits in front of the page.
        job::READ_ACCOUNTS | job::PROBE_ACCOUNTS | job::PROBE_CANDIDATE => 4,
        job::REVOKE_TOKEN => 10,
        // Mail keeps its own count; these are failures of ours, such as a database that is down.
        _ => 20,
    }
}

/// The pause after a failed try: it doubles from two seconds to half an hour.
fn pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, 11) - 1).unwrap_or_default();
    TimeDelta::seconds((2_i64 << doublings).min(1_800))
}

/// Runs the use case behind a job.
async fn run(portal: &Portal, job: &Job) -> Result<Outcome, Error> {
    let scope = work::scope(job);
    let Some(subject) = job.subject_id else {
        return Err(Error::internal("a job about nothing"));
    };
    let is_last_try = job.attempts >= max_attempts(&job.kind);
    match job.kind.as_str() {
        job::SEND_MAIL => {
            let next = portal.deliver(scope, subject).await?;
            Ok(next.map_or(Outcome::Done, Outcome::At))
        }
        job::READ_ACCOUNTS => {
            portal.read_accounts(scope, subject, is_last_try).await?;
            Ok(Outcome::Done)
        }
        job::PROBE_ACCOUNTS => {
            portal.probe_accounts(scope, subject).await?;
            Ok(Outcome::Done)
        }
        job::PROBE_CANDIDATE => {
            portal.probe_candidate(scope, subject).await?;
            Ok(Outcome::Done)
        }
        job::REVOKE_TOKEN => {
            portal.revoke_at_meta(scope, subject, is_last_try).await?;
            Ok(Outcome::Done)
        }
        job::META_EVENT => {
            portal
                .handle_meta_event(scope, subject, is_last_try)
                .await?;
            Ok(Outcome::Done)
        }
        // Enqueued by a newer version that has since been rolled back: it waits for its return.
        unknown => Err(Error::internal(format!(
            "a job of an unknown kind: {unknown}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_half_an_hour() {
        let seconds: Vec<i64> = (1..=12).map(|n| pause(n).num_seconds()).collect();
        assert_eq!(
            seconds,
            [2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_800, 1_800]
        );
    }
}
