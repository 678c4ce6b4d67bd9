//! Whole ways through the portal.

mod accounts;
mod decisions;
mod happy;
mod outcomes;
mod people;
mod upkeep;
