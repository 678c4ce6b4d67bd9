//! Mails: what they say ([`Template`]), and how they leave ([`Mailer`]).
//!
//! A mail is rendered in the transaction that causes it and waits sealed in the outbox; a job hands it to
//! [`Mailer::send`] afterwards. Sending knows nothing of the outbox, rendering nothing of sending.

mod address;
mod letterhead;
mod mailer;
mod message;
mod template;
mod transport;
mod words;

#[cfg(test)]
mod tests;

pub use address::MailUrl;
pub use letterhead::{Accent, Letterhead, Logo};
pub use lettre::message::Mailbox;
pub use mailer::{MailConfig, Mailer, SendError, SendOutcome, parse_from};
pub use message::Outgoing;
pub use template::{Ending, Help, Link, Purpose, Rendered, Template};
