//! System users: listed, made, given the app and given tokens (`meta.md` §2.5, §10). The texts of
//! refusals are the sandbox's own where `meta.md` has none.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::access::{Viewer, nothing_there, viewer};
use super::fields::{self, Node};
use super::paging::{self, object};
use super::{Answer, GraphCall, GraphError};
use crate::Config;
use crate::dialog::is_permission;
use crate::seed::{Person, SystemUser, SystemUserRole, bare};
use crate::state::Data;

const SYSTEM_USER: Node = Node {
    kind: "SystemUser",
    known: &["id", "name", "role"],
    usual: &["id", "name", "role"],
    inner: &[],
};

/// An edge of a business portfolio or of a system user, with the id of it.
pub enum SystemEdge {
    List(String),
    Create(String),
    /// `/{client-business-id}/system_user_access_tokens`
    Delegated(String),
    Install(String),
    Token(String),
}

impl SystemEdge {
    pub fn of(segments: &[&str], method: &Method) -> Option<Self> {
        let [id, edge] = segments else { return None };
        let (id, posts) = ((*id).to_owned(), *method == Method::POST);
        match (*edge, posts) {
            ("system_users", false) if *method == Method::GET => Some(Self::List(id)),
            ("system_users", true) => Some(Self::Create(id)),
            ("system_user_access_tokens", true) => Some(Self::Delegated(id)),
            ("applications", true) => Some(Self::Install(id)),
            ("access_tokens", true) => Some(Self::Token(id)),
            _ => None,
        }
    }

    /// Name in the call log, for faults and for holds.
    pub fn name(&self) -> &'static str {
        match self {
            Self::List(_) => "system_users",
            Self::Create(_) => "system_users:create",
            Self::Delegated(_) => "system_user_access_tokens",
            Self::Install(_) => "applications:install",
            Self::Token(_) => "access_tokens",
        }
    }
}

/// Answers one of these edges.
pub fn answer(data: &mut Data, config: &Config, call: &GraphCall, edge: &SystemEdge) -> Answer {
    match edge {
        SystemEdge::List(business) => list(data, config, call, business),
        SystemEdge::Create(business) => create(data, config, call, business),
        SystemEdge::Delegated(business) => delegated(data, config, call, business),
        SystemEdge::Install(user) => install(data, config, call, user),
        SystemEdge::Token(user) => token(data, config, call, user),
    }
}

fn list(data: &Data, config: &Config, call: &GraphCall, business: &str) -> Answer {
    viewer(data, config, call)?.business(business)?;
    let users: Vec<&Person> = data.system_users(business).collect();
    let asked = fields::asked(call)?;
    let render = |person: &&Person| SYSTEM_USER.select(&all_fields(person), &asked);
    paging::page(call, &users, |person| &person.id, render)
}

fn all_fields(person: &Person) -> Map<String, Value> {
    let role = person.system_user.as_ref().map(|user| user.role);
    object(json!({ "id": person.id, "name": person.name, "role": role }))
}

fn create(data: &mut Data, config: &Config, call: &GraphCall, business: &str) -> Answer {
    viewer(data, config, call)?.business(business)?;
    let name = needed(call, "name")?;
    let role = match needed(call, "role")? {
        "ADMIN" => SystemUserRole::Admin,
        "EMPLOYEE" => SystemUserRole::Employee,
        _ => {
            let message = "Param role must be one of {ADMIN, EMPLOYEE}";
            return Err(GraphError::bad_parameter(message));
        }
    };
    let id = data.add_system_user(business, name, role, false);
    Ok(json!({ "id": id }))
}

/// Puts the app on a system user. The documentation promises a bare boolean.
fn install(data: &mut Data, config: &Config, call: &GraphCall, user: &str) -> Answer {
    system_user(&viewer(data, config, call)?, data, user)?;
    check_app(config, call)?;
    let mut people = data.world.people.iter_mut();
    let person = people.find(|person| person.id == user);
    if let Some(system_user) = person.and_then(|person| person.system_user.as_mut()) {
        system_user.installed = true;
    }
    Ok(json!(true))
}

/// A token of a system user on which the app is installed.
fn token(data: &mut Data, config: &Config, call: &GraphCall, user: &str) -> Answer {
    check_proof_is_there(call)?;
    let system_user = system_user(&viewer(data, config, call)?, data, user)?;
    check_app(config, call)?;
    if !system_user.installed {
        let message = "The app must be installed for the system user";
        return Err(GraphError::bad_parameter(message));
    }
    let scopes = scopes(call)?;
    if scopes.is_empty() {
        return Err(GraphError::bad_parameter("The parameter scope is required"));
    }
    let ends = ends(data, call, &system_user.business)?;
    let token = data.issue_system(&config.app_id, user, scopes, None, ends);
    Ok(json!({ "access_token": token.access_token }))
}

/// A token of the system user that a business login made, or of another one of that portfolio.
/// `fetch_only` gives the newest that is still good, and makes none.
fn delegated(data: &mut Data, config: &Config, call: &GraphCall, business: &str) -> Answer {
    check_proof_is_there(call)?;
    let viewer = viewer(data, config, call)?;
    viewer.business(business)?;
    let granted = viewer.token.scopes.clone();
    let scopes = match call.get("scope") {
        None => granted,
        Some(_) => scopes(call)?,
    };
    if let Some(missing) = scopes.iter().find(|scope| !viewer.token.has(scope)) {
        return Err(GraphError::permission(missing));
    }
    let assets = delegated_assets(data, &viewer, call, business)?;
    let user = match call.get("system_user_id") {
        Some(id) => {
            system_user(&viewer, data, id)?;
            id.to_owned()
        }
        None => data.integration_user(business),
    };
    if call.is_true("fetch_only") {
        let found = data.newest_good_token(&user, &config.app_id);
        let found = found.ok_or_else(|| {
            GraphError::bad_parameter("There is no access token for this system user")
        })?;
        return Ok(json!({ "access_token": found.access_token }));
    }
    let ends = ends(data, call, business)?;
    let token = data.issue_system(&config.app_id, &user, scopes, Some(assets), ends);
    Ok(json!({ "access_token": token.access_token }))
}

/// The ad accounts of the portfolio that the caller sees, or the asked ones of them.
fn delegated_assets(
    data: &Data,
    viewer: &Viewer<'_>,
    call: &GraphCall,
    business: &str,
) -> Result<BTreeSet<String>, GraphError> {
    let business = data.world.business(business);
    let business = business.ok_or_else(|| nothing_there("business"))?;
    let seen = [&business.owned, &business.client].into_iter();
    let seen: BTreeSet<String> = seen
        .flat_map(|ids| viewer.seen(ids))
        .map(|account| account.id.clone())
        .collect();
    let Some(asked) = call.get("asset") else {
        return Ok(seen);
    };
    let asked: BTreeSet<String> = asked.split(',').map(|id| bare(id.trim())).collect();
    match asked.difference(&seen).next() {
        Some(missing) => Err(GraphError::unreachable(missing)),
        None => Ok(asked),
    }
}

/// A system user of a portfolio that the caller belongs to and may manage.
fn system_user(viewer: &Viewer<'_>, data: &Data, user: &str) -> Result<SystemUser, GraphError> {
    let person = data.world.person(user);
    let system_user = person.and_then(|person| person.system_user.clone());
    let system_user = system_user.ok_or_else(|| nothing_there(user))?;
    viewer.business(&system_user.business)?;
    Ok(system_user)
}

/// Whether the token is to end after sixty days, which some portfolios insist on.
fn ends(data: &Data, call: &GraphCall, business: &str) -> Result<bool, GraphError> {
    let ends = call.is_true("set_token_expires_in_60_days");
    let business = data.world.business(business);
    if !ends && business.is_some_and(|business| business.requires_expiring_tokens) {
        let message = "This business requires set_token_expires_in_60_days";
        return Err(GraphError::bad_parameter(message));
    }
    Ok(ends)
}

fn scopes(call: &GraphCall) -> Result<Vec<String>, GraphError> {
    let given = call.get("scope").unwrap_or_default().split([',', ' ']);
    let given: BTreeSet<String> = given
        .filter(|scope| !scope.is_empty())
        .map(str::to_owned)
        .collect();
    match given.iter().find(|scope| !is_permission(scope)) {
        Some(unknown) => {
            let message = format!("Invalid permission: {unknown}");
            Err(GraphError::bad_parameter(&message))
        }
        None => Ok(given.into_iter().collect()),
    }
}

/// A token of this app can be made for this app alone.
fn check_app(config: &Config, call: &GraphCall) -> Result<(), GraphError> {
    if needed(call, "business_app")? == config.app_id {
        return Ok(());
    }
    let message = "Param business_app must be the id of the calling app";
    Err(GraphError::bad_parameter(message))
}

/// These edges document the proof as required, whatever the dashboard says.
fn check_proof_is_there(call: &GraphCall) -> Result<(), GraphError> {
    needed(call, "appsecret_proof")
        .map(drop)
        .map_err(|_| GraphError::proof_missing())
}

fn needed<'a>(call: &'a GraphCall, key: &str) -> Result<&'a str, GraphError> {
    call.get(key)
        .ok_or_else(|| GraphError::bad_parameter(&format!("The parameter {key} is required")))
}
