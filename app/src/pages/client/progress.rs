use leptos::prelude::*;
use uuid::Uuid;

use crate::components::{ClientShell, Step};
use crate::islands::LiveProgress;
use crate::model::{Frame, ProgressView};
use crate::render::Page;
use crate::routes;
use crate::text::{t, tv};

/// Seconds between two looks at work in progress, where no island looks: long enough for it to wake up first.
const REFRESH_SECONDS: u32 = 3;

/// Something long is at work. The page asks again by itself, without script too.
pub fn progress(frame: &Frame, visit: Uuid, view: ProgressView) -> Page {
    let (step, title, text, reached) = match view {
        ProgressView::SigningIn => (
            Step::SignIn,
            t("progress-signing-in-title"),
            t("progress-signing-in-text"),
            None,
        ),
        ProgressView::Reading { found } => (
            Step::Accounts,
            t("progress-reading-title"),
            tv("progress-reading-text", &[("count", found.into())]),
            None,
        ),
        ProgressView::Probing { done, total } => (
            Step::Accounts,
            t("progress-probing-title"),
            tv(
                "progress-probing-text",
                &[("done", done.into()), ("total", total.into())],
            ),
            Some((done.min(total), total.max(1))),
        ),
    };
    let bar = match reached {
        Some((done, total)) => view! {
            <progress class="progress" aria-label=title.clone() value=done.to_string() max=total.to_string()></progress>
        }
        .into_any(),
        None => view! { <progress class="progress" aria-label=title.clone()></progress> }.into_any(),
    };
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            {bar}
            <p class="soft" role="status" id="progress-text">{text}</p>
            <p class="soft small">{t("progress-by-itself")}</p>
            <LiveProgress path=routes::visit(visit) away=t("progress-away") />
        </div>
    };
    Page::new(title, ClientShell::step(step).view(frame, content))
        .refreshing(REFRESH_SECONDS, routes::visit(visit))
}
