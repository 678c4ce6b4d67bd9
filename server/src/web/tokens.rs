//! What is done with a client's tokens at the desk.

use app::{model::Notice, routes};
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    Web,
    evidence::ids,
    extract::{Id, Staff},
    failure::Failure,
    queue::leave,
};
use crate::service::{drafts::Draft, validation::Asked};

/// *Validate token*.
pub async fn validate(
    State(web): State<Web>,
    Staff(actor): Staff,
    Path(path): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (client, token) = ids(&path)?;
    let asked = web.portal.validate_token(&actor, client, token).await?;
    let draft = Draft::telling(notice(asked));
    leave(&web, &actor, &routes::client(client), draft).await
}

/// *Test connection*.
pub async fn test(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(client): Id,
) -> Result<Response, Failure> {
    let notice = match web.portal.test_connection(&actor, client).await? {
        Ok(reached) => Notice::ConnectionTested {
            chosen: reached.chosen,
            answered: reached.answered,
            lost: reached.lost,
        },
        Err(asked) => notice(asked),
    };
    leave(
        &web,
        &actor,
        &routes::client(client),
        Draft::telling(notice),
    )
    .await
}

fn notice(asked: Asked) -> Notice {
    match asked {
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
    }
}
