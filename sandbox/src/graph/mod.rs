//! The Graph API: one handler reads the call, finds the answer under the lock, dresses it with
//! Meta's headers, writes it to the log, and holds it back if a test asked for that.

mod access;
mod accounts;
mod auth;
mod businesses;
mod call;
mod campaigns;
mod errors;
mod fields;
mod headers;
mod me;
mod paging;
mod permissions;
mod route;
mod system_users;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

pub(crate) use auth::{Caller, app_of, caller, living, trouble, unknown};
pub(crate) use call::GraphCall;
pub(crate) use errors::GraphError;
pub(crate) use route::{Edge, Grant};

use crate::Config;
use crate::oauth;
use crate::random;
use crate::state::{AppMode, Call, Data, SandboxState};

/// What an edge says: a JSON value, or Meta's error envelope.
pub(crate) type Answer = Result<Value, GraphError>;

/// Answers every path that is no other route's.
pub async fn handle(State(state): State<SandboxState>, request: Request) -> Response {
    let Some(call) = GraphCall::read(request).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let edge = Edge::of(&call);
    let name = edge.name();
    let trace = random::trace_id();
    let response = {
        let mut data = state.lock();
        let answer = match data.take_fault(&name) {
            Some(fault) => Err(GraphError::from(fault)),
            None => answer(&mut data, state.config(), &call, &edge),
        };
        let error_code = answer.as_ref().err().map(|error| error.code);
        let mut response = match answer {
            Ok(body) => Json(body).into_response(),
            Err(error) => error.response(&trace),
        };
        headers::dress(
            response.headers_mut(),
            &call,
            &edge,
            data.calls.len(),
            &trace,
        );
        let status = response.status().as_u16();
        let at = data.clock.unix();
        data.calls
            .push(call.log_entry(&name, status, error_code, at));
        response
    };
    tracing::info!(method = %call.method, edge = name, status = response.status().as_u16(), "graph call");
    state.pass_gates(&name).await;
    response
}

fn answer(data: &mut Data, config: &Config, call: &GraphCall, edge: &Edge) -> Answer {
    if data.settings.app_mode == AppMode::Inactive {
        return Err(GraphError::app_inactive());
    }
    match edge {
        Edge::AccessToken(grant) => oauth::access_token(data, config, call, *grant),
        Edge::DebugToken => oauth::debug_token(data, config, call),
        Edge::RevokeToken => oauth::revoke(data, config, call),
        Edge::SystemUsers(edge) => system_users::answer(data, config, call, edge),
        Edge::Me(of) => me::read(data, config, call, of),
        Edge::Permissions(of) => permissions::list(data, config, call, of),
        Edge::RevokePermissions(of, one) => {
            permissions::revoke(data, config, call, of, one.as_deref())
        }
        Edge::AdAccounts(of) => accounts::of_person(data, config, call, of),
        Edge::Businesses(of) => businesses::of_person(data, config, call, of),
        Edge::OwnedAdAccounts(id) => businesses::owned(data, config, call, id),
        Edge::ClientAdAccounts(id) => businesses::client(data, config, call, id),
        Edge::Account(id) => accounts::read(data, config, call, id),
        Edge::Campaigns(id) => campaigns::list(data, config, call, id),
        Edge::Node(id) => me::node(data, config, call, id),
        Edge::Unknown => Err(GraphError::unknown_path(&call.segments)),
    }
}

impl GraphCall {
    fn log_entry(&self, edge: &str, status: u16, error_code: Option<i64>, at: i64) -> Call {
        let in_url = |keys: &[&str]| keys.iter().any(|key| self.query_value(key).is_some());
        let app_token_in_url = ["access_token", "input_token"]
            .iter()
            .filter_map(|key| self.query_value(key))
            .any(|value| value.contains('|'));
        Call {
            method: self.method.to_string(),
            path: self.path.clone(),
            edge: edge.to_owned(),
            query_keys: self.query.iter().map(|(key, _)| key.clone()).collect(),
            form_keys: self.form.iter().map(|(key, _)| key.clone()).collect(),
            token_in_url: in_url(&[
                "access_token",
                "input_token",
                "fb_exchange_token",
                "revoke_token",
            ]),
            secret_in_url: in_url(&["client_secret"]) || app_token_in_url,
            code_in_url: in_url(&["code", "code_verifier"]),
            proof: self.get("appsecret_proof").is_some(),
            status,
            error_code,
            at,
        }
    }
}
