//! Whose share a call is counted against.

use chrono::{DateTime, Utc};

use crate::meta::lenient;

/// A share of what Meta allows. Every call is counted against the app's, and against that of the ad account or
/// business whose object it reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bucket {
    App,
    Business(String),
    /// By the account's number, without `act_`.
    AdAccount(String),
}

/// What Meta last said of a share.
#[derive(Clone, Debug, PartialEq)]
pub struct UsageRow {
    pub bucket: Bucket,
    /// Meta throttles at 100.
    pub percent: f64,
    /// No call is sent before; it may be over.
    pub stopped_until: Option<DateTime<Utc>>,
    pub seen_at: DateTime<Utc>,
}

impl Bucket {
    /// Its level as stored and counted: `app`, `business`, `ad_account`.
    #[must_use]
    pub const fn level(&self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Business(_) => "business",
            Self::AdAccount(_) => "ad_account",
        }
    }

    /// Whose it is; empty for the app's.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::App => "",
            Self::Business(id) | Self::AdAccount(id) => id,
        }
    }

    /// From level and id as stored.
    #[must_use]
    pub fn from_parts(level: &str, id: &str) -> Option<Self> {
        match level {
            "app" => Some(Self::App),
            "business" => Some(Self::Business(id.to_owned())),
            "ad_account" => Some(Self::AdAccount(id.to_owned())),
            _ => None,
        }
    }

    /// Those that a call of this path is counted against.
    pub(in crate::meta) fn of_path(path: &[&str], is_business: bool) -> Vec<Self> {
        let mut buckets = vec![Self::App];
        let node = path.first().copied().unwrap_or_default();
        if let Some(number) = node.strip_prefix("act_") {
            buckets.push(Self::AdAccount(number.to_owned()));
            // What came in the header of another call may have been taken for a business.
            buckets.push(Self::Business(number.to_owned()));
        } else if is_business && lenient::is_id(node) {
            buckets.push(Self::Business(node.to_owned()));
        }
        buckets
    }

    /// Whether a throttle of this code is about this share of a call: 4 and 341 are the app's, the others those
    /// of the object that was read (marketing-api/overview/rate-limiting).
    pub(super) fn is_meant(&self, code: Option<i64>) -> bool {
        matches!(self, Self::App) == matches!(code, Some(4 | 341))
    }
}
