//! `/oauth/revoke`: the app ends one token (`meta.md` §10).

use serde_json::json;

use super::{check_client_id, check_secret};
use crate::Config;
use crate::graph::{Answer, Caller, GraphCall, GraphError, caller};
use crate::state::{Data, Event, Target};

/// Ends `revoke_token` at once. Who asks shows the app's own token or any good one of its
/// people's, also the one that is to end.
///
/// # Errors
/// Those of a client that is not the app and of a token that is not good; 100 if the token to end
/// is not there or another app's.
pub(crate) fn revoke(data: &mut Data, config: &Config, call: &GraphCall) -> Answer {
    check_client_id(config, call)?;
    check_secret(config, call)?;
    match caller(data, config, call)? {
        Some(Caller::App) => {}
        Some(Caller::User(token)) if token.app_id == config.app_id => {}
        Some(Caller::User(_)) => return Err(unknown()),
        None => return Err(GraphError::no_token()),
    }
    let given = call
        .get("revoke_token")
        .ok_or_else(|| GraphError::bad_parameter("The parameter revoke_token is required"))?;
    let token = data.token(given).ok_or_else(unknown)?;
    if token.app_id != config.app_id {
        return Err(unknown());
    }
    let target = Target::Token(given.to_owned());
    data.happen(Event::Invalidate, &target)
        .map_err(|_| unknown())?;
    // A string, not a boolean: so it is documented.
    Ok(json!({ "success": "true" }))
}

fn unknown() -> GraphError {
    GraphError::bad_parameter("The token to revoke is not a token of this app")
}
