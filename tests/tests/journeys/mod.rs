//! Whole ways through the portal.

mod accounts;
mod decisions;
mod happy;
mod people;
mod upkeep;
