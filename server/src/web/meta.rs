//! What Meta's own programs ask for: that a person left, wants their data deleted, or changed their permissions. Each
//! call stands on its signature; a browser's cookies and origins have no part in it. And the page on which a person
//! follows the deletion of their data.

use app::{pages, routes};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use secrecy::SecretString;
use serde_json::json;

use super::{Web, extract::From, failure::Failure, limit, page};
use crate::service::meta_events::{Refused, Subscription, WebhookRefused};

/// The header with Meta's signature over a webhook.
const SIGNATURE: &str = "x-hub-signature-256";
/// What the openings of an address are counted as.
const DELETION_PAGE: &str = "deletion-page";

/// Whether something answers here: Meta's dashboard looks, and so does whoever enters the address there.
pub async fn probe() -> StatusCode {
    StatusCode::OK
}

/// A person removed the app.
pub async fn deauthorize(State(web): State<Web>, body: Bytes) -> Result<Response, Failure> {
    let signed = signed_request(&body);
    Ok(match web.portal.receive_deauthorization(&signed).await? {
        Ok(()) => StatusCode::OK.into_response(),
        Err(refused) => refusal(refused),
    })
}

/// A person wants their data deleted. Meta shows them what we answer.
pub async fn data_deletion(State(web): State<Web>, body: Bytes) -> Result<Response, Failure> {
    let signed = signed_request(&body);
    Ok(match web.portal.receive_deletion(&signed).await? {
        Ok(promise) => Json(json!({
            "url": promise.url,
            "confirmation_code": promise.confirmation_code,
        }))
        .into_response(),
        Err(refused) => refusal(refused),
    })
}

/// Somebody subscribes to the webhook in Meta's dashboard: only whoever knows the verify token gets the challenge.
pub async fn subscribe(State(web): State<Web>, RawQuery(query): RawQuery) -> Response {
    let mut asked = Subscription::default();
    for (key, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match key.as_ref() {
            "hub.mode" => asked.mode = value.into_owned(),
            "hub.challenge" => asked.challenge = value.into_owned(),
            "hub.verify_token" => asked.verify_token = SecretString::from(value.into_owned()),
            _ => {}
        }
    }
    match web.portal.answer_subscription(&asked) {
        Some(challenge) => challenge.to_owned().into_response(),
        None => refuse(
            StatusCode::FORBIDDEN,
            "the verify token does not fit".to_owned(),
        ),
    }
}

/// People changed what they permit.
pub async fn webhook(
    State(web): State<Web>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let signature = { headers.get(SIGNATURE) }
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    Ok(match web.portal.receive_webhook(signature, &body).await? {
        Ok(()) => StatusCode::OK.into_response(),
        Err(refused @ WebhookRefused::WrongSignature) => {
            refuse(StatusCode::FORBIDDEN, refused.to_string())
        }
        Err(refused @ WebhookRefused::Unreadable) => {
            refuse(StatusCode::BAD_REQUEST, refused.to_string())
        }
    })
}

/// How far the deletion of a person's data is.
pub async fn deletion(
    State(web): State<Web>,
    Path(code): Path<String>,
    From(origin): From,
) -> Result<Response, Failure> {
    limit(&web, &origin, DELETION_PAGE).await?;
    let found = web.portal.deletion(&code).await?;
    let (_, agency) = web.portal.first_agency().await?;
    let path = routes::deletion("");
    Ok(match found {
        Some(view) => page::public(&web, &path, agency, |frame| {
            pages::client::deletion(frame, view, &code)
        }),
        None => {
            let shown = page::public(&web, &path, agency, pages::client::deletion_unknown);
            (StatusCode::NOT_FOUND, shown).into_response()
        }
    })
}

/// The field of a form that Meta posts. Nothing where it is not there, which is no signed request.
fn signed_request(body: &[u8]) -> String {
    { url::form_urlencoded::parse(body) }
        .find(|(key, _)| key == "signed_request")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn refusal(refused: Refused) -> Response {
    let status = match refused {
        Refused::WrongSignature => StatusCode::FORBIDDEN,
        Refused::TooLong | Refused::Malformed | Refused::WrongAlgorithm | Refused::Unreadable => {
            StatusCode::BAD_REQUEST
        }
    };
    refuse(status, refused.to_string())
}

/// In words for whoever looks into Meta's log or ours: an app secret that is another one shows here first.
fn refuse(status: StatusCode, why: String) -> Response {
    tracing::warn!(why, "a call in Meta's name was refused");
    metrics::counter!("portico_meta_events_total", "kind" => "refused").increment(1);
    (status, why).into_response()
}
