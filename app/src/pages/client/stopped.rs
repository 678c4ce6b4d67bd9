use leptos::prelude::*;

use crate::components::{ClientShell, Step, facebook_button, name, rich};
use crate::model::{Frame, StopReason, StoppedView};
use crate::render::Page;
use crate::text::t;

/// A halt on the client's way: what happened, without blame, and the one next step.
pub fn stopped(frame: &Frame, view: StoppedView) -> Page {
    let code = view.reason.code();
    let title = t(&format!("stop-{code}-title"));
    let text = rich(
        &format!("stop-{code}-text"),
        &[],
        vec![("agency", name(&frame.agency.name))],
    );
    let next = match view.again {
        Some(action) => {
            // The same person once more would be none other.
            let another = (view.reason == StopReason::SecondPersonNeeded)
                .then(|| view! { <input type="hidden" name="how" value="another" /> });
            view! { <form method="post" action=action>{another} {facebook_button()}</form> }
                .into_any()
        }
        None => view! { <p>{t("stop-open-link")}</p> }.into_any(),
    };
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
        </div>
        {next}
    };
    Page::new(title, ClientShell::step(Step::SignIn).view(frame, content))
}
