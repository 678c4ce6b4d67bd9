//! `cargo xtask test`: every check there is.

use std::process::Command;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::build;
use crate::cargo::{PRODUCT, build_programs, cargo};
use crate::e2e;
use crate::failure::{Failure, Outcome};
use crate::foreign;
use crate::lint;
use crate::postgres::{Cluster, Durability};
use crate::prerequisites::{POSTGRES, ensure};
use crate::process;
use crate::progress::{readable, step};
use crate::site;
use crate::workspace::{INTEGRATION, Profile, Workspace};

/// Tests run against what is quick to build.
const PROFILE: Profile = Profile::Debug;

/// What `test` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Run one part only
    #[arg(long, value_enum)]
    only: Option<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting, the browser part, clippy
    Lint,
    /// Tests beside the code
    Unit,
    /// Clients of others on the sandbox; the integration tests, on SQLite and on PostgreSQL
    Db,
    /// The journeys in a real browser
    E2e,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Unit => "unit",
            Self::Db => "db",
            Self::E2e => "e2e",
        }
    }

    fn run(self, workspace: &Workspace) -> Outcome {
        match self {
            Self::Lint => lint::run(workspace),
            Self::Unit => unit(workspace),
            Self::Db => databases(workspace),
            Self::E2e => journeys(workspace),
        }
    }
}

/// Runs the parts in order, ends at the first that fails, and sums up.
pub fn run(workspace: &Workspace, arguments: &Arguments) -> Outcome {
    let parts: Vec<Part> = arguments
        .only
        .map_or_else(|| Part::value_variants().to_vec(), |part| vec![part]);
    let mut report = Vec::new();
    let mut result = Ok(());
    for part in &parts {
        println!("\n======== {}", part.name());
        let begun = Instant::now();
        result = part.run(workspace);
        report.push((*part, begun.elapsed(), result.is_ok()));
        if result.is_err() {
            break;
        }
    }
    print_summary(&parts, &report);
    result.map_err(|failure| match (failure, report.last()) {
        (Failure::Message(message), Some((part, ..))) => {
            Failure::new(format!("`{}` failed: {message}", part.name()))
        }
        (failure, _) => failure,
    })
}

fn print_summary(parts: &[Part], report: &[(Part, Duration, bool)]) {
    println!("\n======== summary");
    for (part, took, passed) in report {
        let verdict = if *passed { "passed" } else { "FAILED" };
        println!("{:<5} {verdict} in {}", part.name(), readable(*took));
    }
    for part in &parts[report.len()..] {
        println!("{:<5} not run", part.name());
    }
    let passed = report.iter().filter(|(.., passed)| *passed).count();
    println!("Steps: {passed} passed, {} failed", report.len() - passed);
}

fn unit(workspace: &Workspace) -> Outcome {
    site::assemble(workspace, PROFILE)?;
    step("Unit tests of xtask", || {
        let mut command = cargo(workspace, PROFILE);
        command.args(["test", "--package", "xtask"]);
        process::run(&mut command, "the unit tests of xtask")
    })?;
    step("Unit tests of the product", || {
        let mut command = cargo(workspace, PROFILE);
        command.arg("test").args(PRODUCT).args(["--lib", "--bins"]);
        for target in workspace.crate_tests() {
            command.args(["--test", target]);
        }
        process::run(&mut command, "the unit tests")
    })
}

/// The integration tests once on each database. The clients of others come first: they need
/// the same programs and are done in seconds.
fn databases(workspace: &Workspace) -> Outcome {
    ensure(&POSTGRES)?;
    site::assemble(workspace, PROFILE)?;
    step("Programs for the integration tests", || {
        process::run(
            &mut build_programs(workspace, PROFILE),
            "the build of the server",
        )
    })?;
    foreign::run(workspace, PROFILE)?;
    step("Integration tests on SQLite", || {
        let mut command = integration(workspace);
        command.env("PORTICO_TEST_DATABASE", "sqlite");
        process::run(&mut command, "the integration tests on SQLite")
    })?;
    let cluster = step("A private PostgreSQL", || Cluster::start(Durability::None))?;
    step("Integration tests on PostgreSQL", || {
        let mut command = integration(workspace);
        command
            .env("PORTICO_TEST_DATABASE", "postgres")
            .env("PORTICO_TEST_POSTGRES_URL", cluster.url());
        process::run(&mut command, "the integration tests on PostgreSQL")
    })
}

fn integration(workspace: &Workspace) -> Command {
    let mut command = cargo(workspace, PROFILE);
    command
        .arg("test")
        .args(PRODUCT)
        .args(["--test", INTEGRATION])
        .env("PORTICO_BIN", workspace.program(PROFILE, "portico"))
        .env("SANDBOX_BIN", workspace.program(PROFILE, "sandbox"));
    command
}

fn journeys(workspace: &Workspace) -> Outcome {
    build::all(workspace, PROFILE)?;
    e2e::run(workspace, PROFILE)
}
