use proptest::prelude::*;

use super::*;
use Event as E;
use Tell as W;
use TokenEffect as T;
use app::model::ConnectionState as S;

/// The table of `product.md`, line by line, with the two lines that `transition` documents as added.
#[rustfmt::skip]
const TABLE: &[(Option<S>, E, S, T, W)] = &[
    (None,                  E::Captured,               S::Draft,        T::SealCandidate,    W::Nobody),
    (Some(S::Draft),        E::Captured,               S::Draft,        T::SealCandidate,    W::Nobody),
    (Some(S::Draft),        E::Submitted,              S::Pending,      T::Keep,             W::Agency),
    (Some(S::Draft),        E::DraftExpired,           S::Abandoned,    T::Destroy,          W::Nobody),
    (Some(S::Draft),        E::Withdrawn,              S::Withdrawn,    T::DestroyAndRevoke, W::Agency),
    (Some(S::Pending),      E::Withdrawn,              S::Withdrawn,    T::DestroyAndRevoke, W::Agency),
    (Some(S::Pending),      E::Approved,               S::Approved,     T::PromoteCandidate, W::Client),
    (Some(S::Pending),      E::Rejected,               S::Rejected,     T::DestroyAndRevoke, W::Client),
    (Some(S::Approved),     E::Suspended,              S::Suspended,    T::Keep,             W::Client),
    (Some(S::Suspended),    E::Resumed,                S::Approved,     T::Keep,             W::Client),
    (Some(S::Approved),     E::SamePersonReconnected,  S::Approved,     T::ReplacePrimary,   W::Agency),
    (Some(S::Suspended),    E::SamePersonReconnected,  S::Suspended,    T::ReplacePrimary,   W::Agency),
    (Some(S::Approved),     E::OtherPersonReconnected, S::Pending,      T::AddCandidate,     W::Agency),
    (Some(S::Suspended),    E::OtherPersonReconnected, S::Pending,      T::AddCandidate,     W::Agency),
    (Some(S::Approved),     E::AccountAdded,           S::Approved,     T::Keep,             W::Agency),
    (Some(S::Draft),        E::DisconnectedByClient,   S::Disconnected, T::DestroyAndRevoke, W::Both),
    (Some(S::Pending),      E::DisconnectedByClient,   S::Disconnected, T::DestroyAndRevoke, W::Both),
    (Some(S::Approved),     E::DisconnectedByClient,   S::Disconnected, T::DestroyAndRevoke, W::Both),
    (Some(S::Suspended),    E::DisconnectedByClient,   S::Disconnected, T::DestroyAndRevoke, W::Both),
    (Some(S::Draft),        E::DisconnectedByMeta,     S::Disconnected, T::Destroy,          W::Both),
    (Some(S::Pending),      E::DisconnectedByMeta,     S::Disconnected, T::Destroy,          W::Both),
    (Some(S::Approved),     E::DisconnectedByMeta,     S::Disconnected, T::Destroy,          W::Both),
    (Some(S::Suspended),    E::DisconnectedByMeta,     S::Disconnected, T::Destroy,          W::Both),
    (Some(S::Draft),        E::DataDeletionAsked,      S::Disconnected, T::Destroy,          W::Both),
    (Some(S::Pending),      E::DataDeletionAsked,      S::Disconnected, T::Destroy,          W::Both),
    (Some(S::Approved),     E::DataDeletionAsked,      S::Disconnected, T::Destroy,          W::Both),
    (Some(S::Suspended),    E::DataDeletionAsked,      S::Disconnected, T::Destroy,          W::Both),
    (Some(S::Rejected),     E::Captured,               S::Draft,        T::SealCandidate,    W::Nobody),
    (Some(S::Abandoned),    E::Captured,               S::Draft,        T::SealCandidate,    W::Nobody),
    (Some(S::Withdrawn),    E::Captured,               S::Draft,        T::SealCandidate,    W::Nobody),
    (Some(S::Disconnected), E::Captured,               S::Draft,        T::SealCandidate,    W::Nobody),
    (Some(S::Draft),        E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
    (Some(S::Pending),      E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
    (Some(S::Approved),     E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
    (Some(S::Suspended),    E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
    (Some(S::Abandoned),    E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
    (Some(S::Withdrawn),    E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
    (Some(S::Rejected),     E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
    (Some(S::Disconnected), E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
    (Some(S::Archived),     E::ClientArchived,         S::Archived,     T::DestroyAndRevoke, W::Nobody),
];

fn every_state() -> impl Iterator<Item = Option<S>> {
    std::iter::once(None).chain(S::ALL.iter().copied().map(Some))
}

#[test]
fn every_pair_is_in_the_table_or_refused() {
    let mut known = 0;
    for from in every_state() {
        for &event in E::ALL {
            let line = TABLE.iter().find(|line| line.0 == from && line.1 == event);
            let expected = match line {
                Some(&(_, _, to, tokens, tell)) => Ok(Move { to, tokens, tell }),
                None => Err(RefusedMove { from, event }),
            };
            known += usize::from(line.is_some());
            assert_eq!(transition(from, event), expected, "{from:?} {event:?}");
        }
    }
    assert_eq!(
        known,
        TABLE.len(),
        "no line of the table stands there twice"
    );
}

#[test]
fn beside_live_tokens_only_the_candidate_goes() {
    for beneath in [S::Approved, S::Suspended] {
        for &event in E::ALL {
            let expected = match event {
                E::Rejected => Ok((beneath, T::DropCandidate, W::Client)),
                E::Withdrawn => Ok((beneath, T::DropCandidate, W::Agency)),
                other => transition(Some(S::Pending), other)
                    .map(|moved| (moved.to, moved.tokens, moved.tell)),
            };
            let expected = expected.map(|(to, tokens, tell)| Move { to, tokens, tell });
            assert_eq!(transition_beside(beneath, event), expected, "{event:?}");
        }
    }
    for &beneath in S::ALL.iter().filter(|state| !state.is_live()) {
        let refused = RefusedMove {
            from: Some(beneath),
            event: E::Rejected,
        };
        assert_eq!(transition_beside(beneath, E::Rejected), Err(refused));
    }
}

#[test]
fn a_refusal_says_what_was_tried() {
    let refused = transition(Some(S::Pending), E::Captured).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "a connection in state pending does not take the event Captured"
    );
    let refused = transition(None, E::Approved).unwrap_err();
    assert!(refused.to_string().contains("(none)"));
}

#[test]
fn a_link_leads_where_something_is_to_be_done() {
    use InvitationKind::{Backup, Connect, Reconnect};
    for state in every_state() {
        let kinds = kinds_of_link(state);
        let is_live = state.is_some_and(S::is_live);
        assert_eq!(kinds.contains(&Backup), is_live, "{state:?}");
        assert_eq!(
            kinds.contains(&Connect),
            !state.is_some_and(needs_no_link),
            "{state:?}"
        );
        let waits = matches!(state, Some(S::Pending | S::Archived));
        assert_eq!(kinds.contains(&Reconnect), !waits, "{state:?}");
    }
}

proptest! {
    /// Whatever happens in whatever order: an ended connection has lost its tokens, comes back only by a
    /// new capture, and an archived one never.
    #[test]
    fn ended_states_are_left_only_by_capture(events in prop::collection::vec(prop::sample::select(E::ALL), 0..60)) {
        let mut state = None;
        for event in events {
            let Ok(moved) = transition(state, event) else { continue };
            match state {
                Some(S::Archived) => prop_assert_eq!(moved.to, S::Archived),
                Some(S::Rejected | S::Abandoned | S::Withdrawn | S::Disconnected) => {
                    prop_assert!(matches!(event, E::Captured | E::ClientArchived), "{event:?}");
                }
                _ => {}
            }
            let has_ended = matches!(
                moved.to,
                S::Rejected | S::Abandoned | S::Withdrawn | S::Disconnected | S::Archived
            );
            prop_assert_eq!(has_ended, matches!(moved.tokens, T::Destroy | T::DestroyAndRevoke));
            state = Some(moved.to);
        }
    }
}
