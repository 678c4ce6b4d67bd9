//! `grant_type=fb_exchange_token`: a living token becomes a long-lived one.

use super::{check_secret, granted};
use crate::Config;
use crate::graph::{Answer, GraphCall, GraphError, living};
use crate::state::{Data, TokenKind};

/// Extends a token to 60 days from now. No age is asked of it (that rule is unconfirmed), and
/// data access stays as the last login set it.
///
/// A system user's token that ends wants `set_token_expires_in_60_days`, as documented. One
/// without an end may be exchanged too (Meta's answer is not known): for another without an end,
/// or with that parameter for one of 60 days. The old one lives on in every case.
///
/// # Errors
/// Those of a client that is not the app; 190 if the token is not good; 1 if it is missing; 100
/// without the parameter that a system user's token wants.
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
    let ends = call.is_true("set_token_expires_in_60_days");
    if token.kind == TokenKind::SystemUser && token.expires_at != 0 && !ends {
        let message = "The parameter set_token_expires_in_60_days is required";
        return Err(GraphError::bad_parameter(message));
    }
    let long = data.issue_long(&token, ends);
    Ok(granted(
        &long.access_token,
        long.expires_at,
        data.clock.unix(),
    ))
}
