use chrono::Duration;
use leptos::prelude::*;

use super::{RIGHT_TO_LEFT, Scheme, Stage, USUAL, state};
use crate::components::{
    KeyedRows, Question, Weight, ago, asking_form, fresh_times, name, row_keys, table, toast,
};
use crate::islands::Dialogs;
use crate::model::{Frame, Notice};
use crate::text::t;

/// What script brings to life. What there is once on a page stands in the first column.
pub(super) fn woken(stage: &Stage) -> AnyView {
    let question = Question::new(
        stage.either("ask-light", "ask-dark"),
        t("recovery-codes-renew-ask"),
        t("recovery-codes-renew-text"),
        t("recovery-codes-renew"),
    );
    let asks = asking_form(
        String::new(),
        Weight::Danger,
        t("recovery-codes-renew"),
        &[],
        question,
    );
    let at = stage.now() - Duration::minutes(14);
    let rows = [USUAL, RIGHT_TO_LEFT].map(|words| vec![name(words), ago(at, stage.now())]);
    let heads = [t("clients-name"), t("outbox-when")];
    let rows = table(t("clients-title"), &heads, rows);
    let once = (stage.scheme == Scheme::Light).then(|| {
        let after = Frame {
            notice: Some(Notice::Approved { count: 3 }),
            ..stage.frame.clone()
        };
        view! {
            {row_keys(KeyedRows::Clients)}
            {toast(&after)}
            {fresh_times(stage.now())}
            <Dialogs />
        }
    });
    view! {
        {state(t("guide-asks"), asks)}
        {state(t("guide-rows"), view! { <div class="card clients">{rows}</div> })}
        {once}
    }
    .into_any()
}
