use leptos::prelude::*;

use super::queue_tabs::queue_tabs;
use crate::components::{Icon, connection_badge, desk, empty, moment, name, pager, rich};
use crate::model::{DecidedCase, DecidedView, Frame, InvitationKind, QueueTab};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::t;

/// Who decided what lately, newest first.
pub fn decided(frame: &Frame, view: DecidedView) -> Page {
    let title = t("decided-title");
    let next = { view.next.as_ref() }.map(|before| {
        format!(
            "{}?before={}",
            pattern::QUEUE_DECIDED,
            routes::encode(before)
        )
    });
    let content = view! {
        <h1>{title.clone()}</h1>
        {queue_tabs(QueueTab::Decided, view.counts)}
        {list(&view)}
        {pager(next)}
    };
    Page::new(title, desk(frame, content))
}

fn list(view: &DecidedView) -> AnyView {
    if view.decided.is_empty() {
        let back = view! {
            <p class="soft">{t("decided-empty-text")}</p>
            <p><a href=pattern::QUEUE>{t("queue-to-all")}</a></p>
        };
        return empty(Icon::Inbox, t("decided-empty"), back);
    }
    let lines: Vec<_> = view.decided.iter().map(line).collect();
    view! { <ul class="link-list card">{lines}</ul> }.into_any()
}

fn line(decided: &DecidedCase) -> AnyView {
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
