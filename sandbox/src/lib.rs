//! A stand-in for Meta, for development and tests: login dialog, tokens, Graph, and a control
//! API to set the scene. It shares no code with the portal, so that a wrong idea about Meta
//! cannot hide by being on both sides.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! let config = sandbox::Config::new("1234567890", "secret", "http://localhost:3000");
//! let sandbox = sandbox::Sandbox::start(config, ([127, 0, 0, 1], 0).into()).await?;
//! let held = sandbox.hold("debug_token");
//! // … make the portal ask …
//! held.arrived().await;
//! held.release();
//! sandbox.stop().await;
//! # Ok(()) }
//! ```
//!
//! Facts about Meta come from the design document `meta.md`; where it says "unconfirmed", the
//! sandbox picks one behaviour and says so at that place.

pub mod cli;
mod clock;
mod config;
mod connection;
mod control;
mod dialog;
mod graph;
mod oauth;
mod proof;
mod random;
mod seed;
mod server;
mod state;

pub use clock::Clock;
pub use config::Config;
pub use proof::app_secret_proof;
pub use seed::{
    AdAccount, AssetKind, Business, LoginConfiguration, LoginToken, Person, Seed, SeedError,
    SystemUser, SystemUserRole, TokenLife,
};
pub use server::Sandbox;
pub use state::{
    AppMode, Call, CancelForm, Consent, Dialog, DialogError, Event, Fault, FaultKind, Hold, Mint,
    NextLogin, NoSuchPreset, NoSuchTarget, Outcome, PermissionStatus, Preset, Quirks, Quotas,
    SandboxState, Settings, Target, Token, TokenEnd, TokenKind, WithoutRole, presets,
};
