//! Calls of cargo, all alike, so that no call throws away what another one built.

use std::process::Command;

use crate::workspace::{Profile, Workspace};

/// Variables that `cargo run` sets for xtask itself. Build scripts that watch them (ring's does)
/// would run again whenever cargo is called now from here, now from a shell.
const SET_BY_CARGO_RUN: [&str; 7] = [
    "CARGO_PKG_",
    "CARGO_MANIFEST_",
    "CARGO_BIN_",
    "CARGO_CRATE_",
    "CARGO_PRIMARY_",
    "LD_LIBRARY_PATH",
    "OUT_DIR",
];

/// The crates of the product, selected alike by every call: cargo joins the features of what is
/// selected, and each other selection would build hundreds of crates once more.
pub const PRODUCT: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// Takes what `cargo run` left in the environment away from a command.
pub fn forget_own_build(command: &mut Command) -> &mut Command {
    for (key, _) in std::env::vars_os() {
        let name = key.to_string_lossy();
        if SET_BY_CARGO_RUN
            .iter()
            .any(|prefix| name.starts_with(prefix))
        {
            command.env_remove(&key);
        }
    }
    command
}

/// `cargo …` in the checkout, for the toolchain of the server's side.
///
/// `PORTICO_SITE_DIR` is set for every call: with it here and without it there, the server
/// would be built anew each time.
pub fn cargo(workspace: &Workspace, profile: Profile) -> Command {
    let mut command = Command::new("cargo");
    forget_own_build(&mut command);
    command
        .current_dir(workspace.root())
        .env("PORTICO_SITE_DIR", workspace.site(profile));
    command
}

/// Builds the program that writes pages as files.
pub fn build_gallery(workspace: &Workspace, profile: Profile) -> Command {
    let mut command = cargo(workspace, profile);
    command
        .arg("build")
        .args(PRODUCT)
        .args(["--example", "gallery"]);
    command
}

/// Builds the two programs, `portico` and `sandbox`.
pub fn build_programs(workspace: &Workspace, profile: Profile) -> Command {
    let mut command = cargo(workspace, profile);
    command.arg("build").args(PRODUCT).arg("--bins");
    if profile == Profile::Release {
        command.arg("--release");
    }
    command
}
