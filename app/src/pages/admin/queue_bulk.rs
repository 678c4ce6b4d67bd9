use leptos::prelude::*;

use super::{case::is_ticked, queue::FORM};
use crate::components::{Question, field_id, reason_field};
use crate::islands::Selection;
use crate::model::{QueueView, counted::pack};
use crate::text::{t, tv};
use crate::validate::REASON_MAX;

/// The field for the reason of a rejection of all that are ticked.
const REASON: &str = "reason-selected";

/// The tick for all, once it works, and how many are ticked.
pub(super) fn select_all(view: &QueueView) -> AnyView {
    view! {
        <div class="select-all">
            <label hidden=true data-wakes="selection">
                <input class="tick" type="checkbox" autocomplete="off" data-select-all=true />
                {t("queue-select-all")}
            </label>
            <span class="unseen" aria-live="polite" hidden=true data-wakes="selection">
                {counted(view, "queue-selected")}
            </span>
        </div>
        <Selection />
    }
    .into_any()
}

/// Words for the number of ticks, kept true by the island.
fn counted(view: &QueueView, key: &str) -> AnyView {
    let words = |count: u64| tv(key, &[("count", count.into())]);
    let all = u64::try_from(view.cases.len()).unwrap_or_default();
    let ticked = { view.cases.iter() }
        .filter(|case| is_ticked(&view.form, case))
        .count();
    let now = words(u64::try_from(ticked).unwrap_or_default());
    view! { <span data-counted=pack(0..=all, words)>{now}</span> }.into_any()
}

/// Deciding about all that are ticked.
pub(super) fn bulk(view: &QueueView) -> AnyView {
    let is_open = view.form.problem(REASON).is_some() || !view.form.value(REASON).is_empty();
    let question = Question {
        id: "ask-reject-selected".to_owned(),
        title: t("queue-reject-selected-ask"),
        text: view! { {counted(view, "queue-reject-selected-count")} " " {t("queue-reject-selected-text")} }.into_any(),
        yes: t("queue-reject-selected-yes"),
    };
    let yes = view! {
        <button type="submit" class="btn danger" form=FORM name="reject" value="selected">
            {question.yes.clone()}
        </button>
    };
    let opens = question.id.clone();
    view! {
        <div class="bulk" role="group" aria-label=t("queue-bulk")>
            <p class="bulk-count" hidden=true data-wakes="selection">
                <strong class="num">{counted(view, "queue-selected")}</strong>
                <button type="button" class="link" data-select-none=true>{t("queue-select-none")}</button>
            </p>
            <button type="submit" class="btn" form=FORM name="approve" value="selected">
                {t("queue-approve-selected")}
            </button>
            <details class="reveal" open=is_open>
                <summary class="btn plain">{t("queue-reject-selected-open")}</summary>
                <div class="measure">
                    {reason_field(REASON, &view.form, Some(FORM), REASON_MAX)}
                    <div>
                        <button
                            type="submit"
                            class="btn danger"
                            form=FORM
                            name="reject"
                            value="selected"
                            data-opens=opens
                            data-unless-empty=field_id(REASON)
                        >
                            {t("queue-reject-selected")}
                        </button>
                    </div>
                    {question.dialog(yes.into_any())}
                </div>
            </details>
        </div>
    }
    .into_any()
}
