//! The evidence behind consents.

use app::{pages, routes};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Web, extract::Staff, failure::Failure, page};
use crate::service::Error;

/// Which part of the list of accounts is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct PageParams {
    page: Option<String>,
}

/// The evidence of a grant.
pub async fn grant(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(path): Path<(String, String)>,
    Query(params): Query<PageParams>,
) -> Result<Response, Failure> {
    let (client, grant) = ids(&path)?;
    let number = params.page.and_then(|page| page.parse().ok()).unwrap_or(1);
    let view = web.portal.grant_page(&actor, client, grant, number).await?;
    let path = routes::grant(client, grant);
    page::desk(&web, &actor, &path, None, |frame| {
        pages::admin::grant(frame, view)
    })
    .await
}

/// What Meta answered during a login that led to no grant.
pub async fn login(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(path): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (client, login) = ids(&path)?;
    let view = web.portal.login_page(&actor, client, login).await?;
    let path = routes::login(client, login);
    page::desk(&web, &actor, &path, None, |frame| {
        pages::admin::login(frame, view)
    })
    .await
}

/// What is no id is not found.
pub(super) fn ids((client, other): &(String, String)) -> Result<(Uuid, Uuid), Error> {
    let id = |text: &str| text.parse().map_err(|_| Error::NotFound);
    Ok((id(client)?, id(other)?))
}
