use leptos::prelude::*;

use super::queue_bulk::{bulk, select_all};
use super::{case::case, decide::no_default_button, trouble::trouble};
use crate::components::{
    Drawing, KeyedRows, connection_badge, desk, empty, error_summary, moment, name, rich, row_keys,
};
use crate::model::{DecidedCase, Frame, InvitationKind, QueueView};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// The one form that all ticks, reasons and buttons of the queue belong to.
pub(super) const FORM: &str = "decide";

/// What waits for a decision, oldest first, and what was decided today.
pub fn queue(frame: &Frame, view: QueueView) -> Page {
    let waiting = u64::try_from(view.cases.len()).unwrap_or(u64::MAX);
    let title = tv("queue-title", &[("count", waiting.into())]);
    let content = view! {
        <div class="page-head">
            <h1>{title.clone()}</h1>
            {keys(&view)}
        </div>
        {view.trouble.as_ref().map(trouble)}
        {error_summary(&view.form, &reason_labels(&view))}
        {cases(frame, &view)}
        {decided(&view)}
    };
    Page::new(title, desk(frame, content))
}

/// The reason fields by their names, each with its client's, for the summary of problems.
fn reason_labels(view: &QueueView) -> Vec<(&str, String)> {
    view.form
        .problems
        .keys()
        .map(|key| {
            let of = view
                .cases
                .iter()
                .find(|case| *key == format!("reason-{}", case.connection));
            let label = match of {
                Some(case) => tv(
                    "queue-reason-for",
                    &[("client", case.client_name.clone().into())],
                ),
                None => t("reason-label"),
            };
            (key.as_str(), label)
        })
        .collect()
}

fn keys(view: &QueueView) -> Option<AnyView> {
    let rows = if view.may_decide {
        KeyedRows::Decisions
    } else {
        KeyedRows::Cases
    };
    (!view.cases.is_empty()).then(|| row_keys(rows))
}

fn cases(frame: &Frame, view: &QueueView) -> AnyView {
    if view.cases.is_empty() {
        let clients = view! {
            <p class="soft">{t("queue-empty-text")}</p>
            <p><a href=pattern::CLIENTS>{t("queue-to-clients")}</a></p>
        };
        return empty(Drawing::EmptyQueue, t("queue-empty"), clients);
    }
    let form = view.may_decide.then(|| {
        view! { <form id=FORM method="post" action=pattern::QUEUE_DECIDE hidden=true></form> {no_default_button(Some(FORM))} }
    });
    let looks_only =
        (!view.may_decide).then(|| view! { <p class="soft">{t("queue-look-only")}</p> });
    let rows: Vec<_> = view
        .cases
        .iter()
        .map(|one| case(frame, one, view.may_decide, &view.form))
        .collect();
    let has_many = view.may_decide && view.cases.len() > 1;
    view! {
        {looks_only}
        {form}
        {has_many.then(|| select_all(view))}
        <ul class="queue">{rows}</ul>
        {has_many.then(|| bulk(view))}
    }
    .into_any()
}

/// What was decided, where it was not the connection itself.
fn beside(decided: &DecidedCase) -> Option<AnyView> {
    matches!(
        decided.kind,
        InvitationKind::Reconnect | InvitationKind::Backup
    )
    .then(|| {
        let words = t(&format!("case-kind-{}", decided.kind.code()));
        view! { <small>{words}</small> }.into_any()
    })
}

fn decided(view: &QueueView) -> Option<AnyView> {
    if view.decided_today.is_empty() {
        return None;
    }
    let lines: Vec<_> = view
        .decided_today
        .iter()
        .map(|decided| {
            let by = rich(
                "queue-decided-by",
                &[],
                vec![
                    ("who", name(&decided.decided_by)),
                    ("when", moment(decided.decided_at)),
                ],
            );
            view! {
                <li>
                    <a class="quiet-link" href=routes::client(decided.client_id)>
                        {name(&decided.client_name)}
                    </a>
                    {beside(decided)}
                    {connection_badge(decided.state)}
                    <small class="push">{by}</small>
                </li>
            }
        })
        .collect();
    Some(
        view! {
            <section class="stack-s">
                <h2>{t("queue-decided-today")}</h2>
                <ul class="link-list">{lines}</ul>
            </section>
        }
        .into_any(),
    )
}
