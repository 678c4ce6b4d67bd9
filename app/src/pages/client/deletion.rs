use leptos::prelude::*;

use crate::components::{
    ClientShell, Drawing, Event, Reached, drawing, mailto, moment, name, rich, timeline,
};
use crate::model::{Contact, DeletionState, DeletionView, Frame};
use crate::render::Page;
use crate::routes;
use crate::text::{t, tv};

/// Seconds between two looks at a deletion that is under way.
const REFRESH_SECONDS: u32 = 10;

/// How far the deletion of a person's data is, for the person: what goes, what stays and why, and whom to ask.
pub fn deletion(frame: &Frame, view: DeletionView, code: &str) -> Page {
    let state = view.state.code();
    let title = t(&format!("deletion-{state}-title"));
    let is_known = view.state != DeletionState::Nothing;
    let parts = is_known
        .then(|| view! { <section class="card">{story(&view)}</section> {gone()} {kept()} });
    let content = view! {
        {drawing(sign(view.state))}
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{t(&format!("deletion-{state}-text"))}</p>
        </div>
        {parts}
        {ask(&view.contacts, code)}
    };
    let page = Page::new(title, ClientShell::plain().view(frame, content));
    match view.state {
        DeletionState::Received | DeletionState::Doing => {
            page.refreshing(REFRESH_SECONDS, routes::deletion(code))
        }
        DeletionState::Done | DeletionState::Nothing => page,
    }
}

/// A confirmation code that is none of ours.
pub fn deletion_unknown(frame: &Frame) -> Page {
    let title = t("deletion-unknown-title");
    let content = view! {
        {drawing(Drawing::ShutDoor)}
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{t("deletion-unknown-text")}</p>
        </div>
    };
    Page::new(title, ClientShell::plain().view(frame, content))
}

const fn sign(state: DeletionState) -> Drawing {
    match state {
        DeletionState::Received | DeletionState::Doing => Drawing::Letter,
        DeletionState::Done => Drawing::ShutDoor,
        DeletionState::Nothing => Drawing::NothingFound,
    }
}

fn story(view: &DeletionView) -> AnyView {
    let done = match view.done_at {
        Some(at) => Event {
            reached: Reached::Done,
            title: t("deletion-story-done").into_any(),
            below: view! { {moment(at)} " · " {from_where(view)} }.into_any(),
        },
        None => Event {
            reached: Reached::Now,
            title: view! { <strong>{t("deletion-story-doing")}</strong> }.into_any(),
            below: t("deletion-story-soon").into_any(),
        },
    };
    timeline(vec![
        Event {
            reached: Reached::Done,
            title: t("deletion-story-received").into_any(),
            below: moment(view.received_at),
        },
        done,
    ])
}

fn from_where(view: &DeletionView) -> String {
    tv(
        "deletion-connections",
        &[("count", view.connections.into())],
    )
}

fn gone() -> AnyView {
    view! {
        <section class="stack">
            <h2>{t("deletion-gone")}</h2>
            <ul class="bullets">
                <li>{t("deletion-gone-access")}</li>
                <li>{t("deletion-gone-name")}</li>
                <li>{t("deletion-gone-origin")}</li>
                <li>{t("deletion-gone-answers")}</li>
                <li>{t("deletion-gone-accounts")}</li>
            </ul>
        </section>
    }
    .into_any()
}

fn kept() -> AnyView {
    view! {
        <section class="stack">
            <h2>{t("deletion-kept")}</h2>
            <ul class="bullets">
                <li>{t("deletion-kept-trail")}</li>
                <li>{t("deletion-kept-client")}</li>
                <li>{t("deletion-kept-mails")}</li>
                <li>{t("deletion-kept-backups")}</li>
            </ul>
        </section>
    }
    .into_any()
}

fn ask(contacts: &[Contact], code: &str) -> AnyView {
    let whom: Vec<_> = contacts.iter().map(contact).collect();
    let whom = (!whom.is_empty()).then(|| view! { <ul class="bullets">{whom}</ul> });
    view! {
        <section class="stack">
            <h2>{t("deletion-ask")}</h2>
            <p>{t("deletion-ask-text")}</p>
            {whom}
            <p class="soft small">{t("deletion-code")} " " <code class="num">{code.to_owned()}</code></p>
        </section>
    }
    .into_any()
}

fn contact(contact: &Contact) -> AnyView {
    let agency = name(&contact.agency);
    let line = match &contact.email {
        Some(email) => {
            let link = view! { <a href=mailto(email)>{email.clone()}</a> }.into_any();
            rich(
                "deletion-contact",
                &[],
                vec![("agency", agency), ("address", link)],
            )
        }
        None => agency,
    };
    view! { <li>{line}</li> }.into_any()
}
