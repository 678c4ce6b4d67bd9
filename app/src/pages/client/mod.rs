//! The client's way.

mod accounts;
mod ended_link;
mod identity;
mod invitation;
mod no_accounts;
mod outcome;
mod progress;
mod stopped;
mod unreached;

pub use accounts::accounts;
pub use ended_link::ended_link;
pub use identity::identity;
pub use invitation::invitation;
pub use no_accounts::no_accounts;
pub use outcome::done;
pub use progress::progress;
pub use stopped::stopped;
pub use unreached::unreached;
