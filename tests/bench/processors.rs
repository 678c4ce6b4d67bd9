//! What processes have had of the processors.

use std::{fs, path::Path, time::Duration};

/// In what Linux tells processor time: USER_HZ is 100 on every architecture that Rust runs on.
const TICK: Duration = Duration::from_millis(10);

/// What a process has had so far, its own and the kernel's for it.
pub fn of_process(id: u32) -> Duration {
    ticks(Path::new(&format!("/proc/{id}/stat")), 2)
}

/// What the threads of a process with this name have had so far, as far as they still run.
pub fn of_threads(id: u32, name: &str) -> Duration {
    let threads = fs::read_dir(format!("/proc/{id}/task")).expect("a process that runs");
    { threads.flatten() }
        .filter(|thread| {
            let called = fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
            called.trim() == name
        })
        .map(|thread| ticks(&thread.path().join("stat"), 2))
        .sum()
}

/// What a process and all that it has started have had so far, also what has ended since.
pub fn of_family(id: u32) -> Duration {
    let children = { fs::read_dir("/proc").expect("Linux").flatten() }
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|child| parent(*child) == Some(id));
    let living: Duration = { children }
        .map(|child| ticks(Path::new(&format!("/proc/{child}/stat")), 4))
        .sum();
    ticks(Path::new(&format!("/proc/{id}/stat")), 4) + living
}

/// Who has started a process; `None` if it is gone.
pub fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    fields(&stat).nth(1)?.parse().ok()
}

/// User and system time, and with four the same of children that have ended. Nothing where the process is gone.
fn ticks(stat: &Path, count: usize) -> Duration {
    let stat = fs::read_to_string(stat).unwrap_or_default();
    let ticks = { fields(&stat).skip(11).take(count) }.map(|field| field.parse().unwrap_or(0_u32));
    TICK * ticks.sum()
}

/// The fields behind the name, which may hold anything: the first is the state.
fn fields(stat: &str) -> impl Iterator<Item = &str> {
    let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
    behind.split_ascii_whitespace()
}
