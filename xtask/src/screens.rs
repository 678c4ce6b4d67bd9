//! `cargo xtask screens`: a picture of every page, so that a change of the look can be seen before it is
//! merged. The pages are those of the app's gallery, with made-up people in them.

use std::fs;
use std::process::Command;

use crate::cargo;
use crate::e2e;
use crate::failure::{Context, Outcome};
use crate::process;
use crate::progress::step;
use crate::site;
use crate::workspace::{Profile, Workspace};

const PROFILE: Profile = Profile::Debug;

/// Takes the pictures. Those of pages that are gone are taken away.
pub fn run(workspace: &Workspace) -> Outcome {
    let (folder, chromium) = e2e::browser(workspace)?;
    site::assemble(workspace, PROFILE)?;
    let pages = workspace.target().join("screens");
    let pictures = workspace.root().join("docs/screens");
    step("Pages", || {
        for emptied in [&pages, &pictures] {
            if emptied.exists() {
                fs::remove_dir_all(emptied)
                    .context(format!("cannot empty {}", emptied.display()))?;
            }
            fs::create_dir_all(emptied).context(format!("cannot make {}", emptied.display()))?;
        }
        process::run(
            &mut cargo::build_gallery(workspace, PROFILE),
            "the build of the gallery",
        )?;
        let mut command = Command::new(workspace.program(PROFILE, "examples/gallery"));
        process::run(command.arg(&pages), "the gallery")
    })?;
    step("Pictures", || {
        let mut command = Command::new(folder.join("node_modules/.bin/playwright"));
        command
            .args(["test", "--config", "screens.config.ts"])
            .current_dir(&folder)
            .env("PORTICO_CHROMIUM", &chromium)
            .env("PORTICO_SCREENS_PAGES", &pages)
            .env("PORTICO_SCREENS_PKG", workspace.site(PROFILE).join("pkg"))
            .env("PORTICO_SCREENS_PICTURES", &pictures)
            .env("PORTICO_E2E_RESULTS", workspace.target().join("e2e"));
        process::run(&mut command, "the camera")
    })
}
