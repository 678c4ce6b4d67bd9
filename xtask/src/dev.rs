//! `cargo xtask dev`: as `run`, and anew whenever a source changes.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::build;
use crate::failure::{Context, Failure, Outcome};
use crate::instance::Instance;
use crate::progress::note;
use crate::settings::{Options, Settings};
use crate::workspace::Workspace;

const WATCHED: [&str; 5] = ["app", "server", "style", "migrations", "sandbox"];
const GLANCE: Duration = Duration::from_millis(200);
/// An editor writes a file in several strokes, and a checkout many files.
const CALM: Duration = Duration::from_millis(300);

/// Builds and starts; at each change builds again, and restarts if that went well. A build that
/// fails leaves the last good programs at work.
pub fn run(workspace: &Workspace, options: &Options) -> Outcome {
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event.kind)) {
            // Nobody listens any more only when the verb is over.
            let _ = sender.send(());
        }
    })
    .context("cannot watch the sources")?;
    for folder in WATCHED {
        watcher
            .watch(&workspace.root().join(folder), RecursiveMode::Recursive)
            .context(format!("cannot watch {folder}/"))?;
    }
    match follow(workspace, options, &changes) {
        Err(Failure::Stopped) => Ok(()),
        other => other,
    }
}

fn follow(workspace: &Workspace, options: &Options, changes: &Receiver<()>) -> Outcome {
    let settings = Settings::settle(workspace, options)?;
    let mut instance = None;
    loop {
        if build_or_say(workspace, options)? {
            // The old programs hold the ports.
            drop(instance.take());
            instance = Some(Instance::start(workspace, &settings)?);
        }
        if let Some(instance) = &instance {
            instance.print(&settings);
        }
        println!("Watching {}.", WATCHED.join("/, ") + "/");
        wait_for_change(instance.as_mut(), changes)?;
    }
}

/// Whether the build went well; a mistake in the sources is told and does not end the verb.
fn build_or_say(workspace: &Workspace, options: &Options) -> Outcome<bool> {
    match build::all(workspace, options.profile()) {
        Ok(()) => Ok(true),
        Err(Failure::Stopped) => Err(Failure::Stopped),
        Err(Failure::Message(message)) => {
            eprintln!("\nerror: {message}");
            Ok(false)
        }
    }
}

fn wait_for_change(mut instance: Option<&mut Instance>, changes: &Receiver<()>) -> Outcome {
    loop {
        match changes.recv_timeout(GLANCE) {
            Ok(()) => {
                while changes.recv_timeout(CALM).is_ok() {}
                note("a source has changed");
                return Ok(());
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::new("the sources are not watched any more"));
            }
            Err(RecvTimeoutError::Timeout) => match instance.as_mut() {
                Some(instance) => instance.still_serves()?,
                None => crate::process::go_on()?,
            },
        }
    }
}

fn is_change(kind: &EventKind) -> bool {
    kind.is_create() || kind.is_modify() || kind.is_remove()
}
