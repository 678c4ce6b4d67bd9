//! The sandbox's own time: the computer's clock plus an offset, so that sixty days pass in a call.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

/// The clock that all lifetimes in the sandbox are measured by. It keeps running.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    offset: TimeDelta,
}

impl Clock {
    /// The sandbox's present.
    pub fn now(&self) -> DateTime<Utc> {
        let real = computer();
        real.checked_add_signed(self.offset).unwrap_or(real)
    }

    /// The sandbox's present in unix seconds.
    pub fn unix(&self) -> i64 {
        self.now().timestamp()
    }

    /// How far the present is ahead of the computer's; negative: behind.
    pub fn offset(&self) -> TimeDelta {
        self.offset
    }

    /// Moves the present by so many seconds, back if negative. A move out of all calendars is
    /// ignored.
    pub fn advance(&mut self, seconds: i64) {
        let moved = TimeDelta::try_seconds(seconds).and_then(|by| self.offset.checked_add(&by));
        if let Some(offset) = moved {
            self.offset = offset;
        }
    }

    /// Makes `now` the present, from which time goes on.
    pub fn set(&mut self, now: DateTime<Utc>) {
        self.offset = now - computer();
    }

    /// Back to the computer's clock.
    pub fn real(&mut self) {
        self.offset = TimeDelta::zero();
    }
}

/// When a short-lived token that is made at `now` ends: one to two hours later, on a full hour
/// (`meta.md` §2.2).
pub fn short_life_end(now: i64) -> i64 {
    const HOUR: i64 = 3600;
    let earliest = now + HOUR;
    earliest + (-earliest).rem_euclid(HOUR)
}

/// A time as Meta writes it in error messages: `Wednesday, 16-Nov-22 07:45:51 PST`.
pub fn pacific(unix: i64) -> String {
    let utc = DateTime::from_timestamp(unix, 0).unwrap_or_default();
    let (hours, zone) = if is_pacific_summer(utc) {
        (7, "PDT")
    } else {
        (8, "PST")
    };
    let local = utc - TimeDelta::hours(hours);
    format!("{} {zone}", local.format("%A, %d-%b-%y %H:%M:%S"))
}

/// From the second Sunday of March, 10:00 UTC, to the first Sunday of November, 09:00 UTC.
fn is_pacific_summer(utc: DateTime<Utc>) -> bool {
    let change = |month, nth, hour| {
        NaiveDate::from_weekday_of_month_opt(utc.year(), month, Weekday::Sun, nth)
            .and_then(|day| day.and_hms_opt(hour, 0, 0))
    };
    match (change(3, 2, 10), change(11, 1, 9)) {
        (Some(begin), Some(end)) => (begin..end).contains(&utc.naive_utc()),
        _ => false,
    }
}

/// What the computer's clock says.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place of the sandbox that reads it"
)]
fn computer() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_life_ends_on_a_full_hour_in_one_to_two_hours() {
        assert_eq!(short_life_end(7200), 10_800);
        assert_eq!(short_life_end(7201), 14_400);
        assert_eq!(short_life_end(10_799), 14_400);
        for now in (0..20_000).step_by(77) {
            let end = short_life_end(now);
            assert_eq!(end % 3600, 0);
            assert!((3600..7200).contains(&(end - now)), "{now}");
        }
    }

    #[test]
    fn times_are_told_in_california() {
        assert_eq!(pacific(1_668_613_551), "Wednesday, 16-Nov-22 07:45:51 PST");
        assert_eq!(pacific(1_657_000_000), "Monday, 04-Jul-22 22:46:40 PDT");
    }

    #[test]
    fn the_clock_moves_and_comes_back() {
        let mut clock = Clock::default();
        clock.advance(5_184_000);
        assert!(clock.unix() - computer().timestamp() >= 5_183_999);
        clock.advance(i64::MAX);
        clock.real();
        assert!((clock.unix() - computer().timestamp()).abs() <= 1);
    }
}
