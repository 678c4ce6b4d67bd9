//! Work that happens by itself: the worker claims jobs, runs the use case behind each, and notes the end.

mod run;
mod schedule;
mod watch;
mod worker;

pub use schedule::SCHEDULES;
pub use worker::{Pace, Report, Worker};
