//! The queue as the worker sees it: claim a job, keep it, note its end. Which use case is behind a kind is
//! the worker's to know; who may have a job is decided here.

use uuid::Uuid;

use super::{Portal, Result};
use crate::{
    domain::agency::AgencyScope,
    store::{self, Write, lookup},
};

pub use crate::store::jobs::{Ending, Model as Job};

impl Portal {
    /// Claims the job that has waited longest, if one is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_job(&self, owner: Uuid) -> Result<Option<Job>> {
        Ok(store::jobs::claim(self.db.reader(), owner, self.now()).await?)
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
