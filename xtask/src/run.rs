//! `cargo xtask run`: everything built and started, until Ctrl-C.

use std::thread;
use std::time::Duration;

use crate::build;
use crate::failure::{Failure, Outcome};
use crate::instance::Instance;
use crate::settings::{Options, Settings};
use crate::workspace::Workspace;

const GLANCE: Duration = Duration::from_millis(200);

/// What `run` can be told.
pub type Arguments = Options;

/// Builds, starts, prints where to go, and stays until the end is asked for.
pub fn run(workspace: &Workspace, options: &Arguments) -> Outcome {
    build::all(workspace, options.profile())?;
    let settings = Settings::settle(workspace, options)?;
    let mut instance = Instance::start(workspace, &settings)?;
    instance.print(&settings);
    loop {
        match instance.still_serves() {
            Ok(()) => thread::sleep(GLANCE),
            // The way in which this verb is meant to end.
            Err(Failure::Stopped) => return Ok(()),
            Err(failure) => return Err(failure),
        }
    }
}
