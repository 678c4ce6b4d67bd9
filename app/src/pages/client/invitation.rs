use leptos::prelude::*;

use super::in_app::in_app_note;
use crate::components::{
    ClientShell, Drawing, Icon, Step, can_sentences, drawing, facebook_button, icon, mailto, name,
    never_sentences, only_looks, rich, strong_name,
};
use crate::model::{Frame, InvitationKind, InvitationView};
use crate::render::Page;
use crate::text::{t, tv};

/// A guided link that works: what it takes, what the agency may and may never do, and the one button.
pub fn invitation(frame: &Frame, view: InvitationView) -> Page {
    let agency = frame.agency.name.as_str();
    let (headline, intro) = match view.kind {
        InvitationKind::Reconnect => ("invitation-title-reconnect", "invitation-intro-reconnect"),
        InvitationKind::Backup => ("invitation-title-backup", "invitation-intro-backup"),
        _ if only_looks(&view.scopes) => ("invitation-title-look", "invitation-intro"),
        _ => ("invitation-title", "invitation-intro"),
    };
    let headline = tv(headline, &[("agency", agency.into())]);
    let which_login = match view.kind {
        InvitationKind::Backup => t("invitation-which-login-backup"),
        _ => t("invitation-which-login"),
    };
    let intro = rich(
        intro,
        &[],
        vec![
            ("agency", name(agency)),
            ("client", strong_name(&view.client_name)),
        ],
    );
    let content = view! {
        <div class="stack">
            <h1>{headline.clone()}</h1>
            <p class="soft">{intro}</p>
        </div>
        {view.in_app.map(|browser| in_app_note(browser, &view.link))}
        <form class="card stack-l" method="post" action=view.start.clone()>
            {can(&view)}
            <div class="stack">
                <h2>{t("invitation-never")}</h2>
                {sentences("facts cannot", Icon::Cross, never_sentences(&view.scopes))}
            </div>
            <div class="stack">{facebook_button()} <small>{which_login}</small></div>
        </form>
        {questions(frame)}
    };
    let body = ClientShell::step(Step::SignIn)
        .link_until(view.expires_at)
        .view(frame, content);
    Page::new(headline, body)
}

/// What they can; nothing is said where nothing is asked.
fn can(view: &InvitationView) -> Option<AnyView> {
    let can = can_sentences(&view.scopes);
    (!can.is_empty()).then(|| {
        view! {
            <div class="stack">
                <h2>{t("invitation-can")}</h2>
                {sentences("facts can", Icon::Check, can)}
            </div>
        }
        .into_any()
    })
}

fn sentences(class: &'static str, sign: Icon, sentences: Vec<String>) -> AnyView {
    let lines: Vec<_> = sentences
        .into_iter()
        .map(|sentence| view! { <li>{icon(sign)} <span>{sentence}</span></li> })
        .collect();
    view! { <ul class=class>{lines}</ul> }.into_any()
}

fn questions(frame: &Frame) -> AnyView {
    let agency = frame.agency.name.as_str();
    let other_way = match &frame.agency.support_email {
        Some(address) => {
            let link = view! { <a href=mailto(address)>{address.clone()}</a> }.into_any();
            rich("faq-no-login-write", &[], vec![("address", link)])
        }
        None => rich("faq-no-login-ask", &[], vec![("agency", name(agency))]),
    };
    view! {
        <div class="faq">
            <details>
                <summary>{t("faq-next")}</summary>
                {drawing(Drawing::WhatNext)}
                <p>{rich("faq-next-text", &[], vec![("agency", name(agency))])}</p>
            </details>
            <details>
                <summary>{t("faq-colleague")}</summary>
                <p>{rich("faq-colleague-text", &[], vec![("agency", name(agency))])}</p>
            </details>
            <details>
                <summary>{t("faq-in-app")}</summary>
                <p>{t("faq-in-app-text")}</p>
            </details>
            <details>
                <summary>{t("faq-no-login")}</summary>
                <p>{other_way}</p>
            </details>
        </div>
    }
    .into_any()
}
