//! Health: what needs a person, and the state of everything.

use app::{
    model::{AnswerClass, Days},
    pages,
    routes::pattern,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

use super::{Web, extract::Staff, failure::Failure, page};

/// The page of health.
pub async fn show(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, Failure> {
    let view = web.portal.health(&actor).await?;
    page::desk(&web, &actor, pattern::HEALTH, None, |frame| {
        pages::admin::health(frame, view)
    })
    .await
}

/// Which part of the list is looked at. What no page of ours says narrows nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    class: String,
    day: String,
    after: String,
}

/// Validations that said the same.
pub async fn validations(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<ListParams>,
) -> Result<Response, Failure> {
    let class = AnswerClass::from_code(&params.class).unwrap_or(AnswerClass::None);
    let day = params.day.parse().ok().filter(|day| Days::is_ours(*day));
    let after = params.after.parse().ok();
    let view = web.portal.validations(&actor, class, day, after).await?;
    page::desk(&web, &actor, pattern::VALIDATIONS, None, |frame| {
        pages::admin::validations(frame, view)
    })
    .await
}
