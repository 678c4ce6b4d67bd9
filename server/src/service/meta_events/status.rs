//! How far a deletion is, for whoever asked for it.

use app::model::{Contact, DeletionState, DeletionView};

use crate::{
    service::{Portal, Result},
    store::{
        lookup::{self, DeletionPart},
        meta_events::Model as MetaEvent,
    },
    vault::secret_hash,
};

impl Portal {
    /// What the page behind a confirmation code tells; nothing for a code that is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deletion(&self, code: &str) -> Result<Option<DeletionView>> {
        let found = lookup::deletion(self.db.reader(), &secret_hash(code)).await?;
        let Some((event, parts)) = found else {
            return Ok(None);
        };
        let mut contacts = Vec::with_capacity(parts.len());
        for (scope, _) in &parts {
            let agency = self.agency(*scope).await?;
            contacts.push(Contact {
                agency: agency.name,
                email: agency.support_email,
            });
        }
        let connections: i64 = parts.iter().map(|(_, part)| part.connections).sum();
        Ok(Some(DeletionView {
            state: state(&event, &parts),
            received_at: event.received_at,
            done_at: event.handled_at,
            connections: u64::try_from(connections).unwrap_or_default(),
            contacts,
        }))
    }
}

fn state(event: &MetaEvent, parts: &[DeletionPart]) -> DeletionState {
    if parts.is_empty() {
        DeletionState::Nothing
    } else if event.handled_at.is_some() {
        DeletionState::Done
    } else if parts.iter().any(|(_, part)| part.handled_at.is_some()) {
        DeletionState::Doing
    } else {
        DeletionState::Received
    }
}
