//! Programs that xtask starts, and their end.
//!
//! Each one gets a process group of its own, so that Ctrl-C reaches xtask alone, which then ends
//! them all in an orderly way, and so do SIGTERM and SIGHUP.

use std::collections::BTreeSet;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::failure::{Context, Failure, Outcome};

/// How long a program may take to end itself before it is killed.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often a program that should end is looked at.
const GLANCE: Duration = Duration::from_millis(50);

static GROUPS: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());
static SIGNALS: AtomicUsize = AtomicUsize::new(0);

/// From now on Ctrl-C, SIGTERM and SIGHUP end every program that was started; a second one
/// kills them.
pub fn watch_signals() -> Outcome {
    ctrlc::set_handler(|| {
        let signal = match SIGNALS.fetch_add(1, Ordering::SeqCst) {
            0 => Signal::SIGTERM,
            _ => Signal::SIGKILL,
        };
        for group in groups().iter() {
            send(*group, signal);
        }
    })
    .context("cannot listen for Ctrl-C")
}

/// Whether the end was asked for.
pub fn stopped() -> bool {
    SIGNALS.load(Ordering::SeqCst) > 0
}

/// An error as soon as the end was asked for.
pub fn go_on() -> Outcome {
    if stopped() {
        Err(Failure::Stopped)
    } else {
        Ok(())
    }
}

/// Runs a program to its end, its output going straight to the terminal.
pub fn run(command: &mut Command, name: &str) -> Outcome {
    command.stdin(Stdio::null());
    let mut running = Running::start(command, name)?;
    let status = running.wait()?;
    verdict(status, name)
}

/// Runs a program to its end and gives what it wrote to stdout; its stderr becomes the error.
pub fn output(command: &mut Command, name: &str) -> Outcome<String> {
    go_on()?;
    command.stdin(Stdio::null()).process_group(0);
    let output = command.output().context(format!("cannot start {name}"))?;
    go_on()?;
    if output.status.success() {
        return String::from_utf8(output.stdout).context(format!("{name} did not print text"));
    }
    let reason = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "{name} failed ({}): {}",
        output.status,
        reason.trim()
    )))
}

/// Whether a program can be called and says that all is well; nothing is printed.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A program at work. Dropped, it is ended and waited for.
pub struct Running {
    name: String,
    child: Child,
    group: i32,
}

impl Running {
    /// Starts a program in a process group of its own.
    pub fn start(command: &mut Command, name: &str) -> Outcome<Self> {
        // Held over the start: a signal that arrives meanwhile finds the new group in the list.
        let mut groups = groups();
        go_on()?;
        let child = command
            .process_group(0)
            .spawn()
            .context(format!("cannot start {name}"))?;
        let group = i32::try_from(child.id()).context("a process id out of range")?;
        groups.insert(group);
        Ok(Self {
            name: name.to_owned(),
            child,
            group,
        })
    }

    /// What to call it when speaking to a person.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it ended, or nothing while it works.
    pub fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        self.child
            .try_wait()
            .context(format!("cannot watch {}", self.name))
    }

    /// An error if it ended by itself, which nothing that is to serve may do.
    pub fn still_serves(&mut self) -> Outcome {
        match self.ended()? {
            None => Ok(()),
            Some(_) if stopped() => Err(Failure::Stopped),
            Some(status) => {
                let name = &self.name;
                Err(Failure::new(format!(
                    "{name} ended by itself ({status}); its message is above"
                )))
            }
        }
    }

    /// Waits for its end.
    fn wait(&mut self) -> Outcome<ExitStatus> {
        let status = self
            .child
            .wait()
            .context(format!("cannot wait for {}", self.name))?;
        groups().remove(&self.group);
        Ok(status)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            send(self.group, Signal::SIGTERM);
            let begun = Instant::now();
            while matches!(self.child.try_wait(), Ok(None)) {
                if begun.elapsed() > PATIENCE {
                    eprintln!("{} does not end by itself: killed", self.name);
                    send(self.group, Signal::SIGKILL);
                    let _ = self.child.wait();
                }
                std::thread::sleep(GLANCE);
            }
        }
        groups().remove(&self.group);
    }
}

fn verdict(status: ExitStatus, name: &str) -> Outcome {
    if status.success() {
        return Ok(());
    }
    go_on()?;
    Err(Failure::new(format!("{name} failed ({status})")))
}

fn groups() -> std::sync::MutexGuard<'static, BTreeSet<i32>> {
    // A list of numbers is whole whatever happened to the thread that held it.
    GROUPS
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A group that is already gone needs no signal, so that error says nothing.
fn send(group: i32, signal: Signal) {
    let _ = killpg(Pid::from_raw(group), signal);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_program_is_gone() {
        let mut command = Command::new("sleep");
        let running = Running::start(command.arg("600"), "sleep").expect("start");
        let group = Pid::from_raw(running.group);
        assert!(killpg(group, None).is_ok());
        drop(running);
        assert!(killpg(group, None).is_err());
    }

    #[test]
    fn a_program_that_ends_is_named() {
        let mut command = Command::new("false");
        let Err(Failure::Message(message)) = run(&mut command, "the check") else {
            panic!("`false` succeeded");
        };
        assert!(message.starts_with("the check failed"), "{message}");
    }

    #[test]
    fn the_error_of_a_captured_program_is_kept() {
        let mut command = Command::new("sh");
        let result = output(
            command.args(["-c", "echo no such client >&2; exit 1"]),
            "portico",
        );
        let Err(Failure::Message(message)) = result else {
            panic!("it succeeded")
        };
        assert!(message.contains("no such client"), "{message}");
    }
}
