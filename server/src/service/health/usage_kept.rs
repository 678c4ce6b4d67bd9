//! What Meta says of its limits outlives the process that heard it: a fresh worker obeys a stop, and the page of
//! health tells of what all processes have heard.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    meta::{Bucket, UsageRow},
    service::{Portal, Result},
    store::meta_usage,
};

/// So often it is written down at most, however many calls there are.
const PAUSE: TimeDelta = TimeDelta::seconds(3);
/// A stop of Meta's does not last longer.
const LASTS: TimeDelta = TimeDelta::days(1);
/// Shares that a process takes over at its start.
const SHARES: u64 = 2_000;
/// In percent: an ad account that has used less of its share is of no interest to anybody.
const WORTH: f64 = 10.0;

/// What this process has written down.
#[derive(Default)]
pub struct UsageKept(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    at: Option<DateTime<Utc>>,
    rows: HashMap<Bucket, UsageRow>,
}

impl UsageKept {
    /// What is worth writing down and stands there otherwise; counted as written.
    fn fresh(&self, report: Vec<UsageRow>, now: DateTime<Utc>) -> Vec<UsageRow> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.at = Some(now);
        let mut fresh = Vec::new();
        for row in report {
            let is_worth = row.bucket == Bucket::App
                || row.percent >= WORTH
                || row.stopped_until.is_some_and(|until| until > now);
            let known = kept.rows.get(&row.bucket);
            // What fell below is told once, so that nobody believes the old number.
            if known == Some(&row) || (known.is_none() && !is_worth) {
                continue;
            }
            if is_worth {
                kept.rows.insert(row.bucket.clone(), row.clone());
            } else {
                kept.rows.remove(&row.bucket);
            }
            fresh.push(row);
        }
        fresh
    }

    fn is_rested(&self, now: DateTime<Utc>) -> bool {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.at.is_none_or(|at| now - at >= PAUSE)
    }

    /// It was not written down after all.
    fn forget(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.rows.clear();
    }
}

impl Portal {
    /// Writes down what Meta has told of its limits since the last time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_usage(&self) -> Result<()> {
        let Some(graph) = &self.graph else {
            return Ok(());
        };
        let fresh = self.watched.usage.fresh(graph.usage_report(), self.now());
        if fresh.is_empty() {
            return Ok(());
        }
        let app = &graph.config().app_id;
        let rows = fresh.into_iter().map(|row| meta_usage::Model {
            bucket: row.bucket.level().to_owned(),
            // The app's share is of one app: another one begins anew.
            meta_id: match &row.bucket {
                Bucket::App => app.clone(),
                other => other.id().to_owned(),
            },
            percent: row.percent,
            stopped_until: row.stopped_until,
            seen_at: row.seen_at,
        });
        let put = meta_usage::put(self.db.counter(), rows.collect()).await;
        if put.is_err() {
            self.watched.usage.forget();
        }
        Ok(put?)
    }

    /// [`Portal::keep_usage`], but not again within some seconds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_usage_at_times(&self) -> Result<()> {
        if self.watched.usage.is_rested(self.now()) {
            self.keep_usage().await?;
        }
        Ok(())
    }

    /// Takes over what other processes, or the last one, were told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn learn_usage(&self) -> Result<()> {
        let Some(graph) = &self.graph else {
            return Ok(());
        };
        let since = self.now() - LASTS;
        let rows = meta_usage::heard_since(self.db.reader(), since, SHARES).await?;
        let app = &graph.config().app_id;
        let rows = rows.into_iter().filter_map(|row| {
            let bucket = Bucket::from_parts(&row.bucket, &row.meta_id)?;
            let is_ours = bucket != Bucket::App || row.meta_id == *app;
            is_ours.then_some(UsageRow {
                bucket,
                percent: row.percent,
                stopped_until: row.stopped_until,
                seen_at: row.seen_at,
            })
        });
        graph.seed_usage(rows.collect());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: &str, percent: f64) -> UsageRow {
        UsageRow {
            bucket: Bucket::AdAccount(number.to_owned()),
            percent,
            stopped_until: None,
            seen_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_is_new_and_worth_it_is_written_once() {
        let (kept, now) = (UsageKept::default(), DateTime::UNIX_EPOCH);
        let report = || vec![row("1", 90.0), row("2", 3.0)];
        assert_eq!(kept.fresh(report(), now), [row("1", 90.0)]);
        assert_eq!(kept.fresh(report(), now), []);
        kept.forget();
        assert_eq!(kept.fresh(report(), now), [row("1", 90.0)]);
    }

    #[test]
    fn what_fell_below_is_told_once() {
        let (kept, now) = (UsageKept::default(), DateTime::UNIX_EPOCH);
        kept.fresh(vec![row("1", 90.0)], now);
        assert_eq!(kept.fresh(vec![row("1", 4.0)], now), [row("1", 4.0)]);
        assert_eq!(kept.fresh(vec![row("1", 5.0)], now), []);
    }

    #[test]
    fn a_pause_lies_between_two_times() {
        let (kept, now) = (UsageKept::default(), DateTime::UNIX_EPOCH);
        assert!(kept.is_rested(now));
        kept.fresh(vec![], now);
        assert!(!kept.is_rested(now + PAUSE - TimeDelta::milliseconds(1)));
        assert!(kept.is_rested(now + PAUSE));
    }
}
