//! The tests in `tests/foreign`: clients of Meta that we did not write, in Python, against the
//! built sandbox. What they can work with, the portal's own client did not make up.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context, Outcome};
use crate::port;
use crate::prerequisites::{PYTHON, ensure};
use crate::process::{self, Running};
use crate::progress::{note, step};
use crate::workspace::{Profile, Workspace};

/// The app that the sandbox plays; Meta's app ids look so.
const APP_ID: &str = "1000000000000002";
/// Guards nothing: the sandbox of these tests lives for seconds.
const APP_SECRET: &str = "known-to-the-tests";
/// Never called: the tests read the address that a browser would be sent to.
const REDIRECT_URI: &str = "http://localhost:3000/oauth/facebook/callback";

/// Runs them. The sandbox must have been built.
pub fn run(workspace: &Workspace, profile: Profile) -> Outcome {
    ensure(&PYTHON)?;
    let folder = workspace.root().join("tests/foreign");
    let environment = Environment::at(workspace);
    step("Python packages of others", || {
        environment.install(&folder.join("requirements.txt"))
    })?;
    step("Clients of others on the sandbox", || {
        let port = port::free()?;
        let mut sandbox = Running::start(&mut sandbox(workspace, profile, port), "the sandbox")?;
        port::wait_for(&mut sandbox, port, "/_control/state")?;
        let mut command = environment.python();
        command
            .args(["-m", "pytest"])
            .current_dir(&folder)
            .env("SANDBOX_URL", format!("http://127.0.0.1:{port}"))
            .env("SANDBOX_APP_ID", APP_ID)
            .env("SANDBOX_APP_SECRET", APP_SECRET)
            .env("SANDBOX_REDIRECT_URI", REDIRECT_URI)
            // A proxy that somebody has set is not for loopback.
            .env("NO_PROXY", "127.0.0.1")
            .env_remove("PYTEST_ADDOPTS");
        process::run(&mut command, "the tests with clients of others")
    })
}

fn sandbox(workspace: &Workspace, profile: Profile, port: u16) -> Command {
    let mut command = Command::new(workspace.program(profile, "sandbox"));
    command
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .args(["--app-id", APP_ID, "--app-secret", APP_SECRET])
        .args(["--redirect-uri", REDIRECT_URI])
        .args(["--callback-url", "http://localhost:3000"])
        .env("RUST_LOG", "warn");
    command
}

/// A virtual environment in the target folder, so that nothing of the machine's own Python
/// plays along.
struct Environment {
    folder: PathBuf,
}

impl Environment {
    fn at(workspace: &Workspace) -> Self {
        Self {
            folder: workspace.target().join("foreign"),
        }
    }

    /// Its Python, deaf to the variables and folders of the person who calls it, and leaving no
    /// compiled files among the sources.
    fn python(&self) -> Command {
        let mut command = Command::new(self.folder.join("bin/python"));
        command.args(["-I", "-B"]);
        command
    }

    /// Installs exactly what the list names, each file by its hash, unless what lies there came
    /// from this very list and this very Python.
    fn install(&self, list: &Path) -> Outcome {
        let wanted = wanted(list)?;
        let stamp = self.folder.join("installed-from");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            note("unchanged");
            return Ok(());
        }
        let mut command = Command::new("python3");
        command.args(["-m", "venv", "--clear"]).arg(&self.folder);
        process::run(&mut command, "the making of a virtual environment")?;
        let mut command = self.python();
        command
            .args(["-m", "pip", "install", "--quiet"])
            .args(["--disable-pip-version-check", "--root-user-action=ignore"])
            .args(["--require-hashes", "--no-deps", "--only-binary=:all:"])
            .arg("--requirement")
            .arg(list);
        process::run(&mut command, "pip install")?;
        // Nothing was added to the list, so it must be whole.
        let mut command = self.python();
        process::run(command.args(["-m", "pip", "check"]), "pip check")?;
        // Last, so that an installation that was broken off leaves no stamp.
        fs::write(&stamp, wanted).context(format!("cannot write {}", stamp.display()))
    }
}

/// What decides whether an installation is still the right one.
fn wanted(list: &Path) -> Outcome<String> {
    let mut command = Command::new("python3");
    let version = process::output(command.arg("--version"), "python3")?;
    let text = fs::read_to_string(list).context(format!("cannot read {}", list.display()))?;
    Ok(version + &text)
}
