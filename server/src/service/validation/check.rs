//! What the command line asks: tokens that are stored, and tokens that are not.

use app::model::TokenStatus;
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    BATCH, LEASE,
    batch::Claimed,
    finding::{Expected, Finding},
};
use crate::{
    domain::agency::AgencyScope,
    service::{Portal, Result, actor::Who},
    store::tokens,
};

/// A token and what a check found of it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// `None`: a token that is not stored.
    pub token: Option<Uuid>,
    pub finding: Finding,
}

impl Portal {
    /// Checks tokens that are stored, and keeps it like any other check. Destroyed ones are left out; otherwise one
    /// for each, in the order of the ids.
    ///
    /// # Errors
    /// [`Error::NoMetaApp`](crate::service::Error::NoMetaApp), or when the database fails.
    pub async fn check_stored(
        &self,
        scope: AgencyScope,
        ids: &[Uuid],
        who: &Who,
    ) -> Result<Vec<Checked>> {
        let terms = self.terms(scope).await?;
        let mut all = Vec::with_capacity(ids.len());
        for ids in ids.chunks(BATCH) {
            let lease = self.new_lease(LEASE);
            let mut rows = tokens::claim_these(self.db.counter(), scope, ids, lease).await?;
            rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
            let claimed = Claimed { rows, lease };
            let findings = self.validate_claimed(scope, &terms, &claimed, who).await?;
            let pairs = claimed.rows.iter().zip(findings);
            all.extend(pairs.map(|(row, finding)| Checked {
                token: Some(row.id),
                finding,
            }));
        }
        Ok(all)
    }

    /// Checks tokens that are not stored, and stores nothing of them. One for each, in their order.
    ///
    /// # Errors
    /// [`Error::NoMetaApp`](crate::service::Error::NoMetaApp), or when the database fails.
    pub async fn check_loose(
        &self,
        scope: AgencyScope,
        secrets: &[SecretString],
    ) -> Result<Vec<Checked>> {
        let required = self.terms(scope).await?.required;
        let graph = self.graph()?;
        let mut all = Vec::with_capacity(secrets.len());
        for secrets in secrets.chunks(BATCH) {
            let answers = graph.debug_tokens(secrets).await;
            let now = self.now();
            all.extend(answers.into_iter().map(|answer| {
                let expected = Expected {
                    app_id: &graph.config().app_id,
                    person: None,
                    required_scopes: &required,
                    missing_account: false,
                    last_known: TokenStatus::Unknown,
                };
                Checked {
                    token: None,
                    finding: Finding::of(answer, &expected, now),
                }
            }));
        }
        Ok(all)
    }
}
