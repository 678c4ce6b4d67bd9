//! What travels between the server and a page: views, states and closed codes. No database type.

mod account;
mod admin;
mod client;
mod evidence;
mod form;
mod frame;
mod lists;
mod state;
mod team;

pub use account::*;
pub use admin::*;
pub use client::*;
pub use evidence::*;
pub use form::*;
pub use frame::*;
pub use lists::*;
pub use state::*;
pub use team::*;
