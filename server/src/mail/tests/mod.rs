//! Mails from the outside: what they say, and how they arrive.

mod rendering;
mod sending;
mod smtp;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::*;

/// Sunday, 29 November 2026, noon.
fn sunday() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_953_600, 0).expect("a time")
}

fn outgoing() -> Outgoing {
    Outgoing {
        id: Uuid::from_u128(7),
        to: "anna@example.com".to_owned(),
        subject: "Nordlicht asks to see your Facebook ad accounts".to_owned(),
        text: "Hello Anna,\nüber https://portal.example.com/i/abc".into(),
        html: "<p>Hello Anna</p>".into(),
        agency_name: "Nordlicht".to_owned(),
        reply_to: Some("help@nordlicht.example".to_owned()),
        date: sunday(),
    }
}

fn mailer(url: &str) -> Mailer {
    Mailer::new(MailConfig {
        url: MailUrl::parse(&url.into()).expect("a mail address"),
        from: parse_from("Portico <portico@example.org>").expect("a sender"),
    })
}
