//! Pure rules: no database, no network, no clock of their own.

pub mod agency;
pub mod audit;
pub mod check_plan;
pub mod client;
pub mod clock;
pub mod connection;
pub mod diagnosis;
pub mod framed;
pub mod in_app;
pub mod logo;
pub mod mail_trouble;
pub mod numbers;
pub mod permission;
pub mod progress;
pub mod rate;
pub mod rng;
pub mod role;
pub mod token;
pub mod urgency;
