//! What travels between the server and a page: views, states and closed codes. No database type.

mod account;
mod admin;
mod ago;
mod answer;
mod client;
mod colour;
pub mod counted;
mod evidence;
mod explanation;
mod form;
mod frame;
mod health;
mod jobs;
mod lists;
pub mod meta_code;
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
pub use explanation::*;
pub use form::*;
pub use frame::*;
pub use health::*;
pub use jobs::*;
pub use lists::*;
pub use settings::*;
pub use state::*;
pub use team::*;
