//! Whole ways through the portal.

mod accounts;
mod decisions;
mod diagnosis;
mod edges;
mod ends;
mod happy;
mod help;
mod many;
mod people;
mod upkeep;
