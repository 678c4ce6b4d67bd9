//! A mail as the world sees it (RFC 5322, MIME).

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::{
    mailer::SendError,
    words::{folded, line},
};

/// A rendered mail on its way out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its id in the outbox; becomes its Message-ID.
    pub id: Uuid,
    /// One address.
    pub to: String,
    pub subject: String,
    pub text: SecretString,
    pub html: SecretString,
    /// The sender's name that people see; the configured one where it is empty.
    pub agency_name: String,
    /// Where answers go, if not to the sender: the agency's support address.
    pub reply_to: Option<String>,
    pub date: DateTime<Utc>,
}

/// Builds the message. What a person typed cannot add a header: lines are folded into one, and lettre encodes.
pub(super) fn build(mail: &Outgoing, from: &Mailbox) -> Result<Message, SendError> {
    let to = mailbox(&mail.to, "the recipient's address is not valid")?;
    let name = line(&mail.agency_name);
    let name = if name.is_empty() {
        from.name.clone()
    } else {
        Some(name)
    };
    let mut builder = Message::builder()
        .from(Mailbox::new(name, from.email.clone()))
        .to(to)
        .subject(folded(&mail.subject))
        .date(mail.date.into())
        .message_id(Some(message_id(mail.id, &from.email)));
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(mailbox(reply_to, "the address for answers is not valid")?);
    }
    let mut message = builder
        .multipart(MultiPart::alternative_plain_html(
            mail.text.expose_secret().to_owned(),
            mail.html.expose_secret().to_owned(),
        ))
        .map_err(|error| SendError::permanent(&error.to_string()))?;
    // Tells vacation notices to stay quiet (RFC 3834).
    message.headers_mut().insert_raw(HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        "auto-generated".to_owned(),
    ));
    Ok(message)
}

/// The same for every try, so that a mail which arrives twice after a crash is known as one.
fn message_id(id: Uuid, from: &Address) -> String {
    let domain = url::Host::parse(from.domain())
        .map_or_else(|_| "portico.invalid".to_owned(), |host| host.to_string());
    format!("<{}@{domain}>", id.as_simple())
}

fn mailbox(address: &str, wrong: &str) -> Result<Mailbox, SendError> {
    let address: Address = address
        .trim()
        .parse()
        .map_err(|_| SendError::permanent(wrong))?;
    Ok(Mailbox::new(None, address))
}
