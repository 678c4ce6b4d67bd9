//! One function a page: from its view to its HTML.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a page takes its view: it is made for it, and gone after it"
)]

pub mod admin;
pub mod client;
pub mod styleguide;
