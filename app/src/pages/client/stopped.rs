use leptos::prelude::*;
use uuid::Uuid;

use super::aside::elsewhere_line;
use crate::components::{
    ClientShell, Drawing, Step, Weight, button_form, drawing, facebook_button, name, rich,
};
use crate::model::{Frame, StopReason, StoppedView};
use crate::render::Page;
use crate::text::t;

/// A halt on the client's way: what happened, without blame, and the one next step.
pub fn stopped(frame: &Frame, view: StoppedView) -> Page {
    halt(frame, view, None)
}

/// The same in a visit that can go on: somebody else may do it, and the agency may be asked.
pub fn stopped_within(frame: &Frame, view: StoppedView, visit: Uuid) -> Page {
    let aside = view.again.is_some().then(|| elsewhere_line(visit));
    halt(frame, view, aside)
}

fn halt(frame: &Frame, view: StoppedView, aside: Option<AnyView>) -> Page {
    let code = view.reason.code();
    let title = t(&format!("stop-{code}-title"));
    let agency = || vec![("agency", name(&frame.agency.name))];
    let text = rich(&format!("stop-{code}-text"), &[], agency());
    let more = more_words(view.reason)
        .map(|key| view! { <p class="soft small">{rich(key, &[], agency())}</p> });
    let sign = match view.reason {
        StopReason::LinkEnded => Drawing::ShutDoor,
        _ => Drawing::Stopped,
    };
    let content = view! {
        {drawing(sign)}
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
        </div>
        {cookies(view.reason)}
        {next_step(&view)}
        {more}
        {aside}
    };
    Page::new(title, ClientShell::step(Step::SignIn).view(frame, content))
}

/// How to let a browser keep cookies again, by the browsers that people have on their phones.
fn cookies(reason: StopReason) -> Option<AnyView> {
    if reason != StopReason::CookiesOff {
        return None;
    }
    let ways: Vec<_> = ["safari", "chrome", "firefox", "other"]
        .into_iter()
        .map(|browser| view! { <li>{t(&format!("cookies-on-{browser}"))}</li> })
        .collect();
    Some(
        view! {
            <div class="card stack">
                <h2>{t("cookies-on-title")}</h2>
                <ul class="bullets">{ways}</ul>
            </div>
        }
        .into_any(),
    )
}

/// Going on with what there is costs the person nothing, so it comes before signing in once more.
fn next_step(view: &StoppedView) -> AnyView {
    // The same person once more would be none other.
    let another = (view.reason == StopReason::SecondPersonNeeded)
        .then(|| view! { <input type="hidden" name="how" value="another" /> });
    match (&view.resume, view.again.clone()) {
        (Some(resume), again) => {
            let again = again.map(|again| {
                let words = t("continue-with-facebook");
                view! {
                    <div class="stack-s">
                        <p class="soft small">{t("stop-or-again")}</p>
                        {button_form(again, Weight::Link, words, &[])}
                    </div>
                }
            });
            view! {
                {button_form(resume.clone(), Weight::Big, t("stop-resume"), &[])}
                {again}
            }
            .into_any()
        }
        (None, Some(again)) => {
            view! { <form method="post" action=again>{another} {facebook_button()}</form> }
                .into_any()
        }
        (None, None) => view! { <p>{t("stop-open-link")}</p> }.into_any(),
    }
}

/// What else may be behind it, for a person who meets it again.
const fn more_words(reason: StopReason) -> Option<&'static str> {
    match reason {
        StopReason::NotGiven | StopReason::BusinessNotGiven => Some("stop-not-given-more"),
        StopReason::NotOurs => Some("stop-not-ours-more"),
        _ => None,
    }
}
