//! What must be on the machine, and how it gets there.

use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::Uid;

use crate::failure::{Failure, Outcome};
use crate::process;
use crate::progress;

/// A program or a set of files that a step stands on.
pub struct Need {
    /// What a person calls it.
    pub name: &'static str,
    /// The packages of Debian and Ubuntu that bring it.
    pub packages: &'static [&'static str],
    /// Whether it is there.
    pub present: fn() -> bool,
}

/// PostgreSQL's server programs, for the database tests.
pub const POSTGRES: Need = Need {
    name: "PostgreSQL",
    packages: &["postgresql"],
    present: || crate::postgres::programs().is_some(),
};

/// Node and npm, for the browser tests.
pub const NODE: Need = Need {
    name: "Node with npm",
    packages: &["nodejs", "npm"],
    present: || on_path("node").is_some() && on_path("npm").is_some(),
};

/// Python with what makes a virtual environment, for the clients that others wrote.
pub const PYTHON: Need = Need {
    name: "Python with venv",
    packages: &["python3", "python3-venv"],
    present: || {
        let mut command = Command::new("python3");
        process::succeeds(command.args(["-c", "import ensurepip, venv"]))
    },
};

/// A browser for the browser tests.
pub const CHROMIUM: Need = Need {
    name: "Chromium",
    packages: &["chromium"],
    present: || chromium().is_some(),
};

/// A second engine for the browser tests.
pub const FIREFOX: Need = Need {
    name: "Firefox",
    packages: &["firefox-esr"],
    present: || firefox().is_some(),
};

/// A third engine, the one of iPhones, with its driver and a display in memory to show it on.
pub const WEBKIT: Need = Need {
    name: "WebKitGTK with its driver, and Xvfb",
    packages: &["webkit2gtk-driver", "xvfb"],
    present: || {
        webkit().is_some() && on_path("WebKitWebDriver").is_some() && on_path("Xvfb").is_some()
    },
};

/// Makes the certificate of the hosts that stand in for Facebook's in the browser tests.
pub const OPENSSL: Need = Need {
    name: "OpenSSL's program",
    packages: &["openssl"],
    present: || on_path("openssl").is_some(),
};

/// Lets the browser tests move the clock of a portal that they started.
pub const FAKETIME: Need = Need {
    name: "libfaketime",
    packages: &["libfaketime"],
    present: || faketime().is_some(),
};

/// The distribution's compiler with the source of the standard library, for the browser part.
pub const BROWSER_COMPILER: Need = Need {
    name: "the distribution's Rust compiler with its source",
    packages: &["rustc-web", "cargo-web", "rust-web-src", "lld-19"],
    present: crate::browser::distro_compiler_present,
};

/// Sees to it that a need is met: installs it where that is possible without asking (root and
/// apt-get), else says what to run.
pub fn ensure(need: &Need) -> Outcome {
    if (need.present)() {
        return Ok(());
    }
    let name = need.name;
    let install = format!(
        "apt-get install --no-install-recommends {}",
        need.packages.join(" ")
    );
    if !apt_present() {
        return Err(Failure::new(format!(
            "{name} is missing. Debian and Ubuntu have it as: {}; install what your system \
             calls so, and start again",
            need.packages.join(" ")
        )));
    }
    if !Uid::effective().is_root() {
        return Err(Failure::new(format!(
            "{name} is missing. Run this and start again:\n    \
             sudo apt-get update && sudo {install}"
        )));
    }
    progress::note(&format!("{name} is missing, so: {install}"));
    process::run(apt().arg("update"), "apt-get update")?;
    process::run(
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(need.packages),
        "apt-get install",
    )?;
    if (need.present)() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{name} is still missing after: {install}"
    )))
}

/// Whether this system has apt-get.
pub fn apt_present() -> bool {
    on_path("apt-get").is_some()
}

/// Where a program lies, if the path has it.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// The browser that drives the browser tests; `PORTICO_CHROMIUM` names another one.
pub fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PORTICO_CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(on_path)
}

/// The library that tells a program another time; `PORTICO_FAKETIME` names it where it lies elsewhere than
/// Debian and Ubuntu put it.
pub fn faketime() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PORTICO_FAKETIME") {
        return Some(PathBuf::from(named));
    }
    let folders = std::fs::read_dir("/usr/lib").ok()?;
    folders
        .filter_map(Result::ok)
        .map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"))
        .find(|library| library.is_file())
}

/// The Firefox of the browser tests; `PORTICO_FIREFOX` names another one.
pub fn firefox() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PORTICO_FIREFOX") {
        return Some(PathBuf::from(named));
    }
    ["firefox-esr", "firefox"].into_iter().find_map(on_path)
}

/// WebKitGTK's own small browser, which is meant for tests and so lies beside its library;
/// `PORTICO_MINIBROWSER` names another one.
pub fn webkit() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PORTICO_MINIBROWSER") {
        return Some(PathBuf::from(named));
    }
    let below_architectures = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    ["/usr/lib", "/usr/libexec"]
        .into_iter()
        .map(PathBuf::from)
        .chain(below_architectures)
        .flat_map(|folder| {
            ["webkit2gtk-4.1", "webkit2gtk-4.0"].map(|api| folder.join(api).join("MiniBrowser"))
        })
        .find(|file| file.is_file())
}

/// Whether a component of the Rust toolchain answers.
pub fn ensure_component(subcommand: &str, component: &str, root: &Path) -> Outcome {
    let mut command = Command::new("cargo");
    crate::cargo::forget_own_build(&mut command);
    if process::succeeds(command.current_dir(root).args([subcommand, "--version"])) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "cargo {subcommand} is missing. Run this and start again:\n    \
         rustup component add {component}"
    )))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args([
        "--quiet",
        "--option",
        "DPkg::Lock::Timeout=300",
    ]);
    command
}
