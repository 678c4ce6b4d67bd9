//! How mail leaves.

use lettre::message::Mailbox;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{error::ConfigError, keys, source::Values};

/// The way out for mail, and its sender.
#[derive(Clone, Debug)]
pub struct MailSection {
    /// `outbox:`, `smtp://…`, `smtps://…` or `file:///…`; it may hold a password.
    pub url: SecretString,
    /// The sender, like `Portico <portico@agency.example>`.
    pub from: String,
}

impl MailSection {
    /// Reads the section; the sender's default lives at the host of `base_url`.
    pub(super) fn read(values: &Values, base_url: &Url) -> Result<Self, ConfigError> {
        let url = values
            .secret(&keys::MAIL_URL)?
            .ok_or_else(|| ConfigError::of(&keys::MAIL_URL, "is empty"))?;
        let from = values
            .optional(&keys::MAIL_FROM)?
            .unwrap_or_else(|| default_sender(base_url));
        let section = Self { url, from };
        section.validate()?;
        Ok(section)
    }

    fn validate(&self) -> Result<(), ConfigError> {
        let wrong = |problem: &str| Err(ConfigError::of(&keys::MAIL_URL, problem));
        let Ok(url) = Url::parse(self.url.expose_secret()) else {
            return wrong("is not an address");
        };
        match url.scheme() {
            "outbox" => {}
            "smtp" | "smtps" if url.has_host() => {}
            "smtp" | "smtps" => return wrong("needs a host"),
            "file" if url.to_file_path().is_ok() => {}
            "file" => return wrong("needs a folder, with three slashes before it"),
            _ => return wrong("has to begin with outbox:, smtp://, smtps:// or file:///"),
        }
        if self.from.parse::<Mailbox>().is_err() {
            return Err(ConfigError::of(&keys::MAIL_FROM, "is not a sender"));
        }
        Ok(())
    }
}

fn default_sender(base_url: &Url) -> String {
    // A bare IP address is a machine to try things on; mail servers refuse it behind an @.
    let host = base_url.domain().unwrap_or("localhost");
    format!("Portico <portico@{host}>")
}
