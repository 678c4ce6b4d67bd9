use leptos::prelude::*;

use super::aside::elsewhere;
use crate::components::{
    AvatarSize, ClientShell, Drawing, Step, Weight, button_form, drawing, name, person, rich,
    where_to_tick,
};
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
        {sign(view.reason).map(drawing)}
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
        </div>
        {ticks(view.reason)}
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

/// Nothing under the glass, or a way that was cut; nothing where the ticks are shown instead.
const fn sign(reason: NoAccountsReason) -> Option<Drawing> {
    use NoAccountsReason as Reason;
    match reason {
        Reason::AdsScopeMissing
        | Reason::BusinessScopeMissing
        | Reason::AssetsNotTicked
        | Reason::AssetsUnreachable => None,
        Reason::NothingThere
        | Reason::BusinessEmpty
        | Reason::BusinessRefused
        | Reason::AllClosed => Some(Drawing::NothingFound),
        Reason::ListRefused | Reason::MetaUnavailable => Some(Drawing::Stopped),
    }
}

/// Where to tick, for those who are to sign in once more for that.
fn ticks(reason: NoAccountsReason) -> Option<AnyView> {
    use NoAccountsReason as Reason;
    match reason {
        Reason::AdsScopeMissing | Reason::BusinessScopeMissing => {
            Some(where_to_tick(t("tick-permissions")))
        }
        Reason::AssetsNotTicked | Reason::AssetsUnreachable => {
            Some(where_to_tick(t("tick-accounts")))
        }
        _ => None,
    }
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
