//! Sending.

use std::sync::Arc;

use lettre::message::Mailbox;

use super::{
    address::MailUrl,
    message::{Outgoing, build},
    transport, words,
};

/// How mails leave, and from whom.
#[derive(Clone, Debug)]
pub struct MailConfig {
    pub url: MailUrl,
    pub from: Mailbox,
}

/// Reads `PORTICO_MAIL__FROM`.
///
/// # Errors
/// What is wrong, for a person.
pub fn parse_from(text: &str) -> Result<Mailbox, String> {
    text.trim().parse().map_err(|_| {
        "is not a sender; write portico@example.com or Portico <portico@example.com>".to_owned()
    })
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// A mail server took it, or a file holds it.
    Sent,
    /// It stays in the outbox, by configuration.
    Kept,
}

/// A mail did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SendError {
    /// Another try would end the same.
    pub permanent: bool,
    /// For a person. Holds no password and nothing of the mail's body.
    pub message: String,
}

/// Characters of an error's text that are kept.
const MESSAGE_MAX: usize = 300;

impl SendError {
    pub(super) fn permanent(message: &str) -> Self {
        Self::new(true, message)
    }

    pub(super) fn temporary(message: &str) -> Self {
        Self::new(false, message)
    }

    pub(super) fn new(permanent: bool, message: &str) -> Self {
        Self {
            permanent,
            message: words::line(message).chars().take(MESSAGE_MAX).collect(),
        }
    }
}

/// Sends mails one by one. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Mailer(Arc<MailConfig>);

impl Mailer {
    #[must_use]
    pub fn new(config: MailConfig) -> Self {
        Self(Arc::new(config))
    }

    /// Whether mails stay in the outbox, by configuration.
    #[must_use]
    pub fn keeps(&self) -> bool {
        matches!(self.0.url, MailUrl::Outbox)
    }

    /// Sends one mail. Takes half a minute at most.
    ///
    /// # Errors
    /// A permanent one for an address that cannot be and for what the server refuses for good (5xx), else a
    /// temporary one: also for a refused login, which an admin can mend.
    pub async fn send(&self, mail: &Outgoing) -> Result<SendOutcome, SendError> {
        let config = &self.0;
        match &config.url {
            MailUrl::Outbox => return Ok(SendOutcome::Kept),
            MailUrl::Smtp(server) => {
                transport::by_smtp(server, build(mail, &config.from)?).await?;
            }
            MailUrl::File(folder) => {
                let message = build(mail, &config.from)?;
                transport::into_file(folder, mail.id, &message).await?;
            }
        }
        Ok(SendOutcome::Sent)
    }
}
