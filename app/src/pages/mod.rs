//! One function a page: from its view to its HTML.

pub mod admin;
pub mod client;
