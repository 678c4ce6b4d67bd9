//! The outbox.

use app::{
    model::{MailFilter, Notice},
    pages, routes,
    routes::pattern,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Web,
    extract::{Id, Staff},
    failure::Failure,
    page,
    queue::{DraftParam, kept, leave},
};
use crate::service::{drafts::Draft, test_mail::TestMail};

/// Which part of the list is looked at. What no page of ours says narrows nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    state: String,
    after: Option<String>,
    draft: Option<Uuid>,
}

/// Mails, newest first.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<ListParams>,
) -> Result<Response, Failure> {
    let draft = kept(&web, &actor, params.draft).await?;
    let filter = MailFilter::from_code(&params.state);
    let after = params.after.as_deref();
    let view = web.portal.outbox(&actor, filter, after).await?;
    page::desk(&web, &actor, pattern::OUTBOX, draft.notice, |frame| {
        pages::admin::outbox(frame, view)
    })
    .await
}

/// *Send a test mail*, to oneself: on to the mail, or to the list of those that were sent.
pub async fn send_test(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, Failure> {
    match web.portal.send_test_mail(&actor).await? {
        TestMail::Queued(id) => {
            let draft = Draft::telling(Notice::TestMailQueued);
            leave(&web, &actor, &routes::mail(id), draft).await
        }
        TestMail::TooMany => {
            let draft = Draft::telling(Notice::TooManyTestMails);
            leave(&web, &actor, pattern::OUTBOX, draft).await
        }
    }
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
