//! What happens: the portal's server. `docs/ARCHITECTURE.md` shows the rooms and who may knock where.

pub mod assets;
pub mod boot;
pub mod cli;
pub mod config;
pub mod domain;
pub mod jobs;
pub mod mail;
pub mod meta;
pub mod service;
pub mod store;
pub mod vault;
pub mod web;
