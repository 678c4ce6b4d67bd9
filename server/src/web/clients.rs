//! Clients and their links.

use app::{
    model::{
        BackupFilter, ClientFilter, Ends, InvitationKind, NewClientView, Notice, StateFilter,
        TokenStatus,
    },
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

/// Which part of the list is looked at. What no page of ours says narrows nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    q: String,
    state: String,
    token: String,
    ends: String,
    backup: String,
    rows: String,
    after: Option<String>,
}

impl ListParams {
    fn filter(&self) -> ClientFilter {
        ClientFilter {
            query: { self.q.trim().chars() }
                .filter(|c| !c.is_control())
                .take(QUERY_MAX)
                .collect(),
            state: StateFilter::from_code(&self.state),
            token: TokenStatus::from_code(&self.token),
            ends: Ends::from_code(&self.ends),
            backup: BackupFilter::from_code(&self.backup),
        }
    }
}

/// Characters of a search.
const QUERY_MAX: usize = 254;

/// The list of clients.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<ListParams>,
) -> Result<Response, Failure> {
    let rows = params.rows.parse().ok();
    let after = params.after.as_deref();
    let filter = params.filter();
    let view = web.portal.clients(&actor, filter, rows, after).await?;
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
    fields: Fields,
) -> Result<Response, Failure> {
    mail(&web, &actor, id, &fields, Notice::LinkSent).await
}

/// *Resend*: earlier links end.
pub async fn resend(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
    fields: Fields,
) -> Result<Response, Failure> {
    mail(&web, &actor, id, &fields, Notice::LinkResent).await
}

async fn mail(
    web: &Web,
    actor: &StaffActor,
    id: Uuid,
    fields: &Fields,
    done: Notice,
) -> Result<Response, Failure> {
    let sent = web.portal.send_link(actor, id, kind(fields)?).await?;
    let notice = not_sent(&sent).unwrap_or(done);
    tell(web, actor, id, notice).await
}

/// What a link is for, as chosen in the form.
fn kind(fields: &Fields) -> Result<InvitationKind, Failure> {
    match fields.one("kind") {
        "" => Ok(InvitationKind::Connect),
        code => InvitationKind::from_code(code)
            .filter(|kind| *kind != InvitationKind::Upload)
            .ok_or(Failure::BadRequest),
    }
}

/// Why no link was made, if none was.
fn not_sent(sent: &Sent) -> Option<Notice> {
    match sent {
        Sent::Done(_) => None,
        Sent::TooManyMails => Some(Notice::TooManyMails),
        Sent::AlreadyConnected(_) => Some(Notice::AlreadyConnected),
        Sent::NothingToBackUp => Some(Notice::NothingToBackUp),
        Sent::BackupWaits => Some(Notice::BackupWaits),
    }
}

/// *Copy link*: mints one more, which the next page shows.
pub async fn copy(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
    fields: Fields,
) -> Result<Response, Failure> {
    let sent = web.portal.copy_link(&actor, id, kind(&fields)?).await?;
    let mut draft = Draft {
        notice: Some(not_sent(&sent).unwrap_or(Notice::LinkCopied)),
        ..Draft::default()
    };
    if let Sent::Done(minted) = sent {
        draft.minted_link = Some(minted.url.expose_secret().to_owned());
    }
    leave(&web, &actor, &routes::client(id), draft).await
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
