//! Guided links.

use app::{model::EndedLinkView, pages, routes};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;

use super::{Web, cookies, extract::From, failure::Failure, limit, page};
use crate::service::invitations::Opened;

/// What the openings of an address are counted as.
const LINK_PAGE: &str = "link-page";

/// The page behind a link. However often it is opened, nothing changes but a counter.
pub async fn show(
    State(web): State<Web>,
    Path(secret): Path<String>,
    From(origin): From,
) -> Result<Response, Failure> {
    limit(&web, &origin, LINK_PAGE).await?;
    let (opened, agency) = web
        .portal
        .open_invitation(&secret, &origin.user_agent)
        .await?;
    let path = routes::invitation("");
    Ok(match opened {
        Opened::Live(view) => page::public(&web, &path, agency, |frame| {
            pages::client::invitation(frame, view)
        }),
        Opened::Ended(view) => {
            let status = match view {
                EndedLinkView::Unknown => StatusCode::NOT_FOUND,
                EndedLinkView::Expired { .. } | EndedLinkView::Revoked => StatusCode::GONE,
                EndedLinkView::FreshAsked | EndedLinkView::Spent { .. } => StatusCode::OK,
            };
            let shown = page::public(&web, &path, agency, |frame| {
                pages::client::ended_link(frame, view)
            });
            (status, shown).into_response()
        }
    })
}

/// *Continue with Facebook*: binds this browser and leads to the dialog.
pub async fn start(
    State(web): State<Web>,
    Path(secret): Path<String>,
    jar: CookieJar,
    From(origin): From,
) -> Result<Response, Failure> {
    limit(&web, &origin, LINK_PAGE).await?;
    let browser = cookies::read(&web, &jar, cookies::Kind::Browser);
    let Some(started) = web.portal.start_visit(&secret, browser, origin).await? else {
        // The link has ended since the page was opened: its own page says how.
        return Ok(page::see_other(&routes::invitation(&secret)));
    };
    let jar = cookies::set(&web, jar, cookies::Kind::Browser, &started.browser);
    Ok((jar, page::see_other(started.dialog.as_str())).into_response())
}

/// Mails a fresh link in place of an expired one. The answer tells nothing about addresses or limits.
pub async fn ask_fresh(
    State(web): State<Web>,
    Path(secret): Path<String>,
    From(origin): From,
) -> Result<Response, Failure> {
    limit(&web, &origin, LINK_PAGE).await?;
    web.portal.ask_fresh_link(&secret, origin).await?;
    let (_, agency) = web.portal.first_agency().await?;
    Ok(page::public(
        &web,
        &routes::invitation(""),
        agency,
        |frame| pages::client::ended_link(frame, EndedLinkView::FreshAsked),
    ))
}
