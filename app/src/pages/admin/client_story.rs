use leptos::prelude::*;

use crate::components::{Event, Reached, moment, name, rich, timeline, token_badge};
use crate::model::{ClientPageView, StopReason, TimelineActor, TimelineEntry, TokenStatus};
use crate::text::{Value, lang, t, tv};

/// The audit actions that have words of their own: `timeline-` and the action with dashes.
pub const TIMELINE_ACTIONS: &[&str] = &[
    "client.created",
    "client.changed",
    "invitation.sent",
    "invitation.resent",
    "invitation.link_copied",
    "invitation.revoked",
    "invitation.fresh_asked",
    "invitation.passed_on",
    "help.asked",
    "client.archived",
    "visit.started",
    "login.captured",
    "login.failed",
    "login.confirmed",
    "accounts.asked",
    "accounts.read",
    "accounts.read_failed",
    "accounts.chosen",
    "accounts.probe_failed",
    "accounts.lost",
    "connection.submitted",
    "connection.approved",
    "connection.rejected",
    "connection.abandoned",
    "connection.reconnected",
    "connection.reconnection_submitted",
    "connection.reconnection_approved",
    "connection.reconnection_rejected",
    "backup.submitted",
    "backup.approved",
    "backup.rejected",
    "candidate.abandoned",
    "connection.disconnected",
    "login.ended_at_meta",
    "person.erased",
    "token.status_changed",
    "token.revoked_at_meta",
    "token.destroyed",
    "mail.kept",
    "mail.sent",
    "mail.sent_again",
    "mail.failed",
];

/// Those whose words name a `count`; where it is missing, the words end in `-uncounted`.
pub const COUNTED_ACTIONS: &[&str] = &[
    "accounts.read",
    "accounts.read_failed",
    "accounts.chosen",
    "accounts.probe_failed",
    "accounts.lost",
    "connection.submitted",
];

/// The whole story of a client, newest first, from the audit trail.
pub fn story(view: &ClientPageView) -> AnyView {
    let events = view
        .timeline
        .iter()
        .enumerate()
        .map(|(index, entry)| event(entry, index == 0))
        .collect();
    view! {
        <section class="card stack">
            <h2>{t("story-title")}</h2>
            {timeline(events)}
        </section>
    }
    .into_any()
}

fn event(entry: &TimelineEntry, is_newest: bool) -> Event {
    let reached = if entry.refused {
        Reached::Failed
    } else if is_newest {
        Reached::Now
    } else {
        Reached::Done
    };
    let words = action_words(entry);
    let title = if is_newest {
        view! { <strong>{words}</strong> }.into_any()
    } else {
        words.into_any()
    };
    let refused = entry.refused.then(|| view! { {t("story-refused")} " · " });
    let actor = match &entry.actor {
        TimelineActor::Staff(email) => name(email),
        TimelineActor::Client => t("actor-client").into_any(),
        TimelineActor::System => t("actor-system").into_any(),
    };
    let below = view! { {refused} {moment(entry.at)} " · " {actor} };
    Event {
        reached,
        title,
        below: below.into_any(),
    }
}

/// The catalogue's key for an audit action.
#[must_use]
pub fn timeline_key(action: &str) -> String {
    format!("timeline-{}", action.replace(['.', '_'], "-"))
}

fn action_words(entry: &TimelineEntry) -> AnyView {
    let key = timeline_key(&entry.action);
    if !TIMELINE_ACTIONS.contains(&entry.action.as_str()) || !lang().has(&key) {
        return tv("timeline-other", &[("action", entry.action.clone().into())]).into_any();
    }
    let detail = |name: &str| {
        entry
            .details
            .iter()
            .find(|(detail, _)| detail == name)
            .map(|(_, value)| value.as_str())
    };
    match entry.action.as_str() {
        action if COUNTED_ACTIONS.contains(&action) => {
            match detail("count").and_then(|n| n.parse::<u64>().ok()) {
                Some(count) => tv(&key, &[("count", count.into())]).into_any(),
                None => t(&format!("{key}-uncounted")).into_any(),
            }
        }
        "login.captured" => match detail("person") {
            Some(person) if !person.is_empty() => rich(&key, &[], vec![("person", name(person))]),
            _ => t(&format!("{key}-unnamed")).into_any(),
        },
        "connection.disconnected" | "login.ended_at_meta" => {
            let why = detail("why").unwrap_or_default().to_owned();
            tv(&key, &[("why", why.into())]).into_any()
        }
        "login.failed" => {
            let reason = detail("reason")
                .and_then(StopReason::from_code)
                .map(|reason| t(&format!("stop-{}-short", reason.code())));
            match reason {
                Some(reason) => tv(&key, &[("reason", Value::from(reason))]).into_any(),
                None => t(&format!("{key}-unknown")).into_any(),
            }
        }
        "token.status_changed" => match detail("to").and_then(TokenStatus::from_code) {
            Some(status) => rich(&key, &[], vec![("status", token_badge(status))]),
            None => t(&format!("{key}-unknown")).into_any(),
        },
        _ => t(&key).into_any(),
    }
}
