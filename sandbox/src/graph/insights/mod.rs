//! Insights of an ad account or a campaign, at once or as a report that is asked for, polled and
//! fetched (`meta.md` §5). The numbers are made up from ids and days: the same at every call.

mod period;
mod report;
mod rows;

use serde_json::{Map, Value};

use super::access::{Viewer, viewer};
use super::campaigns::{self, Campaign};
use super::fields::{self, Field, Node};
use super::{Answer, GraphCall, GraphError, paging};
use crate::Config;
use crate::seed::AdAccount;
use crate::state::Data;

pub use period::Wanted;
pub use report::{poll, result, start};

const INSIGHTS: Node = Node {
    kind: "AdsInsights",
    known: &[
        "account_currency",
        "account_id",
        "account_name",
        "actions",
        "buying_type",
        "campaign_id",
        "campaign_name",
        "clicks",
        "cpc",
        "cpm",
        "created_time",
        "ctr",
        "date_start",
        "date_stop",
        "frequency",
        "impressions",
        "inline_link_clicks",
        "objective",
        "reach",
        "spend",
        "unique_clicks",
        "updated_time",
    ],
    usual: &["account_id", "campaign_id", "impressions", "spend"],
    inner: &[],
};

/// What insights are about.
pub enum Subject<'a> {
    Account(&'a AdAccount),
    Campaign(&'a AdAccount, Campaign),
}

impl<'a> Subject<'a> {
    /// `act_{id}`, or a campaign's id.
    ///
    /// # Errors
    /// As for reading the account or the campaign itself.
    fn find(viewer: &Viewer<'a>, of: &str) -> Result<Self, GraphError> {
        if let Some(id) = of.strip_prefix("act_") {
            return viewer.account(id).map(Self::Account);
        }
        let (account, campaign) = campaigns::find(viewer, of)?;
        Ok(Self::Campaign(account, campaign))
    }

    fn account(&self) -> &'a AdAccount {
        match self {
            Self::Account(account) | Self::Campaign(account, _) => account,
        }
    }
}

/// `GET /{of}/insights`.
pub fn read(data: &Data, config: &Config, call: &GraphCall, of: &str) -> Answer {
    let viewer = viewer(data, config, call)?;
    let subject = Subject::find(&viewer, of)?;
    let wanted = Wanted::asked(call, &subject, data.clock.now())?;
    page(call, &subject, &wanted, &fields::asked(call)?)
}

fn page(call: &GraphCall, subject: &Subject<'_>, wanted: &Wanted, asked: &[Field]) -> Answer {
    let rows = rows::of(subject, wanted);
    let render = |row: &rows::Row| {
        let all = row.fields(subject.account());
        let mut chosen = paging::object(INSIGHTS.select(&all, asked)?);
        // These two are in every row, asked or not.
        copy(&all, &mut chosen, &["date_start", "date_stop"]);
        Ok(Value::Object(chosen))
    };
    paging::page(call, &rows, |row| &row.key, render)
}

fn copy(from: &Map<String, Value>, to: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        if let Some(value) = from.get(*key) {
            to.insert((*key).to_owned(), value.clone());
        }
    }
}
