//! Who is calling: an app by its own token, or a person by theirs; alive, and with proof.

use super::{GraphCall, GraphError};
use crate::clock::pacific;
use crate::state::{Data, Token, TokenEnd};
use crate::{Config, proof};

/// The bearer of a call's access token.
pub enum Caller {
    App,
    User(Box<Token>),
}

/// Finds out who calls.
///
/// # Errors
/// 190 for a token that is not good, `GraphMethodException` 100 for a proof that is not.
/// `Ok(None)`: there is no token at all.
pub fn caller(
    data: &Data,
    config: &Config,
    call: &GraphCall,
) -> Result<Option<Caller>, GraphError> {
    let Some(access_token) = call.access_token() else {
        return Ok(None);
    };
    if app_of(config, access_token)? {
        check_proof(config, call, access_token, false)?;
        return Ok(Some(Caller::App));
    }
    let token = living(data, config, access_token)?;
    check_proof(config, call, access_token, data.require_proof)?;
    Ok(Some(Caller::User(Box::new(token))))
}

/// The user's token of a call on that person's data.
///
/// # Errors
/// As [`caller`]; 2500 if there is no user; 190/493 if data access is over.
pub fn user_token(data: &Data, config: &Config, call: &GraphCall) -> Result<Token, GraphError> {
    let Some(Caller::User(token)) = caller(data, config, call)? else {
        let about_me = call.segments.first().is_some_and(|first| first == "me");
        let error = if about_me {
            GraphError::no_current_user()
        } else {
            GraphError::no_token()
        };
        return Err(error);
    };
    if token.is_data_access_over(data.clock.unix()) {
        let message = "The access token is invalid since the user hasn't engaged the app in longer than 90 days.";
        return Err(GraphError::token(Some(493), message));
    }
    Ok(*token)
}

/// Whether a token is this app's own, `id|secret`.
///
/// # Errors
/// 190 if it has that form but is not good.
pub fn app_of(config: &Config, access_token: &str) -> Result<bool, GraphError> {
    let Some((id, secret)) = access_token.split_once('|') else {
        return Ok(false);
    };
    if id != config.app_id {
        let message =
            "Error validating application. Cannot get application info due to a system error.";
        return Err(GraphError::token(None, message));
    }
    if !proof::same(secret, &config.app_secret) {
        return Err(GraphError::token(
            None,
            "Invalid OAuth access token signature.",
        ));
    }
    Ok(true)
}

/// The token of this string, if it is one and still good.
pub fn living(data: &Data, config: &Config, access_token: &str) -> Result<Token, GraphError> {
    let token = data
        .token(access_token)
        .ok_or_else(|| unknown(access_token))?;
    match trouble(data, config, token) {
        Some(error) => Err(error),
        None => Ok(token.clone()),
    }
}

/// What Meta says of a string that is no token of its own.
pub fn unknown(access_token: &str) -> GraphError {
    let message = if access_token.starts_with("EAA") {
        "The access token could not be decrypted"
    } else {
        "Invalid OAuth access token - Cannot parse access token"
    };
    GraphError::token(None, message)
}

/// Why a token is not good, if so. An end that cannot be undone counts before a lock, and a lock
/// before its time being up.
pub fn trouble(data: &Data, config: &Config, token: &Token) -> Option<GraphError> {
    let now = data.clock.unix();
    if let Some(end) = token.end {
        let (subcode, message) = ended(end, &config.app_id);
        return Some(GraphError::token(Some(subcode), message));
    }
    if data.blocked.contains(&token.person) {
        let message = "Error validating access token: You cannot access the app till you log in \
                       to www.facebook.com and follow the instructions given.";
        return Some(GraphError::token(Some(459), message));
    }
    token.is_expired(now).then(|| {
        let (end, now) = (pacific(token.expires_at), pacific(now));
        let message = format!(
            "Error validating access token: Session has expired on {end}. The current time is {now}."
        );
        GraphError::token(Some(463), message)
    })
}

fn ended(end: TokenEnd, app_id: &str) -> (i64, String) {
    let (subcode, text) = match end {
        TokenEnd::AppRemoved => (
            458,
            format!("The user has not authorized application {app_id}."),
        ),
        TokenEnd::PasswordChanged => (
            460,
            "The session has been invalidated because the user changed their password or Facebook \
             has changed the session for security reasons."
                .to_owned(),
        ),
        TokenEnd::Invalidated => (
            466,
            "The session was invalidated explicitly using an API call.".to_owned(),
        ),
        TokenEnd::LoggedOut => (
            467,
            "The session is invalid because the user logged out.".to_owned(),
        ),
    };
    (subcode, format!("Error validating access token: {text}"))
}

/// A proof that is sent must be right, even where none is needed.
fn check_proof(
    config: &Config,
    call: &GraphCall,
    access_token: &str,
    required: bool,
) -> Result<(), GraphError> {
    let right = proof::app_secret_proof(&config.app_secret, access_token);
    match call.get("appsecret_proof") {
        Some(given) if proof::same(given, &right) => Ok(()),
        Some(_) => Err(GraphError::proof_wrong()),
        None if required => Err(GraphError::proof_missing()),
        None => Ok(()),
    }
}
