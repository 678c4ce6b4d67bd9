use leptos::prelude::*;

use crate::components::{Drawing, desk, drawing};
use crate::model::{FailureView, Frame};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// From this many seconds on, a wait is told in minutes.
const IN_MINUTES: u64 = 120;

/// A page that says what went wrong and what to do, to whoever asked.
pub fn failure(frame: &Frame, view: FailureView) -> Page {
    let (title, text) = words(&view);
    let number = match &view {
        FailureView::Internal { request_id } => {
            Some(view! { <p><code>{request_id.clone()}</code></p> })
        }
        _ => None,
    };
    let (href, way_on) = match (&frame.staff, &view) {
        (Some(_), _) => (pattern::QUEUE.to_owned(), t("failure-queue")),
        (None, FailureView::SignInLinkEnded) => (routes::sign_in(None), t("failure-sign-in")),
        (None, _) => (pattern::HOME.to_owned(), t("failure-home")),
    };
    let content = view! {
        <div class="stack measure">
            {drawing(sign(&view))}
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
            {number}
            <p><a href=href>{way_on}</a></p>
        </div>
    };
    Page::new(title, desk(frame, content))
}

/// A shut door where there is no way in, a cut way where the same one may lead on later.
const fn sign(view: &FailureView) -> Drawing {
    match view {
        FailureView::NotFound | FailureView::Forbidden | FailureView::SignInLinkEnded => {
            Drawing::ShutDoor
        }
        _ => Drawing::Stopped,
    }
}

fn words(view: &FailureView) -> (String, String) {
    match view {
        FailureView::NotFound => (t("failure-not-found-title"), t("failure-not-found-text")),
        FailureView::Forbidden => (t("failure-forbidden-title"), t("failure-forbidden-text")),
        FailureView::CrossSite => (t("failure-cross-site-title"), t("failure-cross-site-text")),
        FailureView::TooManyRequests {
            retry_after_seconds,
        } => (
            t("failure-too-many-title"),
            wait_words(*retry_after_seconds),
        ),
        FailureView::SignInLinkEnded => (
            t("failure-sign-in-link-title"),
            t("failure-sign-in-link-text"),
        ),
        FailureView::BadRequest => (
            t("failure-bad-request-title"),
            t("failure-bad-request-text"),
        ),
        FailureView::TooLarge => (t("failure-too-large-title"), t("failure-too-large-text")),
        FailureView::Unavailable => (
            t("failure-unavailable-title"),
            t("failure-unavailable-text"),
        ),
        FailureView::Internal { .. } => (t("failure-internal-title"), t("failure-internal-text")),
    }
}

fn wait_words(seconds: u64) -> String {
    if seconds < IN_MINUTES {
        tv(
            "failure-too-many-text",
            &[("seconds", seconds.max(1).into())],
        )
    } else {
        let minutes = seconds.div_ceil(60);
        tv(
            "failure-too-many-text-minutes",
            &[("minutes", minutes.into())],
        )
    }
}
