//! Tokens at Meta: `/oauth/access_token` in its three ways, and `/debug_token`.

mod code;
mod debug;
mod exchange;
mod revoke;

pub(crate) use debug::debug_token;
pub(crate) use revoke::revoke;

use serde_json::{Value, json};

use crate::graph::{Answer, Grant, GraphCall, GraphError};
use crate::state::Data;
use crate::{Config, proof};

/// `/oauth/access_token`, whose errors are permanent whatever their code (`meta.md` §2.1).
pub(crate) fn access_token(
    data: &mut Data,
    config: &Config,
    call: &GraphCall,
    grant: Grant,
) -> Answer {
    check_client_id(config, call)?;
    match grant {
        Grant::Code => code::redeem(data, config, call),
        Grant::Exchange => exchange::extend(data, config, call),
        Grant::ClientCredentials => app_token(config, call),
        Grant::Other => Err(GraphError::oauth(1, None, "Invalid grant_type parameter.")),
    }
}

fn app_token(config: &Config, call: &GraphCall) -> Answer {
    check_secret(config, call)?;
    let access_token = format!("{}|{}", config.app_id, config.app_secret);
    Ok(json!({ "access_token": access_token, "token_type": "bearer" }))
}

fn check_client_id(config: &Config, call: &GraphCall) -> Result<(), GraphError> {
    match call.get("client_id") {
        Some(id) if id == config.app_id => Ok(()),
        Some(_) => {
            let message = "Error validating application. Invalid application ID.";
            Err(GraphError::oauth(101, None, message))
        }
        None => Err(GraphError::oauth(101, None, "Missing client_id parameter.")),
    }
}

fn check_secret(config: &Config, call: &GraphCall) -> Result<(), GraphError> {
    match call.get("client_secret") {
        Some(secret) if proof::same(secret, &config.app_secret) => Ok(()),
        _ => Err(GraphError::oauth(
            1,
            None,
            "Error validating client secret.",
        )),
    }
}

/// The answer to an exchange; `expires_in` is absent when the token never ends.
fn granted(access_token: &str, expires_at: i64, now: i64) -> Value {
    let mut body = json!({ "access_token": access_token, "token_type": "bearer" });
    if expires_at != 0 {
        body["expires_in"] = (expires_at - now).into();
    }
    body
}
