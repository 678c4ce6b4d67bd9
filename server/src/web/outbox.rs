//! The outbox.

use app::{model::Notice, pages, routes, routes::pattern};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

use super::{
    Web,
    extract::{Id, Staff},
    failure::Failure,
    page,
    queue::{DraftParam, kept, leave},
};
use crate::service::drafts::Draft;

/// Where the page of the list begins.
#[derive(Debug, Default, Deserialize)]
pub struct ListParams {
    after: Option<String>,
}

/// Mails, newest first.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<ListParams>,
) -> Result<Response, Failure> {
    let view = web.portal.outbox(&actor, params.after.as_deref()).await?;
    page::desk(&web, &actor, pattern::OUTBOX, None, |frame| {
        pages::admin::outbox(frame, view)
    })
    .await
}

/// One mail.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    let draft = kept(&web, &actor, params.draft).await?;
    let view = web.portal.mail(&actor, id).await?;
    page::desk(&web, &actor, &routes::mail(id), draft.notice, |frame| {
        pages::admin::mail(frame, view)
    })
    .await
}

/// Sends a mail again.
pub async fn send_again(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> Result<Response, Failure> {
    web.portal.send_mail_again(&actor, id).await?;
    let draft = Draft::telling(Notice::MailQueuedAgain);
    leave(&web, &actor, &routes::mail(id), draft).await
}
