//! What handlers take from a request.

use app::routes;
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts, Path},
    http::{Method, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use uuid::Uuid;

use super::{Web, cookies, failure::Failure, layers::ClientAddr, page::see_other};
use crate::service::{
    Error,
    actor::{Origin, StaffActor},
    visits::Visitor,
};

/// Characters of a user agent that are kept.
const USER_AGENT_MAX: usize = 400;

/// Where the request came from.
pub struct From(pub Origin);

impl<S: Sync> FromRequestParts<S> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(origin(parts)))
    }
}

fn origin(parts: &Parts) -> Origin {
    let user_agent = parts
        .headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    Origin {
        address: parts.extensions.get::<ClientAddr>().map(|addr| addr.0),
        user_agent: user_agent.chars().take(USER_AGENT_MAX).collect(),
    }
}

/// The member of staff who asks. Whoever is not signed in is led to the sign-in and back.
pub struct Staff(pub StaffActor);

impl FromRequestParts<Web> for Staff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        match find_staff(parts, web).await {
            Ok(Some(actor)) => Ok(Self(actor)),
            Ok(None) => {
                // A form that was sent cannot be sent again after the sign-in: back to where it stood.
                let next = match parts.method {
                    Method::GET | Method::HEAD => parts.uri.path_and_query().map(|p| p.as_str()),
                    _ => None,
                };
                Err(see_other(&routes::sign_in(next)))
            }
            Err(error) => Err(Failure::Service(error).into_response()),
        }
    }
}

impl OptionalFromRequestParts<Web> for Staff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Option<Self>, Response> {
        find_staff(parts, web)
            .await
            .map(|actor| actor.map(Self))
            .map_err(|error| Failure::Service(error).into_response())
    }
}

async fn find_staff(parts: &Parts, web: &Web) -> Result<Option<StaffActor>, Error> {
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(secret) = cookies::read(web, &jar, cookies::Kind::Session) else {
        return Ok(None);
    };
    web.portal.authenticate(&secret, origin(parts)).await
}

/// The browser of a visit; `None` where it is not the one that began it.
pub struct Visit(pub Option<Visitor>);

impl FromRequestParts<Web> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let id = Id::from_request_parts(parts, web).await?.0;
        let jar = CookieJar::from_headers(&parts.headers);
        let browser = cookies::read(web, &jar, cookies::Kind::Browser);
        web.portal
            .visitor(id, browser.as_ref(), origin(parts))
            .await
            .map(Self)
            .map_err(|error| Failure::Service(error).into_response())
    }
}

/// The id in the path. What is no id is not found.
pub struct Id(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let path = <Path<Uuid> as FromRequestParts<S>>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id))
            .map_err(|_| Failure::Service(Error::NotFound).into_response())
    }
}

/// A form as pairs, since its fields may be repeated and carry ids in their names.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of these names and values.
    pub const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value of a field, or nothing.
    pub fn one(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// The fields whose names begin so, with their values.
    pub fn starting_with<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter(move |(field, _)| field.starts_with(prefix))
            .map(|(field, value)| (field.as_str(), value.as_str()))
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(field, _)| field == name)
            .map(|(_, value)| value.clone())
            .collect()
    }
}

impl<S: Send + Sync> axum::extract::FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Response> {
        let form: Result<axum::Form<Vec<(String, String)>>, _> =
            axum::Form::from_request(request, state).await;
        match form {
            Ok(axum::Form(pairs)) => Ok(Self(pairs)),
            Err(rejection) => {
                // A body that is too large is the layer's to tell.
                let response = rejection.into_response();
                if response.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                    return Err(response);
                }
                Err(Failure::BadRequest.into_response())
            }
        }
    }
}
