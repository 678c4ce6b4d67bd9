//! Business portfolios: the person's, and the ad accounts that each owns or works for.

use serde_json::{Map, Value, json};

use super::access::{Viewer, viewer, viewer_of};
use super::fields::{self, Node};
use super::paging::{self, object};
use super::{Answer, GraphCall, GraphError, accounts};
use crate::Config;
use crate::seed::Business;
use crate::state::Data;

pub const BUSINESS: Node = Node {
    kind: "Business",
    known: &[
        "id",
        "name",
        "created_time",
        "link",
        "verification_status",
        "primary_page",
    ],
    usual: &["id", "name"],
    inner: &[],
};

/// `/me/businesses`.
pub fn of_person(data: &Data, config: &Config, call: &GraphCall, of: &str) -> Answer {
    let viewer = viewer_of(data, config, call, of)?;
    if !viewer.may_manage_businesses() {
        return Err(GraphError::permission("business_management"));
    }
    let asked = fields::asked(call)?;
    let render = |business: &&Business| BUSINESS.select(&all_fields(business), &asked);
    paging::page(call, &viewer.businesses(), |business| &business.id, render)
}

/// One business of the viewer's.
pub fn read(viewer: &Viewer<'_>, call: &GraphCall, id: &str) -> Answer {
    BUSINESS.select(&all_fields(viewer.business(id)?), &fields::asked(call)?)
}

/// `/{business-id}/owned_ad_accounts`.
pub fn owned(data: &Data, config: &Config, call: &GraphCall, id: &str) -> Answer {
    let viewer = viewer(data, config, call)?;
    let business = viewer.business(id)?;
    accounts::list(data, call, &viewer, &viewer.seen(&business.owned))
}

/// `/{business-id}/client_ad_accounts`.
pub fn client(data: &Data, config: &Config, call: &GraphCall, id: &str) -> Answer {
    let viewer = viewer(data, config, call)?;
    let business = viewer.business(id)?;
    accounts::list(data, call, &viewer, &viewer.seen(&business.client))
}

fn all_fields(business: &Business) -> Map<String, Value> {
    object(json!({ "id": business.id, "name": business.name }))
}
