//! The browser journeys in `tests/e2e`: Playwright with the installed Chromium, and drivers of
//! their own for Firefox and WebKitGTK, against the built programs and every page of the gallery.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context, Failure, Outcome};
use crate::gallery::{self, Samples};
use crate::prerequisites::{
    self, CHROMIUM, FAKETIME, FIREFOX, NODE, Need, OPENSSL, WEBKIT, ensure,
};
use crate::process;
use crate::progress::step;
use crate::workspace::{Profile, Workspace};

/// Runs every journey. The programs must have been built.
pub fn run(workspace: &Workspace, profile: Profile) -> Outcome {
    ensure(&OPENSSL)?;
    let faketime = found(&FAKETIME, prerequisites::faketime)?;
    let firefox = found(&FIREFOX, prerequisites::firefox)?;
    let webkit = found(&WEBKIT, prerequisites::webkit)?;
    let (folder, chromium) = browser(workspace)?;
    step("Types of the browser tests", || {
        let mut command = Command::new(folder.join("node_modules/.bin/tsc"));
        process::run(
            command.arg("--noEmit").current_dir(&folder),
            "the type check",
        )
    })?;
    let pages = step("Pages of the gallery", || {
        gallery::write(workspace, profile, Samples::All)
    })?;
    step("Browser journeys", || {
        let mut command = Command::new(folder.join("node_modules/.bin/playwright"));
        gallery::tell(&mut command, workspace, profile, &pages);
        command
            .arg("test")
            .current_dir(&folder)
            .env("PORTICO_BIN", workspace.program(profile, "portico"))
            .env("SANDBOX_BIN", workspace.program(profile, "sandbox"))
            .env("PORTICO_CHROMIUM", &chromium)
            .env("PORTICO_FAKETIME", &faketime)
            .env("PORTICO_FIREFOX", &firefox)
            .env("PORTICO_MINIBROWSER", &webkit)
            .env("PORTICO_E2E_RESULTS", workspace.target().join("e2e"));
        process::run(&mut command, "the browser journeys")
    })
}

/// Chromium, and the folder where Playwright is installed.
pub fn browser(workspace: &Workspace) -> Outcome<(PathBuf, PathBuf)> {
    ensure(&NODE)?;
    let chromium = found(&CHROMIUM, prerequisites::chromium)?;
    let folder = workspace.root().join("tests/e2e");
    step("Playwright and its companions", || install(&folder))?;
    Ok((folder, chromium))
}

/// Sees to it that something is there, and says where.
fn found(need: &Need, find: fn() -> Option<PathBuf>) -> Outcome<PathBuf> {
    ensure(need)?;
    find().ok_or_else(|| Failure::new(format!("{} is missing", need.name)))
}

/// `npm ci`, unless what lies there was installed from this very lock file.
pub fn install(folder: &Path) -> Outcome {
    let lock_path = folder.join("package-lock.json");
    let lock = fs::read(&lock_path).context(format!("cannot read {}", lock_path.display()))?;
    let stamp = folder.join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        crate::progress::note("unchanged");
        return Ok(());
    }
    let mut command = Command::new("npm");
    command
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::run(&mut command, "npm ci")?;
    fs::write(&stamp, lock).context(format!("cannot write {}", stamp.display()))
}
