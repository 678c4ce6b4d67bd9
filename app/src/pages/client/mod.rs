//! The client's way.

mod accounts;
mod aside;
mod deletion;
mod ended_link;
mod help;
mod identity;
mod in_app;
mod invitation;
mod no_accounts;
mod outcome;
mod pass_on;
mod probe_failures;
mod progress;
mod stopped;
mod unreached;

pub use accounts::accounts;
pub use deletion::{deletion, deletion_unknown};
pub use ended_link::ended_link;
pub use help::help;
pub use identity::identity;
pub use invitation::invitation;
pub use no_accounts::no_accounts;
pub use outcome::done;
pub use pass_on::pass_on;
pub use progress::progress;
pub use stopped::{stopped, stopped_within};
pub use unreached::unreached;
