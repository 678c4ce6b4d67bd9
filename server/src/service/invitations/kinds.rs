//! What a guided link is for, and when it leads nowhere.

use app::model::{ConnectionState, InvitationKind};
use uuid::Uuid;

use super::Sent;
use crate::{
    domain::{agency::AgencyScope, connection::kinds_of_link},
    mail::Purpose,
    service::{Portal, Result},
    store::{self, entity::invitations},
};

impl Portal {
    /// Why a link of this kind leads a client nowhere now, if it does.
    pub(super) async fn needs_no_link(
        &self,
        scope: AgencyScope,
        client: Uuid,
        kind: InvitationKind,
    ) -> Result<Option<Sent>> {
        let db = self.db.reader();
        let connection = store::connections::of_client(db, scope, client).await?;
        let state = connection
            .as_ref()
            .and_then(|row| ConnectionState::from_code(&row.state));
        if kinds_of_link(state).contains(&kind) {
            let (backup, waits) = (InvitationKind::Backup, ConnectionState::Pending);
            if let Some(connection) = connection.filter(|_| kind == backup) {
                let waiting =
                    store::candidates::of_connection(db, scope, connection.id, Some(backup), waits)
                        .await?;
                return Ok((!waiting.is_empty()).then_some(Sent::BackupWaits));
            }
            return Ok(None);
        }
        Ok(match (kind, state) {
            (InvitationKind::Backup, _) | (_, None) => Some(Sent::NothingToBackUp),
            (_, Some(state)) => Some(Sent::AlreadyConnected(state)),
        })
    }
}

/// What an invitation is for.
#[must_use]
pub fn kind_of(row: &invitations::Model) -> InvitationKind {
    InvitationKind::from_code(&row.kind).unwrap_or(InvitationKind::Connect)
}

/// What the words of its mail are about.
pub(super) const fn purpose(kind: InvitationKind) -> Purpose {
    match kind {
        InvitationKind::Connect | InvitationKind::Upload => Purpose::Connect,
        InvitationKind::Reconnect => Purpose::Reconnect,
        InvitationKind::Backup => Purpose::Backup,
    }
}
