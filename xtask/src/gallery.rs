//! The app's pages as files, with made-up people in them: for the camera, and for the browser tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo;
use crate::failure::Outcome;
use crate::files;
use crate::process;
use crate::workspace::{Profile, Workspace};

/// Which of the samples are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    /// Those that have a picture.
    Pictured,
    /// Every one.
    All,
}

/// Builds the program that writes the pages, lets it write them, and tells into which folder.
pub fn write(workspace: &Workspace, profile: Profile, samples: Samples) -> Outcome<PathBuf> {
    let folder = workspace.target().join("gallery");
    files::empty(&folder)?;
    process::run(
        &mut cargo::build_gallery(workspace, profile),
        "the build of the gallery",
    )?;
    let mut command = Command::new(workspace.program(profile, "examples/gallery"));
    if samples == Samples::All {
        command.arg("--all");
    }
    process::run(command.arg(&folder), "the gallery")?;
    Ok(folder)
}

/// Tells a program of `tests/e2e` where the pages are, and what they load.
pub fn tell(command: &mut Command, workspace: &Workspace, profile: Profile, pages: &Path) {
    command
        .env("PORTICO_GALLERY_PAGES", pages)
        .env("PORTICO_GALLERY_PKG", workspace.site(profile).join("pkg"));
}
