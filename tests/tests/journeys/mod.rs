//! Whole ways through the portal.

mod accounts;
mod backup;
mod decisions;
mod evidence;
mod happy;
mod people;
mod reconnect;
mod upkeep;
mod warnings;
