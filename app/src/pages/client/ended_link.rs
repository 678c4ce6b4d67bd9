use leptos::prelude::*;

use crate::components::{ClientShell, Drawing, Weight, button_form, drawing, moment, name, rich};
use crate::model::{ConnectionState, EndedLinkView, Frame};
use crate::render::Page;
use crate::text::t;

/// A guided link that does not lead on: what became of it, and the one next step. Nothing else is told.
pub fn ended_link(frame: &Frame, view: EndedLinkView) -> Page {
    let agency = || vec![("agency", name(&frame.agency.name))];
    let sign = sign(&view);
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
        {drawing(sign)}
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{text}</p>
        </div>
        {next}
    };
    Page::new(title, ClientShell::plain().view(frame, content))
}

/// The open door where somebody was let in, the way where it goes on, and the shut door for the rest.
const fn sign(view: &EndedLinkView) -> Drawing {
    match view {
        EndedLinkView::FreshAsked => Drawing::Letter,
        EndedLinkView::Spent { state, .. } => match state {
            ConnectionState::Approved => Drawing::Door,
            ConnectionState::Draft | ConnectionState::Pending => Drawing::WhatNext,
            _ => Drawing::ShutDoor,
        },
        EndedLinkView::Unknown | EndedLinkView::Expired { .. } | EndedLinkView::Revoked => {
            Drawing::ShutDoor
        }
    }
}
