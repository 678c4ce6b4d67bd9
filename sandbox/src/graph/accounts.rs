//! Ad accounts: `/me/adaccounts`, `/act_{id}`, and how one is written.

use serde_json::{Map, Value, json};

use super::access::{Viewer, viewer, viewer_of};
use super::fields::{self, Field, Node};
use super::paging::{self, object};
use super::{Answer, GraphCall, GraphError, businesses};
use crate::Config;
use crate::seed::AdAccount;
use crate::state::Data;

const ACCOUNT: Node = Node {
    kind: "AdAccount",
    known: &[
        "id",
        "account_id",
        "name",
        "account_status",
        "disable_reason",
        "currency",
        "timezone_name",
        "timezone_offset_hours_utc",
        "business",
        "business_name",
        "amount_spent",
        "balance",
        "spend_cap",
        "user_tasks",
        "created_time",
        "age",
        "owner",
    ],
    usual: &["id", "account_id"],
    inner: &[("business", &businesses::BUSINESS)],
};

/// The accounts that the person has a role on themselves. What is reached only through a
/// business is not here.
pub fn of_person(data: &Data, config: &Config, call: &GraphCall, of: &str) -> Answer {
    let viewer = viewer_of(data, config, call, of)?;
    if !viewer.may_read_ads() {
        return Err(GraphError::permission("ads_read or ads_management"));
    }
    list(data, call, &viewer, &viewer.seen(&viewer.person.accounts))
}

/// One account.
pub fn read(data: &Data, config: &Config, call: &GraphCall, id: &str) -> Answer {
    let viewer = viewer(data, config, call)?;
    let account = viewer.account(id)?;
    render(data, &viewer, account, &fields::asked(call)?)
}

/// A page of accounts.
pub fn list(data: &Data, call: &GraphCall, viewer: &Viewer<'_>, accounts: &[&AdAccount]) -> Answer {
    let asked = fields::asked(call)?;
    let render = |account: &&AdAccount| render(data, viewer, account, &asked);
    paging::page(call, accounts, |account| &account.id, render)
}

fn render(data: &Data, viewer: &Viewer<'_>, account: &AdAccount, asked: &[Field]) -> Answer {
    ACCOUNT.select(&all_fields(data, viewer, account), asked)
}

/// Money in the smallest unit and as text, and the owner only for who may manage businesses
/// (`meta.md` §5).
fn all_fields(data: &Data, viewer: &Viewer<'_>, account: &AdAccount) -> Map<String, Value> {
    let mut all = object(json!({
        "id": format!("act_{}", account.id),
        "account_id": account.id,
        "name": account.name,
        "account_status": account.account_status,
        "disable_reason": account.disable_reason,
        "currency": account.currency,
        "timezone_name": account.timezone_name,
        "timezone_offset_hours_utc": account.timezone_offset_hours_utc,
        "amount_spent": account.amount_spent.to_string(),
        "balance": account.balance.to_string(),
        "spend_cap": "0",
        "user_tasks": ["DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"],
        "created_time": account.created_time,
    }));
    let owner = data
        .world
        .owner_of(&account.id)
        .filter(|_| viewer.may_manage_businesses());
    if let Some(business) = owner {
        all.insert(
            "business".to_owned(),
            json!({ "id": business.id, "name": business.name }),
        );
        all.insert("business_name".to_owned(), business.name.clone().into());
        all.insert("owner".to_owned(), business.id.clone().into());
    }
    all
}
