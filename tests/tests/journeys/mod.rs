//! Whole ways through the portal.

mod accounts;
mod decisions;
mod diagnosis;
mod edges;
mod ends;
mod happy;
mod help;
mod many;
mod outcomes;
mod people;
mod upkeep;
