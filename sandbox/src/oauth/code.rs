//! An authorization code becomes a token, once: a person's short-lived one or a system user's.

use super::{check_secret, granted};
use crate::graph::{Answer, GraphCall, GraphError};
use crate::state::{Code, CodeFor, Data};
use crate::{Config, proof};

/// Redeems the call's code.
///
/// # Errors
/// The table of `meta.md` §2.1. A refused attempt does not spend the code. The text for a wrong
/// PKCE verifier is the sandbox's own: Meta's is not known.
pub fn redeem(data: &mut Data, config: &Config, call: &GraphCall) -> Answer {
    let redirect_uri = call
        .get("redirect_uri")
        .ok_or_else(|| GraphError::oauth(191, None, "Missing redirect_uri parameter."))?;
    check_secret(config, call)?;
    let given = call
        .get("code")
        .ok_or_else(|| GraphError::oauth(1, None, "Missing authorization code"))?;
    let now = data.clock.unix();
    let code = data
        .codes
        .get_mut(given)
        .ok_or_else(|| GraphError::code(None, "Invalid verification code format."))?;
    check(code, redirect_uri, call.get("code_verifier"), now)?;
    code.used = true;
    let (person, is_for, quirks) = (code.person.clone(), code.is_for, code.quirks.clone());
    let app = config.app_id.as_str();
    let token = match is_for {
        CodeFor::Person => data.issue_short(&person, app, quirks),
        CodeFor::Business { ends } => data.issue_delegated(app, &person, ends, quirks),
    };
    Ok(granted(&token.access_token, token.expires_at, now))
}

fn check(
    code: &Code,
    redirect_uri: &str,
    verifier: Option<&str>,
    now: i64,
) -> Result<(), GraphError> {
    if code.used {
        return Err(GraphError::code(
            Some(36009),
            "This authorization code has been used.",
        ));
    }
    if code.expires_at <= now {
        return Err(GraphError::code(
            Some(36007),
            "This authorization code has expired.",
        ));
    }
    if code.redirect_uri != redirect_uri {
        let message = "Error validating verification code. Please make sure your redirect_uri is \
                       identical to the one you used in the OAuth dialog request";
        return Err(GraphError::code(Some(36008), message));
    }
    match (code.challenge.as_deref(), verifier) {
        (Some(challenge), Some(verifier)) if proof::pkce_matches(challenge, verifier) => Ok(()),
        (Some(_), Some(_)) => Err(GraphError::code(None, "Invalid code_verifier parameter.")),
        (Some(_), None) => Err(GraphError::code(None, "Missing code_verifier parameter.")),
        (None, _) => Ok(()),
    }
}
