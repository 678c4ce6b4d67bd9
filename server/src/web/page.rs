//! From a view to a response.

use app::{
    model::{AgencyView, Frame, Notice, StaffView},
    render::{self, Page},
    text::Lang,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use super::{Web, failure::Failure, site::asset_paths};
use crate::{domain::role::Permission, service::actor::StaffActor};

/// Renders a page for a visitor who is nobody to us, or a client.
pub fn public(
    web: &Web,
    path: &str,
    agency: AgencyView,
    page: impl FnOnce(&Frame) -> Page,
) -> Response {
    public_with_notice(web, path, agency, None, page)
}

/// Renders a page for a visitor who is nobody to us, with what the last action led to.
pub fn public_with_notice(
    web: &Web,
    path: &str,
    agency: AgencyView,
    notice: Option<Notice>,
    page: impl FnOnce(&Frame) -> Page,
) -> Response {
    let frame = Frame {
        agency,
        staff: None,
        now: web.portal.now(),
        path: path.to_owned(),
        notice,
    };
    respond(web, &frame, page)
}

/// Renders a page of the desk.
pub async fn desk(
    web: &Web,
    actor: &StaffActor,
    path: &str,
    notice: Option<Notice>,
    page: impl FnOnce(&Frame) -> Page,
) -> Result<Response, Failure> {
    let frame = Frame {
        agency: web.portal.agency(actor.scope).await?,
        staff: Some(StaffView {
            id: actor.id,
            email: actor.email.clone(),
            role: actor.role,
            waiting: web.portal.waiting(actor).await?,
            needs: web.portal.count_needs(actor).await?,
            may_see_settings: actor.may(Permission::SeeTeam),
        }),
        now: web.portal.now(),
        path: path.to_owned(),
        notice,
    };
    Ok(respond(web, &frame, page))
}

fn respond(web: &Web, frame: &Frame, page: impl FnOnce(&Frame) -> Page) -> Response {
    let rendered = render::html(Lang::default(), frame, &asset_paths(), page);
    let csp = web.layers.page_csp(&rendered.nonce);
    let headers = [(header::CONTENT_SECURITY_POLICY, csp)];
    let mut response = (headers, Html(rendered.html)).into_response();
    if let Some(refresh) = rendered.refresh {
        let value = format!("{}; url={}", refresh.seconds, refresh.path);
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(header::REFRESH, value);
        }
    }
    response
}

/// After a form: the browser asks for the page that shows what became of it.
pub fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}
