//! The harness of the integration tests: a whole portal over real HTTP with a database of its own, the
//! Meta sandbox beside it, a mail server that keeps what it gets, a clock that is moved by hand and
//! randomness from a seed; and the people who use it.
//!
//! ```no_run
//! # async fn example() {
//! use tests::{Consent, TestApp, people};
//! let app = TestApp::start().await;
//! let link = app.invite(app.add_client("Kowalska Ceramics").await).await;
//! let done = app.client().connect(&link, &Consent::of(people::MARTA)).await;
//! done.must_say("Your part is done");
//! # }
//! ```

pub mod agency;
mod answer;
mod app;
mod browser;
mod builder;
mod client;
mod clock;
mod database;
mod facebook;
mod form;
mod logs;
mod mail;
mod meta;
mod phone;
pub mod process;
mod rng;
mod rows;
mod staff;
pub mod stats;

pub use agency::Agency;
pub use answer::Answer;
pub use app::TestApp;
pub use browser::{Browser, Transcript};
pub use builder::{APP_SECRET, Builder, RING};
pub use client::{Client, open_accounts};
pub use clock::TestClock;
pub use database::{Kind, TestDatabase};
pub use facebook::{Consent, SCOPES, people};
pub use form::Form;
pub use logs::Logs;
pub use mail::{Mail, MailServer};
pub use meta::VERIFY_TOKEN;
pub use phone::Phone;
pub use rng::SeededRng;
pub use rows::literal;
pub use staff::{PASSWORD, Staff};
