use leptos::prelude::*;

use crate::components::{
    AvatarSize, ClientShell, Step, Weight, button_form, missing_note, name, person, rich,
};
use crate::model::{Frame, GoOn, UnreachedView};
use crate::render::Page;
use crate::routes;
use crate::text::{t, tv};

/// Beside a live connection: this login reaches none of its ad accounts. Nothing was changed; another login may.
pub fn unreached(frame: &Frame, view: UnreachedView) -> Page {
    let agency = frame.agency.name.as_str();
    let title = t("unreached-title");
    let lines: Vec<_> = { view.failures.iter() }
        .map(|(failure, count)| {
            let key = format!("unreached-{}", failure.code());
            view! { <li>{tv(&key, &[("count", (*count).into())])}</li> }
        })
        .collect();
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{rich("unreached-text", &[], vec![("agency", name(agency))])}</p>
        </div>
        <div class="card stack-l">
            {person(&view.person, AvatarSize::Normal, t("identity-signed-in"))}
            <ul class="bullets">{lines}</ul>
            <div class="stack">
                {button_form(
                    routes::visit_again(view.visit),
                    Weight::Big,
                    t("no-accounts-other-login"),
                    &[("how", "another")],
                )}
                {button_form(
                    routes::visit_confirm(view.visit),
                    Weight::Link,
                    t("unreached-again"),
                    &[],
                )}
            </div>
        </div>
        {missing_note(view.visit, &view.missing, GoOn::Freely, agency)}
    };
    Page::new(
        title,
        ClientShell::step(Step::Accounts).view(frame, content),
    )
}
