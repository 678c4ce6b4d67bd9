//! `cargo xtask screens`: a picture of every page, so that a change of the look can be seen before it is
//! merged. The pages are those of the app's gallery, with made-up people in them.

use std::process::Command;

use crate::e2e;
use crate::failure::Outcome;
use crate::files;
use crate::gallery::{self, Samples};
use crate::process;
use crate::progress::step;
use crate::site;
use crate::workspace::{Profile, Workspace};

const PROFILE: Profile = Profile::Debug;

/// Takes the pictures. Those of pages that are gone are taken away.
pub fn run(workspace: &Workspace) -> Outcome {
    let (folder, chromium) = e2e::browser(workspace)?;
    site::assemble(workspace, PROFILE)?;
    let pictures = workspace.root().join("docs/screens");
    let pages = step("Pages", || {
        gallery::write(workspace, PROFILE, Samples::Pictured)
    })?;
    files::empty(&pictures)?;
    step("Pictures", || {
        let mut command = Command::new(folder.join("node_modules/.bin/playwright"));
        gallery::tell(&mut command, workspace, PROFILE, &pages);
        command
            .args(["test", "--config", "screens.config.ts"])
            .current_dir(&folder)
            .env("PORTICO_CHROMIUM", &chromium)
            .env("PORTICO_SCREENS_PICTURES", &pictures)
            .env("PORTICO_E2E_RESULTS", workspace.target().join("e2e"));
        process::run(&mut command, "the camera")
    })
}
