//! Views of the queue's tabs and of the list of clients.

use app::model::*;
use chrono::Duration;

use super::*;

/// The queue of an agency that has just begun.
pub fn new_agency() -> QueueView {
    QueueView {
        counts: QueueCounts::default(),
        cases: vec![],
        setup: Some(SetupView {
            meta: MetaSetup::Done,
            mail: MailSetup::Untested,
            has_client: false,
            has_approval: false,
        }),
        ..queue()
    }
}

pub fn queue_counts() -> QueueCounts {
    QueueCounts {
        waiting: 6,
        long: 2,
        backups: 1,
        reconnections: 1,
    }
}

/// The queue under one of its tabs.
pub fn queue_tab(tab: QueueTab, kind: InvitationKind) -> QueueView {
    let mut view = QueueView { tab, ..queue() };
    view.cases.retain(|case| case.kind == kind);
    view
}

pub fn decided() -> DecidedView {
    let of = |number, client: &str, kind, state, who: &str, hours| DecidedCase {
        kind,
        client_id: id(number),
        client_name: client.into(),
        state,
        decided_by: who.into(),
        decided_at: now() - Duration::hours(hours),
    };
    use ConnectionState::{Approved, Rejected};
    use InvitationKind::{Backup, Connect, Reconnect};
    let (jonas, mia) = ("jonas.berg@northlight.example", "mia@northlight.example");
    DecidedView {
        counts: queue_counts(),
        decided: vec![
            of(7, "Studio Ferro", Connect, Approved, jonas, 2),
            of(8, ARABIC, Backup, Rejected, mia, 5),
            of(9, LONG, Reconnect, Approved, HOSTILE, 29),
        ],
        next: Some("812".into()),
    }
}

pub fn client_row(
    number: u128,
    name: &str,
    connection: Option<ConnectionState>,
    status: TokenStatus,
    invitation: Option<InvitationState>,
) -> ClientRow {
    ClientRow {
        id: id(number),
        name: name.into(),
        email: format!("client{number}@kowalska.example"),
        connection,
        token_status: status,
        invitation,
        ends_at: connection.map(|_| now() + Duration::days(60)),
        progress: progress(match connection {
            Some(ConnectionState::Approved) => 6,
            Some(ConnectionState::Pending) => 4,
            _ => u64::from(invitation.is_some()),
        }),
    }
}

/// So many milestones, from the first.
pub fn progress(reached: u64) -> ClientProgress {
    ClientProgress::of(|milestone| (milestone as u64) < reached)
}

pub fn clients() -> ClientsView {
    ClientsView {
        filter: ClientFilter::default(),
        limit: 50,
        rows: vec![
            client_row(
                101,
                "Kowalska Ceramics",
                Some(ConnectionState::Approved),
                TokenStatus::Active,
                Some(InvitationState::Spent),
            ),
            client_row(
                102,
                LONG,
                Some(ConnectionState::Pending),
                TokenStatus::Limited,
                Some(InvitationState::Started),
            ),
            client_row(
                103,
                ARABIC,
                None,
                TokenStatus::Pending,
                Some(InvitationState::Opened),
            ),
            client_row(
                104,
                "Café Lumière",
                Some(ConnectionState::Rejected),
                TokenStatus::Revoked,
                None,
            ),
            client_row(105, "New one", None, TokenStatus::Pending, None),
        ],
        total: 214,
        next: Some("eyJ/+=".into()),
        may_add: true,
    }
}

/// The list, narrowed as far as it goes, and with many rows.
pub fn narrowed_clients() -> ClientsView {
    let mut view = clients();
    view.rows.truncate(1);
    ClientsView {
        filter: ClientFilter {
            query: HOSTILE.into(),
            state: Some(StateFilter::In(ConnectionState::Approved)),
            token: Some(TokenStatus::Active),
            ends: Some(Ends::Offered(EndsFilter::Sixty)),
            backup: None,
        },
        limit: 1_000,
        total: 1_001,
        ..view
    }
}
