//! The admin's desk, the way in, and the pages that say what went wrong.

mod account;
mod case;
mod client;
mod client_connection;
mod client_evidence;
mod client_links;
mod client_story;
mod clients;
mod decide;
mod evidence;
mod failure;
mod home;
mod new_client;
mod outbox;
mod queue;
mod queue_bulk;
mod second_factor;
mod sign_in;
mod team;
mod trouble;

pub use account::account;
pub use client::client;
pub use client_story::{COUNTED_ACTIONS, TIMELINE_ACTIONS, timeline_key};
pub use clients::clients;
pub use evidence::{grant, login};
pub use failure::failure;
pub use home::home;
pub use new_client::new_client;
pub use outbox::{mail, outbox};
pub use queue::queue;
pub use second_factor::second_step;
pub use sign_in::{first_sign_in, sign_in};
pub use team::team;
