//! What happens again and again.

use chrono::TimeDelta;

use crate::service::{
    portal::job,
    schedules::{Each, Schedule},
};

/// Every schedule. Each fires by enqueuing a job of its kind, once however many workers run.
pub const SCHEDULES: [Schedule; 4] = [
    // Tokens have their own times. This is how late a check may be.
    Schedule {
        kind: job::VALIDATE_TOKENS,
        every: TimeDelta::minutes(2),
        each: Each::Agency,
    },
    Schedule {
        kind: job::REFRESH_ACCOUNTS,
        every: TimeDelta::minutes(5),
        each: Each::Agency,
    },
    Schedule {
        kind: job::TIDY_AGENCY,
        every: TimeDelta::minutes(5),
        each: Each::Agency,
    },
    Schedule {
        kind: job::TIDY_INSTALLATION,
        every: TimeDelta::minutes(5),
        each: Each::Installation,
    },
];
