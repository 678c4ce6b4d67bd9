use leptos::prelude::*;

use crate::components::{desk, facts, table, token_badge};
use crate::model::meta_code::{self, MetaCode, known};
use crate::model::{AnswerClass, Explanation, Frame, OwnSign, TokenStatus};
use crate::render::Page;
use crate::text::{t, tv};

/// What everything that Meta answers means here, what to do, and whose turn it is. `docs/ERRORS.md` says the same,
/// from the same tables and words; a test holds both equal.
pub fn errors(frame: &Frame) -> Page {
    let title = t("errors-title");
    let classes: Vec<_> = AnswerClass::ALL.iter().map(|class| one(*class)).collect();
    let content = view! {
        <div class="stack-s measure">
            <h1>{title.clone()}</h1>
            <p>{t("errors-lead")}</p>
            <p class="soft">{t("errors-rule")} " " {t("errors-clients")}</p>
        </div>
        {statuses()}
        {contents()}
        {classes}
        <section class="card stack" id=meta_code::UNKNOWN>
            <h2>{t("errors-unlisted")}</h2>
            <p>{t("errors-unknown")}</p>
        </section>
    };
    Page::new(title, desk(frame, content))
}

fn statuses() -> AnyView {
    let heads = [t("errors-status"), t("errors-meaning")];
    let rows = TokenStatus::ALL.iter().map(|status| {
        let code = status.code();
        vec![
            view! { <span id=format!("status-{code}")>{token_badge(*status)}</span> }.into_any(),
            t(&format!("errors-status-{code}")).into_any(),
        ]
    });
    view! {
        <section class="card stack">
            <h2>{t("errors-statuses")}</h2>
            {table(t("errors-statuses"), &heads, rows)}
        </section>
    }
    .into_any()
}

/// The classes, each a link to its part of the page.
fn contents() -> AnyView {
    let heads = [t("errors-class"), t("errors-meaning"), t("errors-action")];
    let rows = AnswerClass::ALL.iter().map(|class| {
        let code = class.code();
        vec![
            view! { <a href=format!("#{code}")>{t(&format!("class-{code}"))}</a> }.into_any(),
            t(&format!("class-{code}-text")).into_any(),
            view! { <code>{class.action()}</code> }.into_any(),
        ]
    });
    view! {
        <section class="card stack" id="classes">
            <h2>{t("errors-classes")}</h2>
            {table(t("errors-classes"), &heads, rows)}
        </section>
    }
    .into_any()
}

fn one(class: AnswerClass) -> AnyView {
    let code = class.code();
    let found: Vec<_> = { Explanation::ALL.iter() }
        .filter(|explanation| explanation.class() == class)
        .map(|explanation| explained(*explanation))
        .collect();
    view! {
        <section class="card stack-l" id=code>
            <div class="stack-s">
                <h2>{t(&format!("class-{code}"))}</h2>
                <p class="soft">{t(&format!("class-{code}-text"))}</p>
            </div>
            {found}
        </section>
    }
    .into_any()
}

fn explained(explanation: Explanation) -> AnyView {
    let code = explanation.code();
    let said = |part: &str| t(&format!("found-{code}-{part}")).into_any();
    let pairs = vec![
        (t("errors-shown"), said("text")),
        (t("errors-do"), said("do")),
        (
            t("errors-whom"),
            t(&format!("errors-whom-{}", explanation.whom().code())).into_any(),
        ),
    ];
    let signs = { OwnSign::ALL.iter() }.filter(|sign| sign.explanation() == explanation);
    let signs: Vec<_> = signs.map(|sign| own(*sign)).collect();
    let codes = known().filter(|row| row.explanation == explanation);
    let codes: Vec<_> = codes.map(told).collect();
    view! {
        <article class="stack-s found" id=explanation.anchor()>
            <h3>{t(&format!("found-{code}"))}</h3>
            {facts(pairs)}
            <ul class="signs">{signs} {codes}</ul>
        </article>
    }
    .into_any()
}

fn own(sign: OwnSign) -> AnyView {
    let code = sign.code();
    view! { <li id=format!("own-{code}")>{t(&format!("own-{code}"))}</li> }.into_any()
}

fn told(row: &MetaCode) -> AnyView {
    let number = row.number().unwrap_or_else(|| t("errors-no-number"));
    let at = row.call.map(|call| {
        let call = t(&format!("meta-call-{}", call.code()));
        view! { " " <span class="soft">{tv("errors-at", &[("call", call.into())])}</span> }
    });
    view! {
        <li id=row.anchor()>
            <span class="num">{number}</span>
            " "
            <q lang="en" dir="ltr">{row.says}</q>
            {at}
        </li>
    }
    .into_any()
}
