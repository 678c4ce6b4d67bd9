use leptos::prelude::*;

use super::health_needs::USAGE;
use crate::components::{absent, account_number, ago, moment, name, table};
use crate::model::{AccountUse, Frame, UsageView, Used};
use crate::routes;
use crate::text::{t, tv};

/// How much of Meta's limits is used: by the app, and by the busiest ad accounts.
pub(super) fn usage(frame: &Frame, view: &UsageView) -> AnyView {
    let explained = view! { <p class="soft small">{t("health-usage-note")}</p> };
    let app = view.app.map(|used| {
        let whose = t("health-usage-app").into_any();
        row(frame, whose, used)
    });
    let accounts = view.accounts.iter();
    let accounts = accounts.map(|account| row(frame, whose(account), account.used));
    let rows: Vec<_> = app.into_iter().chain(accounts).collect();
    let told = if rows.is_empty() {
        view! { <p class="soft">{t("health-usage-none")}</p> }.into_any()
    } else {
        let heads = [
            t("health-usage-whose"),
            t("health-usage-used"),
            t("health-usage-seen"),
            t("health-usage-until"),
        ];
        table(t("health-usage"), &heads, rows)
    };
    view! { <div class="stack" id=USAGE>{told} {explained}</div> }.into_any()
}

fn whose(account: &AccountUse) -> AnyView {
    view! {
        <a href=routes::client(account.client_id)>{name(&account.name)}</a>
        <small>
            {name(&account.client_name)} " · " <span class="num">{account_number(&account.number)}</span>
        </small>
    }
    .into_any()
}

fn row(frame: &Frame, whose: AnyView, used: Used) -> Vec<AnyView> {
    let words = tv("health-usage-percent", &[("percent", used.percent.into())]);
    let share = view! {
        <span class="far num">
            <progress class="meter" max="100" value=used.percent.min(100) aria-hidden="true"></progress>
            {words}
        </span>
    };
    vec![
        whose,
        share.into_any(),
        ago(used.seen_at, frame.now),
        used.stopped_until.map_or_else(absent, moment),
    ]
}
