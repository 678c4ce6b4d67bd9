use std::process::ExitCode;

use secrecy::ExposeSecret;
use serde_json::json;

use super::{Outcome, open, output};
use crate::{
    config::Config,
    domain::{
        clock::{Clock, SystemClock},
        rng::SystemRng,
    },
    service::installation::values_by_key,
    store,
    vault::KeyRing,
};

/// Encryptions after which a key should be followed by another: far below 2^32, where random nonces of
/// 96 bits may begin to collide (NIST SP 800-38D, 8.3).
const ENCRYPTIONS_WARN: i64 = 1 << 28;

/// Prints a new key. Needs no configuration.
pub fn generate() -> Outcome {
    let key = KeyRing::generate(&SystemRng, SystemClock.now());
    println!("{}", key.expose_secret());
    Ok(ExitCode::SUCCESS)
}

/// Tells what each key of the ring holds.
pub async fn status(config: &Config, json: bool) -> Outcome {
    let (portal, _) = open(config).await?;
    portal.flush_key_counts().await?;
    let values = values_by_key(&portal.db).await?;
    let active = portal.vault.ring().active_kid();
    let known = store::installation::keys(portal.db.reader()).await?;
    let mut keys = Vec::new();
    let mut lines = vec![format!("active: {active}")];
    for key in known {
        let held = values.get(&key.kid).copied().unwrap_or_default();
        lines.push(format!(
            "{}: seals {held} values, {} encryptions",
            key.kid, key.encryptions
        ));
        if key.encryptions > ENCRYPTIONS_WARN {
            lines.push(format!(
                "{}: used often; put a new key first in the ring",
                key.kid
            ));
        }
        keys.push(json!({"kid": key.kid, "values": held, "encryptions": key.encryptions}));
    }
    output::print(json, &json!({"active": active, "keys": keys}), &lines);
    Ok(ExitCode::SUCCESS)
}
