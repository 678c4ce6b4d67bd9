//! What went wrong, as a page in words.

use app::{model::FailureView, pages, routes};
use axum::{
    extract::{Extension, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;

use super::{
    Web, cookies,
    layers::{Refusal, RequestId},
    page::{self, see_other},
};
use crate::service::{Error, actor::Origin};

/// A request that came to nothing.
#[derive(Debug)]
pub enum Failure {
    Service(Error),
    /// A form or a query that none of our pages sends.
    BadRequest,
    /// A one-time sign-in link that was used or is over.
    SignInLinkEnded,
    /// What was asked wants a fresh sign-in; then on to this page.
    SignInAgain(String),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Service(error.into())
    }
}

impl Failure {
    /// What a use case failed with; where it only wants a fresh sign-in, that leads back to `back`.
    pub fn or_sign_in_again(error: Error, back: &str) -> Self {
        match error {
            Error::StaleSignIn => Self::SignInAgain(back.to_owned()),
            other => Self::Service(other),
        }
    }

    fn view(&self) -> (StatusCode, FailureView) {
        match self {
            Self::BadRequest => (StatusCode::BAD_REQUEST, FailureView::BadRequest),
            Self::SignInLinkEnded => (StatusCode::GONE, FailureView::SignInLinkEnded),
            Self::SignInAgain(_) => (StatusCode::FORBIDDEN, FailureView::Forbidden),
            Self::Service(error) => match error {
                Error::NotFound => (StatusCode::NOT_FOUND, FailureView::NotFound),
                Error::StaleSignIn | Error::Forbidden => {
                    (StatusCode::FORBIDDEN, FailureView::Forbidden)
                }
                Error::TooMany(retry_after_seconds) => (
                    StatusCode::TOO_MANY_REQUESTS,
                    FailureView::TooManyRequests {
                        retry_after_seconds: *retry_after_seconds,
                    },
                ),
                Error::Conflict | Error::Refused(_) => {
                    (StatusCode::CONFLICT, FailureView::BadRequest)
                }
                Error::Database(_) | Error::NoMetaApp | Error::Later(_) => {
                    (StatusCode::SERVICE_UNAVAILABLE, FailureView::Unavailable)
                }
                Error::Seal(_) | Error::Internal(_) => (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    FailureView::Internal {
                        request_id: String::new(),
                    },
                ),
            },
        }
    }
}

/// The failure waits in the response until the layer that knows the page's surroundings renders it.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::SignInAgain(back) = &self {
            return see_other(&routes::sign_in_again(back));
        }
        let (status, view) = self.view();
        if let Self::Service(error) = &self
            && status.is_server_error()
        {
            tracing::error!(%error, source = ?std::error::Error::source(error).map(ToString::to_string), "a request failed");
        }
        let mut response = status.into_response();
        if let Self::Service(Error::TooMany(seconds)) = self {
            response
                .headers_mut()
                .insert(axum::http::header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(view);
        response
    }
}

/// Renders the failures of handlers.
pub async fn show(
    State(web): State<Web>,
    id: Option<Extension<RequestId>>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let jar = CookieJar::from_headers(request.headers());
    let response = next.run(request).await;
    let Some(mut view) = response.extensions().get::<FailureView>().cloned() else {
        return response;
    };
    if let FailureView::Internal { request_id } = &mut view {
        *request_id = id.map(|Extension(id)| id.0).unwrap_or_default();
    }
    let mut shown = match at_desk(&web, &path, &jar, &view).await {
        Some(shown) => shown,
        None => page::public(&web, &path, web.portal.last_face(), |frame| {
            pages::admin::failure(frame, view)
        }),
    };
    *shown.status_mut() = response.status();
    if let Some(seconds) = response.headers().get(axum::http::header::RETRY_AFTER) {
        shown
            .headers_mut()
            .insert(axum::http::header::RETRY_AFTER, seconds.clone());
    }
    shown
}

/// The failure inside the desk, for staff who are signed in and lost their way there. Nothing where
/// that cannot be told just now: the page without the desk says it too.
async fn at_desk(web: &Web, path: &str, jar: &CookieJar, view: &FailureView) -> Option<Response> {
    if !path.starts_with(routes::pattern::ADMIN) {
        return None;
    }
    let secret = cookies::read(web, jar, cookies::Kind::Session)?;
    let actor = web
        .portal
        .authenticate(&secret, Origin::default())
        .await
        .ok()??;
    let view = view.clone();
    let shown = page::desk(web, &actor, path, None, |frame| {
        pages::admin::failure(frame, view)
    });
    shown.await.ok()
}

/// The page of what a layer refused.
pub fn of_layer(web: &Web, refusal: Refusal, request_id: &str) -> Response {
    let view = match refusal {
        Refusal::CrossSite => FailureView::CrossSite,
        Refusal::TooMany { retry_after } => FailureView::TooManyRequests {
            retry_after_seconds: retry_after,
        },
        Refusal::TooLarge => FailureView::TooLarge,
        Refusal::Timeout => FailureView::Unavailable,
        Refusal::Panic => FailureView::Internal {
            request_id: request_id.to_owned(),
        },
    };
    page::public(web, "", web.portal.last_face(), |frame| {
        pages::admin::failure(frame, view)
    })
}

/// Whatever has no route, or not with this method.
pub async fn not_found() -> Failure {
    Failure::Service(Error::NotFound)
}
