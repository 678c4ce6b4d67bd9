//! `cargo xtask`: the one way to build, run and test Portico.

mod bench;
mod browser;
mod build;
mod cargo;
mod compress;
mod dev;
mod e2e;
mod failure;
mod files;
mod foreign;
mod gallery;
mod instance;
mod lint;
mod port;
mod postgres;
mod prerequisites;
mod process;
mod progress;
mod run;
mod screens;
mod settings;
mod site;
mod style;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use failure::{Failure, Outcome};
use workspace::Workspace;

/// Builds, runs and tests Portico.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build everything, start the sandbox and Portico on loopback, and print where to sign in
    Run(run::Arguments),
    /// As run, and rebuild and restart whenever a source changes
    Dev(run::Arguments),
    /// Build the browser part, the one-file server and the sandbox
    Build(build::Arguments),
    /// Check the formatting, the browser part, and clippy with warnings denied
    Lint,
    /// Photograph every page, small and large, light and dark, into docs/screens
    Screens,
    /// Measure the released programs: pages in a second, memory, start, a capture, what a phone feels
    Bench(bench::Arguments),
    /// Run every check: lint, unit, both databases, clients of others, and the browser journeys
    Test(test::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match dispatch(arguments.verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Stopped) => {
            eprintln!("\nStopped.");
            ExitCode::from(130)
        }
        Err(Failure::Message(message)) => {
            eprintln!("\nerror: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(verb: Verb) -> Outcome {
    process::watch_signals()?;
    let workspace = Workspace::find()?;
    match verb {
        Verb::Run(arguments) => run::run(&workspace, &arguments),
        Verb::Dev(arguments) => dev::run(&workspace, &arguments),
        Verb::Build(arguments) => build::run(&workspace, &arguments),
        Verb::Lint => lint::run(&workspace),
        Verb::Screens => screens::run(&workspace),
        Verb::Bench(arguments) => bench::run(&workspace, &arguments),
        Verb::Test(arguments) => test::run(&workspace, &arguments),
    }
}
