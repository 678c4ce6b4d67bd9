//! Campaigns, made up from the account's number of them: the same ones at every call.

use serde_json::{Map, Value, json};

use super::access::{Viewer, nothing_there, viewer};
use super::fields::{self, Node};
use super::paging::{self, object};
use super::{Answer, GraphCall, GraphError};
use crate::Config;
use crate::seed::{AdAccount, Seed};
use crate::state::Data;

/// Digits of a campaign's number at the end of its id.
const NUMBER_DIGITS: usize = 4;

const CAMPAIGN: Node = Node {
    kind: "Campaign",
    known: &[
        "id",
        "account_id",
        "name",
        "status",
        "effective_status",
        "objective",
        "created_time",
        "start_time",
        "stop_time",
        "daily_budget",
        "lifetime_budget",
        "buying_type",
    ],
    usual: &["id"],
    inner: &[],
};

/// A campaign of an ad account.
#[derive(Debug, Clone)]
pub struct Campaign {
    pub id: String,
    pub name: String,
    pub status: &'static str,
    pub objective: &'static str,
}

/// All campaigns of an account.
pub fn of(account: &AdAccount) -> Vec<Campaign> {
    (0..account.campaigns)
        .map(|n| campaign(account, n))
        .collect()
}

/// The account of a campaign with this id, if there is one.
pub fn account_of<'a>(world: &'a Seed, id: &str) -> Option<&'a AdAccount> {
    let (mark, number) = id.split_at_checked(id.len().checked_sub(NUMBER_DIGITS)?)?;
    let number: u32 = number.parse().ok()?;
    let mut accounts = world.accounts.iter();
    accounts.find(|account| mark == mark_of(account) && number < account.campaigns)
}

/// A campaign by its id, with its account.
///
/// # Errors
/// As for the account; 100/33 or 803 if there is no such campaign.
pub fn find<'a>(viewer: &Viewer<'a>, id: &str) -> Result<(&'a AdAccount, Campaign), GraphError> {
    let account = account_of(viewer.world(), id).ok_or_else(|| nothing_there(id))?;
    let account = viewer.account(&account.id)?;
    let found = of(account).into_iter().find(|campaign| campaign.id == id);
    Ok((account, found.ok_or_else(|| nothing_there(id))?))
}

/// `/{campaign-id}`.
pub fn read(viewer: &Viewer<'_>, call: &GraphCall, id: &str) -> Answer {
    let (account, campaign) = find(viewer, id)?;
    CAMPAIGN.select(&all_fields(account, &campaign), &fields::asked(call)?)
}

/// `/act_{id}/campaigns`, filtered by `effective_status` if asked.
pub fn list(data: &Data, config: &Config, call: &GraphCall, id: &str) -> Answer {
    let viewer = viewer(data, config, call)?;
    let account = viewer.account(id)?;
    let wanted = wanted_status(call)?;
    let keep = |campaign: &Campaign| {
        wanted
            .as_ref()
            .is_none_or(|list| list.iter().any(|status| status == campaign.status))
    };
    let campaigns: Vec<_> = of(account).into_iter().filter(keep).collect();
    let asked = fields::asked(call)?;
    let render = |campaign: &Campaign| CAMPAIGN.select(&all_fields(account, campaign), &asked);
    paging::page(call, &campaigns, |campaign| &campaign.id, render)
}

/// `effective_status=["ACTIVE","PAUSED"]`.
fn wanted_status(call: &GraphCall) -> Result<Option<Vec<String>>, GraphError> {
    let Some(text) = call.get("effective_status") else {
        return Ok(None);
    };
    let list = serde_json::from_str(text);
    list.map(Some)
        .map_err(|_| GraphError::bad_parameter("param effective_status must be an array."))
}

fn campaign(account: &AdAccount, number: u32) -> Campaign {
    const KINDS: [(&str, &str); 5] = [
        ("Spring sale – traffic", "OUTCOME_TRAFFIC"),
        ("Newsletter sign-ups", "OUTCOME_LEADS"),
        ("Brand film", "OUTCOME_AWARENESS"),
        ("Shop – retargeting", "OUTCOME_SALES"),
        ("Community", "OUTCOME_ENGAGEMENT"),
    ];
    let (name, objective) = KINDS[number as usize % KINDS.len()];
    Campaign {
        id: format!(
            "{}{number:0width$}",
            mark_of(account),
            width = NUMBER_DIGITS
        ),
        name: format!("{name} {}", number + 1),
        status: if number % 3 == 2 { "PAUSED" } else { "ACTIVE" },
        objective,
    }
}

/// How the ids of an account's campaigns begin.
fn mark_of(account: &AdAccount) -> String {
    let tail = &account.id[account.id.len().saturating_sub(12)..];
    format!("23{tail:0>12}")
}

fn all_fields(account: &AdAccount, campaign: &Campaign) -> Map<String, Value> {
    object(json!({
        "id": campaign.id,
        "account_id": account.id,
        "name": campaign.name,
        "status": campaign.status,
        "effective_status": campaign.status,
        "objective": campaign.objective,
        "buying_type": "AUCTION",
        "created_time": account.created_time,
        "start_time": account.created_time,
    }))
}
