use leptos::prelude::*;

use crate::components::{
    AvatarSize, ClientShell, Step, Weight, account_number, button_form, missing_note, name, person,
    rich,
};
use crate::model::{Frame, Probe, UnreachedAccount, UnreachedView};
use crate::render::Page;
use crate::routes;
use crate::text::t;

/// Beside a live connection: this login reaches none of its ad accounts. Nothing was changed; another login may.
pub fn unreached(frame: &Frame, view: UnreachedView) -> Page {
    let agency = frame.agency.name.as_str();
    let title = t("unreached-title");
    let lines: Vec<_> = view.accounts.iter().map(line).collect();
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
        {missing_note(view.visit, &view.missing, agency)}
    };
    Page::new(
        title,
        ClientShell::step(Step::Accounts).view(frame, content),
    )
}

fn line(account: &UnreachedAccount) -> AnyView {
    let said = match account.probe {
        Some(Probe::Failed(failure)) => t(&format!("unreached-{}", failure.code())),
        _ => t("probe-open"),
    };
    view! {
        <li>
            <strong>{name(&account.name)}</strong>
            " · "
            <span class="num">{account_number(&account.number)}</span>
            ": "
            {said}
        </li>
    }
    .into_any()
}
