use leptos::prelude::*;

use super::aside::elsewhere;
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
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
        </div>
        <div class="card stack-l">
            {person(&view.person, AvatarSize::Normal, t("identity-signed-in"))}
            {closed(&view.closed)}
            {next_step(&view)}
        </div>
        {elsewhere(frame, view.visit)}
    };
    Page::new(
        title,
        ClientShell::step(Step::Accounts).view(frame, content),
    )
}

/// Accounts that were found and cannot be chosen, so that nobody thinks that we looked in the wrong place.
fn closed(names: &[String]) -> Option<AnyView> {
    if names.is_empty() {
        return None;
    }
    let lines: Vec<_> = names
        .iter()
        .map(|account| view! { <li>{name(account)}</li> })
        .collect();
    Some(view! { <ul class="bullets soft">{lines}</ul> }.into_any())
}

fn next_step(view: &NoAccountsView) -> AnyView {
    use NoAccountsReason as Reason;
    let again = routes::visit_again(view.visit);
    match view.reason {
        Reason::AdsScopeMissing
        | Reason::BusinessScopeMissing
        | Reason::AssetsNotTicked
        | Reason::AssetsUnreachable
        | Reason::ListRefused => button_form(
            again,
            Weight::Big,
            t("no-accounts-ask-again"),
            &[("how", "missing")],
        ),
        Reason::NothingThere
        | Reason::BusinessEmpty
        | Reason::BusinessRefused
        | Reason::AllClosed
        | Reason::MetaUnavailable => button_form(
            routes::visit_reread(view.visit),
            Weight::Big,
            t("no-accounts-look-again"),
            &[],
        ),
    }
}
