//! `portico`: the one binary.

use std::process::ExitCode;

use clap::Parser;
use server::cli::{self, args::Cli};

#[tokio::main]
async fn main() -> ExitCode {
    cli::run(Cli::parse()).await
}
