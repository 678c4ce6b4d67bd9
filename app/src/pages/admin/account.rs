use leptos::prelude::*;

use super::password::password;
use super::second_factor::{code_field, set_up};
use crate::components::{
    Question, Weight, ago, asking_form, button_form, desk, device_words, error_summary, facts,
    moment, name, note, rich, submit, table, theme_switch,
};
use crate::islands::CopyButton;
use crate::model::{AccountPageView, FactorView, Frame, SessionView, Tone};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// One's own account: the password, the second factor, and where one is signed in.
pub fn account(frame: &Frame, view: AccountPageView) -> Page {
    let title = t("account-title");
    let pairs = vec![
        (t("sign-in-email"), name(&view.email)),
        (
            t("account-role"),
            view! { {t(&format!("role-{}", view.role.code()))} }.into_any(),
        ),
        (
            t("theme"),
            view! { <span class="row">{theme_switch()} <small>{t("theme-text")}</small></span> }
                .into_any(),
        ),
    ];
    let fields = [
        ("current_password", t("password-current")),
        ("new_password", t("first-sign-in-password")),
        ("code", t("factor-code")),
    ];
    let content = view! {
        <h1>{title.clone()}</h1>
        {error_summary(&view.form, &fields)}
        {new_codes(&view.new_codes)}
        <div class="stack-l measure">
            {facts(pairs)}
            {password(&view)}
            <section class="card stack-l">
                <h2>{t("factor-title")}</h2>
                {factor(&view)}
            </section>
        </div>
        <section class="card stack">
            <h2>{t("sessions-title")}</h2>
            {sessions(frame, &view.sessions, routes::session_end)}
        </section>
    };
    Page::new(title, desk(frame, content))
}

/// Recovery codes, once.
fn new_codes(codes: &[String]) -> Option<AnyView> {
    if codes.is_empty() {
        return None;
    }
    let lines: Vec<_> = codes
        .iter()
        .map(|code| view! { <li><code>{code.clone()}</code></li> })
        .collect();
    let all = codes.join("\n");
    let body = view! {
        <strong>{t("recovery-codes-title")}</strong>
        <p>{t("recovery-codes-text")}</p>
        <ul class="codes" translate="no">{lines}</ul>
        <p><CopyButton text=all label=t("recovery-codes-copy") copied=t("copied") /></p>
    };
    Some(note(Tone::Warn, body))
}

fn factor(view: &AccountPageView) -> AnyView {
    match &view.factor {
        FactorView::Off => view! {
            <p class="soft">{t("factor-off")}</p>
            {button_form(pattern::FACTOR_BEGIN.to_owned(), Weight::Main, t("factor-begin"), &[])}
        }
        .into_any(),
        FactorView::New { .. } => view! {
            <form class="stack-l" method="post" action=pattern::FACTOR_CONFIRM>
                {set_up(&view.factor)}
                {code_field(&view.form, false)}
                {submit(Weight::Main, t("factor-confirm"))}
            </form>
        }
        .into_any(),
        FactorView::On { since, codes_left } => {
            let off = if view.is_required {
                view! { <p class="soft">{t("factor-is-required")}</p> }.into_any()
            } else {
                factor_off()
            };
            view! {
                <p>{rich("factor-on", &[], vec![("when", moment(*since))])}</p>
                <p class="soft">{tv("recovery-codes-left", &[("count", (*codes_left).into())])}</p>
                <div class="row">
                    {renew_codes()}
                    {off}
                </div>
            }
            .into_any()
        }
    }
}

fn factor_off() -> AnyView {
    let question = Question::new(
        "ask-factor-off",
        t("factor-turn-off-ask"),
        t("factor-turn-off-text"),
        t("factor-turn-off"),
    );
    let (action, words) = (pattern::FACTOR_OFF.to_owned(), t("factor-turn-off"));
    asking_form(action, Weight::Danger, words, &[], question)
}

fn renew_codes() -> AnyView {
    let question = Question::new(
        "ask-codes",
        t("recovery-codes-renew-ask"),
        t("recovery-codes-renew-text"),
        t("recovery-codes-renew"),
    );
    let (action, words) = (pattern::FACTOR_CODES.to_owned(), t("recovery-codes-renew"));
    asking_form(action, Weight::Plain, words, &[], question)
}

/// Ends one session.
fn sign_out_there(action: String, session: &SessionView) -> AnyView {
    let device = device_words(&session.user_agent);
    let question = Question::new(
        format!("ask-end-{}", session.id),
        tv("sessions-end-ask", &[("device", device.into())]),
        t("sessions-end-text"),
        t("sessions-end"),
    );
    asking_form(action, Weight::Link, t("sessions-end"), &[], question)
}

/// Where somebody is signed in, each with a button that ends it.
pub(super) fn sessions(
    frame: &Frame,
    sessions: &[SessionView],
    end: impl Fn(uuid::Uuid) -> String,
) -> AnyView {
    if sessions.is_empty() {
        return view! { <p class="soft">{t("sessions-none")}</p> }.into_any();
    }
    let heads = [
        t("sessions-browser"),
        t("sessions-signed-in"),
        t("sessions-last-seen"),
        t("outbox-action"),
    ];
    let rows = sessions
        .iter()
        .map(|session| {
            let action = if session.is_this {
                view! { <span class="soft">{t("sessions-this")}</span> }.into_any()
            } else {
                sign_out_there(end(session.id), session)
            };
            let address = session.address.clone().map(|address| view! { <small>{address}</small> });
            vec![
                view! { <strong title=session.user_agent.clone()>{device_words(&session.user_agent)}</strong> {address} }
                    .into_any(),
                moment(session.signed_in_at),
                ago(session.last_seen_at, frame.now),
                action,
            ]
        });
    table(t("sessions-title"), &heads, rows)
}
