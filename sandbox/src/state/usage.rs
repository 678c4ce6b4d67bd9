//! How much of what Meta allows has been used, by the sandbox's clock (`meta.md` §7).

use std::collections::{HashMap, VecDeque};

use serde::{Deserialize, Serialize};

const HOUR: i64 = 3600;
/// In which the score of an ad account decays.
const DECAY: i64 = 300;

/// How much Meta allows. The defaults are those of an app with full access, and for the app as a
/// whole of one with many users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quotas {
    /// Calls of the app within an hour; then 4.
    pub app: u64,
    /// Score of each ad account within five minutes, where reading counts one and writing three;
    /// then 17/2446079.
    pub account: u64,
    /// Calls on each ad account or business within an hour; then 80004/2446079.
    pub ads_management: u64,
    /// Calls for insights of each ad account within an hour; then 80000/2446079.
    pub ads_insights: u64,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            app: 100_000,
            account: 9_000,
            ads_management: 100_000,
            ads_insights: 190_000,
        }
    }
}

/// What a business use case is called in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum UseCase {
    Management,
    Insights,
}

impl UseCase {
    /// `type` in the header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Management => "ads_management",
            Self::Insights => "ads_insights",
        }
    }
}

/// What a call uses up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Charge {
    /// Digits.
    pub account: Option<String>,
    /// 1 to read, 3 to write.
    pub score: u64,
    /// By the bare id of an ad account or a business.
    pub case: Option<(UseCase, String)>,
}

/// How far something is used up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Level {
    /// 100 is full.
    pub percent: f64,
    /// Seconds until something of it is free again.
    pub regain: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Bucket {
    App,
    Account(String),
    Case(UseCase, String),
}

/// What was used, each within its own span of time.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    pub quotas: Quotas,
    used: HashMap<Bucket, Window>,
}

/// Calls with their scores, oldest first.
#[derive(Debug, Default)]
struct Window {
    calls: VecDeque<(i64, u64)>,
    sum: u64,
}

impl Window {
    fn add(&mut self, now: i64, score: u64) {
        self.calls.push_back((now, score));
        self.sum += score;
    }

    /// What was used within the span before now. The rest is forgotten, also what a clock that
    /// was set back has not seen yet.
    fn sum(&mut self, now: i64, span: i64) -> u64 {
        while let Some((_, score)) = self.calls.pop_front_if(|(at, _)| *at <= now - span) {
            self.sum -= score;
        }
        while let Some((_, score)) = self.calls.pop_back_if(|(at, _)| *at > now) {
            self.sum -= score;
        }
        self.sum
    }
}

impl Usage {
    /// Counts a call, or says which preset it gets because something is full. What is refused
    /// does not count.
    pub fn admit(&mut self, charge: &Charge, now: i64) -> Result<(), &'static str> {
        let buckets = charge.buckets();
        for (bucket, score) in &buckets {
            let (quota, span, preset) = self.bounds(bucket);
            if self.sum(bucket, now, span) + score > quota {
                return Err(preset);
            }
        }
        for (bucket, score) in buckets {
            self.used.entry(bucket).or_default().add(now, score);
        }
        Ok(())
    }

    /// Nothing was used.
    pub fn forget(&mut self) {
        self.used.clear();
    }

    /// How much the app has used.
    pub fn app(&mut self, now: i64) -> Level {
        self.level(&Bucket::App, now)
    }

    /// How high an ad account's score is.
    pub fn account(&mut self, id: &str, now: i64) -> Level {
        self.level(&Bucket::Account(id.to_owned()), now)
    }

    /// How much of a use case an ad account or a business has used.
    pub fn case(&mut self, case: UseCase, id: &str, now: i64) -> Level {
        self.level(&Bucket::Case(case, id.to_owned()), now)
    }

    fn level(&mut self, bucket: &Bucket, now: i64) -> Level {
        let (quota, span, _) = self.bounds(bucket);
        let sum = self.sum(bucket, now, span);
        let oldest = self
            .used
            .get(bucket)
            .and_then(|window| window.calls.front());
        Level {
            percent: (sum as f64 * 100.0 / quota.max(1) as f64).min(100.0),
            regain: oldest.map_or(0, |(at, _)| at + span - now),
        }
    }

    fn sum(&mut self, bucket: &Bucket, now: i64, span: i64) -> u64 {
        let window = self.used.get_mut(bucket);
        window.map_or(0, |window| window.sum(now, span))
    }

    /// Quota, seconds, and the preset of being above.
    fn bounds(&self, bucket: &Bucket) -> (u64, i64, &'static str) {
        let quotas = &self.quotas;
        match bucket {
            Bucket::App => (quotas.app, HOUR, "throttled_app"),
            Bucket::Account(_) => (quotas.account, DECAY, "throttled_ad_account"),
            Bucket::Case(UseCase::Management, _) => {
                (quotas.ads_management, HOUR, "throttled_ads_management")
            }
            Bucket::Case(UseCase::Insights, _) => (quotas.ads_insights, HOUR, "throttled_insights"),
        }
    }
}

impl Charge {
    fn buckets(&self) -> Vec<(Bucket, u64)> {
        let account = self
            .account
            .clone()
            .map(|id| (Bucket::Account(id), self.score));
        let case = self
            .case
            .clone()
            .map(|(case, id)| (Bucket::Case(case, id), 1));
        [Some((Bucket::App, 1)), case, account]
            .into_iter()
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_full_frees_itself_as_time_passes() {
        let mut usage = Usage {
            quotas: Quotas {
                app: 3,
                account: 4,
                ..Quotas::default()
            },
            ..Usage::default()
        };
        let write = Charge {
            account: Some("42".to_owned()),
            score: 3,
            case: None,
        };
        assert_eq!(usage.admit(&write, 1000), Ok(()));
        assert_eq!(usage.admit(&write, 1001), Err("throttled_ad_account"));
        assert_eq!(
            usage.account("42", 1001),
            Level {
                percent: 75.0,
                regain: 299
            }
        );
        assert_eq!(usage.account("43", 1001), Level::default());
        assert_eq!(usage.admit(&write, 1300), Ok(()), "after five minutes");
        assert_eq!(usage.admit(&Charge::default(), 1301), Ok(()));
        assert_eq!(usage.admit(&Charge::default(), 1302), Err("throttled_app"));
        assert_eq!(
            usage.app(1302),
            Level {
                percent: 100.0,
                regain: 3298
            }
        );
        assert_eq!(
            usage.admit(&Charge::default(), 4600),
            Ok(()),
            "an hour after the first"
        );
        assert_eq!(
            usage.admit(&Charge::default(), 0),
            Ok(()),
            "the clock was set back"
        );
    }
}
