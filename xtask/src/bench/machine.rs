//! The machine that a measurement was made on, and what was measured.

use std::fs;
use std::process::Command;
use std::thread;

use crate::failure::{Context, Outcome};
use crate::process;
use crate::workspace::Workspace;

/// In one line: when, which commit, which machine, how busy it was before.
pub fn facts(workspace: &Workspace) -> Outcome<String> {
    let date = said(
        Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"]),
        "date",
    )?;
    let cores = thread::available_parallelism().context("cannot count the cores")?;
    Ok(format!(
        "{date}, commit {}. {cores} cores ({}), {} of memory, Linux {}, {}. Load of the machine before: {}.",
        commit(workspace)?,
        field("/proc/cpuinfo", "model name")?,
        memory()?,
        first_word("/proc/sys/kernel/osrelease")?,
        said(Command::new("rustc").arg("--version"), "rustc --version")?,
        first_word("/proc/loadavg")?,
    ))
}

/// The commit, and whether anything was changed since.
fn commit(workspace: &Workspace) -> Outcome<String> {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        said(command.args(arguments).current_dir(workspace.root()), "git")
    };
    let id = git(&["rev-parse", "--short=10", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    let suffix = if changed.is_empty() {
        ""
    } else {
        " with changes"
    };
    Ok(format!("`{id}`{suffix}"))
}

fn memory() -> Outcome<String> {
    let total = field("/proc/meminfo", "MemTotal")?;
    let kib: u64 = { total.trim_end_matches("kB").trim() }
        .parse()
        .context("cannot read the size of the memory")?;
    Ok(format!("{} GiB", kib.div_ceil(1024 * 1024)))
}

fn field(path: &str, name: &str) -> Outcome<String> {
    let text = fs::read_to_string(path).context(format!("cannot read {path}"))?;
    let value = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(known, _)| known.trim() == name)
        .map_or("unknown", |(_, value)| value.trim());
    Ok(value.to_owned())
}

fn first_word(path: &str) -> Outcome<String> {
    let text = fs::read_to_string(path).context(format!("cannot read {path}"))?;
    Ok(text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned())
}

fn said(command: &mut Command, name: &str) -> Outcome<String> {
    Ok(process::output(command, name)?.trim().to_owned())
}
