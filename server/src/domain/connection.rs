//! How a connection moves: the state table of the product as one function.

use app::model::{ConnectionState, InvitationKind};

/// What happens to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A token was captured by login, upload, paste or import.
    Captured,
    /// The client has chosen accounts, they were probed, and the client submitted.
    Submitted,
    /// Seven days passed without submission.
    DraftExpired,
    /// The client takes back what was not decided yet.
    Withdrawn,
    /// An admin approved.
    Approved,
    /// An admin rejected, with a reason.
    Rejected,
    /// An admin suspended.
    Suspended,
    /// An admin ended the suspension.
    Resumed,
    /// The Meta user who is connected logged in again.
    SamePersonReconnected,
    /// Another Meta user logged in for this client.
    OtherPersonReconnected,
    /// The client added an ad account; it waits by itself for a decision.
    AccountAdded,
    /// The client disconnected here, so Meta has to hear of it.
    DisconnectedByClient,
    /// The person removed the app at Meta.
    DisconnectedByMeta,
    /// Meta asked to delete the person's data; it has ended the tokens by then.
    DataDeletionAsked,
    /// An admin archived the client.
    ClientArchived,
}

impl Event {
    /// Every event, in the order of the definition.
    pub const ALL: &'static [Self] = &[
        Self::Captured,
        Self::Submitted,
        Self::DraftExpired,
        Self::Withdrawn,
        Self::Approved,
        Self::Rejected,
        Self::Suspended,
        Self::Resumed,
        Self::SamePersonReconnected,
        Self::OtherPersonReconnected,
        Self::AccountAdded,
        Self::DisconnectedByClient,
        Self::DisconnectedByMeta,
        Self::DataDeletionAsked,
        Self::ClientArchived,
    ];
}

/// What becomes of the tokens of a connection when it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenEffect {
    /// The captured token is sealed as the candidate; an earlier candidate is superseded and its sealed
    /// copy erased. There are no live tokens beside it.
    SealCandidate,
    /// Nothing changes. While suspended, tokens are kept and not handed out.
    Keep,
    /// The candidate becomes the primary. Where live tokens wait beside it (another person reconnected),
    /// the earlier primary is superseded.
    PromoteCandidate,
    /// The captured token becomes the primary at once, the earlier one is superseded.
    ReplacePrimary,
    /// The captured token is sealed as the candidate beside the live tokens, which stay in use.
    AddCandidate,
    /// Every sealed copy is erased.
    Destroy,
    /// Every sealed copy is erased, and the grant taken back at Meta, unless the same Meta user has
    /// another live connection under this Meta app.
    DestroyAndRevoke,
    /// As [`TokenEffect::DestroyAndRevoke`], but of the candidate alone: the live tokens beside it stay.
    DropCandidate,
}

/// Who is told of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    Nobody,
    Agency,
    Client,
    Both,
}

/// A move that the table knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    pub to: ConnectionState,
    pub tokens: TokenEffect,
    pub tell: Tell,
}

/// A pair of state and event that is not in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a connection in state {} does not take the event {event:?}", from.map_or("(none)", ConnectionState::code))]
pub struct RefusedMove {
    pub from: Option<ConnectionState>,
    pub event: Event,
}

/// Where an event leads a connection; `None` is a client that has none yet.
///
/// Two lines are added to the product's table. A draft may be captured again (`draft`, captured, `draft`):
/// before submitting, a client asks for missing permissions once more or signs in as somebody else; the
/// later token takes the place of the earlier candidate. A `pending` connection is not captured again. And
/// the person of a suspended connection may log in again (it stays `suspended`): it is resumed with a token
/// that lives, which is not handed out before.
///
/// # Errors
/// Every pair that is not in the table.
pub fn transition(from: Option<ConnectionState>, event: Event) -> Result<Move, RefusedMove> {
    use ConnectionState as State;
    use TokenEffect::{
        AddCandidate, Destroy, DestroyAndRevoke, Keep, PromoteCandidate, ReplacePrimary,
        SealCandidate,
    };

    let refused = RefusedMove { from, event };
    let Some(state) = from else {
        return match event {
            Event::Captured => Ok(go(State::Draft, SealCandidate, Tell::Nobody)),
            _ => Err(refused),
        };
    };
    let moved = match (state, event) {
        (
            State::Draft
            | State::Rejected
            | State::Abandoned
            | State::Withdrawn
            | State::Disconnected,
            Event::Captured,
        ) => go(State::Draft, SealCandidate, Tell::Nobody),
        (State::Draft, Event::Submitted) => go(State::Pending, Keep, Tell::Agency),
        (State::Draft, Event::DraftExpired) => go(State::Abandoned, Destroy, Tell::Nobody),
        (State::Draft | State::Pending, Event::Withdrawn) => {
            go(State::Withdrawn, DestroyAndRevoke, Tell::Agency)
        }
        (State::Pending, Event::Approved) => go(State::Approved, PromoteCandidate, Tell::Client),
        (State::Pending, Event::Rejected) => go(State::Rejected, DestroyAndRevoke, Tell::Client),
        (State::Approved, Event::Suspended) => go(State::Suspended, Keep, Tell::Client),
        (State::Suspended, Event::Resumed) => go(State::Approved, Keep, Tell::Client),
        (State::Approved, Event::SamePersonReconnected) => {
            go(State::Approved, ReplacePrimary, Tell::Agency)
        }
        (State::Suspended, Event::SamePersonReconnected) => {
            go(State::Suspended, ReplacePrimary, Tell::Agency)
        }
        (State::Approved | State::Suspended, Event::OtherPersonReconnected) => {
            go(State::Pending, AddCandidate, Tell::Agency)
        }
        (State::Approved, Event::AccountAdded) => go(State::Approved, Keep, Tell::Agency),
        (
            State::Draft | State::Pending | State::Approved | State::Suspended,
            Event::DisconnectedByClient,
        ) => go(State::Disconnected, DestroyAndRevoke, Tell::Both),
        (
            State::Draft | State::Pending | State::Approved | State::Suspended,
            Event::DisconnectedByMeta | Event::DataDeletionAsked,
        ) => go(State::Disconnected, Destroy, Tell::Both),
        (_, Event::ClientArchived) => go(State::Archived, DestroyAndRevoke, Tell::Nobody),
        _ => return Err(refused),
    };
    Ok(moved)
}

/// Where an event leads a `pending` connection whose approved tokens and accounts stayed live while another
/// person's login waits: `beneath` is what it was. Not approved, it is that again, and only the candidate
/// goes; every other event is the table's.
///
/// # Errors
/// When `beneath` is not a state with live tokens, and every pair that is not in the table.
pub fn transition_beside(beneath: ConnectionState, event: Event) -> Result<Move, RefusedMove> {
    if !beneath.is_live() {
        let from = Some(beneath);
        return Err(RefusedMove { from, event });
    }
    match event {
        Event::Rejected => Ok(go(beneath, TokenEffect::DropCandidate, Tell::Client)),
        Event::Withdrawn => Ok(go(beneath, TokenEffect::DropCandidate, Tell::Agency)),
        other => transition(Some(ConnectionState::Pending), other),
    }
}

const fn go(to: ConnectionState, tokens: TokenEffect, tell: Tell) -> Move {
    Move { to, tokens, tell }
}

/// What a guided link can be for while a connection is in this state; `None` is a client that has none yet.
/// A connection that waits needs a decision and no link. A live one is reconnected, or gets a backup. One that
/// ended, or was never submitted, is connected again, whichever of the two names the link bears.
#[must_use]
pub fn kinds_of_link(state: Option<ConnectionState>) -> &'static [InvitationKind] {
    use InvitationKind::{Backup, Connect, Reconnect, Upload};
    match state {
        Some(ConnectionState::Pending | ConnectionState::Archived) => &[],
        Some(ConnectionState::Approved | ConnectionState::Suspended) => &[Reconnect, Backup],
        _ => &[Connect, Reconnect, Upload],
    }
}

/// Whether a connection in this state waits, is live or is put away: no guided link is needed to connect.
#[must_use]
pub const fn needs_no_link(state: ConnectionState) -> bool {
    matches!(
        state,
        ConnectionState::Pending
            | ConnectionState::Approved
            | ConnectionState::Suspended
            | ConnectionState::Archived
    )
}

#[cfg(test)]
mod tests;
