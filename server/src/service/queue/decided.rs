//! Who decided what lately, from the audit trail.

use std::collections::HashMap;

use app::model::{ConnectionState, DecidedCase, DecidedView, InvitationKind};
use uuid::Uuid;

use super::{by_id, counts};
use crate::{
    domain::role::Permission,
    service::{Portal, Result, actor::StaffActor, health::LONG_WAIT},
    store::{self, audit::EventRow, entity::clients},
};

/// Decisions on one page.
const PAGE: u64 = 50;

/// The actions that are decisions: what they were about, and what it was decided to be.
const DECISIONS: [(&str, InvitationKind, ConnectionState); 6] = [
    (
        "connection.approved",
        InvitationKind::Connect,
        ConnectionState::Approved,
    ),
    (
        "connection.rejected",
        InvitationKind::Connect,
        ConnectionState::Rejected,
    ),
    (
        "connection.reconnection_approved",
        InvitationKind::Reconnect,
        ConnectionState::Approved,
    ),
    (
        "connection.reconnection_rejected",
        InvitationKind::Reconnect,
        ConnectionState::Rejected,
    ),
    (
        "backup.approved",
        InvitationKind::Backup,
        ConnectionState::Approved,
    ),
    (
        "backup.rejected",
        InvitationKind::Backup,
        ConnectionState::Rejected,
    ),
];

impl Portal {
    /// One page of the decisions, newest first.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn decided(&self, actor: &StaffActor, before: Option<&str>) -> Result<DecidedView> {
        actor.require(Permission::ReadDesk)?;
        let (scope, db) = (actor.scope, self.db.reader());
        let actions = DECISIONS.map(|(action, ..)| action);
        let before = before.and_then(|seq| seq.parse().ok());
        let mut events = store::audit::done_of(db, scope, &actions, before, PAGE + 1).await?;
        let has_more = events.len() as u64 > PAGE;
        events.truncate(PAGE as usize);
        let next = events.last().filter(|_| has_more);
        let clients: Vec<Uuid> = events.iter().filter_map(|event| event.object_id).collect();
        let clients = by_id(store::clients::many(db, scope, &clients).await?);
        let names = store::staff::names(db, scope).await?;
        let waiting = self.all_waiting(scope).await?;
        Ok(DecidedView {
            counts: counts(
                &waiting.connections,
                &waiting.beside,
                self.now() - LONG_WAIT,
            ),
            next: next.map(|event| event.seq.to_string()),
            decided: { events.iter() }
                .filter_map(|event| decision(event, &clients, &names))
                .collect(),
        })
    }
}

fn decision(
    event: &EventRow,
    clients: &HashMap<Uuid, clients::Model>,
    names: &HashMap<Uuid, String>,
) -> Option<DecidedCase> {
    let client = clients.get(&event.object_id?)?;
    let (_, kind, state) = { DECISIONS.iter() }.find(|(action, ..)| *action == event.action)?;
    Some(DecidedCase {
        client_id: client.id,
        client_name: client.name.clone(),
        kind: *kind,
        state: *state,
        decided_by: names.get(&event.actor_id?)?.clone(),
        decided_at: event.at,
    })
}
