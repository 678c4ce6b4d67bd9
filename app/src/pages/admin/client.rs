use leptos::prelude::*;

use super::client_connection::{accounts, connection};
use super::client_evidence::{candidates, grants};
use super::client_links::{actions, invitations, minted};
use super::client_story::story;
use super::client_tokens::tokens;
use super::client_way::way;
use crate::components::{connection_badge, desk, moment, name, person_name, rich, token_badge};
use crate::model::{ClientPageView, Frame};
use crate::render::Page;
use crate::routes::pattern;
use crate::text::t;

/// Everything of one client, and every action in reach.
pub fn client(frame: &Frame, view: ClientPageView) -> Page {
    let title = view.name.clone();
    let content = view! {
        {head(&view)}
        {minted(&view)}
        {way(&view)}
        <div class="cols">
            <div class="stack-l">
                {connection(frame, &view)}
                {candidates(frame, &view)}
                {tokens(frame, &view)}
                {accounts(frame, &view)}
                {grants(&view)}
                {invitations(frame, &view)}
            </div>
            {story(&view)}
        </div>
    };
    Page::new(title, desk(frame, content))
}

fn head(view: &ClientPageView) -> AnyView {
    let badges = view.connection.as_ref().map(|connection| {
        view! {
            {connection_badge(connection.state)}
            {connection.state.is_live().then(|| token_badge(view.token_status))}
        }
    });
    let person = view.connection.as_ref().map(|connection| {
        let who = vec![("name", person_name(&connection.person_name))];
        view! { <span>{rich("client-person", &[], who)}</span> }
    });
    let meta = view.meta_account_name.as_ref().map(|meta| {
        view! { <span>{rich("client-meta", &[], vec![("name", name(meta))])}</span> }
    });
    view! {
        <div class="stack">
            <p class="crumbs"><a href=pattern::CLIENTS>{t("nav-clients")}</a></p>
            <div class="page-head">
                <div class="stack-s">
                    <div class="row">
                        <h1 id="client-name">{name(&view.name)}</h1>
                        {badges}
                    </div>
                    <p class="row soft">
                        {person}
                        <span>{view.email.clone()}</span>
                        {meta}
                        <span>{rich("client-since", &[], vec![("when", moment(view.created_at))])}</span>
                    </p>
                </div>
                {actions(view)}
            </div>
        </div>
    }
    .into_any()
}
