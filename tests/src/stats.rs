//! What is said of many measured values: medians, and the time that so many of a hundred stay under.

use std::time::Duration;

/// Times that were measured.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// All of another measurement.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was measured.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The shortest time that `percent` of a hundred do not exceed (the nearest rank: always one that was
    /// measured); nothing where nothing was measured.
    ///
    /// # Panics
    /// Above a hundred.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Duration {
        assert!(percent <= 100, "{percent} of a hundred");
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100);
        let found = sorted.get(rank.saturating_sub(1));
        found.copied().unwrap_or_default()
    }

    /// The one in the middle.
    #[must_use]
    pub fn median(&self) -> Duration {
        self.percentile(50)
    }
}

/// The value in the middle, or what lies between the two that are; nothing of nothing.
#[must_use]
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => sorted[upper],
        _ => f64::midpoint(sorted[upper - 1], sorted[upper]),
    }
}

/// In thousandths of a second, as tables say it.
#[must_use]
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// How much of a stretch of time is covered by these others, each from its begin to its end, in seconds from
/// anywhere. They may overlap.
#[must_use]
pub fn covered(stretch: (Duration, Duration), others: &[(Duration, Duration)]) -> Duration {
    let mut sorted = others.to_vec();
    sorted.sort_unstable();
    let (mut sum, mut until) = (Duration::ZERO, stretch.0);
    for (begin, end) in sorted {
        let begin = begin.max(until);
        let end = end.min(stretch.1);
        if end > begin {
            sum += end - begin;
            until = end;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(millis: impl IntoIterator<Item = u64>) -> Times {
        let mut times = Times::default();
        for value in millis {
            times.add(Duration::from_millis(value));
        }
        times
    }

    const fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let hundred = times((1..=100).rev());
        assert_eq!(hundred.percentile(50), at(50));
        assert_eq!(hundred.percentile(99), at(99));
        assert_eq!(hundred.percentile(100), at(100));
        assert_eq!(hundred.percentile(0), at(1));
        // Of few, the 99th of a hundred is the longest.
        assert_eq!(times([3, 1, 2]).percentile(99), at(3));
        assert_eq!(times([3, 1, 2]).median(), at(2));
        assert_eq!(times([7]).percentile(99), at(7));
        assert_eq!(times([]).percentile(99), Duration::ZERO);
    }

    #[test]
    fn measurements_are_put_together() {
        let mut all = times([1, 2]);
        all.append(times([3]));
        assert_eq!((all.len(), all.percentile(100)), (3, at(3)));
        assert!(times([]).is_empty() && !all.is_empty());
    }

    #[test]
    fn one_slow_run_does_not_move_the_median() {
        assert!((median([1.0, 900.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median([4.0, 1.0, 3.0, 2.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median([]).abs() < f64::EPSILON);
    }

    #[test]
    fn what_overlaps_is_counted_once() {
        let stretch = (at(10), at(20));
        for (others, expected) in [
            (vec![], 0),
            (vec![(at(12), at(14))], 2),
            (vec![(at(12), at(15)), (at(14), at(16))], 4),
            (
                vec![(at(14), at(16)), (at(12), at(18)), (at(13), at(14))],
                6,
            ),
            // Only what lies in the stretch counts.
            (vec![(at(5), at(11)), (at(19), at(25))], 2),
            (vec![(at(1), at(30))], 10),
            (vec![(at(1), at(5)), (at(25), at(30))], 0),
        ] {
            assert_eq!(covered(stretch, &others), at(expected), "{others:?}");
        }
    }

    #[test]
    fn thousandths_keep_their_fractions() {
        assert!((millis(Duration::from_micros(1_500)) - 1.5).abs() < f64::EPSILON);
    }
}
