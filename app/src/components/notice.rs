use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{Icon, connection_words, icon, moment, name, note, rich, token_badge, token_tone};
use crate::islands::Toast;
use crate::model::{AnswerClass, Frame, Notice, OtherDecision, TokenStatus, Tone};
use crate::text::{t, tv};

/// What the last action led to, above the page; nothing where there was none.
pub fn notice(frame: &Frame) -> Option<AnyView> {
    let notice = frame.notice.as_ref()?;
    let tone = tone(notice);
    let role = match tone {
        Tone::Good => "status",
        _ => "alert",
    };
    let body = match notice {
        Notice::AlreadyDecided { mine, others } => already_decided(*mine, others),
        Notice::TokenNotChecked {
            class,
            last_known,
            validated_at,
        } => token_not_checked(*class, *last_known, *validated_at),
        other => sentence(other).into_any(),
    };
    Some(view! { <div role=role>{note(tone, body)}</div> }.into_any())
}

/// The same on the desk: where script runs it stands at the edge, and can be dismissed.
pub fn toast(frame: &Frame) -> Option<AnyView> {
    let notice = notice(frame)?;
    let toast = view! {
        <div class="toast">
            {notice}
            <button type="button" class="btn ghost small" aria-label=t("toast-dismiss") hidden=true data-wakes="toast">
                {icon(Icon::Cross)}
            </button>
        </div>
        <Toast />
    };
    Some(toast.into_any())
}

const fn tone(notice: &Notice) -> Tone {
    match notice {
        Notice::AlreadyDecided { .. }
        | Notice::ChangedMeanwhile { .. }
        | Notice::AlreadyConnected
        | Notice::NothingToBackUp
        | Notice::BackupWaits
        | Notice::NothingChosen
        | Notice::ColourTriedOn
        | Notice::RecoveryCodeUsed
        | Notice::TokenNotChecked { .. }
        | Notice::TooManyChecks
        | Notice::TooManyTestMails
        | Notice::TooManyMails => Tone::Warn,
        Notice::TokenChecked { status } => token_tone(*status),
        Notice::ConnectionTested {
            chosen, answered, ..
        } if *answered < *chosen => Tone::Warn,
        _ => Tone::Good,
    }
}

fn sentence(notice: &Notice) -> String {
    match notice {
        Notice::ClientAdded => t("notice-client-added"),
        Notice::LinkSent => t("notice-link-sent"),
        Notice::LinkResent => t("notice-link-resent"),
        Notice::LinksRevoked => t("notice-links-revoked"),
        Notice::LinkCopied => t("notice-link-copied"),
        Notice::Approved { count } => tv("notice-approved", &[("count", (*count).into())]),
        Notice::Rejected { count } => tv("notice-rejected", &[("count", (*count).into())]),
        Notice::AlreadyDecided { mine, .. } => {
            tv("notice-decided-mine", &[("count", (*mine).into())])
        }
        Notice::ChangedMeanwhile { mine, changed } => tv(
            "notice-changed-meanwhile",
            &[("mine", (*mine).into()), ("changed", (*changed).into())],
        ),
        Notice::AlreadyConnected => t("notice-already-connected"),
        Notice::NothingToBackUp => t("notice-nothing-to-back-up"),
        Notice::BackupWaits => t("notice-backup-waits"),
        Notice::TokenChecked { status } => t(&format!("notice-token-said-{}", status.code())),
        Notice::TokenNotChecked { class, .. } => unsaid(*class),
        Notice::ConnectionTested {
            chosen,
            answered,
            lost,
        } => connection_tested(*chosen, *answered, *lost),
        Notice::TooManyChecks => t("notice-too-many-checks"),
        Notice::TestMailQueued => t("notice-test-mail-queued"),
        Notice::TooManyTestMails => t("notice-too-many-test-mails"),
        Notice::JobsRunAgain { count } => {
            tv("notice-jobs-run-again", &[("count", (*count).into())])
        }
        Notice::JobDismissed => t("notice-job-dismissed"),
        Notice::JobSettled => t("notice-job-settled"),
        Notice::PasswordChanged => t("notice-password-changed"),
        Notice::MailQueuedAgain => t("notice-mail-queued-again"),
        Notice::SignedOut => t("notice-signed-out"),
        Notice::SecondFactorAdded => t("notice-second-factor-added"),
        Notice::SecondFactorRemoved => t("notice-second-factor-removed"),
        Notice::RecoveryCodesMade => t("notice-recovery-codes-made"),
        Notice::RecoveryCodeUsed => t("notice-recovery-code-used"),
        Notice::SessionEnded => t("notice-session-ended"),
        Notice::PersonDisabled => t("notice-person-disabled"),
        Notice::PersonEnabled => t("notice-person-enabled"),
        Notice::SecondFactorReset => t("notice-second-factor-reset"),
        Notice::SecondFactorRequired => t("notice-second-factor-required"),
        Notice::SecondFactorOptional => t("notice-second-factor-optional"),
        Notice::AgencySaved => t("notice-agency-saved"),
        Notice::ColourTriedOn => t("notice-colour-tried-on"),
        Notice::NothingChosen => t("notice-nothing-chosen"),
        Notice::TooManyMails => t("notice-too-many-mails"),
        Notice::HelpAsked => t("notice-help-asked"),
    }
}

/// Two admins at once: who was quicker, and what became of one's own decisions.
fn already_decided(mine: u64, others: &[OtherDecision]) -> AnyView {
    let lines: Vec<_> = others
        .iter()
        .map(|other| {
            let line = rich(
                "notice-decided-by",
                &[("state", connection_words(other.state).into())],
                vec![
                    ("client", name(&other.client_name)),
                    ("who", name(&other.decided_by)),
                    ("when", moment(other.at)),
                ],
            );
            view! { <li>{line}</li> }
        })
        .collect();
    let mine =
        (mine > 0).then(|| view! { <p>{tv("notice-decided-mine", &[("count", mine.into())])}</p> });
    view! {
        <strong>{t("notice-decided-title")}</strong>
        <ul>{lines}</ul>
        {mine}
    }
    .into_any()
}

/// Why Meta did not say how a token stands, and what is known from before.
fn token_not_checked(
    class: AnswerClass,
    last_known: TokenStatus,
    validated_at: Option<DateTime<Utc>>,
) -> AnyView {
    let known = validated_at.map(|at| {
        let values = vec![("status", token_badge(last_known)), ("when", moment(at))];
        view! { <p>{rich("notice-token-last-known", &[], values)}</p> }
    });
    view! { <p>{unsaid(class)}</p> {known} }.into_any()
}

fn connection_tested(chosen: u64, answered: u64, lost: u64) -> String {
    let counts = [("chosen", chosen.into()), ("answered", answered.into())];
    let mut words = tv("notice-connection-tested", &counts);
    if lost > 0 {
        words.push(' ');
        words += &tv("notice-connection-lost", &[("lost", lost.into())]);
    }
    words
}

fn unsaid(class: AnswerClass) -> String {
    t(match class {
        AnswerClass::Wait => "notice-token-unsaid-wait",
        AnswerClass::FixConfig => "notice-token-unsaid-fix-config",
        _ => "notice-token-unsaid-retry",
    })
}
