//! The server's side: the released programs on both databases, measured by `tests/bench`.

use std::process::Command;

use serde_json::Value;

use super::table;
use crate::cargo;
use crate::failure::{Context, Outcome};
use crate::postgres::{Cluster, Durability};
use crate::prerequisites::{POSTGRES, ensure};
use crate::process;
use crate::progress::step;
use crate::site;
use crate::workspace::{Profile, Workspace};

const PROFILE: Profile = Profile::Release;

/// What the programs are measured at.
#[derive(Clone, Copy, Debug)]
pub enum Measured {
    Pages,
    Validation,
}

impl Measured {
    /// What `tests/bench` calls it.
    const fn verb(self) -> &'static str {
        match self {
            Self::Pages => "measure",
            Self::Validation => "validation",
        }
    }
}

/// Builds what is released, measures, and gives the tables.
pub fn measure(workspace: &Workspace, quick: bool) -> Outcome<String> {
    on_each(workspace, Measured::Pages, quick).map(|measured| table::of(&measured))
}

/// Builds what is released and measures it on SQLite and on PostgreSQL.
pub fn on_each(workspace: &Workspace, what: Measured, quick: bool) -> Outcome<Vec<Value>> {
    ensure(&POSTGRES)?;
    site::assemble(workspace, PROFILE)?;
    step("Server, sandbox and what measures them", || {
        let mut command = cargo::build_programs(workspace, PROFILE);
        process::run(
            command.args(["--example", "bench"]),
            "the build of the server",
        )
    })?;
    let on_sqlite = step("Measured on SQLite", || {
        let mut command = program(workspace, what, quick);
        result(command.env("PORTICO_TEST_DATABASE", "sqlite"))
    })?;
    // What is promised to be kept is kept: on SQLite too each commit waits for the disk.
    let cluster = step("A private PostgreSQL", || Cluster::start(Durability::Full))?;
    let on_postgres = step("Measured on PostgreSQL", || {
        let mut command = program(workspace, what, quick);
        result(
            command
                .env("PORTICO_TEST_DATABASE", "postgres")
                .env("PORTICO_TEST_POSTGRES_URL", cluster.url()),
        )
    })?;
    Ok(vec![on_sqlite, on_postgres])
}

fn program(workspace: &Workspace, what: Measured, quick: bool) -> Command {
    let mut command = Command::new(workspace.program(PROFILE, "examples/bench"));
    command
        .arg(what.verb())
        .args(quick.then_some("--quick"))
        .current_dir(workspace.root())
        .env("PORTICO_BIN", workspace.program(PROFILE, "portico"))
        .env("SANDBOX_BIN", workspace.program(PROFILE, "sandbox"));
    command
}

fn result(command: &mut Command) -> Outcome<Value> {
    let said = process::output(command, "the measurement")?;
    serde_json::from_str(&said).context("cannot read what was measured")
}
