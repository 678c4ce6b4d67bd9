//! The sandbox and Portico at work on loopback, as `run` and `dev` start them.

use std::net::TcpListener;

use serde_json::{Value, json};

use crate::failure::{Context, Failure, Outcome};
use crate::files;
use crate::port::{post, wait_for};
use crate::process::{self, Running};
use crate::progress::{note, step};
use crate::settings::Settings;
use crate::workspace::Workspace;

const OWNER: &str = "owner@localhost";

/// Both programs. Dropped, both are ended: Portico first, since it calls the sandbox.
pub struct Instance {
    portal: Running,
    sandbox: Running,
    /// Where the owner signs in; works once.
    pub owner_sign_in_url: String,
}

impl Instance {
    /// Makes keys and owner if there are none, migrates, starts both programs, and waits until
    /// they answer. The programs must have been built.
    pub fn start(workspace: &Workspace, settings: &Settings) -> Outcome<Self> {
        for (port, whose, option) in settings.ports() {
            check_port(port, whose, option)?;
        }
        step("Keys, database and owner", || {
            make_keys(workspace, settings)?;
            migrate(workspace, settings)
        })?;
        let owner_sign_in_url = owner_link(workspace, settings)?;
        let [(portal_port, ..), (sandbox_port, ..)] = settings.ports();
        let (sandbox, portal) = step("Sandbox and Portico", || {
            let mut sandbox = Running::start(&mut settings.sandbox(workspace), "the sandbox")?;
            wait_for(&mut sandbox, sandbox_port, "/_control/state")?;
            let mut portico = settings.portico(workspace);
            let mut portal = Running::start(portico.arg("serve"), "Portico")?;
            wait_for(&mut portal, portal_port, "/readyz")?;
            subscribe(settings, sandbox_port)?;
            Ok((sandbox, portal))
        })?;
        let run_json = format!("{:#}\n", settings.run_json(&owner_sign_in_url));
        files::write_private(&settings.data.join("run.json"), &run_json)?;
        Ok(Self {
            portal,
            sandbox,
            owner_sign_in_url,
        })
    }

    /// An error as soon as one of the two ended by itself.
    pub fn still_serves(&mut self) -> Outcome {
        process::go_on()?;
        self.sandbox.still_serves()?;
        self.portal.still_serves()
    }

    /// Says where everything is.
    pub fn print(&self, settings: &Settings) {
        println!("\nPortico is running.\n");
        println!("  Portal    {}", settings.portal_url);
        println!("  Sign in   {}", self.owner_sign_in_url);
        println!("            as {OWNER}; the link works once");
        println!(
            "  Sandbox   {} (stands in for Facebook)",
            settings.sandbox_url
        );
        println!("  Data      {}", settings.data.display());
        println!("  Keys      {}", settings.keys_file.display());
        println!("            without this file, what is sealed in the database is lost\n");
        println!("Ctrl-C stops both programs.");
    }
}

/// Lets the sandbox tell Portico of changed permissions, as somebody does in Meta's dashboard.
fn subscribe(settings: &Settings, sandbox_port: u16) -> Outcome {
    let word = json!({ "verify_token": settings.verify_token }).to_string();
    if post(sandbox_port, "/_control/webhook", &word) {
        return Ok(());
    }
    Err(Failure::new(
        "the sandbox cannot subscribe to Portico's webhook",
    ))
}

fn check_port(port: u16, whose: &str, option: &str) -> Outcome {
    TcpListener::bind(("127.0.0.1", port))
        .map(drop)
        .map_err(|error| {
            Failure::new(format!(
                "port {port}, meant for {whose}, cannot be used ({error}): choose another with \
             {option} PORT"
            ))
        })
}

fn make_keys(workspace: &Workspace, settings: &Settings) -> Outcome {
    if settings.keys_file.exists() {
        note("the key ring is there");
        return Ok(());
    }
    let mut command = settings.portico(workspace);
    // There is no ring yet, so none may be named.
    command
        .env_remove("PORTICO_KEYS_FILE")
        .args(["keys", "generate"]);
    let ring = process::output(&mut command, "portico keys generate")?;
    files::write_private(&settings.keys_file, &format!("{}\n", ring.trim()))?;
    note(&format!("a new key ring: {}", settings.keys_file.display()));
    Ok(())
}

fn migrate(workspace: &Workspace, settings: &Settings) -> Outcome {
    let mut command = settings.portico(workspace);
    let answer = process::output(command.args(["migrate", "--json"]), "portico migrate")?;
    let applied = parsed(&answer, "portico migrate")?["applied"]
        .as_array()
        .map_or(0, Vec::len);
    note(&format!("{applied} migrations applied"));
    Ok(())
}

/// A fresh one-time link for the owner, who is made if there is none.
fn owner_link(workspace: &Workspace, settings: &Settings) -> Outcome<String> {
    let mut command = settings.portico(workspace);
    command.args([
        "admin", "create", "--email", OWNER, "--role", "owner", "--json",
    ]);
    let answer = process::output(&mut command, "portico admin create")?;
    parsed(&answer, "portico admin create")?["url"]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure::new("portico admin create gave no url"))
}

fn parsed(answer: &str, who: &str) -> Outcome<Value> {
    serde_json::from_str(answer).context(format!("cannot read what {who} says"))
}
