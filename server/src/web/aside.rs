//! Beside a visit: a link for somebody else, and a word to the agency.

use app::{
    model::{Notice, StopReason},
    pages, routes,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::{
    Web,
    extract::Visit,
    failure::Failure,
    page::{self, see_other},
    queue::DraftParam,
};
use crate::service::{Error, drafts::Draft, visits::Visitor};

/// *Pass this on*: what it means, and the link that was just made.
pub async fn show_pass_on(
    State(web): State<Web>,
    Visit(visitor): Visit,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(unknown_browser());
    };
    let draft = kept(&web, &visitor, params.draft).await?;
    let Some(view) = web.portal.pass_on_view(&visitor, draft.minted_link).await? else {
        return Ok(see_other(&routes::visit(visitor.visit.id)));
    };
    let agency = web.portal.visit_agency(&visitor).await?;
    Ok(page::public(&web, "/connect", agency, |frame| {
        pages::client::pass_on(frame, view)
    }))
}

/// Makes a link to pass on, which the next page shows.
pub async fn pass_on(State(web): State<Web>, Visit(visitor): Visit) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(unknown_browser());
    };
    let path = routes::visit_pass_on(visitor.visit.id);
    let Some(link) = web.portal.pass_on(&visitor).await? else {
        // It has ended meanwhile: the page says so.
        return Ok(see_other(&path));
    };
    let draft = Draft {
        minted_link: Some(link.expose_secret().to_owned()),
        ..Draft::default()
    };
    leave(&web, &visitor, &path, &draft).await
}

/// *Ask for help*: what will be told.
pub async fn show_help(State(web): State<Web>, Visit(visitor): Visit) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(unknown_browser());
    };
    let Some(view) = web.portal.help_view(&visitor).await? else {
        return Ok(see_other(&routes::visit(visitor.visit.id)));
    };
    let agency = web.portal.visit_agency(&visitor).await?;
    Ok(page::public(&web, "/connect", agency, |frame| {
        pages::client::help(frame, view)
    }))
}

/// Tells the agency, and goes back to where the visit stands.
pub async fn ask_help(State(web): State<Web>, Visit(visitor): Visit) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(unknown_browser());
    };
    let path = routes::visit(visitor.visit.id);
    if !web.portal.ask_for_help(&visitor).await? {
        return Ok(see_other(&path));
    }
    let draft = Draft::telling(Notice::HelpAsked);
    leave(&web, &visitor, &path, &draft).await
}

fn unknown_browser() -> Response {
    see_other(&routes::stopped(StopReason::OtherBrowser))
}

/// What the last form of this browser left behind.
pub(super) async fn kept(web: &Web, visitor: &Visitor, id: Option<Uuid>) -> Result<Draft, Error> {
    let draft = match id {
        Some(id) => web.portal.draft(id, &owner(visitor)?).await?,
        None => None,
    };
    Ok(draft.unwrap_or_default())
}

async fn leave(
    web: &Web,
    visitor: &Visitor,
    path: &str,
    draft: &Draft,
) -> Result<Response, Failure> {
    let id = web.portal.keep_draft(&owner(visitor)?, draft).await?;
    Ok(see_other(&format!("{path}?draft={id}")))
}

/// A draft belongs to the browser of the visit.
fn owner(visitor: &Visitor) -> Result<[u8; 32], Error> {
    let hash = visitor.visit.browser_hash.as_slice();
    hash.try_into().map_err(Error::internal)
}
