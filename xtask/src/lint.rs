//! `cargo xtask lint`: formatting, the browser part, clippy.

use crate::cargo::{PRODUCT, cargo};
use crate::failure::Outcome;
use crate::prerequisites::ensure_component;
use crate::process;
use crate::progress::step;
use crate::site;
use crate::workspace::{Profile, Workspace};

/// Checks everything that needs no running program. The browser part is built for it: that is
/// how its code is checked, and the server takes the files in.
pub fn run(workspace: &Workspace) -> Outcome {
    let root = workspace.root();
    ensure_component("fmt", "rustfmt", root)?;
    ensure_component("clippy", "clippy", root)?;
    let profile = Profile::Debug;
    step("Formatting", || {
        process::run(
            cargo(workspace, profile).args(["fmt", "--all", "--check"]),
            "cargo fmt",
        )
    })?;
    site::assemble(workspace, profile)?;
    step("Clippy on the product", || clippy(workspace, &PRODUCT))?;
    step("Clippy on xtask", || {
        clippy(workspace, &["--package", "xtask"])
    })
}

fn clippy(workspace: &Workspace, selection: &[&str]) -> Outcome {
    let mut command = cargo(workspace, Profile::Debug);
    command.arg("clippy").args(selection);
    command.args(["--all-targets", "--", "-D", "warnings"]);
    process::run(&mut command, "cargo clippy")
}
