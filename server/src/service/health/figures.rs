//! The figures for programs: of all agencies together, without a name or an id of anybody.

use app::model::{
    AnswerClass, BackupFilter, ClientFilter, Ends, EndsFilter, MailState, TokenStatus, UsageBucket,
};
use chrono::{DateTime, TimeDelta, Utc};

use super::LONG_WAIT;
use crate::{
    domain::agency::AgencyScope,
    service::{Portal, Result, clients},
    store::{self, lookup, meta_usage},
};

/// Meta counts over an hour that moves on: what it told before says nothing any more.
pub(super) const USAGE_LASTS: TimeDelta = TimeDelta::hours(1);
/// Shares that are looked at.
const SHARES: u64 = 5_000;

/// Figures of the whole installation, read from the database.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Connections in use by the status of their token: every status.
    pub tokens: Vec<(TokenStatus, u64)>,
    /// Connections in use that end within 14 days.
    pub ending: u64,
    /// Critical clients without a backup that Meta takes.
    pub no_backup: u64,
    /// Validations since the first: every class.
    pub validations: Vec<(AnswerClass, u64)>,
    /// Connections and backups that wait for a decision.
    pub waiting: u64,
    /// Those that have waited for more than a day.
    pub waiting_long: u64,
    /// Jobs that are due and not begun.
    pub jobs_due: u64,
    /// For how many seconds the oldest of them has been.
    pub queue_age: u64,
    /// Jobs that were given up.
    pub dead_letters: u64,
    /// Mails: every state.
    pub mails: Vec<(MailState, u64)>,
    /// Shares of Meta's limits: every kind.
    pub shares: Vec<(UsageBucket, Shares)>,
}

/// How much is used of the shares of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// In percent: of the fullest, of the one below which 95 % lie, and of the one in the middle.
    pub most: f64,
    pub p95: f64,
    pub p50: f64,
    /// How many are held back.
    pub stopped: u64,
    /// Seconds until the last of these goes on.
    pub stop_seconds: u64,
}

impl Portal {
    /// The figures of all agencies together.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn figures(&self) -> Result<Figures> {
        let mut sums = Figures {
            tokens: TokenStatus::ALL.iter().map(|status| (*status, 0)).collect(),
            validations: AnswerClass::ALL.iter().map(|class| (*class, 0)).collect(),
            mails: MailState::ALL.iter().map(|state| (*state, 0)).collect(),
            ..Figures::default()
        };
        for scope in lookup::agencies(self.db.reader()).await? {
            self.add_figures(scope, &mut sums).await?;
        }
        let now = self.now();
        let told = meta_usage::heard_since(self.db.reader(), now - USAGE_LASTS, SHARES).await?;
        sums.shares = { UsageBucket::ALL.iter() }
            .map(|bucket| (*bucket, shares(&told, *bucket, now)))
            .collect();
        Ok(sums)
    }

    async fn add_figures(&self, scope: AgencyScope, sums: &mut Figures) -> Result<()> {
        let (db, now) = (self.db.reader(), self.now());
        add(&mut sums.tokens, self.token_figures(scope).await?);
        add(&mut sums.mails, self.mail_figures(scope).await?);
        let validations = store::validation_days::in_all(db, scope).await?;
        let validations = validations.into_iter().filter_map(|(class, count)| {
            let class = AnswerClass::from_code(&class)?;
            Some((class, u64::try_from(count).ok()?))
        });
        add(&mut sums.validations, validations);
        let ending = clients::stretch(Ends::Offered(EndsFilter::Fortnight), now);
        let ending = store::health::ends(db, scope, &[ending]).await?;
        sums.ending += ending.into_iter().sum::<u64>();
        let critical = ClientFilter {
            backup: Some(BackupFilter::Missing),
            ..ClientFilter::default()
        };
        sums.no_backup += self.count_clients(scope, &critical).await?;
        let waiting = |since| store::health::waiting_since_before(db, scope, since);
        sums.waiting += waiting(now).await?;
        sums.waiting_long += waiting(now - LONG_WAIT).await?;
        let jobs = self.job_figures(scope).await?;
        sums.jobs_due += jobs.due;
        sums.dead_letters += jobs.dead;
        let age = jobs.oldest_due.map_or(0, |due| seconds(now - due));
        sums.queue_age = sums.queue_age.max(age);
        Ok(())
    }
}

/// Adds counts to sums that have a place for each.
fn add<K: PartialEq>(sums: &mut [(K, u64)], counts: impl IntoIterator<Item = (K, u64)>) {
    for (key, count) in counts {
        if let Some((_, sum)) = sums.iter_mut().find(|(known, _)| *known == key) {
            *sum += count;
        }
    }
}

fn seconds(length: TimeDelta) -> u64 {
    u64::try_from(length.num_seconds()).unwrap_or_default()
}

fn shares(told: &[meta_usage::Model], bucket: UsageBucket, now: DateTime<Utc>) -> Shares {
    let of_kind = || told.iter().filter(|row| row.bucket == bucket.code());
    let mut percents: Vec<f64> = of_kind().map(|row| row.percent).collect();
    percents.sort_unstable_by(f64::total_cmp);
    // The nearest rank: a share that is there, never one between two.
    let rank = |percent: usize| {
        let place = (percents.len() * percent).div_ceil(100).saturating_sub(1);
        percents.get(place).copied().unwrap_or_default()
    };
    let stops = || of_kind().filter_map(|row| row.stopped_until.filter(|until| *until > now));
    Shares {
        most: rank(100),
        p95: rank(95),
        p50: rank(50),
        stopped: stops().count() as u64,
        stop_seconds: stops().max().map_or(0, |until| seconds(until - now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_by_rank() {
        let now = DateTime::UNIX_EPOCH;
        let row = |number: u32, stopped: Option<i64>| meta_usage::Model {
            bucket: UsageBucket::AdAccount.code().to_owned(),
            meta_id: number.to_string(),
            percent: f64::from(number),
            stopped_until: stopped.map(|seconds| now + TimeDelta::seconds(seconds)),
            seen_at: now,
        };
        let mut told: Vec<_> = (1..=100).map(|number| row(number, None)).collect();
        told[3].stopped_until = Some(now + TimeDelta::seconds(40));
        told[4].stopped_until = Some(now - TimeDelta::seconds(40));
        let found = shares(&told, UsageBucket::AdAccount, now);
        let expected = Shares {
            most: 100.0,
            p95: 95.0,
            p50: 50.0,
            stopped: 1,
            stop_seconds: 40,
        };
        assert_eq!(found, expected);
        assert_eq!(shares(&told, UsageBucket::App, now), Shares::default());
    }

    #[test]
    fn what_has_no_place_is_not_counted() {
        let mut sums = [("a", 1), ("b", 0)];
        add(&mut sums, [("a", 2), ("c", 9)]);
        assert_eq!(sums, [("a", 3), ("b", 0)]);
    }
}
