//! Where the database is.

use secrecy::{ExposeSecret as _, SecretString};

use super::{error::ConfigError, keys, source::Values};

/// The address as it was given; only its beginning is checked here, opening it tells the rest.
pub(super) fn read(values: &Values) -> Result<SecretString, ConfigError> {
    let url = values
        .secret(&keys::DATABASE_URL)?
        .ok_or_else(|| ConfigError::of(&keys::DATABASE_URL, "is empty"))?;
    validate(&url)?;
    Ok(url)
}

fn validate(url: &SecretString) -> Result<(), ConfigError> {
    const SCHEMES: [&str; 3] = ["sqlite:", "postgres://", "postgresql://"];
    let url = url.expose_secret();
    if SCHEMES.iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(());
    }
    Err(ConfigError::of(
        &keys::DATABASE_URL,
        "has to begin with sqlite:// or postgres://",
    ))
}
