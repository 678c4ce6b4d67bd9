//! Validation: what Meta says of the tokens that are held, by schedule, on demand and on the way in.
//!
//! - [`finding`] judges one answer.
//! - [`batch`] asks about up to fifty tokens in one call and keeps what came of it in one transaction.
//! - [`sweep`] is the schedule: it claims what is due until nothing is.
//! - [`refresh`] looks at what hangs on a token: ad accounts and campaigns.
//! - [`demand`] is the button, [`check`] what the command line asks, of the tokens that [`walk`] finds.
//! - [`explain`] says it to people.

mod batch;
mod check;
mod demand;
mod explain;
mod finding;
mod refresh;
mod sweep;
mod walk;

use chrono::TimeDelta;

use super::{Error, Portal, Result};
use crate::{
    domain::{agency::AgencyScope, permission},
    store,
};

pub(super) use batch::next;
pub use check::Checked;
pub use demand::Asked;
pub(super) use explain::explanation_of;
pub use finding::Finding;
pub(super) use finding::{Expected, granular};
pub use refresh::Reached;
pub(super) use sweep::JOBS;
pub use sweep::Swept;

/// Tokens in one call to Meta: as many as a batch may hold (docs/graph-api/batch-requests).
const BATCH: usize = 50;

/// How long a claim keeps others away. Far longer than a batch takes with all its retries.
const LEASE: TimeDelta = TimeDelta::minutes(3);

/// How often what hangs on a token is looked at: ad accounts and campaigns.
pub(super) const REFRESH: TimeDelta = TimeDelta::days(1);

/// What an agency wants of its tokens and their checks.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// The scopes without which a token is `limited`.
    pub required: Vec<String>,
    /// From one check to the next.
    pub every: TimeDelta,
}

impl Terms {
    pub fn of(agency: &store::entity::agencies::Model) -> Self {
        Self {
            required: permission::required(&agency.required_scopes),
            every: TimeDelta::hours(agency.validation_hours.max(1).into()),
        }
    }
}

impl Portal {
    pub(super) async fn terms(&self, scope: AgencyScope) -> Result<Terms> {
        let agency = store::agencies::get(self.db.reader(), scope)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(Terms::of(&agency))
    }
}
