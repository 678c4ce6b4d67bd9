//! Which calls are made again at once, and after which pause.
//!
//! Few, and soon: whoever waits for the answer waits for all of it, and a job that fails is taken up later anyway.
//! Full jitter, so that calls that failed together do not come back together.

use std::time::Duration;

use app::model::AnswerClass;
use reqwest::Method;

use super::{
    error::{Endpoint, Fault, MetaError},
    graph::Call,
    record::Heard,
};
use crate::domain::rng::Rng;

/// How often a call is made in all.
pub(super) const TRIES: u32 = 3;

/// Whether a call that ended so may be made again at once: a read that may well be answered then. A code, a token
/// or a consent is sent once, whatever comes back.
pub(super) fn may_repeat(call: &Call<'_>, error: &MetaError, heard: &Heard) -> bool {
    let is_read = call.method == Method::GET || call.endpoint == Endpoint::Batch;
    is_read
        && error.class == AnswerClass::Retry
        && match error.fault {
            Fault::Unreachable | Fault::Broken => true,
            // "Service Unavailable" comes with 200 as well.
            Fault::Nonsense => heard.status.is_some_and(|code| code == 200 || code >= 500),
            Fault::Graph => !error.asks_for_less() && !error.is_stale_cursor(),
            // The whole time is spent, or nothing was sent.
            Fault::Timeout | Fault::Held | Fault::NotSent => false,
        }
}

/// The pause after so many tries: any, up to `longest` after the first and twice as much after each that follows.
pub(super) fn pause(longest: Duration, tries: u32, rng: &dyn Rng) -> Duration {
    let mut random = [0; 4];
    rng.fill(&mut random);
    let share = f64::from(u32::from_le_bytes(random)) / f64::from(u32::MAX);
    let doublings = tries.saturating_sub(1).min(8);
    (longest * 2_u32.pow(doublings)).mul_f64(share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rng::TestRng;

    #[test]
    fn pauses_are_anything_up_to_twice_as_long_each_time() {
        let rng = TestRng::default();
        let longest = Duration::from_millis(100);
        for (tries, most) in [(1, 100), (2, 200), (3, 400)] {
            let pauses: Vec<_> = (0..200)
                .map(|_| pause(longest, tries, &rng).as_millis())
                .collect();
            assert!(pauses.iter().all(|pause| *pause <= most), "{pauses:?}");
            assert!(pauses.iter().any(|pause| *pause < most / 4));
            assert!(pauses.iter().any(|pause| *pause > most / 4 * 3));
        }
    }
}
