use leptos::prelude::*;

use crate::components::{
    AvatarSize, ClientShell, Step, Weight, button_form, missing_note, name, person, rich,
    strong_name,
};
use crate::model::{Frame, IdentityView};
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
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{intro}</p>
        </div>
        <div class="card stack-l">
            {person(&view.person, AvatarSize::Large, below)}
            <div class="stack">
                {button_form(routes::visit_confirm(view.visit), Weight::Big, t("identity-yes"), &[])}
                {button_form(
                    routes::visit_again(view.visit),
                    Weight::Link,
                    t("identity-other"),
                    &[("how", "another")],
                )}
            </div>
        </div>
        {missing_note(view.visit, &view.missing, agency)}
        <p class="soft small">{rich("identity-other-hint", &[], vec![("agency", name(agency))])}</p>
    };
    Page::new(title, ClientShell::step(Step::SignIn).view(frame, content))
}
