use leptos::prelude::*;

use super::decide::{decide, no_default_button};
use crate::components::{
    Weight, absent, account_badge, account_number, ago, button_form, connection_badge, facts, name,
    note, person_name, scope_tags, table,
};
use crate::model::{
    AccountView, ClientPageView, ConnectionState, ConnectionView, Frame, Probe, TokenStanding, Tone,
};
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// Who is connected, what was granted, and the decision while it waits.
pub fn connection(frame: &Frame, view: &ClientPageView) -> AnyView {
    let body = match &view.connection {
        None => view! { <p class="soft">{t("connection-none")}</p> }.into_any(),
        Some(connection) => details(frame, view, connection),
    };
    view! {
        <section class="card stack" id="connection">
            <h2>{t("connection-title")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn details(frame: &Frame, view: &ClientPageView, connection: &ConnectionView) -> AnyView {
    let mut pairs = vec![
        (
            t("connection-state"),
            view! {
                {connection_badge(connection.state)}
                " "
                <small>{ago(connection.since, frame.now)}</small>
            }
            .into_any(),
        ),
        (t("connection-person"), person_name(&connection.person_name)),
        (
            t("connection-meta-user"),
            view! { <span class="num">{connection.meta_user_id.clone()}</span> }.into_any(),
        ),
        (t("connection-permissions"), scope_tags(&connection.scopes)),
    ];
    if let Some(business) = &connection.business_id {
        let number = view! { <span class="num">{business.clone()}</span> };
        pairs.push((t("connection-business"), number.into_any()));
    }
    if let Some(who) = &connection.decided_by {
        pairs.push((t("connection-decided-by"), name(who)));
    }
    let reason = connection.reason.clone().map(|reason| {
        let body = view! {
            <strong>{t("connection-reason")}</strong>
            <p class="letter" dir="auto">{reason}</p>
        };
        note(Tone::Warn, body)
    });
    // A reconnection is decided where it is shown.
    let is_itself = { view.candidates.iter() }.all(|other| other.case != connection.id);
    let is_waiting = connection.state == ConnectionState::Pending && view.may_decide && is_itself;
    view! {
        {facts(pairs)}
        {reason}
        {is_waiting.then(|| decision(view, connection))}
    }
    .into_any()
}

fn decision(view: &ClientPageView, connection: &ConnectionView) -> AnyView {
    view! {
        <form method="post" action=pattern::QUEUE_DECIDE>
            {no_default_button(None)}
            <input type="hidden" name="back" value=routes::client(view.id) />
            {decide(connection.id, connection.version, &view.form, None, "client-name")}
        </form>
    }
    .into_any()
}

/// The chosen ad accounts, and what the last test call said.
pub fn accounts(frame: &Frame, view: &ClientPageView) -> Option<AnyView> {
    if view.accounts.is_empty() && view.failed_accounts.is_empty() {
        return None;
    }
    let chosen = account_table(frame, t("client-accounts"), &view.accounts);
    let failed = account_table(frame, t("client-accounts-failed"), &view.failed_accounts);
    let failed = failed.map(|table| {
        view! {
            <h3>{t("client-accounts-failed")}</h3>
            <p class="soft small">{t("client-accounts-failed-text")}</p>
            {table}
        }
    });
    Some(
        view! {
            <section class="card stack" id="accounts">
                <h2>{t("client-accounts")}</h2>
                {chosen}
                {failed}
                {test(view)}
            </section>
        }
        .into_any(),
    )
}

/// *Test connection*, while there is a token in use to test it with.
fn test(view: &ClientPageView) -> Option<AnyView> {
    let is_in_use = { view.tokens.iter() }
        .any(|token| token.standing == TokenStanding::Primary && !token.is_destroyed);
    (view.may_validate && is_in_use).then(|| {
        let action = routes::client_action(view.id, "test");
        button_form(action, Weight::Plain, t("connection-test"), &[])
    })
}

fn account_table(frame: &Frame, caption: String, accounts: &[AccountView]) -> Option<AnyView> {
    if accounts.is_empty() {
        return None;
    }
    let heads = [
        t("account-name"),
        t("account-status"),
        t("account-campaigns"),
        t("account-test"),
    ];
    let rows = accounts.iter().map(|account| account_row(frame, account));
    Some(table(caption, &heads, rows))
}

fn account_row(frame: &Frame, account: &AccountView) -> Vec<AnyView> {
    let mut below = account_number(&account.number);
    if !account.currency.is_empty() {
        below = format!("{below} · {}", account.currency);
    }
    let business =
        { account.business.as_ref() }.map(|business| view! { <small>{name(business)}</small> });
    let campaigns = match account.probe {
        Some(Probe::Answered { campaigns, .. }) => {
            view! { <span class="num">{campaigns.to_string()}</span> }.into_any()
        }
        _ => absent(),
    };
    let test = match account.probe {
        Some(Probe::Answered { millis, .. }) => {
            tv("probe-answered-in", &[("millis", millis.into())])
        }
        other => probe_words(other),
    };
    let tested_at = account
        .probed_at
        .map(|at| view! { <small>{ago(at, frame.now)}</small> });
    vec![
        view! {
            <span>{name(&account.name)}</span>
            <small class="num">{below}</small>
            {business}
        }
        .into_any(),
        account_badge(account.status),
        campaigns,
        view! { {test} {tested_at} }.into_any(),
    ]
}

/// What the last test call said.
pub(super) fn probe_words(probe: Option<Probe>) -> String {
    match probe {
        Some(Probe::Answered { campaigns, millis }) => tv(
            "probe-answered",
            &[("count", campaigns.into()), ("millis", millis.into())],
        ),
        Some(Probe::Failed(failure)) => t(&format!("probe-{}", failure.code())),
        None => t("probe-open"),
    }
}
