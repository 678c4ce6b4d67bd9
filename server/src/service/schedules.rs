//! What happens again and again: a schedule fires by enqueuing a job, in the transaction that moves it on.
//! So it fires once however many workers look, and a worker that is killed loses none.

use app::model::JobKind;
use chrono::{DateTime, TimeDelta, Utc};

use super::{Portal, Result};
use crate::store::{self, Write, lookup};

/// A job that is enqueued again and again. Its name is that of the kind.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    pub kind: JobKind,
    pub every: TimeDelta,
    pub each: Each,
}

/// Whom a schedule's job is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// One job for each agency, about that agency.
    Agency,
    /// One for all, in the name of the first agency.
    Installation,
}

/// Which schedules fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fire {
    /// Those whose time has come.
    Due,
    /// All of them, as if their time had come.
    All,
}

impl Portal {
    /// Fires schedules. Gives when the next is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fire(&self, schedules: &[Schedule], which: Fire) -> Result<DateTime<Utc>> {
        let mut next = self.now() + TimeDelta::days(1);
        for schedule in schedules {
            next = next.min(self.fire_one(schedule, which).await?);
        }
        Ok(next)
    }

    async fn fire_one(&self, schedule: &Schedule, which: Fire) -> Result<DateTime<Utc>> {
        let now = self.now();
        let row = store::schedules::get(self.db.reader(), schedule.kind.code(), now).await?;
        if which == Fire::Due && row.next_at > now {
            return Ok(row.next_at);
        }
        let next_at = next_time(row.next_at, schedule.every, now);
        let tx = self.begin().await?;
        if store::schedules::fire(&tx, &row, next_at, now).await? == Write::Done {
            let agencies = match schedule.each {
                Each::Agency => lookup::agencies(&tx).await?,
                Each::Installation => {
                    let first = lookup::first_agency(&tx).await?;
                    first.map(|(scope, _)| scope).into_iter().collect()
                }
            };
            for scope in agencies {
                let subject = scope.agency();
                // One that failed still has its tries to go: a second one would do the same beside it.
                if !store::jobs::is_open(&tx, scope, schedule.kind, subject).await? {
                    self.enqueue(&tx, scope, schedule.kind, subject).await?;
                }
            }
            self.commit(tx).await?;
        }
        Ok(next_at)
    }
}

/// The first time after now, in step with the time that was due: what was missed is not made up for. Fired
/// before its time, it is due one round from now.
fn next_time(due: DateTime<Utc>, every: TimeDelta, now: DateTime<Utc>) -> DateTime<Utc> {
    if due > now {
        return now + every;
    }
    let rounds = (now - due).num_milliseconds() / every.num_milliseconds().max(1) + 1;
    due + every * i32::try_from(rounds).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_missed_is_not_made_up_for() {
        let noon: DateTime<Utc> = "2026-11-25T12:00:00Z".parse().unwrap();
        let every = TimeDelta::minutes(5);
        for (late, next) in [(0, 5), (1, 5), (4, 5), (5, 10), (14, 15), (1_440, 1_445)] {
            let now = noon + TimeDelta::minutes(late);
            assert_eq!(
                next_time(noon, every, now),
                noon + TimeDelta::minutes(next),
                "{late} minutes late"
            );
        }
    }

    #[test]
    fn one_that_is_fired_before_its_time_is_due_one_round_from_then() {
        let noon: DateTime<Utc> = "2026-11-25T12:00:00Z".parse().unwrap();
        let every = TimeDelta::minutes(5);
        let early = noon - TimeDelta::minutes(2);
        assert_eq!(next_time(noon, every, early), early + every);
    }
}
