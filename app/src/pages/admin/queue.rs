use leptos::prelude::*;

use super::{case::case, decide::no_default_button, trouble::trouble};
use super::{queue_tabs::queue_tabs, setup::setup};
use crate::components::{Drawing, Icon, desk, empty, error_summary, reason_field};
use crate::model::{Frame, QueueTab, QueueView};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};
use crate::validate::REASON_MAX;

/// The one form that all ticks, reasons and buttons of the queue belong to.
pub(super) const FORM: &str = "decide";

/// What waits for a decision, oldest first.
pub fn queue(frame: &Frame, view: QueueView) -> Page {
    let title = tv("queue-title", &[("count", view.counts.waiting.into())]);
    let content = view! {
        <h1>{title.clone()}</h1>
        {view.trouble.as_ref().map(trouble)}
        {view.setup.as_ref().map(setup)}
        {queue_tabs(view.tab, view.counts)}
        {error_summary(&view.form, &reason_labels(&view))}
        {cases(frame, &view)}
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

fn cases(frame: &Frame, view: &QueueView) -> AnyView {
    if view.cases.is_empty() {
        return nothing(view);
    }
    let form = view.may_decide.then(|| {
        let back = view! { <input type="hidden" name="back" value=routes::queue(view.tab) /> };
        view! { <form id=FORM method="post" action=pattern::QUEUE_DECIDE hidden=true>{back}</form> {no_default_button(Some(FORM))} }
    });
    let looks_only =
        (!view.may_decide).then(|| view! { <p class="soft">{t("queue-look-only")}</p> });
    let rows: Vec<_> = view
        .cases
        .iter()
        .map(|one| case(frame, one, view.may_decide, &view.form))
        .collect();
    let bulk = (view.may_decide && view.cases.len() > 1).then(|| bulk(view));
    view! {
        {looks_only}
        {form}
        <ul class="queue">{rows}</ul>
        {bulk}
    }
    .into_any()
}

/// Nothing waits at all, or nothing of this kind.
fn nothing(view: &QueueView) -> AnyView {
    if view.tab == QueueTab::Waiting {
        let clients = view! {
            <p class="soft">{t("queue-empty-text")}</p>
            <p><a href=pattern::CLIENTS>{t("queue-to-clients")}</a></p>
        };
        return empty(Drawing::EmptyQueue, t("queue-empty"), clients);
    }
    let all = view! { <p><a href=pattern::QUEUE>{t("queue-to-all")}</a></p> };
    empty(
        Icon::Inbox,
        t(&format!("queue-empty-{}", view.tab.code())),
        all,
    )
}

fn bulk(view: &QueueView) -> AnyView {
    let field = "reason-selected";
    let is_open = view.form.problem(field).is_some() || !view.form.value(field).is_empty();
    view! {
        <div class="bulk" role="group" aria-label=t("queue-bulk")>
            <button type="submit" class="btn" form=FORM name="approve" value="selected">
                {t("queue-approve-selected")}
            </button>
            <details class="reveal" open=is_open>
                <summary class="btn plain">{t("queue-reject-selected-open")}</summary>
                <div class="measure">
                    {reason_field(field, &view.form, Some(FORM), REASON_MAX)}
                    <div>
                        <button type="submit" class="btn danger" form=FORM name="reject" value="selected">
                            {t("queue-reject-selected")}
                        </button>
                    </div>
                </div>
            </details>
        </div>
    }
    .into_any()
}
