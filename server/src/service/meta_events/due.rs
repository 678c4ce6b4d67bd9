//! Permissions that changed. A call is no proof of a status: it makes a check due.

use sea_orm::DatabaseTransaction;

use crate::{
    domain::agency::AgencyScope,
    service::{Portal, Result, portal::job, validation::JOBS},
    store::{self, tokens},
};

impl Portal {
    /// A person gave or took back permissions: their tokens are checked at once.
    pub(super) async fn check_soon(&self, scope: AgencyScope, person: &str) -> Result<()> {
        let tx = self.begin().await?;
        self.make_due(&tx, scope, person).await?;
        self.commit(tx).await
    }

    /// Makes a check of every living token of a person due, and lets a job make it now and not with the schedule.
    pub(super) async fn make_due(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        person: &str,
    ) -> Result<()> {
        tokens::make_due(tx, scope, person, self.now()).await?;
        let (kind, subject) = (job::VALIDATE_TOKENS, scope.agency());
        // One that runs may have gone past them; one more that waits does for all that come.
        if store::jobs::count_open(tx, scope, kind, subject).await? < JOBS {
            self.enqueue(tx, scope, kind, subject).await?;
        }
        Ok(())
    }
}
