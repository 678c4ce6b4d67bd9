use leptos::prelude::*;

use super::{aside::elsewhere_line, probe_failures::probe_failures};
use crate::components::{
    AvatarSize, ClientShell, Icon, Step, Weight, account_badge, account_number, button_form, empty,
    error_summary, icon, missing_note, name, note, person, rich,
};
use crate::islands::AccountPicker;
use crate::model::{
    AccountChoice, AccountGroup, AccountStatus, AccountsView, Frame, GoOn, MissingScope,
    OWN_ACCOUNTS, Probe, Tone,
};
use crate::render::Page;
use crate::routes;
use crate::text::{t, tv};

/// The choice of ad accounts. One form holds search, paging and submission, so that what is ticked travels with
/// each of them and nothing is lost without script: `shown` says what was on the page, `account` what is ticked.
pub fn accounts(frame: &Frame, view: AccountsView) -> Page {
    let agency = frame.agency.name.as_str();
    let title = tv("accounts-title", &[("agency", agency.into())]);
    let content = view! {
        <h1>{title.clone()}</h1>
        {error_summary(&view.form, &[])}
        {who(&view)}
        {missing_note(view.visit, &view.missing, go_on(&view.missing), agency)}
        {incomplete(&view)}
        {without_role(&view)}
        {probe_failures(&view)}
        <form class="stack-l picking" method="post" action=routes::visit_accounts(view.visit)>
            {search(&view)}
            {list(&view)}
            {bar(frame, &view)}
        </form>
        {more(&view)}
        {elsewhere_line(view.visit)}
    };
    Page::new(
        title,
        ClientShell::step(Step::Accounts).view(frame, content),
    )
}

/// Whoever is here was let in, with all that is required or without.
fn go_on(missing: &[MissingScope]) -> GoOn {
    if missing.iter().any(|missing| missing.required) {
        GoOn::Limited
    } else {
        GoOn::Freely
    }
}

fn who(view: &AccountsView) -> AnyView {
    let not_you = button_form(
        routes::visit_again(view.visit),
        Weight::Link,
        t("accounts-not-you"),
        &[("how", "another")],
    );
    view! {
        <div class="row">
            {person(&view.person, AvatarSize::Normal, t("identity-signed-in"))}
            <div class="push">{not_you}</div>
        </div>
    }
    .into_any()
}

/// Facebook shows its own choice of accounts to nobody who has agreed before, unless it is asked to.
fn more(view: &AccountsView) -> AnyView {
    let ask = button_form(
        routes::visit_again(view.visit),
        Weight::Link,
        t("accounts-more-ask"),
        &[("how", "accounts")],
    );
    view! {
        <div class="stack-s">
            <p class="soft small">{t("accounts-more")}</p>
            {ask}
        </div>
    }
    .into_any()
}

fn incomplete(view: &AccountsView) -> Option<AnyView> {
    view.incomplete.then(|| {
        let body = view! {
            <p>{t("accounts-incomplete")}</p>
            {button_form(routes::visit_reread(view.visit), Weight::Plain, t("accounts-reread"), &[])}
        };
        note(Tone::Warn, body)
    })
}

/// Where no account of the page is theirs to read, by Meta's own word, the tests will tell the same.
fn without_role(view: &AccountsView) -> Option<AnyView> {
    let mut accounts = view.groups.iter().flat_map(|group| &group.accounts);
    let is_hopeless = view.total > 0
        && view.query.is_empty()
        && view.pages == 1
        && accounts.all(|account| account.without_role || !account.status.is_selectable());
    is_hopeless.then(|| note(Tone::Warn, view! { <p>{t("accounts-without-role")}</p> }))
}

/// The search button is the first of the form, so that Enter searches and never submits.
fn search(view: &AccountsView) -> AnyView {
    let count = if view.query.is_empty() {
        tv("accounts-total", &[("count", view.total.into())])
    } else {
        tv(
            "accounts-matching",
            &[
                ("count", view.matching.into()),
                ("total", view.total.into()),
            ],
        )
    };
    view! {
        <div class="field">
            <label for="query">{t("accounts-find")}</label>
            <div class="joined">
                <input
                    class="input"
                    id="query"
                    name="query"
                    type="search"
                    dir="auto"
                    value=view.query.clone()
                    placeholder=t("accounts-find-placeholder")
                    autocomplete="off"
                    maxlength="200"
                    enterkeyhint="search"
                    aria-describedby="found"
                />
                <button type="submit" class="btn plain" name="action" value="search">
                    {icon(Icon::Search)}
                    {t("accounts-search")}
                </button>
            </div>
            <p class="hint" id="found" role="status">{count}</p>
        </div>
    }
    .into_any()
}

/// One page of the list: what the picker fetches anew.
fn list(view: &AccountsView) -> AnyView {
    view! {
        <div class="stack-l" id="picks" tabindex="-1" data-elsewhere=chosen_elsewhere(view).to_string()>
            <input type="hidden" name="page" value=view.page.to_string() />
            {groups(&view.groups)}
            {nothing_found(view)}
            {pages(view)}
        </div>
    }
    .into_any()
}

fn groups(groups: &[AccountGroup]) -> AnyView {
    groups
        .iter()
        .filter(|group| !group.accounts.is_empty())
        .map(group)
        .collect::<Vec<_>>()
        .into_any()
}

fn group(group: &AccountGroup) -> AnyView {
    let heading = match &group.business {
        Some(business) => name(business),
        None => t("accounts-own").into_any(),
    };
    let rows: Vec<_> = group.accounts.iter().map(row).collect();
    view! {
        <fieldset class="card">
            <legend class="unseen">{t("accounts-of")} " " {group.business.clone().unwrap_or_else(|| t("accounts-own"))}</legend>
            <div class="pick-head">
                <h2>{heading}</h2>
                {whole(group)}
            </div>
            {rows}
        </fieldset>
    }
    .into_any()
}

/// All of a business at once, on every page of the list, or none of it.
fn whole(group: &AccountGroup) -> Option<AnyView> {
    let key = group.id.as_deref().unwrap_or(OWN_ACCOUNTS);
    let business = group.business.clone();
    let of = business.unwrap_or_else(|| t("accounts-own"));
    let button = |verb: &str, words: String| {
        let label = format!("{words}: {of}");
        let value = format!("{verb}:{key}");
        view! {
            <button type="submit" class="btn ghost small" name="action" value=value aria-label=label>
                {words}
            </button>
        }
    };
    (group.open > 1).then(|| {
        let all = button("all", tv("accounts-all", &[("count", group.open.into())]));
        let none = button("none", t("accounts-none"));
        view! { <span>{all} {none}</span> }.into_any()
    })
}

fn row(account: &AccountChoice) -> AnyView {
    let is_open = account.status.is_selectable();
    let class = if is_open { "pick" } else { "pick off" };
    let shown = is_open
        .then(|| view! { <input type="hidden" name="shown" value=account.number.clone() /> });
    let said = words_below(account)
        .map(|words| view! { <small class="said soft">{words}</small> }.into_any());
    let display_name = if account.name.trim().is_empty() {
        t("accounts-no-name")
    } else {
        account.name.clone()
    };
    view! {
        {shown}
        <label class=class>
            <input
                class="tick"
                type="checkbox"
                name="account"
                value=account.number.clone()
                checked=account.chosen && is_open
                disabled=!is_open
            />
            <span class="what">
                <strong>{name(&display_name)}</strong>
                <small class="num">{below(account)}</small>
            </span>
            {account_badge(account.status)}
            {said}
            {probe_line(account.probe)}
        </label>
    }
    .into_any()
}

/// What a state means for the choice, where it is not simply active; that Meta gives them no role on it else.
fn words_below(account: &AccountChoice) -> Option<String> {
    match account.status {
        AccountStatus::Active if account.without_role => Some(t("account-why-no-role")),
        AccountStatus::Active => None,
        status => Some(t(&format!("account-why-{}", status.code()))),
    }
}

fn below(account: &AccountChoice) -> String {
    let number = account_number(&account.number);
    if account.currency.is_empty() {
        number
    } else {
        format!("{number} · {}", account.currency)
    }
}

/// Only what went wrong is said beside an account; that it answered is what one expects.
fn probe_line(probe: Option<Probe>) -> Option<AnyView> {
    match probe {
        Some(Probe::Failed(failure)) => Some(
            view! { <small class="said">{t(&format!("probe-{}-client", failure.code()))}</small> }
                .into_any(),
        ),
        Some(Probe::Answered { .. }) | None => None,
    }
}

fn nothing_found(view: &AccountsView) -> Option<AnyView> {
    let is_empty = view.groups.iter().all(|group| group.accounts.is_empty());
    is_empty.then(|| {
        empty(
            Icon::Search,
            t("accounts-none-match"),
            view! { <p class="soft">{t("accounts-none-match-text")}</p> },
        )
    })
}

fn pages(view: &AccountsView) -> Option<AnyView> {
    if view.pages <= 1 {
        return None;
    }
    let turn = |to: u64, words: String| {
        view! {
            <button type="submit" class="btn plain" name="action" value=format!("page:{to}")>
                {words}
            </button>
        }
        .into_any()
    };
    let back = (view.page > 1).then(|| turn(view.page - 1, t("accounts-previous")));
    let on = (view.page < view.pages).then(|| turn(view.page + 1, t("accounts-next")));
    let here = tv(
        "accounts-page",
        &[("page", view.page.into()), ("pages", view.pages.into())],
    );
    Some(
        view! {
            <div class="pager">
                <span class="num">{here}</span>
                <span class="row">{back}{on}</span>
            </div>
        }
        .into_any(),
    )
}

/// Chosen accounts that are not on this page.
fn chosen_elsewhere(view: &AccountsView) -> u64 {
    let here = view
        .groups
        .iter()
        .flat_map(|group| &group.accounts)
        .filter(|account| account.chosen && account.status.is_selectable())
        .count();
    view.chosen
        .saturating_sub(u64::try_from(here).unwrap_or(u64::MAX))
}

/// The number of ticks on this page is counted by the style sheet as they are set; what is chosen on
/// other pages is known to the server. The picker counts both together.
fn bar(frame: &Frame, view: &AccountsView) -> AnyView {
    let elsewhere = chosen_elsewhere(view);
    let elsewhere = (elsewhere > 0).then(|| {
        view! { <span>{tv("accounts-chosen-elsewhere", &[("count", elsewhere.into())])}</span> }
    });
    let next = rich(
        "accounts-next-step",
        &[],
        vec![("agency", name(&frame.agency.name))],
    );
    view! {
        <div class="bar">
            <button type="submit" class="btn big" name="action" value="submit">
                {t("accounts-submit")}
            </button>
            <small class="row">
                <span class="row-s" id="counted">
                    <span>{t("accounts-chosen")} " " <span class="tally num"></span></span>
                    {elsewhere}
                </span>
                <AccountPicker chosen=t("accounts-chosen") away=t("accounts-away") />
                <span class="push">{next}</span>
            </small>
        </div>
    }
    .into_any()
}
