use leptos::prelude::*;

use crate::components::{ClientShell, Weight, button_form, moment, name, rich};
use crate::model::{EndedLinkView, Frame};
use crate::render::Page;
use crate::text::t;

/// A guided link that does not lead on: what became of it, and the one next step. Nothing else is told.
pub fn ended_link(frame: &Frame, view: EndedLinkView) -> Page {
    let agency = || vec![("agency", name(&frame.agency.name))];
    let (title, text, next) = match view {
        EndedLinkView::Unknown => (
            t("link-unknown-title"),
            rich("link-unknown-text", &[], agency()),
            None,
        ),
        EndedLinkView::Expired { fresh } => (
            t("link-expired-title"),
            rich("link-expired-text", &[], agency()),
            Some(button_form(fresh, Weight::Big, t("link-fresh"), &[])),
        ),
        EndedLinkView::FreshAsked => (
            t("link-fresh-asked-title"),
            rich("link-fresh-asked-text", &[], agency()),
            None,
        ),
        EndedLinkView::Revoked => (
            t("link-revoked-title"),
            rich("link-revoked-text", &[], agency()),
            None,
        ),
        EndedLinkView::Spent { state, since } => {
            let mut slots = agency();
            slots.push(("when", moment(since)));
            (
                t("link-spent-title"),
                rich(&format!("link-spent-{}", state.code()), &[], slots),
                None,
            )
        }
    };
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
        </div>
        {next}
    };
    Page::new(title, ClientShell::plain().view(frame, content))
}
