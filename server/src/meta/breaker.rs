//! Leaves Meta alone while nothing of it answers: every call would wait in vain, with a person or a worker behind
//! it. After a pause one call goes ahead, and the others follow when that one was answered.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// The first pause; each that follows is twice as long.
const PAUSE: TimeDelta = TimeDelta::seconds(5);
/// The longest.
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(1);

/// Of one host: a Graph client calls no other.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Calls in a row that nothing answered.
    failures: u32,
    open: Option<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    pause: TimeDelta,
}

impl Open {
    fn new(pause: TimeDelta, now: DateTime<Utc>) -> Self {
        Self {
            since: now,
            until: now + pause,
            pause,
        }
    }
}

impl Breaker {
    /// Whether a call may be made. `Err`: not now, but then.
    pub fn admit(&self, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        let mut state = self.state();
        let Some(open) = &mut state.open else {
            return Ok(());
        };
        if open.until > now {
            return Err(open.until);
        }
        // This call goes ahead; the others wait as long again.
        open.until = now + open.pause;
        Ok(())
    }

    /// Notes how a call ended that began then. It opens after `trips` in a row that nothing answered.
    pub fn note(&self, is_answered: bool, trips: u32, began: DateTime<Utc>, now: DateTime<Utc>) {
        let mut state = self.state();
        if is_answered {
            *state = State::default();
            return;
        }
        state.failures = state.failures.saturating_add(1);
        state.open = match state.open {
            None if state.failures < trips => None,
            None => {
                tracing::warn!(
                    failures = state.failures,
                    "Meta does not answer: calls are held back"
                );
                Some(Open::new(PAUSE, now))
            }
            // It was under way when it opened, and says nothing new.
            Some(open) if began < open.since => Some(open),
            Some(open) => Some(Open::new((open.pause * 2).min(PAUSE_MAX), now)),
        };
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + seconds, 0).expect("a moment")
    }

    fn tripped() -> Breaker {
        let breaker = Breaker::default();
        for _ in 0..3 {
            assert_eq!(breaker.admit(at(0)), Ok(()));
            breaker.note(false, 3, at(0), at(1));
        }
        breaker
    }

    #[test]
    fn it_opens_after_failures_in_a_row_only() {
        let breaker = Breaker::default();
        for is_answered in [false, false, true, false, false] {
            breaker.note(is_answered, 3, at(0), at(0));
            assert_eq!(breaker.admit(at(0)), Ok(()));
        }
        assert_eq!(tripped().admit(at(1)), Err(at(6)));
    }

    #[test]
    fn one_call_goes_ahead_and_the_others_follow_its_answer() {
        let breaker = tripped();
        assert_eq!(breaker.admit(at(6)), Ok(()));
        assert_eq!(breaker.admit(at(7)), Err(at(11)), "while it is under way");
        breaker.note(true, 3, at(6), at(8));
        assert_eq!(breaker.admit(at(8)), Ok(()));
    }

    #[test]
    fn pauses_double_up_to_a_minute() {
        let breaker = tripped();
        let mut now = at(6);
        for pause in [10, 20, 40, 60, 60] {
            assert_eq!(breaker.admit(now), Ok(()));
            breaker.note(false, 3, now, now);
            // Another one that had begun before it opened.
            breaker.note(false, 3, at(0), now);
            let until = now + TimeDelta::seconds(pause);
            assert_eq!(breaker.admit(now), Err(until));
            now = until;
        }
    }
}
