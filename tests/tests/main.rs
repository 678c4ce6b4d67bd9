//! What is tested from outside, in one binary, so that the server is linked once: the whole portal over
//! real HTTP, beside the sandbox, on both databases.

mod arch;
mod journeys;
mod routes;
mod secrets;
