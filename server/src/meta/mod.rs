//! The Graph client: sign-in, tokens, ad accounts, and what Meta's answers mean.
//!
//! Our own code, no SDK: the portal needs a dozen calls, and each has to keep what Meta's SDKs do not promise
//! (no redirect followed, no retry of a code exchange, no token in an error). The facts come from Meta's
//! documentation and from recorded traffic; a docstring names the page where a fact is not self-evident.
//!
//! - [`http`] is the one home of reqwest, [`class`] the one place where an answer is judged.
//! - [`Graph`] holds a call back while Meta's word stands against it (a stop of a share, a host that does not
//!   answer), makes a read again that failed for the moment, and counts all of it.
//! - A token travels in the `Authorization` header of a read and in the body of a post, never in a URL. The one
//!   exception is the token under inspection in [`Graph::debug_token`], for which Meta documents a query only.
//! - Every call carries `appsecret_proof`.
//! - A `paging.next` is never followed: it embeds the token. The cursor is taken out of it.

mod account;
mod accounts;
mod app_fault;
mod batch;
mod body;
mod breaker;
mod callback;
pub mod class;
mod drift;
mod error;
mod gate;
mod graph;
pub mod http;
mod lenient;
mod login;
mod people;
mod proof;
mod record;
mod retry;
mod signature;
pub mod signed_request;
mod tokens;
mod usage;
pub mod webhook;
mod wire;

#[cfg(test)]
mod tests;

pub use account::AccountRef;
pub use accounts::{AdAccount, Business, BusinessEdge, Page};
pub use app_fault::AppFault;
pub use callback::{Callback, Refusal, RefusalKind, parse_callback};
pub use class::{Cause, Symptom, cause, classify};
pub use drift::Drift;
pub use error::{Endpoint, Fault, MetaError};
pub use gate::{Bucket, UsageRow};
pub use graph::{Graph, MetaConfig};
pub use login::{AuthType, DialogRequest, Exchanged, PkceCodeChallenge, new_pkce};
pub use people::{Me, Permission, PermissionStatus, SystemUser};
pub use proof::appsecret_proof;
pub use record::{Answer, Recorder};
pub use tokens::{GranularScope, GraphError, TokenFacts, TokenKind};
