//! Whole ways through the portal.

mod accounts;
mod backup;
mod decisions;
mod diagnosis;
mod edges;
mod ends;
mod evidence;
mod happy;
mod help;
mod many;
mod outcomes;
mod people;
mod reconnect;
mod upkeep;
mod warnings;
