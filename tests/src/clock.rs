use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use server::domain::clock::Clock;

/// Monday, 23 November 2026, 10:00 UTC: when every test begins.
const BEGIN_MICROS: i64 = 1_795_428_000_000_000;
/// What passes with each look: two moments are never the same, so that "the newest" is always one.
const TICK_MICROS: i64 = 1_000;

/// A clock that a test moves. It stands still but for a millisecond with each look.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(BEGIN_MICROS))
    }
}

impl TestClock {
    /// Lets time pass.
    pub fn advance(&self, by: TimeDelta) {
        let micros = by.num_microseconds().expect("a test lasts no millennia");
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let micros = self.0.fetch_add(TICK_MICROS, Ordering::SeqCst);
        DateTime::from_timestamp_micros(micros).expect("a moment in our time")
    }
}
