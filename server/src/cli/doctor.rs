use std::process::ExitCode;

use serde_json::{Value, json};

use super::{Outcome, output};
use crate::{
    boot::{self, World},
    cli::args::EXIT_FAILED,
    config::{Config, ConfigError},
    service::Portal,
};

/// One thing that was looked at.
struct Check {
    name: &'static str,
    ok: bool,
    message: String,
}

impl Check {
    fn good(name: &'static str, message: impl Into<String>) -> Self {
        Self {
            name,
            ok: true,
            message: message.into(),
        }
    }

    fn bad(name: &'static str, message: &dyn std::fmt::Display) -> Self {
        Self {
            name,
            ok: false,
            message: message.to_string(),
        }
    }
}

/// Looks at everything that a deployment needs, and says what is wrong.
pub async fn run(config: Result<Config, ConfigError>, json: bool) -> Outcome {
    let checks = examine(config).await;
    let ok = checks.iter().all(|check| check.ok);
    let lines: Vec<String> = checks
        .iter()
        .map(|check| {
            let mark = if check.ok { "ok  " } else { "FAIL" };
            format!("{mark} {}: {}", check.name, check.message)
        })
        .collect();
    let values: Vec<Value> = checks
        .iter()
        .map(|check| json!({"name": check.name, "ok": check.ok, "message": check.message}))
        .collect();
    output::print(json, &json!({"ok": ok, "checks": values}), &lines);
    Ok(if ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(EXIT_FAILED)
    })
}

async fn examine(config: Result<Config, ConfigError>) -> Vec<Check> {
    let config = match config {
        Ok(config) => config,
        Err(error) => return vec![Check::bad("configuration", &error)],
    };
    let mut checks = vec![Check::good("configuration", "can be read")];
    checks.extend(
        config
            .warnings
            .iter()
            .map(|warning| Check::bad("configuration", warning)),
    );
    checks.push(mail(&config));
    let db = match boot::database(&config).await {
        Ok(db) => db,
        Err(error) => {
            checks.push(Check::bad("database", &error));
            return checks;
        }
    };
    checks.push(Check::good("database", "can be reached"));
    match boot::migrations::pending(&db).await {
        Ok(pending) if pending.is_empty() => {
            checks.push(Check::good("migrations", "the database is up to date"));
        }
        Ok(pending) => {
            let message = format!("{} to go: run `portico migrate`", pending.len());
            checks.push(Check::bad("migrations", &message));
            return checks;
        }
        Err(error) => {
            checks.push(Check::bad("migrations", &error));
            return checks;
        }
    }
    match boot::portal(&config, db, World::real()).await {
        Ok((portal, _)) => {
            checks.push(Check::good("keys", "the ring opens what is stored"));
            checks.push(meta(&config, &portal).await);
            checks.extend(version(&portal));
            checks.push(webhook(&config));
        }
        Err(error) => checks.push(Check::bad("keys", &error)),
    }
    checks
}

/// Whether the way out can be read; no mail server is asked.
fn mail(config: &Config) -> Check {
    match boot::mailer(config) {
        Ok(mailer) if mailer.keeps() => Check::good(
            "mail",
            "mails stay in the outbox; set PORTICO_MAIL__URL to send them",
        ),
        Ok(_) => Check::good("mail", "the address of the way out can be read"),
        Err(error) => Check::bad("mail", &error),
    }
}

/// Whether Meta can subscribe. Without, changed permissions are found by the next check of a token.
fn webhook(config: &Config) -> Check {
    let message = if config.meta.webhook_verify_token.is_some() {
        "there is a verify token, so Meta can subscribe"
    } else {
        "there is no verify token, so Meta cannot subscribe; set PORTICO_META__WEBHOOK_VERIFY_TOKEN to hear at once \
         when somebody takes a permission back"
    };
    Check::good("webhook", message)
}

async fn meta(config: &Config, portal: &Portal) -> Check {
    if let Err(error) = config.require_meta() {
        return Check::bad("meta", &error);
    }
    match portal.check_meta_app().await {
        Ok(()) => Check::good("meta", "Meta knows the app and its secret"),
        Err(problem) => Check::bad("meta", &problem),
    }
}

/// Whether Meta answered with the version that it was asked for.
fn version(portal: &Portal) -> Option<Check> {
    let drift = portal.meta_drift()?;
    let message = drift.warning.unwrap_or_else(|| {
        format!(
            "asked for {}, Meta answers with {}: set PORTICO_META__GRAPH_VERSION to a version that is not over",
            drift.asked, drift.answered
        )
    });
    Some(Check::bad("meta version", &message))
}
