//! The one home of the time of day.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time. Comes in as a parameter everywhere, so that tests can move it.
pub trait Clock: Send + Sync {
    /// Now, in whole microseconds: PostgreSQL keeps no more, and a stored time has to equal the one that was hashed.
    fn now(&self) -> DateTime<Utc>;
}

/// A clock that is handed around.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one home of the time of day")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}
