//! Views of the outbox.

use app::model::*;
use chrono::Duration;

use super::*;

pub fn mail_row(number: u128, state: MailState) -> MailRow {
    let is_queued = state == MailState::Queued;
    MailRow {
        id: id(number),
        client_id: Some(id(101)),
        to: "marta@kowalska.example".into(),
        subject: "Northlight Studio asks for access to your ads".into(),
        state,
        attempts: 3,
        error: match state {
            MailState::Failed => Some("permanent error (550): 5.1.1 unknown user".into()),
            MailState::Queued => {
                let said = "450 4.2.0 <marta@kowalska.example>: greylisted, try again later";
                Some(said.into())
            }
            _ => None,
        },
        trouble: match state {
            MailState::Failed => Some(MailTrouble::NoSuchAddress),
            MailState::Queued => Some(MailTrouble::Later),
            _ => None,
        },
        created_at: now() - Duration::minutes(50),
        sent_at: (state == MailState::Sent).then(|| now() - Duration::minutes(49)),
        next_try_at: is_queued.then(|| now() + Duration::minutes(4)),
        has_body: state != MailState::Sent,
    }
}

pub fn outbox() -> OutboxView {
    OutboxView {
        filter: MailFilter::All,
        counts: MailState::ALL.iter().copied().zip(1..).collect(),
        open: 2,
        mails: MailState::ALL
            .iter()
            .zip(70..)
            .map(|(state, number)| mail_row(number, *state))
            .collect(),
        next: Some("abc".into()),
        may_send: true,
        is_kept_here: true,
    }
}

pub fn mail() -> MailView {
    MailView {
        mail: mail_row(70, MailState::Failed),
        text: Some(format!(
            "Hello,\n\nNorthlight Studio looks after the advertising of {HOSTILE}.\n\nhttp://localhost:3000/i/{}\n\nThe link works until Sunday, 29 November.",
            "9aZkQ0x3sJ7mHk2vWq8uYt5rLp1oBn4cDe6fGh0iJkL"
        )),
        may_send: true,
    }
}
