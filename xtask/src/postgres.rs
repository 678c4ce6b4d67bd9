//! A PostgreSQL of our own for the tests: made from the installed programs in a temporary
//! folder, reachable on loopback with a random password, gone when dropped.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::unistd::{Uid, User};
use tempfile::TempDir;

use crate::failure::{Context, Failure, Outcome};
use crate::files;
use crate::port;
use crate::process;

/// PostgreSQL refuses root; Debian's packages bring this account.
const ACCOUNT: &str = "postgres";
const DEBIAN_VERSIONS: &str = "/usr/lib/postgresql";
const SETTINGS: [&str; 1] = ["max_connections=500"];
/// For tests only: whether a crash loses data does not matter, how long a commit takes does.
const CARELESS: [&str; 3] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
];

/// What a crash of the machine may lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Everything, and each commit is quick.
    None,
    /// Nothing that was committed, as where people's data lie.
    Full,
}

/// A running private cluster.
pub struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    password: String,
    durability: Durability,
}

impl Cluster {
    /// Makes a cluster and starts it.
    ///
    /// # Errors
    /// PostgreSQL is not installed, or it did not start; then with what it said.
    pub fn start(durability: Durability) -> Outcome<Self> {
        let programs = programs().ok_or_else(|| Failure::new("PostgreSQL is missing"))?;
        let cluster = Self {
            programs,
            folder: private_folder()?,
            port: port::free()?,
            password: files::random_hex(16)?,
            durability,
        };
        cluster.initialise()?;
        cluster.serve()?;
        Ok(cluster)
    }

    /// The address of its maintenance database, with a user who may create others.
    pub fn url(&self) -> String {
        format!(
            "postgres://{ACCOUNT}:{}@127.0.0.1:{}/postgres",
            self.password, self.port
        )
    }

    fn initialise(&self) -> Outcome {
        let password_file = self.folder.path().join("password");
        fs::write(&password_file, &self.password)
            .and_then(|()| give_to_account(&password_file))
            .context("cannot write the password of the test database")?;
        let mut command = self.command("initdb");
        command
            .args([
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ])
            .args(["--username", ACCOUNT])
            .arg("--pwfile")
            .arg(&password_file)
            .arg("--pgdata")
            .arg(self.data());
        process::output(&mut command, "initdb").map(drop)
    }

    fn serve(&self) -> Outcome {
        let log = self.folder.path().join("log");
        let mut options = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories=''",
            self.port
        );
        let careless = match self.durability {
            Durability::None => &CARELESS[..],
            Durability::Full => &[],
        };
        for setting in SETTINGS.iter().chain(careless) {
            options.push_str(" -c ");
            options.push_str(setting);
        }
        let mut command = self.command("pg_ctl");
        command
            .args(["start", "--wait", "--silent", "--pgdata"])
            .arg(self.data());
        command.arg("--log").arg(&log).arg("--options").arg(options);
        // The server inherits these: with a pipe here we would wait for its end.
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        process::run(&mut command, "the start of the test database").map_err(
            |failure| match failure {
                Failure::Stopped => Failure::Stopped,
                Failure::Message(message) => {
                    let said = fs::read_to_string(&log).unwrap_or_default();
                    Failure::new(format!("{message}: {}", said.trim()))
                }
            },
        )
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if Uid::effective().is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", ACCOUNT, "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).env("LC_ALL", "C");
        command
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut command = self.command("pg_ctl");
        command.args(["stop", "--silent", "--wait", "--mode=immediate", "--pgdata"]);
        command.arg(self.data());
        // A cluster that did not start has nothing to stop, so a refusal says nothing.
        let _ = process::succeeds(&mut command);
    }
}

/// The folder of the newest installed server programs.
pub fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(DEBIAN_VERSIONS)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_string_lossy().parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    if let Some((_, folder)) = versions.pop() {
        return Some(folder);
    }
    let initdb = crate::prerequisites::on_path("initdb")?;
    initdb.parent().map(Path::to_path_buf)
}

/// A folder that the account which runs the server owns and nobody else can enter.
fn private_folder() -> Outcome<TempDir> {
    let folder = tempfile::Builder::new()
        .prefix("portico-postgres-")
        .permissions(fs::Permissions::from_mode(0o700))
        .tempdir()
        .context("cannot make a temporary folder")?;
    give_to_account(folder.path()).context("cannot hand the temporary folder over")?;
    Ok(folder)
}

fn give_to_account(path: &Path) -> std::io::Result<()> {
    if !Uid::effective().is_root() {
        return Ok(());
    }
    let account = User::from_name(ACCOUNT)
        .map_err(std::io::Error::from)?
        .ok_or_else(|| std::io::Error::other(format!("there is no account `{ACCOUNT}`")))?;
    chown(path, Some(account.uid.as_raw()), Some(account.gid.as_raw()))
}
