//! Obeys what Meta says about our shares, before Meta has to refuse.
//!
//! From 80 % on the calls of a share are spaced; at 95 %, or when Meta throttles, the share stops until the time
//! that Meta names. Where Meta names none (the app's share is a rolling hour), the first stop is a minute long
//! and each that follows twice as long as the one before, up to half an hour; a good answer below 95 % after
//! a stop begins from the start. A stop is never cut short: an answer that was under way when it came knows less.

mod bucket;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

pub use bucket::{Bucket, UsageRow};

use super::usage::{Level, Told};

/// From here on calls are spaced, in percent.
const SLOW: f64 = 80.0;
/// From here on none is sent.
const STOP: f64 = 95.0;
/// Between two calls at 80 %.
const GAP_MIN: f64 = 0.1;
/// Between two calls from 95 % on.
const GAP_MAX: f64 = 1.0;
/// The longest that a call is let wait for its turn.
pub(super) const WAIT_MAX: Duration = Duration::from_secs(5);
/// The first stop, where Meta names no time.
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// Doublings of it: 32 minutes.
const DOUBLINGS_MAX: u32 = 5;
/// Shares that are remembered.
const KEPT_MAX: usize = 1_000;

/// One share.
#[derive(Clone, Debug)]
struct Share {
    percent: f64,
    seen_at: DateTime<Utc>,
    stopped_until: Option<DateTime<Utc>>,
    /// Stops in a row for which Meta named no time.
    strikes: u32,
    /// When the next call may be made: a single one, and one of a batch. Batches are work that can wait, so that
    /// no person waits behind them.
    free: [Option<Instant>; 2],
}

impl Share {
    const fn new(now: DateTime<Utc>) -> Self {
        Self {
            percent: 0.0,
            seen_at: now,
            stopped_until: None,
            strikes: 0,
            free: [None; 2],
        }
    }

    fn stop(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.stopped_until.filter(|until| *until > now)
    }

    fn hear(&mut self, level: Level, now: DateTime<Utc>) {
        self.percent = level.percent;
        self.seen_at = now;
        let named = (!level.regain.is_zero()).then(|| now + delta(level.regain));
        if level.is_shut || level.percent >= STOP {
            self.halt(named, now);
        } else if self.stop(now).is_none() {
            self.strikes = 0;
        }
    }

    fn halt(&mut self, named: Option<DateTime<Utc>>, now: DateTime<Utc>) {
        let before = self.stop(now);
        self.stopped_until = Some(match (named, before) {
            (Some(named), before) => before.map_or(named, |before| before.max(named)),
            (None, Some(before)) => before,
            (None, None) => {
                let doublings = self.strikes.min(DOUBLINGS_MAX);
                self.strikes = self.strikes.saturating_add(1);
                now + PAUSE * 2_i32.pow(doublings)
            }
        });
    }

    /// Between two calls.
    fn gap(&self) -> Duration {
        if self.percent < SLOW {
            return Duration::ZERO;
        }
        let way = ((self.percent - SLOW) / (STOP - SLOW)).min(1.0);
        Duration::from_secs_f64(GAP_MIN + way * (GAP_MAX - GAP_MIN))
    }
}

/// All shares that were told of.
#[derive(Debug, Default)]
pub(super) struct Gate(Mutex<HashMap<Bucket, Share>>);

impl Gate {
    /// Lets so many calls through at once, after a wait. `Err`: not now, but then.
    pub fn admit(
        &self,
        buckets: &[Bucket],
        calls: u32,
        now: DateTime<Utc>,
        at: Instant,
    ) -> Result<Duration, DateTime<Utc>> {
        let mut shares = self.shares();
        let known = || buckets.iter().filter_map(|bucket| shares.get(bucket));
        if let Some(until) = known().filter_map(|share| share.stop(now)).max() {
            return Err(until);
        }
        let lane = usize::from(calls > 1);
        let free = known().filter_map(|share| share.free[lane]).max();
        let start = free.map_or(at, |free| free.max(at));
        let wait = start - at;
        if wait > WAIT_MAX {
            return Err(now + delta(wait));
        }
        for bucket in buckets {
            if let Some(share) = shares.get_mut(bucket) {
                let gap = share.gap();
                share.free[lane] = (!gap.is_zero()).then(|| start + gap * calls);
            }
        }
        Ok(wait)
    }

    /// Takes in the headers of an answer to a call that was counted against these shares.
    pub fn hear(&self, buckets: &[Bucket], told: &Told, now: DateTime<Utc>) {
        let mut shares = self.shares();
        let mut hear = |bucket: Bucket, level| {
            let share = shares.entry(bucket).or_insert_with(|| Share::new(now));
            share.hear(level, now);
        };
        if let Some(level) = told.app {
            hear(Bucket::App, level);
        }
        let account = buckets
            .iter()
            .find(|bucket| matches!(bucket, Bucket::AdAccount(_)));
        if let (Some(level), Some(account)) = (told.account, account) {
            hear(account.clone(), level);
        }
        for (id, level) in &told.cases {
            // Meta tells ids of both without a difference; those of nobody's call are taken for businesses.
            let own = Bucket::AdAccount(id.clone());
            let bucket = if buckets.contains(&own) {
                own
            } else {
                Bucket::Business(id.clone())
            };
            hear(bucket, *level);
        }
        forget_some(&mut shares, now);
    }

    /// Meta throttled a call. The stop of the share that is meant, if that is known.
    pub fn throttled(
        &self,
        code: Option<i64>,
        buckets: &[Bucket],
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let mut shares = self.shares();
        for bucket in buckets.iter().filter(|bucket| bucket.is_meant(code)) {
            let share = shares
                .entry(bucket.clone())
                .or_insert_with(|| Share::new(now));
            share.halt(None, now);
        }
        let stops = buckets.iter().filter_map(|bucket| shares.get(bucket));
        // A limit of the person or of a page is no share that is known by name.
        let stops = stops.filter_map(|share| share.stop(now));
        stops.max().unwrap_or(now + PAUSE)
    }

    /// What is known of all shares, the fullest first.
    pub fn report(&self) -> Vec<UsageRow> {
        let shares = self.shares();
        let rows = shares.iter().map(|(bucket, share)| UsageRow {
            bucket: bucket.clone(),
            percent: share.percent,
            stopped_until: share.stopped_until,
            seen_at: share.seen_at,
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| {
            let by_percent = b.percent.total_cmp(&a.percent);
            by_percent.then_with(|| a.bucket.cmp(&b.bucket))
        });
        rows
    }

    /// Takes over what another process was told. What this one knows better stays.
    pub fn seed(&self, rows: Vec<UsageRow>, now: DateTime<Utc>) {
        let mut shares = self.shares();
        for row in rows {
            let is_new = !shares.contains_key(&row.bucket);
            let share = shares
                .entry(row.bucket)
                .or_insert_with(|| Share::new(row.seen_at));
            if is_new || row.seen_at > share.seen_at {
                share.percent = row.percent;
                share.seen_at = row.seen_at;
            }
            share.stopped_until = share.stopped_until.max(row.stopped_until);
        }
        forget_some(&mut shares, now);
    }

    fn shares(&self) -> MutexGuard<'_, HashMap<Bucket, Share>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps what is stopped and what is fullest, once there is too much.
fn forget_some(shares: &mut HashMap<Bucket, Share>, now: DateTime<Utc>) {
    if shares.len() <= 2 * KEPT_MAX {
        return;
    }
    let mut all: Vec<_> = shares.drain().collect();
    let weight = |share: &Share| (share.stop(now).is_some(), share.percent);
    all.sort_by(|(_, a), (_, b)| {
        let (stopped_a, percent_a) = weight(a);
        let (stopped_b, percent_b) = weight(b);
        let by_stop = stopped_b.cmp(&stopped_a);
        by_stop.then_with(|| percent_b.total_cmp(&percent_a))
    });
    all.truncate(KEPT_MAX);
    shares.extend(all);
}

fn delta(span: Duration) -> TimeDelta {
    TimeDelta::from_std(span).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests;
