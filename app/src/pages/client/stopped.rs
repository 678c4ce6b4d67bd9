use leptos::prelude::*;
use uuid::Uuid;

use super::aside::elsewhere_line;
use crate::components::{ClientShell, Step, facebook_button, name, rich};
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
    let text = rich(
        &format!("stop-{code}-text"),
        &[],
        vec![("agency", name(&frame.agency.name))],
    );
    let next = match view.again {
        Some(action) => {
            view! { <form method="post" action=action>{facebook_button()}</form> }.into_any()
        }
        None => view! { <p>{t("stop-open-link")}</p> }.into_any(),
    };
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
        </div>
        {cookies(view.reason)}
        {next}
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
