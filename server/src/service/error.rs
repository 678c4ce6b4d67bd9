use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use crate::{domain::connection::RefusedMove, vault::OpenError};

/// Why a use case came to nothing. What a person may do about it is decided by the web.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing in this agency.
    #[error("not found")]
    NotFound,
    /// The actor's role does not allow it.
    #[error("not allowed")]
    Forbidden,
    /// What is asked for wants a sign-in that is not so long ago.
    #[error("the sign-in is too long ago")]
    StaleSignIn,
    /// Too many tries; seconds until the next is welcome.
    #[error("too many tries, wait {0} s")]
    TooMany(u64),
    /// The state changed since it was read.
    #[error("somebody else was quicker")]
    Conflict,
    /// The state table does not know this move.
    #[error(transparent)]
    Refused(#[from] RefusedMove),
    /// Meta asked for a pause. A job that ends so is taken up again then, and its try does not count.
    #[error("put off until {0}")]
    Later(DateTime<Utc>),
    /// The Meta app is not configured.
    #[error("no Meta app is configured")]
    NoMetaApp,
    #[error("the database failed")]
    Database(#[from] DbErr),
    /// A sealed value does not open.
    #[error("a sealed value does not open")]
    Seal(#[from] OpenError),
    /// What only a defect of ours can cause.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// A defect of ours.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }
}
