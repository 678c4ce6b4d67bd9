//! What is tested from outside: the whole portal over real HTTP, beside the sandbox, on both databases;
//! the program as whoever runs it sees it; and the house itself.

mod arch;
mod catalogue;
mod classes;
mod cli;
mod faults;
mod jobs;
mod journeys;
mod kill;
mod meta_calls;
mod metrics;
mod migrations;
mod routes;
mod secrets;
mod validation;
