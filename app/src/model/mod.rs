//! What travels between the server and a page: views, states and closed codes. No database type.

mod account;
mod admin;
mod ago;
mod answer;
mod client;
mod colour;
pub mod counted;
mod evidence;
mod form;
mod frame;
mod lists;
mod settings;
mod state;
mod team;

pub use account::*;
pub use admin::*;
pub use ago::*;
pub use answer::*;
pub use client::*;
pub use colour::*;
pub use evidence::*;
pub use form::*;
pub use frame::*;
pub use lists::*;
pub use settings::*;
pub use state::*;
pub use team::*;
