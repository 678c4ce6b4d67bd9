//! What ends a visit: its time, its link, or that the client was put away.

use app::model::StopReason;
use uuid::Uuid;

use super::{Portal, Result, visits::Visitor};
use crate::{
    domain::{agency::AgencyScope, numbers::VISIT_LIFE},
    store,
};

impl Portal {
    /// Why a visit is over, if it is. One that has begun before a link was sent anew goes on to its own end; the
    /// link that it came by leads nowhere then.
    pub(super) async fn over(&self, visitor: &Visitor) -> Result<Option<StopReason>> {
        if self.is_archived(visitor).await? {
            return Ok(Some(StopReason::LinkEnded));
        }
        if visitor.visit.expires_at > self.now() {
            return Ok(None);
        }
        let db = self.db.reader();
        let invitation =
            store::invitations::get(db, visitor.scope, visitor.visit.invitation_id).await?;
        Ok(Some(match invitation {
            Some(row) if row.spent_at.is_some() => StopReason::Overtaken,
            Some(row) if row.revoked_at.is_none() => StopReason::VisitOver,
            _ => StopReason::LinkEnded,
        }))
    }

    /// Whether the client was put away meanwhile.
    pub(super) async fn is_archived(&self, visitor: &Visitor) -> Result<bool> {
        let client =
            store::clients::get(self.db.reader(), visitor.scope, visitor.visit.client_id).await?;
        Ok(client.is_none_or(|client| client.archived_at.is_some()))
    }

    /// Whether somebody ended a visit before its time: its links were revoked, or the client archived. What
    /// still works for it has to stop then.
    pub(super) async fn was_ended(
        &self,
        db: &impl sea_orm::ConnectionTrait,
        scope: AgencyScope,
        visit: Option<Uuid>,
    ) -> Result<bool> {
        let Some(visit) = visit else { return Ok(false) };
        let found = store::visits::get(db, scope, visit).await?;
        Ok(found.is_some_and(|visit| visit.expires_at < visit.created_at + VISIT_LIFE))
    }
}
