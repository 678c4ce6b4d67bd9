use leptos::prelude::*;

use super::decide::{decide, decision_value};
use super::queue::FORM;
use crate::components::{
    AvatarSize, account_number, ago, avatar, day, moment, name, note, pill, rich, scope_name,
    scope_tags, strong_name,
};
use crate::model::{
    CaseAccount, CaseView, CaseWarning, FormState, Frame, InvitationKind, Probe, TokenLife, Tone,
};
use crate::routes;
use crate::text::{t, tv};

/// The field whose values are the ticked cases, kept with a space between them.
const TICKED: &str = "connection";

/// One connection in the queue: who, what, until when, what is worth a pause, and the decision.
pub fn case(frame: &Frame, case: &CaseView, may_decide: bool, form: &FormState) -> AnyView {
    let heading = format!("case-{}", case.connection);
    let tick = may_decide.then(|| {
        let label = tv(
            "queue-select",
            &[("client", case.client_name.clone().into())],
        );
        view! {
            <input
                class="tick"
                type="checkbox"
                form=FORM
                name=TICKED
                value=decision_value(case.connection, case.version)
                checked=is_ticked(form, case)
                aria-label=label
                data-select-one=true
                data-key="x"
            />
        }
    });
    let buttons =
        may_decide.then(|| decide(case.connection, case.version, form, Some(FORM), &heading));
    let class = if may_decide {
        "card case"
    } else {
        "card case unticked"
    };
    view! {
        <li class=class aria-labelledby=heading>
            {tick}
            <div class="stack-s">
                <h2 id=heading.clone()>
                    <a class="quiet-link" href=routes::client(case.client_id) data-key="o">{name(&case.client_name)}</a>
                </h2>
                {kind(case)}
                {who(frame, case)}
            </div>
            <div class="stack-s">
                <p>{accounts_line(case)}</p>
                {account_list(&case.accounts)}
                {failed_list(&case.failed)}
                {scope_tags(&case.scopes)}
                <small class="num">{life_line(&case.life)}</small>
                {evidence(case)}
            </div>
            {warnings(&case.warnings)}
            {buttons}
        </li>
    }
    .into_any()
}

/// Whether it was ticked when a form came back refused.
pub(super) fn is_ticked(form: &FormState, case: &CaseView) -> bool {
    let value = decision_value(case.connection, case.version);
    form.value(TICKED).split(' ').any(|ticked| ticked == value)
}

/// What it is, where it is not the connection itself.
fn kind(case: &CaseView) -> Option<AnyView> {
    matches!(
        case.kind,
        InvitationKind::Reconnect | InvitationKind::Backup
    )
    .then(|| {
        let words = t(&format!("case-kind-{}", case.kind.code()));
        view! { <p>{pill(Tone::Quiet, words)}</p> }.into_any()
    })
}

fn evidence(case: &CaseView) -> Option<AnyView> {
    case.grant.map(|grant| {
        view! {
            <p class="small">
                <a href=routes::grant(case.client_id, grant)>{t("grant-open")}</a>
            </p>
        }
        .into_any()
    })
}

fn who(frame: &Frame, case: &CaseView) -> AnyView {
    let submitted = rich(
        "queue-submitted",
        &[],
        vec![("when", ago(case.submitted_at, frame.now))],
    );
    view! {
        <span class="person">
            {avatar(&case.person_name, None, AvatarSize::Small)}
            <span>
                <span>{name(&case.person_name)}</span>
                <small>{submitted}</small>
            </span>
        </span>
    }
    .into_any()
}

/// How many accounts, and how the test calls went: `2 accounts, all answered our test call`.
fn accounts_line(case: &CaseView) -> AnyView {
    let count = u64::try_from(case.accounts.len()).unwrap_or(u64::MAX);
    let failed = case
        .accounts
        .iter()
        .filter(|account| matches!(account.probe, Some(Probe::Failed(_))))
        .count();
    let untested = case.accounts.iter().any(|account| account.probe.is_none());
    let tested = if failed > 0 {
        let failed = u64::try_from(failed).unwrap_or(u64::MAX);
        tv("queue-probes-failed", &[("count", failed.into())])
    } else if untested {
        t("queue-probes-open")
    } else {
        t("queue-probes-answered")
    };
    let offered = if case.offered > count {
        format!(
            " {}",
            tv("queue-offered", &[("count", case.offered.into())])
        )
    } else {
        String::new()
    };
    view! {
        <strong>{tv("queue-accounts", &[("count", count.into())])}</strong>
        {format!("{offered}, {tested}")}
    }
    .into_any()
}

/// Accounts that the client wanted too, and that Meta did not let us read.
fn failed_list(accounts: &[CaseAccount]) -> Option<AnyView> {
    if accounts.is_empty() {
        return None;
    }
    let count = u64::try_from(accounts.len()).unwrap_or(u64::MAX);
    Some(
        view! {
            <details class="more small">
                <summary class="soft">{tv("queue-not-readable", &[("count", count.into())])}</summary>
                <ul class="probes">{account_lines(accounts)}</ul>
            </details>
        }
        .into_any(),
    )
}

fn account_list(accounts: &[CaseAccount]) -> AnyView {
    view! {
        <details class="more small">
            <summary class="soft">{t("queue-show-accounts")}</summary>
            <ul class="probes">{account_lines(accounts)}</ul>
        </details>
    }
    .into_any()
}

fn account_lines(accounts: &[CaseAccount]) -> Vec<AnyView> {
    accounts
        .iter()
        .map(|account| {
            let said = match account.probe {
                Some(Probe::Answered { campaigns, .. }) => {
                    tv("probe-answered-short", &[("count", campaigns.into())])
                }
                Some(Probe::Failed(failure)) => t(&format!("probe-{}", failure.code())),
                None => t("probe-open"),
            };
            view! {
                <li>
                    {name(&account.name)}
                    " · "
                    <span class="num">{account_number(&account.number)}</span>
                    " · "
                    {said}
                </li>
            }
            .into_any()
        })
        .collect()
}

/// Until when a token and the access to data last.
pub(super) fn life_line(life: &TokenLife) -> AnyView {
    let token = match life.expires_at {
        Some(at) => rich("life-token", &[], vec![("date", day(at))]),
        None => t("life-token-open").into_any(),
    };
    let data = life
        .data_access_expires_at
        .map(|at| view! { " · " {rich("life-data", &[], vec![("date", day(at))])} });
    view! { {token} {data} }.into_any()
}

/// What is worth a pause, before the buttons, so that nobody decides before having read it.
fn warnings(all: &[CaseWarning]) -> Option<AnyView> {
    let lines: Vec<_> = all.iter().map(warning).collect();
    (!lines.is_empty()).then(|| view! { <div class="warnings">{lines}</div> }.into_any())
}

fn warning(warning: &CaseWarning) -> AnyView {
    let text = match warning {
        CaseWarning::OtherReconnects { before } => rich(
            "warning-other-reconnects",
            &[],
            vec![("before", strong_name(before))],
        ),
        CaseWarning::SamePerson { client_name } => rich(
            "warning-same-person",
            &[],
            vec![("client", strong_name(client_name))],
        ),
        CaseWarning::SameAccount {
            number,
            client_name,
        } => rich(
            "warning-same-account",
            &[("number", account_number(number).into())],
            vec![("client", strong_name(client_name))],
        ),
        CaseWarning::NameDiffers { client_name } => rich(
            "warning-name-differs",
            &[],
            vec![("client", strong_name(client_name))],
        ),
        CaseWarning::Forwarded { by: Some(by), at } => rich(
            "warning-forwarded-by",
            &[],
            vec![("who", strong_name(by)), ("when", moment(*at))],
        ),
        CaseWarning::Forwarded { by: None, at } => {
            rich("warning-forwarded", &[], vec![("when", moment(*at))])
        }
        CaseWarning::ScopeMissing { scope } => rich(
            "warning-scope-missing",
            &[("scope", scope_name(scope).into())],
            vec![],
        ),
        CaseWarning::OtherPerson { last_person } => rich(
            "warning-other-person",
            &[],
            vec![("person", strong_name(last_person))],
        ),
        CaseWarning::ShortLife { until } => {
            rich("warning-short-life", &[], vec![("when", moment(*until))])
        }
        CaseWarning::DataEnds { until } => {
            rich("warning-data-ends", &[], vec![("date", day(*until))])
        }
    };
    note(Tone::Warn, view! { <p>{text}</p> })
}
