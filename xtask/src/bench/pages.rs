//! What the pages cost who opens them, in Chromium: what Lighthouse says of the invitation, how soon a phone
//! shows a page and can use its form, and how heavy each page is. Aims that are missed fail.

use std::fs;
use std::process::Command;

use crate::build;
use crate::e2e;
use crate::failure::{Context, Outcome};
use crate::process;
use crate::progress::step;
use crate::workspace::{Profile, Workspace};

/// Nobody is served anything else.
const PROFILE: Profile = Profile::Release;
const RUNS: u32 = 5;

/// Measures, and gives the tables. Where an aim is missed they are printed before that is said.
pub fn measure(workspace: &Workspace, quick: bool) -> Outcome<String> {
    let (folder, chromium) = e2e::browser(workspace)?;
    let lighthouse = workspace.root().join("tests/lighthouse");
    step("Lighthouse", || e2e::install(&lighthouse))?;
    build::all(workspace, PROFILE)?;
    let report = workspace.target().join("bench-pages.md");
    fs::write(&report, "").context(format!("cannot empty {}", report.display()))?;
    let verdict = step("Pages in a browser", || {
        let mut command = Command::new(folder.join("node_modules/.bin/playwright"));
        command
            .args(["test", "--config", "bench.config.ts"])
            .current_dir(&folder)
            .env("PORTICO_BIN", workspace.program(PROFILE, "portico"))
            .env("SANDBOX_BIN", workspace.program(PROFILE, "sandbox"))
            .env("PORTICO_CHROMIUM", &chromium)
            .env(
                "PORTICO_LIGHTHOUSE",
                lighthouse.join("node_modules/.bin/lighthouse"),
            )
            .env(
                "PORTICO_BENCH_RUNS",
                if quick { 1 } else { RUNS }.to_string(),
            )
            .env("PORTICO_BENCH_REPORT", &report)
            .env("PORTICO_E2E_RESULTS", workspace.target().join("e2e"));
        process::run(&mut command, "the measurement of the pages")
    });
    let tables =
        fs::read_to_string(&report).context(format!("cannot read {}", report.display()))?;
    if verdict.is_err() {
        println!("\n{tables}");
    }
    verdict.map(|()| tables)
}
