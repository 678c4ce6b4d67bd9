//! The numbers of insights, by day and campaign.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::Subject;
use super::period::{Level, Wanted};
use crate::graph::campaigns::{self, Campaign};
use crate::graph::paging::object;
use crate::seed::AdAccount;

/// Currencies without a smaller unit (`meta.md` §5).
const WITHOUT_CENTS: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
];

/// One row of insights, before fields are chosen.
pub struct Row {
    /// What cursors go by.
    pub key: String,
    campaign: Option<Campaign>,
    part: (NaiveDate, NaiveDate),
    counts: Counts,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Counts {
    impressions: u64,
    clicks: u64,
    /// In hundredths.
    spend: u64,
}

/// The rows of all parts in which something was delivered.
pub fn of(subject: &Subject<'_>, wanted: &Wanted) -> Vec<Row> {
    let campaigns = delivering(subject);
    let parts = wanted.parts.iter();
    let rows = parts.flat_map(|part| match wanted.level {
        Level::Account => vec![row(None, &campaigns, *part)],
        Level::Campaign => {
            let one = |campaign: &Campaign| {
                row(
                    Some(campaign.clone()),
                    std::slice::from_ref(campaign),
                    *part,
                )
            };
            campaigns.iter().map(one).collect()
        }
        Level::Below => Vec::new(),
    });
    rows.filter(|row| row.counts.impressions > 0).collect()
}

/// Campaigns that show ads: active ones of an active account.
fn delivering(subject: &Subject<'_>) -> Vec<Campaign> {
    let all = match subject {
        Subject::Account(account) => campaigns::of(account),
        Subject::Campaign(_, campaign) => vec![campaign.clone()],
    };
    let shows =
        |campaign: &Campaign| subject.account().account_status == 1 && campaign.status == "ACTIVE";
    all.into_iter().filter(shows).collect()
}

fn row(campaign: Option<Campaign>, of: &[Campaign], part: (NaiveDate, NaiveDate)) -> Row {
    let mut counts = Counts::default();
    for day in part.0.iter_days().take_while(|day| *day <= part.1) {
        for campaign in of {
            let daily = daily(&campaign.id, day);
            counts.impressions += daily.impressions;
            counts.clicks += daily.clicks;
            counts.spend += daily.spend;
        }
    }
    let id = campaign.as_ref().map_or("", |campaign| &campaign.id);
    Row {
        key: format!("{}:{id}", part.0),
        campaign,
        part,
        counts,
    }
}

/// 200 to 2,199 impressions, of which one to three in a hundred are clicked.
fn daily(campaign: &str, day: NaiveDate) -> Counts {
    let chance = hash(&format!("{campaign}{day}"));
    let impressions = 200 + chance % 2000;
    let clicks = impressions * (10 + chance / 2000 % 20) / 1000;
    Counts {
        impressions,
        clicks,
        spend: impressions + clicks * 20,
    }
}

/// FNV-1a: small, and the same on every computer.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Row {
    /// Every value of the row; numbers are strings.
    pub fn fields(&self, account: &AdAccount) -> Map<String, Value> {
        let Counts {
            impressions,
            clicks,
            spend,
        } = self.counts;
        let money = |hundredths: u64| {
            let whole = hundredths / 100;
            if WITHOUT_CENTS.contains(&account.currency.as_str()) {
                whole.to_string()
            } else {
                format!("{whole}.{:02}", hundredths % 100)
            }
        };
        let reach = impressions * 7 / 10;
        let ratio = |upper: f64, lower: u64| format!("{:.6}", upper / lower.max(1) as f64);
        let paid = spend as f64 / 100.0;
        let mut all = object(json!({
            "account_id": account.id,
            "account_name": account.name,
            "account_currency": account.currency,
            "date_start": self.part.0.to_string(),
            "date_stop": self.part.1.to_string(),
            "impressions": impressions.to_string(),
            "reach": reach.to_string(),
            "frequency": ratio(impressions as f64, reach),
            "clicks": clicks.to_string(),
            "unique_clicks": (clicks * 9 / 10).to_string(),
            "inline_link_clicks": (clicks * 8 / 10).to_string(),
            "spend": money(spend),
            "ctr": ratio(clicks as f64 * 100.0, impressions),
            "cpm": ratio(paid * 1000.0, impressions),
            "cpc": ratio(paid, clicks),
            "buying_type": "AUCTION",
            "actions": [{ "action_type": "link_click", "value": (clicks * 8 / 10).to_string() }],
            "created_time": self.part.0.to_string(),
            "updated_time": self.part.1.to_string(),
        }));
        if let Some(campaign) = &self.campaign {
            all.insert("campaign_id".to_owned(), campaign.id.clone().into());
            all.insert("campaign_name".to_owned(), campaign.name.clone().into());
            all.insert("objective".to_owned(), campaign.objective.into());
        }
        all
    }
}
