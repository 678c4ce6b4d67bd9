use std::process::ExitCode;

use serde_json::json;

use super::{Outcome, open, output};
use crate::{cli::args::EXIT_FAILED, config::Config, store::lookup};

/// Walks the audit trail of every agency.
pub async fn verify(config: &Config, json: bool) -> Outcome {
    let (portal, _) = open(config).await?;
    let (mut events, mut broken_at, mut reason) = (0, None, None);
    for scope in lookup::agencies(portal.db.reader()).await? {
        let verification = portal.verify_audit(scope).await?;
        events += verification.events;
        if !verification.is_intact() && reason.is_none() {
            broken_at = verification.broken_at;
            reason = verification.reason;
        }
    }
    let ok = reason.is_none() && broken_at.is_none();
    let line = match (&reason, broken_at) {
        (Some(reason), Some(at)) => format!("The trail is broken at event {at}: {reason}"),
        (Some(reason), None) => format!("The trail is broken: {reason}"),
        (None, _) => format!("The trail is whole: {events} events."),
    };
    let value = json!({"ok": ok, "events": events, "broken_at": broken_at, "reason": reason});
    output::print(json, &value, &[line]);
    Ok(if ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(EXIT_FAILED)
    })
}
