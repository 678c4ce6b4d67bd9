use leptos::prelude::*;

use super::case::life_line;
use super::token_life::token_life;
use crate::components::{
    Weight, absent, ago, button_form, code_link, explanation_line, explanation_link, facts, moment,
    person_name, rich, table, token_badge,
};
use crate::model::{ClientPageView, Explanation, Frame, TokenCheck, TokenStatus, TokenView};
use crate::routes;
use crate::text::t;

/// The tokens that are held, never their secrets.
pub fn tokens(frame: &Frame, view: &ClientPageView) -> Option<AnyView> {
    if view.tokens.is_empty() {
        return None;
    }
    let cards: Vec<_> = { view.tokens.iter() }
        .map(|held| token(frame, view, held))
        .collect();
    Some(
        view! { <section class="card stack-l"><h2>{t("tokens-title")}</h2>{cards}</section> }
            .into_any(),
    )
}

fn token(frame: &Frame, view: &ClientPageView, token: &TokenView) -> AnyView {
    let never = || view! { <span class="soft">{t("never")}</span> }.into_any();
    let checked = token.last_validated.map(|at| {
        let when = vec![("when", ago(at, frame.now))];
        view! { <small class="push">{rich("token-checked", &[], when)}</small> }
    });
    let drawn = (!token.is_destroyed).then(|| token_life(token.created_at, &token.life, frame.now));
    let used = token.last_used.map_or_else(never, |at| ago(at, frame.now));
    let destroyed = token
        .is_destroyed
        .then(|| view! { <p class="soft">{t("token-destroyed")}</p> });
    let mut pairs = vec![
        (
            t("token-kind"),
            t(&format!("token-kind-{}", token.kind.code())).into_any(),
        ),
        (
            t("token-fingerprint"),
            view! { <span class="num">{token.fingerprint.clone()}</span> }.into_any(),
        ),
        (
            t("token-source"),
            t(&format!("token-source-{}", token.source.code())).into_any(),
        ),
        (t("token-life"), life_line(&token.life)),
        (t("token-created"), moment(token.created_at)),
        (t("token-used"), used),
    ];
    if let Some(person) = &token.person_name {
        pairs.insert(0, (t("connection-person"), person_name(person)));
    }
    view! {
        <div class="stack">
            <div class="row">
                <h3>{t(&format!("token-standing-{}", token.standing.code()))}</h3>
                {(!token.is_destroyed).then(|| token_badge(token.status))}
                {not_told(token)}
                {checked}
            </div>
            {found(token)}
            {destroyed}
            {drawn}
            {facts(pairs)}
            {checks(frame, token)}
            {validate(view, token)}
        </div>
    }
    .into_any()
}

/// The last check came to know nothing: the last known status stands beside it.
fn not_told(token: &TokenView) -> Option<AnyView> {
    let last = token.checks.first()?;
    (!token.is_destroyed && last.said == TokenStatus::Unknown)
        .then(|| token_badge(TokenStatus::Unknown))
}

fn validate(view: &ClientPageView, token: &TokenView) -> Option<AnyView> {
    let action = routes::token_validate(view.id, token.id);
    (view.may_validate && !token.is_destroyed)
        .then(|| button_form(action, Weight::Plain, t("token-validate"), &[]))
}

/// What the last checks said.
fn checks(frame: &Frame, token: &TokenView) -> Option<AnyView> {
    if token.checks.is_empty() {
        return None;
    }
    let heads = [t("check-when"), t("check-outcome"), t("check-codes")];
    let rows = token.checks.iter().map(|check| check_row(frame, check));
    let table = table(t("checks-title"), &heads, rows);
    Some(
        view! {
            <details class="more">
                <summary>{t("checks-title")}</summary>
                {table}
            </details>
        }
        .into_any(),
    )
}

fn check_row(frame: &Frame, check: &TokenCheck) -> Vec<AnyView> {
    let code = { check.code }.map(|code| code_link(code, check.subcode));
    vec![
        ago(check.at, frame.now),
        view! { {token_badge(check.said)} " " <small>{explanation_link(check.explanation)}</small> }
            .into_any(),
        code.unwrap_or_else(absent),
    ]
}

/// What the last check found, if there is anything to know, and what to do.
fn found(token: &TokenView) -> Option<AnyView> {
    let last = token.checks.first()?;
    (!token.is_destroyed && last.explanation != Explanation::Works)
        .then(|| view! { <p class="small">{explanation_line(last.explanation)}</p> }.into_any())
}
