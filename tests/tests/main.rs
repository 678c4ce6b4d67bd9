//! What is tested from outside: the whole portal over real HTTP, beside the sandbox, on both databases.

mod journeys;
mod routes;
mod secrets;
