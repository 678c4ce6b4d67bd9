use leptos::prelude::*;

use crate::components::{Weight, account_number, button_form, name, note};
use crate::model::{AccountsView, Probe, ProbeFailure, Tone};
use crate::routes;
use crate::text::{t, tv};

/// Accounts that are named; each says why beside itself too.
const NAMED: usize = 8;

/// What became of the last test, above the list: which accounts did not answer and why, wherever in the list
/// they are, and how to go on. That some answered is a result and not an error.
pub(super) fn probe_failures(view: &AccountsView) -> Option<AnyView> {
    if view.failed.is_empty() {
        return None;
    }
    let lines: Vec<_> = view
        .failed
        .iter()
        .take(NAMED)
        .filter_map(|account| {
            let Some(Probe::Failed(failure)) = account.probe else {
                return None;
            };
            Some(view! {
                <li>
                    <strong>{name(&account.name)}</strong>
                    " "
                    <span class="num">{account_number(&account.number)}</span>
                    ": "
                    {t(&format!("probe-{}-client", failure.code()))}
                </li>
            })
        })
        .collect();
    let failed = u64::try_from(view.failed.len()).unwrap_or(u64::MAX);
    let more = u64::try_from(view.failed.len().saturating_sub(NAMED)).unwrap_or(u64::MAX);
    let more = (more > 0).then(|| view! { <p>{tv("probes-more", &[("count", more.into())])}</p> });
    let on = if view.chosen > 0 {
        tv("probes-go-on", &[("count", view.chosen.into())])
    } else {
        t("probes-none-left")
    };
    let needs_login = view
        .failed
        .iter()
        .any(|account| account.probe == Some(Probe::Failed(ProbeFailure::LoginEnded)));
    let again = needs_login.then(|| {
        button_form(
            routes::visit_again(view.visit),
            Weight::Plain,
            t("probes-sign-in"),
            &[],
        )
    });
    let body = view! {
        <strong>{tv("probes-failed", &[("count", failed.into())])}</strong>
        <ul class="bullets">{lines}</ul>
        {more}
        <p>{on}</p>
        {again}
    };
    Some(view! { <div role="status">{note(Tone::Warn, body)}</div> }.into_any())
}
