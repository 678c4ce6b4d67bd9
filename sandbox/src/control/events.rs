//! `POST /_control/events` and `/_control/permissions`: what happens to people and their tokens at Meta.

use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;

use super::{Controlled, Wrong, done, read};
use crate::state::{Event, SandboxState, Target};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Happening {
    event: Event,
    person: Option<String>,
    token: Option<String>,
}

/// Lets an event happen to all of a person's tokens or to one token.
pub async fn happen(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let happening: Happening = read(&body)?;
    let target = match (happening.person, happening.token) {
        (Some(person), None) => Target::Person(person),
        (None, Some(token)) => Target::Token(token),
        _ => return Err(Wrong::new("say one of person, token")),
    };
    state.event(happening.event, &target)?;
    Ok(done())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revocation {
    person: String,
    revoke: String,
}

/// The person takes one permission back, in their settings at Meta.
pub async fn revoke(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let revocation: Revocation = read(&body)?;
    state.revoke_permission(&revocation.person, &revocation.revoke)?;
    Ok(done())
}
