//! The schedule: every token that is due, fifty in a call, a few calls at a time.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use futures::future::try_join_all;

use super::{
    BATCH, LEASE, Terms,
    batch::{Claimed, is_silence},
};
use crate::{
    domain::agency::AgencyScope,
    service::{Portal, Result, actor::Who, portal::job},
    store::{self, tokens},
};

/// Batches that one job has on their way at the same time.
const LANES: usize = 4;
/// Jobs that sweep one agency at the same time: two workers share the work, and neither is filled up with it.
pub const JOBS: u64 = 2;
/// Batches of one job: then it makes way for whatever else waits, and goes on afterwards.
const BATCHES: u64 = 40;

/// What a sweep came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Tokens that Meta was asked about.
    pub checked: u64,
    /// More is due, and Meta answers.
    pub is_more: bool,
}

/// What the lanes of a sweep share.
struct Sweep<'a> {
    scope: AgencyScope,
    terms: &'a Terms,
    batches: AtomicU64,
    checked: AtomicU64,
    /// Nothing is to be had of Meta just now.
    is_stopped: AtomicBool,
}

impl Portal {
    /// The job behind the schedule: checks tokens that are due. When to go on, if more are; then another job is let
    /// in beside this one, so that another worker can help.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn validate_tokens(&self, scope: AgencyScope) -> Result<Option<DateTime<Utc>>> {
        if self.graph.is_none() {
            return Ok(None);
        }
        let swept = self.sweep_due(scope, BATCHES).await?;
        if !swept.is_more {
            return Ok(None);
        }
        let (db, kind, subject) = (self.db.reader(), job::VALIDATE_TOKENS, scope.agency());
        if store::jobs::count_open(db, scope, kind, subject).await? < JOBS {
            self.enqueue(db, scope, kind, subject).await?;
            self.wake.notify_one();
        }
        Ok(Some(self.now()))
    }

    /// Checks tokens that are due, so many batches at most. It ends early where nothing is to be had of Meta.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_due(&self, scope: AgencyScope, batches: u64) -> Result<Swept> {
        let terms = self.terms(scope).await?;
        let sweep = Sweep {
            scope,
            terms: &terms,
            batches: AtomicU64::new(batches),
            checked: AtomicU64::new(0),
            is_stopped: AtomicBool::new(false),
        };
        let lanes = (0..LANES).map(|_| self.sweep_lane(&sweep));
        let is_more = try_join_all(lanes).await?.into_iter().any(|more| more);
        Ok(Swept {
            checked: sweep.checked.into_inner(),
            is_more: is_more && !sweep.is_stopped.into_inner(),
        })
    }

    /// One batch after the other. Whether it ended with more to do.
    async fn sweep_lane(&self, sweep: &Sweep<'_>) -> Result<bool> {
        while !sweep.is_stopped.load(Ordering::Relaxed) {
            if !sweep.may_claim() {
                return Ok(true);
            }
            let (lease, now) = (self.new_lease(LEASE), self.now());
            // A claim that a failure of power undoes is a token that is due again: no disk is waited for.
            let db = self.db.counter();
            let rows = tokens::claim_due(db, sweep.scope, BATCH as u64, lease, now).await?;
            if rows.is_empty() {
                return Ok(false);
            }
            let claimed = Claimed { rows, lease };
            let findings = self
                .validate_claimed(sweep.scope, sweep.terms, &claimed, &Who::System)
                .await?;
            let asked = findings.iter().filter(|finding| !finding.is_held).count();
            sweep.checked.fetch_add(asked as u64, Ordering::Relaxed);
            if is_silence(&findings) {
                sweep.is_stopped.store(true, Ordering::Relaxed);
            }
        }
        Ok(false)
    }
}

impl Sweep<'_> {
    fn may_claim(&self) -> bool {
        let take = |left: u64| left.checked_sub(1);
        self.batches
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }
}
