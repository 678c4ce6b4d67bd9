//! Which edge a path means, and the name it has in the call log, for faults and for holds.

use axum::http::Method;

use super::GraphCall;
use super::system_users::SystemEdge;
use crate::state::{RUN_DIGITS, RUN_PREFIX};

/// An edge or node of the Graph. A person is given as the path's first segment: `me` or an id.
pub enum Edge {
    /// Many calls in one.
    Batch,
    AccessToken(Grant),
    DebugToken,
    RevokeToken,
    SystemUsers(SystemEdge),
    Me(String),
    Permissions(String),
    /// With the one permission, or all.
    RevokePermissions(String, Option<String>),
    AdAccounts(String),
    Businesses(String),
    OwnedAdAccounts(String),
    ClientAdAccounts(String),
    /// An ad account by its id without `act_`.
    Account(String),
    Campaigns(String),
    /// Of `act_{id}` or of a campaign's id.
    Insights(String),
    /// The same, to be made in the background.
    StartReport(String),
    /// A background report, by its run's id.
    ReportRun(String),
    ReportResult(String),
    /// Any other single id or alias: a person, a business, or nothing.
    Node(String),
    Unknown,
}

/// What `/oauth/access_token` is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    Code,
    Exchange,
    ClientCredentials,
    Other,
}

impl Edge {
    /// The edge that a call is for.
    pub fn of(call: &GraphCall) -> Self {
        let segments: Vec<&str> = call.segments.iter().map(String::as_str).collect();
        let delete = is(call, &Method::DELETE);
        if let Some(edge) = SystemEdge::of(&segments, &call.method) {
            return Self::SystemUsers(edge);
        }
        match (segments.as_slice(), delete) {
            ([], false) if is(call, &Method::POST) && call.get("batch").is_some() => Self::Batch,
            (["oauth", "access_token"], false) => Self::AccessToken(Grant::of(call)),
            (["oauth", "revoke"], false) => Self::RevokeToken,
            (["debug_token"], false) => Self::DebugToken,
            (["me"], false) => Self::Me("me".to_owned()),
            ([of, "permissions"], false) => Self::Permissions((*of).to_owned()),
            ([of, "permissions"], true) => Self::RevokePermissions((*of).to_owned(), None),
            ([of, "permissions", one], true) => {
                Self::RevokePermissions((*of).to_owned(), Some((*one).to_owned()))
            }
            ([of, "adaccounts"], false) => Self::AdAccounts((*of).to_owned()),
            ([of, "businesses"], false) => Self::Businesses((*of).to_owned()),
            ([id, "owned_ad_accounts"], false) => Self::OwnedAdAccounts((*id).to_owned()),
            ([id, "client_ad_accounts"], false) => Self::ClientAdAccounts((*id).to_owned()),
            ([run], false) if is_run(run) => Self::ReportRun((*run).to_owned()),
            ([run, "insights"], false) if is_run(run) => Self::ReportResult((*run).to_owned()),
            ([of, "insights"], false) if is(call, &Method::POST) => {
                Self::StartReport((*of).to_owned())
            }
            ([of, "insights"], false) => Self::Insights((*of).to_owned()),
            ([id], false) => match id.strip_prefix("act_") {
                Some(id) => Self::Account(id.to_owned()),
                None => Self::Node((*id).to_owned()),
            },
            ([id, "campaigns"], false) if id.starts_with("act_") => {
                Self::Campaigns(id["act_".len()..].to_owned())
            }
            _ => Self::Unknown,
        }
    }

    /// What a call is about, if that is an ad account (`act_…`) or perhaps a campaign.
    pub fn object(&self) -> Option<String> {
        match self {
            Self::Account(id) | Self::Campaigns(id) => Some(format!("act_{id}")),
            Self::Insights(of) | Self::StartReport(of) | Self::Node(of) => Some(of.clone()),
            _ => None,
        }
    }

    /// Whether it belongs to the Marketing API, whose versions end sooner.
    pub fn is_of_ads(&self) -> bool {
        matches!(
            self,
            Self::AdAccounts(_)
                | Self::OwnedAdAccounts(_)
                | Self::ClientAdAccounts(_)
                | Self::Account(_)
                | Self::Campaigns(_)
                | Self::Insights(_)
                | Self::StartReport(_)
                | Self::ReportRun(_)
                | Self::ReportResult(_)
        )
    }

    /// The edge's name, the same whether a person is called `me` or by id.
    pub fn name(&self) -> String {
        match self {
            Self::Batch => "batch".to_owned(),
            Self::AccessToken(grant) => format!("oauth/access_token:{}", grant.name()),
            Self::DebugToken => "debug_token".to_owned(),
            Self::RevokeToken => "oauth/revoke".to_owned(),
            Self::SystemUsers(edge) => edge.name().to_owned(),
            Self::Me(_) => "me".to_owned(),
            Self::Permissions(_) => "me/permissions".to_owned(),
            Self::RevokePermissions(..) => "me/permissions:delete".to_owned(),
            Self::AdAccounts(_) => "me/adaccounts".to_owned(),
            Self::Businesses(_) => "me/businesses".to_owned(),
            Self::OwnedAdAccounts(_) => "owned_ad_accounts".to_owned(),
            Self::ClientAdAccounts(_) => "client_ad_accounts".to_owned(),
            Self::Account(_) => "account".to_owned(),
            Self::Campaigns(_) => "campaigns".to_owned(),
            Self::Insights(_) => "insights".to_owned(),
            Self::StartReport(_) => "insights:post".to_owned(),
            Self::ReportRun(_) => "report_run".to_owned(),
            Self::ReportResult(_) => "report_run/insights".to_owned(),
            Self::Node(_) => "node".to_owned(),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

/// Whether a call has this method, by itself or as the parameter `method` says.
fn is(call: &GraphCall, method: &Method) -> bool {
    let said = call.get("method");
    said.map_or(call.method == *method, |said| {
        said.eq_ignore_ascii_case(method.as_str())
    })
}

/// Whether an id is one of a report's run.
fn is_run(id: &str) -> bool {
    id.len() == RUN_DIGITS && id.starts_with(RUN_PREFIX)
}

impl Grant {
    fn of(call: &GraphCall) -> Self {
        match call.get("grant_type") {
            None | Some("authorization_code") => Self::Code,
            Some("fb_exchange_token") => Self::Exchange,
            Some("client_credentials") => Self::ClientCredentials,
            Some(_) => Self::Other,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Exchange => "fb_exchange_token",
            Self::ClientCredentials => "client_credentials",
            Self::Other => "other",
        }
    }
}
