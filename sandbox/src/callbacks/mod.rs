//! What Meta calls on the portal's side: deauthorization, data deletion and webhooks
//! (`meta.md` §8, §13). Made while the state is locked, sent by a task of its own, so that no
//! Graph call waits for the portal.

mod payload;
mod sender;
mod signed;

pub(crate) use payload::{Change, Parcel};
pub(crate) use sender::run;
