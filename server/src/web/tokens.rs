//! What is done with a client's token at the desk.

use app::{model::Notice, routes};
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{Web, evidence::ids, extract::Staff, failure::Failure, queue::leave};
use crate::service::{drafts::Draft, validation::Asked};

/// *Validate token*.
pub async fn validate(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(path): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (client, token) = ids(&path)?;
    let notice = match web.portal.validate_token(&actor, client, token).await? {
        Asked::Told(status) => Notice::TokenChecked { status },
        Asked::Untold {
            class,
            last_known,
            validated_at,
        } => Notice::TokenNotChecked {
            class,
            last_known,
            validated_at,
        },
        Asked::TooMany => Notice::TooManyChecks,
    };
    leave(
        &web,
        &actor,
        &routes::client(client),
        Draft::telling(notice),
    )
    .await
}
