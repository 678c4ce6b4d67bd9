//! `cargo xtask build`: the site, then the programs with the site inside.

use std::fs;

use crate::cargo;
use crate::failure::{Context, Outcome};
use crate::process;
use crate::progress;
use crate::site;
use crate::workspace::{Profile, Workspace};

/// What `build` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Build small and fast programs, which takes longer
    #[arg(long)]
    release: bool,
}

/// Builds, and says where the one-file server lies.
pub fn run(workspace: &Workspace, arguments: &Arguments) -> Outcome {
    let profile = Profile::from_flag(arguments.release);
    all(workspace, profile)?;
    let program = workspace.program(profile, "portico");
    let size = fs::metadata(&program)
        .context(format!("cannot find {}", program.display()))?
        .len();
    println!(
        "\nOne file with everything inside, {} MiB:",
        size / (1024 * 1024)
    );
    println!("    {}", program.display());
    Ok(())
}

/// Builds the site and both programs.
pub fn all(workspace: &Workspace, profile: Profile) -> Outcome {
    site::assemble(workspace, profile)?;
    progress::step("Server and sandbox", || {
        process::run(
            &mut cargo::build_programs(workspace, profile),
            "the build of the server",
        )
    })
}
