//! What is remembered. One repository an aggregate, each finder and writer with an [`AgencyScope`]
//! but for [`lookup`], the one place that starts from a secret or from the worker.
//!
//! A repository takes any connection or transaction; the service opens the transaction.
//!
//! [`AgencyScope`]: crate::domain::agency::AgencyScope

pub mod accounts;
pub mod agencies;
pub mod audit;
pub mod bell;
pub mod candidates;
pub mod cases;
pub mod clients;
pub mod connections;
pub mod database;
pub mod drafts;
pub mod entity;
pub mod erasure;
pub mod evidence;
pub mod health;
pub mod installation;
pub mod invitations;
pub mod jobs;
pub mod logos;
pub mod lookup;
pub mod mails;
pub mod meta_events;
pub mod meta_troubles;
pub mod meta_usage;
pub mod migrations;
pub mod rates;
pub mod schedules;
pub mod second_factors;
pub mod sessions;
pub mod staff;
pub mod tokens;
pub mod validation_days;
pub mod validations;
pub mod visits;

pub use database::{Database, connect};

use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};

/// The outcome of an update that had to hit exactly one row in the state that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    Done,
    /// Somebody else was quicker: nothing was changed.
    Conflict,
}

impl Write {
    pub(crate) const fn from_rows(rows: u64) -> Self {
        if rows == 1 {
            Self::Done
        } else {
            Self::Conflict
        }
    }
}

/// A condition that a folded column contains these words, whatever signs of a pattern are among them.
pub(crate) fn contains(column: impl sea_orm::ColumnTrait, words: &str) -> Expr {
    let escaped = words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    Expr::col(column.as_column_ref()).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}
