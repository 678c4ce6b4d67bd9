//! `/debug_token`: what a token is. A bad token is no error here, a bad inspector is
//! (`meta.md` §3).

use serde_json::{Value, json};

use crate::Config;
use crate::graph::{Answer, Caller, GraphCall, GraphError, app_of, caller, trouble, unknown};
use crate::state::{Data, Token, TokenEnd, TokenKind};

/// Name of the app, as `application`.
const APPLICATION: &str = "Portico (sandbox)";

/// Inspects `input_token` for the app, by its own token or by one of its people's.
///
/// # Errors
/// 400: no inspector, one that is not good, or nothing to inspect.
pub(crate) fn debug_token(data: &Data, config: &Config, call: &GraphCall) -> Answer {
    match caller(data, config, call)? {
        Some(Caller::App) => {}
        Some(Caller::User(token)) if token.app_id == config.app_id => {}
        _ => {
            let message = "You must provide an app access token, or a user access token that is \
                           an owner or developer of the app";
            return Err(GraphError::bad_parameter(message));
        }
    }
    let input = call
        .get("input_token")
        .ok_or_else(|| GraphError::bad_parameter("The parameter input_token is required"))?;
    Ok(json!({ "data": inspect(data, config, input) }))
}

fn inspect(data: &Data, config: &Config, input: &str) -> Value {
    match app_of(config, input) {
        Ok(true) => return app(config),
        Ok(false) => {}
        Err(error) => return unreadable(&error),
    }
    let Some(token) = data.token(input) else {
        return unreadable(&unknown(input));
    };
    if token.app_id != config.app_id {
        let message = "The App_id in the input_token did not match the Viewing App";
        return unreadable(&GraphError::bad_parameter(message));
    }
    user(data, config, token)
}

fn app(config: &Config) -> Value {
    json!({
        "app_id": config.app_id, "type": "APP", "application": APPLICATION, "is_valid": true,
        "scopes": [],
    })
}

/// Of a string that Meta cannot read, it says nothing but that.
fn unreadable(error: &GraphError) -> Value {
    json!({ "error": error_of(error), "is_valid": false, "scopes": [] })
}

fn user(data: &Data, config: &Config, token: &Token) -> Value {
    let trouble = trouble(data, config, token);
    let scopes = if is_forgotten(token) {
        &[]
    } else {
        token.scopes.as_slice()
    };
    let quirks = &token.quirks;
    let password_changed = token.end == Some(TokenEnd::PasswordChanged);
    let mut answer = json!({
        "app_id": quirks.debug_app_id.as_ref().unwrap_or(&token.app_id),
        "type": token.kind,
        "application": APPLICATION,
        "data_access_expires_at": token.data_access_expires_at,
        "expires_at": if password_changed { 0 } else { token.expires_at },
        "is_valid": trouble.is_none(),
        "scopes": scopes,
        "granular_scopes": granular(data, token, scopes),
        "user_id": quirks.debug_user_id.as_ref().unwrap_or(&token.person),
    });
    if !quirks.metadata.is_empty() {
        answer["metadata"] = json!(quirks.metadata);
    }
    if token.long_lived {
        answer["issued_at"] = token.issued_at.into();
    }
    if let Some(error) = trouble {
        answer["error"] = error_of(&error);
    }
    answer
}

/// Ends after which Meta no longer tells what was granted.
fn is_forgotten(token: &Token) -> bool {
    matches!(
        token.end,
        Some(TokenEnd::Invalidated | TokenEnd::AppRemoved)
    )
}

/// Each scope, with the objects it was limited to, if it was.
fn granular(data: &Data, token: &Token, scopes: &[String]) -> Vec<Value> {
    let entry = |scope: &String| {
        let limits = match (scope.as_str(), token.kind) {
            ("ads_read" | "ads_management", _) => token
                .assets
                .as_ref()
                .map(|assets| assets.iter().cloned().collect::<Vec<_>>()),
            ("business_management", TokenKind::SystemUser) => data
                .world
                .person(&token.person)
                .map(|person| person.businesses.clone()),
            _ => None,
        };
        match limits {
            Some(ids) => json!({ "scope": scope, "target_ids": ids }),
            None => json!({ "scope": scope }),
        }
    };
    scopes.iter().map(entry).collect()
}

/// Here the key is `subcode`, not `error_subcode`.
fn error_of(error: &GraphError) -> Value {
    let mut value = json!({ "code": error.code, "message": error.message });
    if let Some(subcode) = error.subcode {
        value["subcode"] = subcode.into();
    }
    value
}
