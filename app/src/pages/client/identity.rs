use leptos::prelude::*;

use crate::components::{
    AvatarSize, ClientShell, Step, Weight, button_form, missing_note, name, note, person, rich,
    strong_name,
};
use crate::model::{Frame, GoOn, IdentityView, Tone};
use crate::render::Page;
use crate::routes;
use crate::text::t;

/// *Is this you?* Who signed in, and what they did not allow.
pub fn identity(frame: &Frame, view: IdentityView) -> Page {
    let agency = frame.agency.name.as_str();
    let (title, below) = if view.person.is_business {
        (t("identity-title-business"), t("identity-business"))
    } else {
        (t("identity-title"), t("identity-signed-in"))
    };
    let intro = rich(
        "identity-intro",
        &[],
        vec![
            ("agency", name(agency)),
            ("client", strong_name(&view.client_name)),
        ],
    );
    let may_go_on = !matches!(view.go_on, GoOn::AfterAskingAgain | GoOn::NotAtAll);
    let yes = may_go_on.then(|| {
        button_form(
            routes::visit_confirm(view.visit),
            Weight::Big,
            t("identity-yes"),
            &[],
        )
    });
    let endless = (view.person.is_business && view.is_endless)
        .then(|| view! { <p class="soft small">{t("identity-endless")}</p> });
    let last = view.last_person.as_ref().map(|last| {
        let words = rich(
            "identity-last-person",
            &[],
            vec![
                ("person", strong_name(last)),
                ("client", name(&view.client_name)),
            ],
        );
        note(Tone::Quiet, view! { <p>{words}</p> })
    });
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{intro}</p>
        </div>
        {last}
        {missing_note(view.visit, &view.missing, view.go_on, agency)}
        <div class="card stack-l">
            {person(&view.person, AvatarSize::Large, below)}
            {endless}
            <div class="stack">
                {yes}
                {button_form(
                    routes::visit_again(view.visit),
                    Weight::Link,
                    t("identity-other"),
                    &[("how", "another")],
                )}
            </div>
        </div>
        <p class="soft small">{rich("identity-other-hint", &[], vec![("agency", name(agency))])}</p>
    };
    Page::new(title, ClientShell::step(Step::SignIn).view(frame, content))
}
