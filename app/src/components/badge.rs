use leptos::prelude::*;

use super::drawn;
use crate::model::{AccountStatus, ConnectionState, InvitationState, MailState, TokenStatus, Tone};
use crate::text::t;

/// A short word about a state, in a tone. The word says it all; the colour only helps.
pub fn pill(tone: Tone, words: String) -> AnyView {
    let class = match tone {
        Tone::Quiet => "pill".to_owned(),
        tone => format!("pill {}", tone.code()),
    };
    view! { <span class=class>{words}</span> }.into_any()
}

/// What is known of a token.
pub fn token_badge(status: TokenStatus) -> AnyView {
    drawn(("token-status", status.code().into(), 0), || {
        pill(
            token_tone(status),
            t(&format!("token-status-{}", status.code())),
        )
    })
}

/// How a token's status is coloured.
pub(crate) const fn token_tone(status: TokenStatus) -> Tone {
    match status {
        TokenStatus::Active => Tone::Good,
        TokenStatus::Expiring | TokenStatus::Limited => Tone::Warn,
        TokenStatus::Expired | TokenStatus::Revoked | TokenStatus::Blocked => Tone::Bad,
        TokenStatus::Pending | TokenStatus::Unknown => Tone::Quiet,
    }
}

/// Where a connection stands.
pub fn connection_badge(state: ConnectionState) -> AnyView {
    let tone = match state {
        ConnectionState::Approved => Tone::Good,
        ConnectionState::Pending | ConnectionState::Suspended => Tone::Warn,
        ConnectionState::Rejected | ConnectionState::Disconnected => Tone::Bad,
        ConnectionState::Draft
        | ConnectionState::Abandoned
        | ConnectionState::Withdrawn
        | ConnectionState::Archived => Tone::Quiet,
    };
    drawn(("connection-state", state.code().into(), 0), || {
        pill(tone, connection_words(state))
    })
}

/// Where a connection stands, as a word.
#[must_use]
pub fn connection_words(state: ConnectionState) -> String {
    t(&format!("connection-state-{}", state.code()))
}

/// How far an invitation has come.
pub fn invitation_badge(state: InvitationState) -> AnyView {
    let tone = match state {
        InvitationState::Spent => Tone::Good,
        InvitationState::Started => Tone::Warn,
        InvitationState::Sent
        | InvitationState::Opened
        | InvitationState::Expired
        | InvitationState::Revoked => Tone::Quiet,
    };
    drawn(("invitation-state", state.code().into(), 0), || {
        pill(tone, t(&format!("invitation-state-{}", state.code())))
    })
}

/// The state of an ad account.
pub fn account_badge(status: AccountStatus) -> AnyView {
    pill(
        status.tone(),
        t(&format!("account-status-{}", status.code())),
    )
}

/// Where a mail stands.
pub fn mail_badge(state: MailState) -> AnyView {
    let tone = match state {
        MailState::Sent => Tone::Good,
        MailState::Queued => Tone::Warn,
        MailState::Failed => Tone::Bad,
        MailState::Kept => Tone::Quiet,
    };
    drawn(("outbox-state", state.code().into(), 0), || {
        pill(tone, t(&format!("outbox-state-{}", state.code())))
    })
}
