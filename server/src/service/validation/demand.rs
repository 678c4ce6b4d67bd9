//! *Validate token*, pressed at the desk.

use app::model::{AnswerClass, TokenStatus};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{LEASE, batch::Claimed};
use crate::{
    domain::{rate, role::Permission},
    service::{Error, Portal, Result, actor::StaffActor, sign_in::bucket},
    store::tokens,
};

/// What became of a check that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Meta said how the token stands.
    Told(TokenStatus),
    /// Meta could not say: why, and what is known from before.
    Untold {
        class: AnswerClass,
        last_known: TokenStatus,
        validated_at: Option<DateTime<Utc>>,
    },
    /// Somebody has asked too often.
    TooMany,
}

impl Portal {
    /// Checks one token now, and keeps it like any other check. Where Meta takes longer than a page waits for it,
    /// the check is made by the schedule.
    ///
    /// # Errors
    /// When the role does not allow it, the client has no such token, or the database fails.
    pub async fn validate_token(
        &self,
        actor: &StaffActor,
        client: Uuid,
        token: Uuid,
    ) -> Result<Asked> {
        actor.require(Permission::ValidateTokens)?;
        let scope = actor.scope;
        let row = tokens::get(self.db.reader(), scope, token).await?;
        let is_theirs = |row: &tokens::Model| row.client_id == client && row.destroyed_at.is_none();
        let row = row.filter(is_theirs).ok_or(Error::NotFound)?;
        let bucket = bucket("validate", &actor.id.to_string());
        if self.over_limit(&bucket, rate::VALIDATIONS).await?.is_some() {
            return Ok(Asked::TooMany);
        }
        let untold = |class| Asked::Untold {
            class,
            last_known: TokenStatus::from_code(&row.token_status).unwrap_or(TokenStatus::Pending),
            validated_at: row.last_validated_at,
        };
        let terms = self.terms(scope).await?;
        let lease = self.new_lease(LEASE);
        let rows = tokens::claim_these(self.db.reader(), scope, &[token], lease).await?;
        let claimed = Claimed { rows, lease };
        let who = actor.who();
        let check = self.validate_claimed(scope, &terms, &claimed, &who);
        let findings = match tokio::time::timeout(self.patience, check).await {
            Ok(Err(Error::NoMetaApp)) => return Ok(untold(AnswerClass::FixConfig)),
            Ok(findings) => findings?,
            Err(_) => return Ok(untold(AnswerClass::Retry)),
        };
        // Destroyed while it was asked for.
        let finding = findings.first().ok_or(Error::NotFound)?;
        Ok(if finding.is_told() {
            Asked::Told(finding.status)
        } else {
            untold(finding.class)
        })
    }
}
