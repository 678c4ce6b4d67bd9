use leptos::prelude::*;

use super::queue_bulk::{bulk, select_all};
use super::{case::case, decide::no_default_button, trouble::trouble};
use super::{queue_tabs::queue_tabs, setup::setup};
use crate::components::{Drawing, Icon, KeyedRows, desk, empty, error_summary, rendered, row_keys};
use crate::model::{Frame, QueueTab, QueueView};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// The one form that all ticks, reasons and buttons of the queue belong to.
pub(super) const FORM: &str = "decide";

/// What waits for a decision, oldest first.
pub fn queue(frame: &Frame, view: QueueView) -> Page {
    let title = tv("queue-title", &[("count", view.counts.waiting.into())]);
    let content = view! {
        <div class="page-head">
            <h1>{title.clone()}</h1>
            {keys(&view)}
        </div>
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
        return nothing(view);
    }
    let form = view.may_decide.then(|| {
        let back = view! { <input type="hidden" name="back" value=routes::queue(view.tab) /> };
        view! { <form id=FORM method="post" action=pattern::QUEUE_DECIDE hidden=true>{back}</form> {no_default_button(Some(FORM))} }
    });
    let looks_only =
        (!view.may_decide).then(|| view! { <p class="soft">{t("queue-look-only")}</p> });
    let cases = view.cases.iter();
    let rows = rendered(cases.map(|one| case(frame, one, view.may_decide, &view.form)));
    let has_many = view.may_decide && view.cases.len() > 1;
    view! {
        {looks_only}
        {form}
        {has_many.then(|| select_all(view))}
        <ul class="queue" inner_html=rows></ul>
        {has_many.then(|| bulk(view))}
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
