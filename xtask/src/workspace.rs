//! Where things lie: the checkout, the target folder, and what is made there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::{Context, Failure, Outcome};
use crate::process;

/// The one integration test, which links the server once. It runs on each database.
pub const INTEGRATION: &str = "tests";

/// How a program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Debug,
    /// Small and fast.
    Release,
}

impl Profile {
    /// The profile for a `--release` flag.
    pub fn from_flag(release: bool) -> Self {
        if release { Self::Release } else { Self::Debug }
    }

    /// The name of its folder below the target folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// The checkout and its target folder, both absolute.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
    crate_tests: BTreeSet<String>,
}

impl Workspace {
    /// Asks cargo, which knows every way in which the target folder can be set.
    pub fn find() -> Outcome<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
        let mut command = Command::new("cargo");
        command
            .args([
                "metadata",
                "--no-deps",
                "--format-version=1",
                "--manifest-path",
            ])
            .arg(manifest);
        let answer = process::output(&mut command, "cargo metadata")?;
        let metadata: Value =
            serde_json::from_str(&answer).context("cannot read what cargo metadata says")?;
        let folder = |key: &str| {
            metadata[key]
                .as_str()
                .map(PathBuf::from)
                .ok_or_else(|| Failure::new(format!("cargo metadata does not tell {key}")))
        };
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
            crate_tests: crate_tests(&metadata),
        })
    }

    /// The checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The target folder.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The tests that a crate keeps in a `tests/` folder of its own; they need no database.
    pub fn crate_tests(&self) -> impl Iterator<Item = &str> {
        self.crate_tests.iter().map(String::as_str)
    }

    /// Where the browser's files for one profile are put together; `server/build.rs` takes
    /// them from there.
    pub fn site(&self, profile: Profile) -> PathBuf {
        self.target.join("site").join(profile.folder())
    }

    /// A built program of ours.
    pub fn program(&self, profile: Profile, name: &str) -> PathBuf {
        self.target.join(profile.folder()).join(name)
    }

    /// What `run` keeps between two starts: database, keys, addresses.
    pub fn data(&self) -> PathBuf {
        self.root.join("data")
    }
}

fn crate_tests(metadata: &Value) -> BTreeSet<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter(|package| package["name"] != "xtask")
        .flat_map(|package| package["targets"].as_array().into_iter().flatten())
        .filter(|target| target["kind"] == serde_json::json!(["test"]))
        .filter_map(|target| target["name"].as_str())
        .filter(|name| *name != INTEGRATION)
        .map(str::to_owned)
        .collect()
}
