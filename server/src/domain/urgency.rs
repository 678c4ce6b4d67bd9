//! Which work comes first, and how long work that failed waits for its next try.

use chrono::TimeDelta;

use super::rng::Rng;

/// How urgent a job is, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody sits in front of a page that waits for it.
    Waiting,
    /// Somebody waits elsewhere: a mail, a decision that takes effect, a call of Meta's.
    Soon,
    /// A great many that nobody waits for: checking every token.
    Bulk,
    /// The house is kept clean.
    Upkeep,
}

impl Urgency {
    /// Every one, the most urgent first.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Soon, Self::Bulk, Self::Upkeep];

    /// As stored: smaller is sooner.
    #[must_use]
    pub const fn priority(self) -> i32 {
        match self {
            Self::Waiting => 0,
            Self::Soon => 1,
            Self::Bulk => 2,
            Self::Upkeep => 3,
        }
    }

    /// Whether nobody waits for it.
    #[must_use]
    pub const fn is_patient(priority: i32) -> bool {
        priority >= Self::Bulk.priority()
    }
}

/// The longest pause after each failed try: it doubles from two seconds to half an hour.
fn longest_pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, 11) - 1).unwrap_or_default();
    TimeDelta::seconds((2_i64 << doublings).min(1_800))
}

/// The pause after a failed try: anything up to the longest, so that jobs which failed together do not come
/// back together.
pub fn pause(attempts: i32, rng: &dyn Rng) -> TimeDelta {
    let longest = longest_pause(attempts).num_milliseconds();
    let mut random = [0; 4];
    rng.fill(&mut random);
    let share = i64::from(u32::from_be_bytes(random));
    TimeDelta::milliseconds((longest * share) >> u32::BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rng::TestRng;

    /// Gives the same byte again and again.
    struct Always(u8);

    impl Rng for Always {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn the_longest_pause_doubles_up_to_half_an_hour() {
        let seconds: Vec<i64> = (1..=12).map(|n| longest_pause(n).num_seconds()).collect();
        assert_eq!(
            seconds,
            [2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_800, 1_800]
        );
    }

    #[test]
    fn a_pause_is_anything_up_to_the_longest() {
        for attempts in [i32::MIN, 0, 1, 5, 11, 20, i32::MAX] {
            let longest = longest_pause(attempts);
            assert_eq!(pause(attempts, &Always(0)), TimeDelta::zero());
            let last = pause(attempts, &Always(0xff));
            assert_eq!(last, longest - TimeDelta::milliseconds(1));
            let half = pause(attempts, &Always(0x80));
            assert_eq!(
                half.num_milliseconds(),
                longest.num_milliseconds() * 128 / 255
            );
        }
    }

    #[test]
    fn jobs_that_failed_together_come_back_apart() {
        let rng = TestRng::default();
        let mut pauses: Vec<_> = (0..50).map(|_| pause(8, &rng)).collect();
        pauses.sort();
        pauses.dedup();
        assert!(pauses.len() > 40, "{pauses:?}");
    }

    #[test]
    fn the_more_urgent_is_the_smaller() {
        for pair in Urgency::ALL.windows(2) {
            assert!(pair[0].priority() < pair[1].priority());
        }
        let patient = Urgency::ALL.map(|urgency| Urgency::is_patient(urgency.priority()));
        assert_eq!(patient, [false, false, true, true]);
    }
}
