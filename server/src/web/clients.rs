//! Clients and their links.

use app::{
    model::{NewClientView, Notice},
    pages, routes,
    routes::pattern,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use secrecy::ExposeSecret;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Web,
    extract::{Fields, Id, Staff},
    failure::Failure,
    page,
    queue::{DraftParam, kept, leave},
};
use crate::{
    domain::role::Permission,
    service::{actor::StaffActor, clients::NewClient, drafts::Draft, invitations::Sent},
};

/// Which part of the list is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct ListParams {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// The list of clients.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<ListParams>,
) -> Result<Response, Failure> {
    let query: String = params.q.chars().take(200).collect();
    let after = params.after.as_deref();
    let view = web.portal.clients(&actor, &query, after).await?;
    page::desk(&web, &actor, pattern::CLIENTS, None, |frame| {
        pages::admin::clients(frame, view)
    })
    .await
}

/// The form for a new client.
pub async fn show_new(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    actor.require(Permission::ManageClients)?;
    let draft = kept(&web, &actor, params.draft).await?;
    let view = NewClientView { form: draft.form };
    page::desk(&web, &actor, pattern::NEW_CLIENT, draft.notice, |frame| {
        pages::admin::new_client(frame, view)
    })
    .await
}

/// *Add client*.
pub async fn add(
    State(web): State<Web>,
    Staff(actor): Staff,
    fields: Fields,
) -> Result<Response, Failure> {
    let new = NewClient {
        name: fields.one("name").to_owned(),
        email: fields.one("email").to_owned(),
        meta_account_name: fields.one("meta_account_name").to_owned(),
    };
    match web.portal.add_client(&actor, &new).await? {
        Ok(id) => tell(&web, &actor, id, Notice::ClientAdded).await,
        Err(form) => {
            let draft = Draft {
                form,
                ..Draft::default()
            };
            leave(&web, &actor, pattern::NEW_CLIENT, draft).await
        }
    }
}

/// Everything of one client.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    let draft = kept(&web, &actor, params.draft).await?;
    let mut view = web
        .portal
        .client_page(&actor, id, draft.minted_link)
        .await?;
    view.form = draft.form;
    page::desk(&web, &actor, &routes::client(id), draft.notice, |frame| {
        pages::admin::client(frame, view)
    })
    .await
}

/// *Send link*.
pub async fn send(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> Result<Response, Failure> {
    mail(&web, &actor, id, Notice::LinkSent).await
}

/// *Resend*: earlier links end.
pub async fn resend(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> Result<Response, Failure> {
    mail(&web, &actor, id, Notice::LinkResent).await
}

async fn mail(web: &Web, actor: &StaffActor, id: Uuid, done: Notice) -> Result<Response, Failure> {
    let notice = match web.portal.send_link(actor, id).await? {
        Sent::Done(_) => done,
        Sent::TooManyMails => Notice::TooManyMails,
        Sent::AlreadyConnected(_) => Notice::AlreadyConnected,
    };
    tell(web, actor, id, notice).await
}

/// *Copy link*: mints one more, which the next page shows.
pub async fn copy(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> Result<Response, Failure> {
    match web.portal.copy_link(&actor, id).await? {
        Sent::Done(minted) => {
            let draft = Draft {
                minted_link: Some(minted.url.expose_secret().to_owned()),
                notice: Some(Notice::LinkCopied),
                ..Draft::default()
            };
            leave(&web, &actor, &routes::client(id), draft).await
        }
        Sent::TooManyMails => tell(&web, &actor, id, Notice::TooManyMails).await,
        Sent::AlreadyConnected(_) => tell(&web, &actor, id, Notice::AlreadyConnected).await,
    }
}

/// *Revoke*: every link of the client ends.
pub async fn revoke(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> Result<Response, Failure> {
    web.portal.revoke_links(&actor, id).await?;
    tell(&web, &actor, id, Notice::LinksRevoked).await
}

async fn tell(
    web: &Web,
    actor: &StaffActor,
    client: Uuid,
    notice: Notice,
) -> Result<Response, Failure> {
    let draft = Draft::telling(notice);
    leave(web, actor, &routes::client(client), draft).await
}
