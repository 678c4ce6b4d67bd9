use leptos::prelude::*;

use crate::components::{AvatarSize, ClientShell, Step, Weight, button_form, name, person, rich};
use crate::model::{Frame, NoAccountsReason, NoAccountsView};
use crate::render::Page;
use crate::routes;
use crate::text::t;

/// No ad account to choose: the diagnosis, and the one next step.
pub fn no_accounts(frame: &Frame, view: NoAccountsView) -> Page {
    let code = view.reason.code();
    let title = t(&format!("no-accounts-{code}-title"));
    let text = rich(
        &format!("no-accounts-{code}-text"),
        &[],
        vec![("agency", name(&frame.agency.name))],
    );
    let other = button_form(
        routes::visit_again(view.visit),
        Weight::Plain,
        t("no-accounts-other-login"),
        &[("how", "another")],
    );
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
        </div>
        <div class="card stack-l">
            {person(&view.person, AvatarSize::Normal, t("identity-signed-in"))}
            {next_step(&view)}
        </div>
        <section class="stack">
            <h2>{t("no-accounts-else")}</h2>
            <p class="soft">{t("no-accounts-colleague")}</p>
            {other}
        </section>
    };
    Page::new(
        title,
        ClientShell::step(Step::Accounts).view(frame, content),
    )
}

fn next_step(view: &NoAccountsView) -> AnyView {
    match view.reason {
        NoAccountsReason::AdsScopeMissing | NoAccountsReason::BusinessScopeMissing => button_form(
            routes::visit_again(view.visit),
            Weight::Big,
            t("no-accounts-ask-again"),
            &[("how", "missing")],
        ),
        NoAccountsReason::NothingThere | NoAccountsReason::MetaUnavailable => button_form(
            routes::visit_reread(view.visit),
            Weight::Big,
            t("no-accounts-look-again"),
            &[],
        ),
    }
}
