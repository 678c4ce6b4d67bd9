//! Reports of insights that are being made.

use crate::graph::Wanted;

/// Length and beginning of a run's id, by which its edge is known.
pub(crate) const RUN_PREFIX: &str = "6093";
pub(crate) const RUN_DIGITS: usize = 16;

/// A report, by its run's id.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    /// `act_{id}` or a campaign's id.
    pub of: String,
    /// As asked.
    pub fields: String,
    pub wanted: Wanted,
    /// Unix seconds.
    pub begun_at: i64,
    pub polls: usize,
    /// When polling first found it so; unix seconds.
    pub completed_at: Option<i64>,
}
