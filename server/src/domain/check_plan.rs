//! When a token is checked next: spread over the day, sooner after trouble and near the end.

use app::model::{TokenStanding, TokenStatus};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::token::Action;

/// From an end that is known to the check that sees it.
const AFTER_END: TimeDelta = TimeDelta::minutes(1);
/// What is superseded is used by nothing: it is looked at so much more seldom.
const SUPERSEDED: i32 = 7;
/// What is about to end is looked at so much more often.
const EXPIRING: i32 = 4;
/// Never more often than this by plan.
const CLOSEST: TimeDelta = TimeDelta::hours(1);
/// The longest pause after checks that came to know nothing.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(2);
/// What was put off comes again within this time after the moment that Meta named, not all at once.
const SPREAD: TimeDelta = TimeDelta::seconds(30);

/// What a plan needs to know of a token.
#[derive(Clone, Copy, Debug)]
pub struct Planned {
    pub id: Uuid,
    pub standing: TokenStanding,
    pub expires_at: Option<DateTime<Utc>>,
    pub data_access_expires_at: Option<DateTime<Utc>>,
}

/// What the last check led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Meta said how it stands.
    Status(TokenStatus),
    /// Meta could not say; so many times in a row, this one too.
    Nothing { action: Action, failures: u32 },
    /// Meta asked to wait: no call before then.
    NotBefore(DateTime<Utc>),
}

/// When this token is to be checked next, with so much time from one check to the next as the agency wants.
/// Always later than now.
#[must_use]
pub fn next_check(
    token: &Planned,
    told: Told,
    every: TimeDelta,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let planned = match told {
        Told::Status(status) => slot(token.id, rhythm(token.standing, status, every), now),
        Told::Nothing { action, failures } => now + pause(token.id, action, failures),
        Told::NotBefore(moment) => moment.max(now) + share(token.id, SPREAD, 1_000),
    };
    let ends = [token.expires_at, token.data_access_expires_at];
    let seen = { ends.into_iter().flatten() }
        .filter(|end| *end > now)
        .map(|end| end + AFTER_END)
        .min();
    match (told, seen) {
        (Told::Status(_), Some(end)) => planned.min(end),
        _ => planned,
    }
}

/// The time from one check to the next.
fn rhythm(standing: TokenStanding, status: TokenStatus, every: TimeDelta) -> TimeDelta {
    match (standing, status) {
        (TokenStanding::Superseded, _) => every * SUPERSEDED,
        (_, TokenStatus::Expiring) => (every / EXPIRING).max(CLOSEST.min(every)),
        _ => every,
    }
}

/// The token's own moment in each round of this length. At least half a round lies before it, so that a check
/// out of turn is not followed by another at once.
#[must_use]
pub fn slot(id: Uuid, round: TimeDelta, now: DateTime<Utc>) -> DateTime<Utc> {
    let length = round.num_seconds().max(1);
    let own = share(id, round, length).num_seconds();
    let earliest = (now + round / 2).timestamp();
    let rounds = (earliest - own).div_euclid(length) + 1;
    DateTime::from_timestamp(own + rounds * length, 0).unwrap_or(now + round)
}

/// The pause after checks that came to know nothing: it doubles.
fn pause(id: Uuid, action: Action, failures: u32) -> TimeDelta {
    let first = match action {
        Action::Retry => TimeDelta::minutes(2),
        Action::Wait => TimeDelta::minutes(5),
        // Somebody has to mend something first.
        _ => TimeDelta::minutes(15),
    };
    let doublings = failures.saturating_sub(1).min(10);
    let pause = (first * (1 << doublings)).min(LONGEST_PAUSE);
    pause + share(id, pause / 4, 1_000)
}

/// The token's own share of a time, the same at every run: one of so many steps. The last eight bytes of an id
/// are random.
fn share(id: Uuid, of: TimeDelta, steps: i64) -> TimeDelta {
    let (_, random) = id.as_u64_pair();
    let steps = steps.max(1);
    // Below `steps`, so that it fits.
    let step = i64::try_from(random % steps.unsigned_abs()).unwrap_or_default();
    let whole = i128::from(of.num_milliseconds()) * i128::from(step) / i128::from(steps);
    TimeDelta::milliseconds(i64::try_from(whole).unwrap_or_default())
}

#[cfg(test)]
mod tests;
