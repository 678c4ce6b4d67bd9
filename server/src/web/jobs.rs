//! Jobs that were given up.

use app::{model::Notice, pages, routes::pattern};
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
    queue::{kept, leave},
};
use crate::service::{actor::StaffActor, drafts::Draft};

/// Which part of the list is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    after: Option<String>,
    draft: Option<Uuid>,
}

/// What was given up, the last first.
pub async fn list(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<ListParams>,
) -> Result<Response, Failure> {
    let draft = kept(&web, &actor, params.draft).await?;
    let view = web.portal.given_up(&actor, params.after.as_deref()).await?;
    page::desk(&web, &actor, pattern::JOBS, draft.notice, |frame| {
        pages::admin::jobs(frame, &view)
    })
    .await
}

/// *Run again*.
pub async fn run_again(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> Result<Response, Failure> {
    let notice = web.portal.run_job_again(&actor, id).await?;
    back(&web, &actor, notice).await
}

/// *Run all again*.
pub async fn run_all_again(
    State(web): State<Web>,
    Staff(actor): Staff,
) -> Result<Response, Failure> {
    let notice = web.portal.run_jobs_again(&actor).await?;
    back(&web, &actor, notice).await
}

/// *Dismiss*.
pub async fn dismiss(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> Result<Response, Failure> {
    let notice = web.portal.dismiss_job(&actor, id).await?;
    back(&web, &actor, notice).await
}

async fn back(web: &Web, actor: &StaffActor, notice: Notice) -> Result<Response, Failure> {
    leave(web, actor, pattern::JOBS, Draft::telling(notice)).await
}
