//! The queue as the worker sees it: claim a job, keep it, note its end. Which use case is behind a kind is
//! the worker's to know; who may have a job is decided here.

use app::model::{JobKind, JobTrouble};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Error, Portal, Result};
use crate::{
    domain::{agency::AgencyScope, urgency::Urgency},
    store::{self, Write, bell, jobs::Wanted, lookup},
};

pub use crate::store::{
    bell::Bell,
    jobs::{Ending, Failure, Model as Job},
};

impl Portal {
    /// Claims the most urgent job that is due, but none that is less urgent than this.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_job(&self, owner: Uuid, least: Urgency) -> Result<Option<Job>> {
        let kinds = known_kinds();
        let wanted = Wanted {
            kinds: &kinds,
            least,
        };
        Ok(store::jobs::claim(self.db.reader(), owner, wanted, self.now()).await?)
    }

    /// When the next job that is at least this urgent is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_job_at(&self, least: Urgency) -> Result<Option<DateTime<Utc>>> {
        let kinds = known_kinds();
        let wanted = Wanted {
            kinds: &kinds,
            least,
        };
        Ok(store::jobs::next_at(self.db.reader(), wanted).await?)
    }

    /// Hears of jobs that another process enqueues. `None` where the database cannot tell.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hang_bell(&self) -> Result<Option<Bell>> {
        Ok(bell::hang(self.db.reader()).await?)
    }

    /// Keeps a job that is still being worked on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_job(&self, job: &Job) -> Result<()> {
        Ok(store::jobs::renew(self.db.reader(), job, self.now()).await?)
    }

    /// Notes how a run ended. [`Write::Conflict`] where another worker has taken the job up since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_job(&self, job: &Job, ending: Ending) -> Result<Write> {
        Ok(store::jobs::finish(self.db.reader(), job, ending, self.now()).await?)
    }
}

/// The agency that a job works for.
#[must_use]
pub fn scope(job: &Job) -> AgencyScope {
    lookup::job_scope(job)
}

/// The kinds that this version knows. Jobs of others were enqueued by a newer version that has since been rolled
/// back: they wait for its return.
#[must_use]
pub fn known_kinds() -> Vec<&'static str> {
    JobKind::ALL.iter().map(|kind| kind.code()).collect()
}

/// What went wrong, for people and for whoever mends it.
#[must_use]
pub fn failure(error: &Error) -> Failure {
    let trouble = match error {
        Error::Database(_) => JobTrouble::Database,
        Error::NoMetaApp => JobTrouble::NoMetaApp,
        Error::Seal(_) => JobTrouble::Sealed,
        // How a use case that asked Meta says that it has to be tried again.
        Error::Conflict | Error::Later(_) => JobTrouble::Meta,
        Error::NotFound
        | Error::Forbidden
        | Error::StaleSignIn
        | Error::TooMany(_)
        | Error::Refused(_)
        | Error::Internal(_) => JobTrouble::Defect,
    };
    Failure {
        trouble,
        error: error.to_string(),
    }
}
