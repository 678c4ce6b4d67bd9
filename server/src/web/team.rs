//! Who works here.

use app::{model::Notice, pages, routes::pattern};
use axum::{
    extract::{Query, State},
    response::Response,
};

use super::{
    Web,
    extract::{Fields, Id, Staff},
    failure::Failure,
    page,
    queue::{DraftParam, kept, leave},
};
use crate::service::{Result, actor::StaffActor, drafts::Draft};

/// Everybody, with their sessions.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DraftParam>,
) -> std::result::Result<Response, Failure> {
    let draft = kept(&web, &actor, params.draft).await?;
    let view = web.portal.team(&actor).await?;
    page::desk(&web, &actor, pattern::TEAM, draft.notice, |frame| {
        pages::admin::team(frame, view)
    })
    .await
}

/// Requires a second factor of everybody, or no longer.
pub async fn require_second_factor(
    State(web): State<Web>,
    Staff(actor): Staff,
    fields: Fields,
) -> std::result::Result<Response, Failure> {
    let (is_required, notice) = match fields.one("required") {
        "yes" => (true, Notice::SecondFactorRequired),
        "no" => (false, Notice::SecondFactorOptional),
        _ => return Err(Failure::BadRequest),
    };
    let done = web.portal.require_second_factor(&actor, is_required).await;
    tell(&web, &actor, done, notice).await
}

/// *Sign out there*: anybody's session.
pub async fn end_session(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> std::result::Result<Response, Failure> {
    let done = web.portal.end_session(&actor, id).await;
    tell(&web, &actor, done, Notice::SessionEnded).await
}

/// *Disable*.
pub async fn disable(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> std::result::Result<Response, Failure> {
    let done = web.portal.disable_staff(&actor, id).await;
    tell(&web, &actor, done, Notice::PersonDisabled).await
}

/// *Let in again*.
pub async fn enable(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> std::result::Result<Response, Failure> {
    let done = web.portal.enable_staff(&actor, id).await;
    tell(&web, &actor, done, Notice::PersonEnabled).await
}

/// *Reset second factor*.
pub async fn reset_second_factor(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> std::result::Result<Response, Failure> {
    let done = web.portal.reset_second_factor(&actor, id).await;
    tell(&web, &actor, done, Notice::SecondFactorReset).await
}

async fn tell(
    web: &Web,
    actor: &StaffActor,
    done: Result<()>,
    notice: Notice,
) -> std::result::Result<Response, Failure> {
    done.map_err(|error| Failure::or_sign_in_again(error, pattern::TEAM))?;
    leave(web, actor, pattern::TEAM, Draft::telling(notice)).await
}
