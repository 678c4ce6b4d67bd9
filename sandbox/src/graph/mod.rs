//! The Graph API: one handler reads the call, finds the answer under the lock, dresses it with
//! Meta's headers, writes it to the log, and holds it back if a test asked for that.

mod access;
mod accounts;
mod auth;
mod batch;
mod businesses;
mod call;
mod campaigns;
mod errors;
mod fields;
mod headers;
mod insights;
mod me;
mod paging;
mod permissions;
mod reply;
mod route;
mod serve;
mod system_users;
mod version;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

pub(crate) use auth::{Caller, app_of, caller, living, trouble, unknown};
pub(crate) use call::GraphCall;
pub(crate) use errors::GraphError;
pub(crate) use insights::Wanted;
pub(crate) use route::{Edge, Grant};

use crate::Config;
use crate::connection::Breaker;
use crate::oauth;
use crate::random;
use crate::state::{AppMode, Data, SandboxState};

/// What an edge says: a JSON value, or Meta's error envelope.
pub(crate) type Answer = Result<Value, GraphError>;

/// Answers every path that is no other route's.
pub async fn handle(
    State(state): State<SandboxState>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    request: Request,
) -> Response {
    let Some(call) = GraphCall::read(request).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let edge = Edge::of(&call);
    let trace = random::trace_id();
    let due = serve::serve(&mut state.lock(), state.config(), &call, &edge, &trace);
    let status = due.reply.seen_status();
    tracing::info!(method = %call.method, edge = edge.name(), status, "graph call");
    for edge in &due.edges {
        state.pass_gates(edge).await;
    }
    due.send(&breaker).await
}

fn answer(data: &mut Data, config: &Config, call: &GraphCall, edge: &Edge) -> Answer {
    if data.settings.app_mode == AppMode::Inactive {
        return Err(GraphError::app_inactive());
    }
    let today = data.clock.now().date_naive();
    if edge.is_of_ads() && version::is_over_for_ads(&call.version, today) {
        return Err(GraphError::version_over());
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
        Edge::Insights(of) => insights::read(data, config, call, of),
        Edge::StartReport(of) => insights::start(data, config, call, of),
        Edge::ReportRun(run) => insights::poll(data, config, call, run),
        Edge::ReportResult(run) => insights::result(data, config, call, run),
        Edge::Node(id) => me::node(data, config, call, id),
        Edge::Batch | Edge::Unknown => Err(GraphError::unknown_path(&call.segments)),
    }
}
