//! The configuration: `portico.toml` and the environment, checked before anything starts.
//!
//! `portico.default.toml` documents every key and is the default. What an agency sets in Settings overrides
//! its part of this.

mod agency;
mod database;
mod error;
mod keys;
mod mail;
mod meta;
mod site;
mod source;
#[cfg(test)]
mod tests;

use std::{net::SocketAddr, path::Path};

use ipnet::IpNet;
use secrecy::SecretString;
use url::Url;

pub use self::{
    agency::AgencySection,
    error::ConfigError,
    mail::MailSection,
    meta::{MetaApp, MetaSection},
};
use self::{site::SiteSection, source::Values};

/// Everything that can be set from outside.
#[derive(Clone, Debug)]
pub struct Config {
    /// The public address, without a path.
    pub base_url: Url,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Where to serve Prometheus' `/metrics`.
    pub metrics_listen: Option<SocketAddr>,
    /// The database's address; it may hold a password.
    pub database_url: SecretString,
    /// The text of the key ring; verbs that need it ask with [`Config::require_keys`].
    pub keys: Option<SecretString>,
    pub agency: AgencySection,
    pub meta: MetaSection,
    pub mail: MailSection,
    /// What does not stop the start but should be told, one line each.
    pub warnings: Vec<String>,
}

impl Config {
    /// Reads and checks the configuration.
    ///
    /// `config_file` is the file that was named on the command line and has to be there; without it
    /// `portico.toml` in the working folder is read if there is one. `env` comes in as a parameter so that
    /// tests need not touch the process; a verb passes [`process_env`].
    ///
    /// # Errors
    /// The first wrong, unknown or doubled value, as one line.
    pub fn load(
        config_file: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let values = Values::read(config_file, env)?;
        let site = SiteSection::read(&values)?;
        let config = Self {
            database_url: database::read(&values)?,
            keys: values.secret(&keys::KEYS)?,
            agency: AgencySection::read(&values)?,
            meta: MetaSection::read(&values)?,
            mail: MailSection::read(&values, &site.base_url)?,
            warnings: warnings(&values)?,
            base_url: site.base_url,
            listen: site.listen,
            trusted_proxies: site.trusted_proxies,
            metrics_listen: site.metrics_listen,
        };
        Ok(config)
    }

    /// The key ring's text, for the verbs that open or seal something.
    ///
    /// # Errors
    /// The line that says how to make a ring, where there is none.
    pub fn require_keys(&self) -> Result<&SecretString, ConfigError> {
        self.keys.as_ref().ok_or_else(|| {
            ConfigError::of(
                &keys::KEYS,
                "is missing, and nothing can be sealed without a key: make one with `portico keys generate`",
            )
        })
    }

    /// The Meta app, for the verbs that talk to Meta.
    ///
    /// # Errors
    /// The line that names the missing half.
    pub fn require_meta(&self) -> Result<MetaApp<'_>, ConfigError> {
        self.meta.require_app()
    }

    /// Whether browsers reach Portico over TLS: cookies are `Secure` and HSTS is sent.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.scheme() == "https"
    }

    /// The origin as a browser writes it, like `https://portal.agency.example`.
    #[must_use]
    pub fn origin(&self) -> String {
        self.base_url.origin().ascii_serialization()
    }
}

/// The environment of this process. A variable that is not Unicode is none of ours and is left out.
pub fn process_env() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

fn warnings(values: &Values) -> Result<Vec<String>, ConfigError> {
    let file = values.secret_file(&keys::KEYS)?;
    Ok(file
        .filter(|path| source::others_may_read(path))
        .map(|path| {
            format!(
                "PORTICO_KEYS_FILE: others on this machine may read {0}; example: chmod 600 {0}",
                path.display()
            )
        })
        .into_iter()
        .collect())
}
