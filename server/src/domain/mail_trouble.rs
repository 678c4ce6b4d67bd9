//! Why a mail did not leave, told from what the mail server said.

use app::model::MailTrouble;

/// What a reply of a mail server, or a failure on the way to it, means for a person. The number of the reply counts,
/// and the number behind it where the first says little (RFC 5321, RFC 3463).
#[must_use]
pub fn cause(said: &str) -> MailTrouble {
    let has = |number: &str| {
        said.split(|c: char| c.is_whitespace())
            .any(|word| word.starts_with(number))
    };
    match reply(said) {
        Some(530 | 534 | 535 | 538) => MailTrouble::LoginRefused,
        Some(452 | 552) => MailTrouble::MailboxFull,
        Some(_) if has("5.2.2") || has("4.2.2") => MailTrouble::MailboxFull,
        Some(400..500) => MailTrouble::Later,
        Some(554) => MailTrouble::Unwanted,
        Some(500..600) if has("5.7.") => MailTrouble::Unwanted,
        Some(550 | 551 | 553) => MailTrouble::NoSuchAddress,
        Some(_) => MailTrouble::Other,
        None if is_unreached(said) => MailTrouble::Unreachable,
        None => MailTrouble::Other,
    }
}

/// The number of a reply, as our transport writes it: `permanent error (550): …`.
fn reply(said: &str) -> Option<u16> {
    let (_, rest) = said.split_once('(')?;
    let (number, _) = rest.split_once(')')?;
    number
        .parse()
        .ok()
        .filter(|number| (200..600).contains(number))
}

/// Nobody answered.
fn is_unreached(said: &str) -> bool {
    let said = said.to_lowercase();
    [
        "connection",
        "too long",
        "network",
        "resolve",
        "lookup",
        "timed out",
    ]
    .iter()
    .any(|word| said.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_told_by_their_numbers() {
        for (said, means) in [
            (
                "permanent error (550): 5.1.1 nobody here",
                MailTrouble::NoSuchAddress,
            ),
            (
                "permanent error (553): no such mailbox",
                MailTrouble::NoSuchAddress,
            ),
            (
                "permanent error (550): 5.7.1 blocked",
                MailTrouble::Unwanted,
            ),
            (
                "permanent error (554): rejected as spam",
                MailTrouble::Unwanted,
            ),
            (
                "permanent error (552): over quota",
                MailTrouble::MailboxFull,
            ),
            (
                "transient error (452): 4.2.2 full",
                MailTrouble::MailboxFull,
            ),
            ("transient error (451): 4.3.2 later", MailTrouble::Later),
            ("transient error (421): bye", MailTrouble::Later),
            (
                "permanent error (535): 5.7.8 bad login",
                MailTrouble::LoginRefused,
            ),
            ("permanent error (501): bad syntax", MailTrouble::Other),
        ] {
            assert_eq!(cause(said), means, "{said}");
        }
    }

    #[test]
    fn what_is_no_reply_is_told_by_its_words() {
        for (said, means) in [
            (
                "Connection error: Connection refused (os error 111)",
                MailTrouble::Unreachable,
            ),
            ("the mail server took too long", MailTrouble::Unreachable),
            (
                "the mail folder cannot be written: denied",
                MailTrouble::Other,
            ),
            ("", MailTrouble::Other),
        ] {
            assert_eq!(cause(said), means, "{said}");
        }
    }
}
