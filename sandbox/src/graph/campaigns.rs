//! Campaigns, made up from the account's number of them: the same ones at every call.

use serde_json::{Map, Value, json};

use super::access::viewer;
use super::fields::{self, Node};
use super::paging::{self, object};
use super::{Answer, GraphCall, GraphError};
use crate::Config;
use crate::seed::AdAccount;
use crate::state::Data;

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

struct Campaign {
    id: String,
    name: String,
    status: &'static str,
    objective: &'static str,
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
    let campaigns: Vec<_> = (0..account.campaigns)
        .map(|n| campaign(account, n))
        .filter(keep)
        .collect();
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
    let tail = &account.id[account.id.len().saturating_sub(12)..];
    Campaign {
        id: format!("23{tail:0>12}{number:04}"),
        name: format!("{name} {}", number + 1),
        status: if number % 3 == 2 { "PAUSED" } else { "ACTIVE" },
        objective,
    }
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
