//! How often something may be tried: a count in fixed windows of time, wherever the count is kept.

use chrono::{DateTime, TimeDelta, Utc};

/// At most so many in a window. Windows begin at whole multiples of their length since 1970, so that
/// every replica counts in the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub max: u32,
    pub window_seconds: i64,
}

/// Sign-in tries per account.
pub const SIGN_IN_ACCOUNT: Limit = Limit::new(10, 15 * 60);
/// Sign-in tries per address.
pub const SIGN_IN_ADDRESS: Limit = Limit::new(30, 15 * 60);
/// Openings of link pages per address.
pub const LINK_PAGES: Limit = Limit::new(60, 60);
/// Mails with a link per client.
pub const LINK_MAILS: Limit = Limit::new(5, 60 * 60);

impl Limit {
    /// At most `max` in `window_seconds`, which is above zero.
    #[must_use]
    pub const fn new(max: u32, window_seconds: i64) -> Self {
        assert!(window_seconds > 0, "a window has a length");
        Self {
            max,
            window_seconds,
        }
    }

    /// When the window began that is running now: the key to count under.
    #[must_use]
    pub fn window_start(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let into = now.timestamp().rem_euclid(self.window_seconds);
        let part = TimeDelta::nanoseconds(i64::from(now.timestamp_subsec_nanos()));
        now - TimeDelta::seconds(into) - part
    }

    /// Whether one more is allowed after `used` in the running window.
    #[must_use]
    pub const fn allows(self, used: u32) -> bool {
        used < self.max
    }

    /// Seconds until the next window, at least one: the value of `Retry-After`.
    #[must_use]
    pub fn retry_after_seconds(self, now: DateTime<Utc>) -> u64 {
        let left = self.window_seconds - now.timestamp().rem_euclid(self.window_seconds);
        u64::try_from(left).unwrap_or(1).max(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(micros: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(micros).unwrap()
    }

    #[test]
    fn the_numbers_are_those_of_the_product() {
        assert_eq!(
            (SIGN_IN_ACCOUNT.max, SIGN_IN_ACCOUNT.window_seconds),
            (10, 900)
        );
        assert_eq!(
            (SIGN_IN_ADDRESS.max, SIGN_IN_ADDRESS.window_seconds),
            (30, 900)
        );
        assert_eq!((LINK_PAGES.max, LINK_PAGES.window_seconds), (60, 60));
        assert_eq!((LINK_MAILS.max, LINK_MAILS.window_seconds), (5, 3600));
    }

    #[test]
    fn the_last_allowed_is_the_one_that_fills_the_window() {
        assert!(LINK_MAILS.allows(4));
        assert!(!LINK_MAILS.allows(5));
        assert!(!LINK_MAILS.allows(u32::MAX));
    }

    #[test]
    fn a_window_ends_where_the_next_begins() {
        let limit = Limit::new(1, 60);
        assert_eq!(limit.window_start(at(59_999_999)), at(0));
        assert_eq!(limit.retry_after_seconds(at(59_999_999)), 1);
        assert_eq!(limit.window_start(at(60_000_000)), at(60_000_000));
        assert_eq!(limit.retry_after_seconds(at(60_000_000)), 60);
    }

    proptest! {
        #[test]
        fn now_is_in_its_window(micros in -10_i64.pow(15)..10_i64.pow(16), seconds in 1_i64..100_000) {
            let limit = Limit::new(1, seconds);
            let now = at(micros);
            let start = limit.window_start(now);
            prop_assert!(start <= now);
            prop_assert!(now < start + TimeDelta::seconds(seconds));
            prop_assert_eq!(limit.window_start(start), start);
            let next = now + TimeDelta::seconds(limit.retry_after_seconds(now).try_into().unwrap());
            prop_assert!(limit.window_start(next) > start);
        }
    }
}
