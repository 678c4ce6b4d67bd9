//! What travels between the server and a page: views, states and closed codes. No database type.

mod account;
mod admin;
mod ago;
mod client;
pub mod counted;
mod evidence;
mod form;
mod frame;
mod state;
mod team;

pub use account::*;
pub use admin::*;
pub use ago::*;
pub use client::*;
pub use evidence::*;
pub use form::*;
pub use frame::*;
pub use state::*;
pub use team::*;
