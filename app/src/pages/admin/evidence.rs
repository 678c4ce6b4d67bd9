use leptos::prelude::*;

use super::client_connection::probe_words;
use crate::components::{
    absent, account_badge, account_number, ago, code_link, desk, facts, moment, name, note,
    person_name, pill, rich, scope_name, table,
};
use crate::model::{
    AnswerView, AnswersView, Frame, GrantAccountView, GrantPageView, LoginPageView, MetaCall,
    OriginView, Tone, meta_code,
};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// The evidence of one consent: who agreed to what, when, from where, for which accounts, and Meta's own words.
pub fn grant(frame: &Frame, view: GrantPageView) -> Page {
    let title = tv(
        "grant-title",
        &[("client", view.client_name.clone().into())],
    );
    let head = rich(
        "grant-of",
        &[],
        vec![
            ("person", person_name(&view.person_name)),
            ("when", moment(view.granted_at)),
        ],
    );
    let content = view! {
        {crumbs(&view.client_name, routes::client(view.client_id))}
        <div class="stack-s">
            <h1>{t("grant-heading")}</h1>
            <p class="soft">{head}</p>
        </div>
        {who(&view)}
        {permissions(&view)}
        {accounts(frame, &view)}
        {answers(&view.answers)}
    };
    Page::new(title, desk(frame, content))
}

/// What Meta answered during a login that led to no consent.
pub fn login(frame: &Frame, view: LoginPageView) -> Page {
    let title = tv(
        "login-title",
        &[("client", view.client_name.clone().into())],
    );
    let content = view! {
        {crumbs(&view.client_name, routes::client(view.client_id))}
        <div class="stack-s">
            <h1>{t("login-heading")}</h1>
            <p class="soft">{rich("login-of", &[], vec![("when", moment(view.at))])}</p>
        </div>
        {answers(&view.answers)}
    };
    Page::new(title, desk(frame, content))
}

fn crumbs(client: &str, path: String) -> AnyView {
    view! {
        <p class="crumbs">
            <a href=pattern::CLIENTS>{t("nav-clients")}</a>
            " / "
            <a href=path>{name(client)}</a>
        </p>
    }
    .into_any()
}

fn who(view: &GrantPageView) -> AnyView {
    let person = if view.is_business {
        t("grant-business")
    } else {
        t("grant-person")
    };
    let mut pairs = vec![
        (person, person_name(&view.person_name)),
        (
            t("connection-meta-user"),
            view! { <span class="num">{view.meta_user_id.clone()}</span> }.into_any(),
        ),
        (
            t("grant-kind"),
            t(&format!("invitation-kind-{}", view.kind.code())).into_any(),
        ),
        (t("grant-when"), moment(view.granted_at)),
    ];
    match &view.origin {
        OriginView::Hidden => {}
        OriginView::Erased => pairs.push((t("grant-address"), t("grant-erased").into_any())),
        OriginView::Known {
            address,
            user_agent,
        } => {
            let address = address.clone().unwrap_or_else(|| t("grant-not-told"));
            let agent = if user_agent.is_empty() {
                t("grant-not-told")
            } else {
                user_agent.clone()
            };
            pairs.push((
                t("grant-address"),
                view! { <span class="num">{address}</span> }.into_any(),
            ));
            pairs.push((
                t("grant-browser"),
                view! { <bdi class="break">{agent}</bdi> }.into_any(),
            ));
        }
    }
    view! {
        <section class="card stack">
            <h2>{t("grant-who")}</h2>
            {facts(pairs)}
        </section>
    }
    .into_any()
}

fn permissions(view: &GrantPageView) -> AnyView {
    let heads = [t("grant-permission"), t("grant-answer")];
    let asked = view.asked.iter().map(|scope| {
        let answer = if view.granted.contains(scope) {
            t("grant-given")
        } else {
            t("grant-declined")
        };
        (scope, answer)
    });
    let also = view.also.iter().map(|scope| (scope, t("grant-also")));
    let rows = asked.chain(also).map(|(scope, answer)| {
        vec![
            view! {
                <span>{scope_name(scope)}</span>
                <small class="num">{scope.clone()}</small>
            }
            .into_any(),
            answer.into_any(),
        ]
    });
    let asked = u64::try_from(view.asked.len()).unwrap_or(u64::MAX);
    let given = u64::try_from(view.granted.len()).unwrap_or(u64::MAX);
    view! {
        <section class="card stack">
            <h2>{t("grant-permissions")}</h2>
            <p class="soft">
                {tv("grant-given-of", &[("given", given.into()), ("asked", asked.into())])}
            </p>
            {table(t("grant-permissions"), &heads, rows)}
        </section>
    }
    .into_any()
}

fn accounts(frame: &Frame, view: &GrantPageView) -> AnyView {
    let list = if view.accounts.is_empty() {
        view! { <p class="soft">{t("grant-no-accounts")}</p> }.into_any()
    } else {
        let heads = [
            t("account-name"),
            t("grant-chosen"),
            t("account-status"),
            t("account-business"),
            t("account-test"),
        ];
        let rows = view
            .accounts
            .iter()
            .map(|account| account_row(frame, account));
        view! {
            <p class="soft">
                {tv(
                    "grant-chosen-of",
                    &[("chosen", view.chosen.into()), ("offered", view.offered.into())],
                )}
            </p>
            {table(t("grant-accounts"), &heads, rows)}
            {pages(view)}
        }
        .into_any()
    };
    view! {
        <section class="card stack" id="accounts">
            <h2>{t("grant-accounts")}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn account_row(frame: &Frame, account: &GrantAccountView) -> Vec<AnyView> {
    let number = account_number(&account.number);
    let below = if account.currency.is_empty() {
        number
    } else {
        format!("{number} · {}", account.currency)
    };
    let tested_at = account
        .probed_at
        .map(|at| view! { <small>{ago(at, frame.now)}</small> });
    let tested = if account.is_chosen || account.probe.is_some() {
        view! { {probe_words(account.probe)} {tested_at} }.into_any()
    } else {
        absent()
    };
    let chosen = if account.is_chosen {
        pill(Tone::Good, t("grant-is-chosen"))
    } else {
        pill(Tone::Quiet, t("grant-not-chosen"))
    };
    vec![
        view! {
            <span>{name(&account.name)}</span>
            <small class="num">{below}</small>
        }
        .into_any(),
        chosen,
        account_badge(account.status),
        account
            .business
            .as_ref()
            .map_or_else(absent, |business| name(business)),
        tested,
    ]
}

fn pages(view: &GrantPageView) -> Option<AnyView> {
    if view.pages < 2 {
        return None;
    }
    let path = |page: u64| {
        format!(
            "{}?page={page}#accounts",
            routes::grant(view.client_id, view.id)
        )
    };
    let before = (view.page > 1).then(|| {
        view! { <a class="btn plain" rel="prev" href=path(view.page - 1)>{t("accounts-previous")}</a> }
    });
    let after = (view.page < view.pages).then(|| {
        view! { <a class="btn plain" rel="next" href=path(view.page + 1)>{t("accounts-next")}</a> }
    });
    let here = tv(
        "accounts-page",
        &[("page", view.page.into()), ("pages", view.pages.into())],
    );
    Some(
        view! {
            <nav class="pager" aria-label=t("pager-label")>
                {before} <span>{here}</span> {after}
            </nav>
        }
        .into_any(),
    )
}

fn answers(view: &AnswersView) -> AnyView {
    let body = match view {
        AnswersView::Hidden => view! { <p class="soft">{t("answers-hidden")}</p> }.into_any(),
        AnswersView::Gone => view! { <p class="soft">{t("answers-gone")}</p> }.into_any(),
        AnswersView::Kept { until, answers } => {
            let about = rich("answers-about", &[], vec![("until", moment(*until))]);
            let lines: Vec<_> = answers.iter().map(answer).collect();
            view! {
                {note(Tone::Quiet, view! { <p>{about}</p> })}
                <ul class="answers">{lines}</ul>
            }
            .into_any()
        }
    };
    view! {
        <section class="card stack">
            <h2>{t("answers-title")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn answer(answer: &AnswerView) -> AnyView {
    let call = match MetaCall::from_code(&answer.call) {
        Some(call) => t(&format!("meta-call-{}", call.code())),
        None => answer.call.clone(),
    };
    let outcome = if answer.is_good {
        t("answer-good")
    } else {
        t("answer-failed")
    };
    let mut parts = vec![match answer.status {
        Some(status) => tv("answer-status", &[("status", u64::from(status).into())]),
        None => t("answer-none"),
    }];
    if let Some(code) = answer.code {
        let number = meta_code::number(code, answer.subcode);
        parts.push(tv("answer-code", &[("code", number.into())]));
    }
    let explained = { answer.code }
        .map(|code| view! { <p class="small">{explained(code, answer.subcode)}</p> });
    parts.push(tv("answer-size", &[("count", answer.size.into())]));
    if answer.calls > 1 {
        parts.push(tv("answer-calls", &[("count", answer.calls.into())]));
    }
    let text = answer.text.clone().map(|text| {
        let cut = answer
            .is_cut
            .then(|| view! { <p class="soft">{t("answer-cut")}</p> });
        view! {
            {explained}
            <pre class="raw" dir="ltr" tabindex="0" role="region" aria-label=call.clone()>{text}</pre>
            {cut}
        }
    });
    let has_text = text.is_some();
    let head = view! {
        <strong>{call}</strong>
        " · "
        {outcome}
        <small class="num">{parts.join(" · ")}</small>
    };
    let body = if has_text {
        view! { <details class="more"><summary>{head}</summary>{text}</details> }.into_any()
    } else {
        view! { <div>{head}</div> }.into_any()
    };
    view! { <li>{body}</li> }.into_any()
}

fn explained(code: i64, subcode: Option<i64>) -> AnyView {
    rich("errors-link", &[], vec![("code", code_link(code, subcode))])
}
