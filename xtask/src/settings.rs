//! What `run` keeps in `data/`, and what it tells the two programs.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::failure::{Context, Failure, Outcome};
use crate::files;
use crate::workspace::{Profile, Workspace};

/// Any number will do: Meta's app ids look so.
const APP_ID: &str = "1000000000000001";
const AGENCY: &str = "Northlight Studio";
const SUPPORT: &str = "hello@northlight.example";

/// What `run` and `dev` can be told.
#[derive(clap::Args, Clone)]
pub struct Options {
    /// Build small and fast programs, which takes longer
    #[arg(long)]
    pub release: bool,
    /// Where Portico listens, on loopback
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// Where the sandbox listens, on loopback
    #[arg(long, default_value_t = 4000)]
    pub sandbox_port: u16,
    /// Another database than the SQLite file in data/, for example postgres://…
    #[arg(long)]
    pub database_url: Option<String>,
    /// Where mails go, for example smtp://localhost:1025; without it they stay in the outbox
    #[arg(long)]
    pub mail_url: Option<String>,
}

impl Options {
    /// The profile that was asked for.
    pub fn profile(&self) -> Profile {
        Profile::from_flag(self.release)
    }
}

/// Everything that is settled before a program starts.
pub struct Settings {
    /// Folder of database, keys and `run.json`.
    pub data: PathBuf,
    /// The key ring.
    pub keys_file: PathBuf,
    /// The public address of Portico. Its host differs from the sandbox's on purpose: two sites
    /// with cookies of their own, as in life.
    pub portal_url: String,
    /// The address of the sandbox.
    pub sandbox_url: String,
    /// The database.
    pub database_url: String,
    /// The word by which Portico knows that a subscription is the sandbox's.
    pub verify_token: String,
    options: Options,
    app_secret: String,
}

impl Settings {
    /// Settles the settings; makes `data/` and what is random in it at the first start.
    pub fn settle(workspace: &Workspace, options: &Options) -> Outcome<Self> {
        let data = workspace.data();
        // The database holds names and addresses of people.
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&data)
            .context(format!("cannot make {}", data.display()))?;
        let database_url = options
            .database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}?mode=rwc", data.join("portico.db").display()));
        Ok(Self {
            keys_file: data.join("keys"),
            portal_url: format!("http://localhost:{}", options.port),
            sandbox_url: format!("http://127.0.0.1:{}", options.sandbox_port),
            database_url,
            options: options.clone(),
            app_secret: app_secret(&data.join("sandbox.json"))?,
            verify_token: files::random_hex(16)?,
            data,
        })
    }

    /// A call of `portico` with everything it must know in its environment.
    pub fn portico(&self, workspace: &Workspace) -> Command {
        let mut command = Command::new(workspace.program(self.options.profile(), "portico"));
        for (key, _) in std::env::vars_os() {
            // What a person has set for another installation must not leak into this one.
            if key.to_string_lossy().starts_with("PORTICO_") {
                command.env_remove(&key);
            }
        }
        command
            .current_dir(workspace.root())
            .env("PORTICO_BASE_URL", &self.portal_url)
            .env("PORTICO_LISTEN", format!("127.0.0.1:{}", self.options.port))
            .env("PORTICO_DATABASE_URL", &self.database_url)
            .env("PORTICO_KEYS_FILE", &self.keys_file)
            .env("PORTICO_AGENCY__NAME", AGENCY)
            .env("PORTICO_AGENCY__SUPPORT_EMAIL", SUPPORT)
            .env("PORTICO_META__APP_ID", APP_ID)
            .env("PORTICO_META__APP_SECRET", &self.app_secret)
            .env("PORTICO_META__WEBHOOK_VERIFY_TOKEN", &self.verify_token)
            .env("PORTICO_META__GRAPH_URL", &self.sandbox_url)
            .env("PORTICO_META__DIALOG_URL", &self.sandbox_url);
        if let Some(mail) = &self.options.mail_url {
            command
                .env("PORTICO_MAIL__URL", mail)
                .env("PORTICO_MAIL__FROM", SUPPORT);
        }
        command
    }

    /// The call that starts the sandbox.
    pub fn sandbox(&self, workspace: &Workspace) -> Command {
        let mut command = Command::new(workspace.program(self.options.profile(), "sandbox"));
        command
            .current_dir(&self.data)
            .args([
                "--listen",
                &format!("127.0.0.1:{}", self.options.sandbox_port),
            ])
            .args(["--app-id", APP_ID, "--app-secret", &self.app_secret])
            .args([
                "--redirect-uri",
                &format!("{}/oauth/facebook/callback", self.portal_url),
            ])
            .args(["--callback-url", &self.portal_url])
            .arg("--send-callbacks");
        command
    }

    /// The ports that must be free, each with its owner and the option that chooses another.
    pub fn ports(&self) -> [(u16, &'static str, &'static str); 2] {
        [
            (self.options.port, "Portico", "--port"),
            (self.options.sandbox_port, "the sandbox", "--sandbox-port"),
        ]
    }

    /// What scripts read to find their way.
    pub fn run_json(&self, owner_sign_in_url: &str) -> Value {
        json!({
            "portal_url": self.portal_url,
            "owner_sign_in_url": owner_sign_in_url,
            "sandbox_url": self.sandbox_url,
            "control_url": format!("{}/_control", self.sandbox_url),
            "database_url": self.database_url,
            "keys_file": self.keys_file,
        })
    }
}

/// The secret of the sandbox's app: made once and kept, since what was sealed or signed with it
/// outlives a start.
fn app_secret(path: &Path) -> Outcome<String> {
    if !path.exists() {
        let secret = files::random_hex(16)?;
        files::write_private(path, &format!("{:#}\n", json!({ "app_secret": secret })))?;
        return Ok(secret);
    }
    let text = fs::read_to_string(path).context(format!("cannot read {}", path.display()))?;
    serde_json::from_str::<Value>(&text)
        .ok()
        .and_then(|value| value["app_secret"].as_str().map(str::to_owned))
        .ok_or_else(|| {
            Failure::new(format!(
                "{} has no app_secret: remove it, to get anew",
                path.display()
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_secret_is_made_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sandbox.json");
        let first = app_secret(&path).expect("made");
        assert_eq!(first.len(), 32);
        assert_eq!(app_secret(&path).expect("kept"), first);
    }
}
