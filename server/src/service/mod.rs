//! Use cases. Each authorises its actor, opens one transaction, and puts the audit event and the jobs
//! it causes into it. Never a transaction across a call to Meta.

pub mod accounts;
pub mod actor;
pub mod approvals;
pub mod archive;
pub mod audit;
pub mod brand;
pub mod candidates;
pub mod capture;
pub mod clients;
pub mod drafts;
mod error;
pub mod evidence;
pub mod given_up;
pub mod health;
pub mod help;
pub mod installation;
pub mod invitations;
pub mod meta_events;
pub mod outbox;
pub mod pass_on;
pub mod password;
pub mod portal;
pub mod queue;
pub mod schedules;
pub mod second_factor;
pub mod sessions;
pub mod settings;
mod setup;
pub mod sign_in;
pub mod story;
pub mod team;
pub mod test_mail;
pub mod tokens;
pub mod troubles;
pub mod upkeep;
pub mod validation;
mod visit_ends;
pub mod visits;
pub mod work;

pub use error::Error;
pub use portal::Portal;

/// The outcome of a use case.
pub type Result<T> = std::result::Result<T, Error>;
