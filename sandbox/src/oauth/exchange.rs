//! `grant_type=fb_exchange_token`: a living token becomes a long-lived one.

use super::{check_secret, granted};
use crate::Config;
use crate::graph::{Answer, GraphCall, GraphError, living};
use crate::state::Data;

/// Extends a token to 60 days from now. No age is asked of it (that rule is unconfirmed), and
/// data access stays as the last login set it.
///
/// # Errors
/// Those of a client that is not the app; 190 if the token is not good; 1 if it is missing.
pub fn extend(data: &mut Data, config: &Config, call: &GraphCall) -> Answer {
    check_secret(config, call)?;
    let given = call
        .get("fb_exchange_token")
        .ok_or_else(|| GraphError::oauth(1, None, "fb_exchange_token parameter not specified"))?;
    let token = living(data, config, given)?;
    if token.app_id != config.app_id {
        let message =
            "Error validating access token: The session was issued to another application.";
        return Err(GraphError::token(None, message));
    }
    let long = data.issue_long(&token);
    Ok(granted(
        &long.access_token,
        long.expires_at,
        data.clock.unix(),
    ))
}
