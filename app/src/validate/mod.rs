//! Rules for what people type: pure, the same in the browser and on the server.

#[cfg(feature = "ssr")]
mod password;
mod rule;

use crate::model::Problem;

#[cfg(feature = "ssr")]
pub use password::{PASSWORD_MAX, PASSWORD_MIN, new_password};
pub use rule::Rule;

/// Characters of a client's name.
pub const NAME_MAX: u32 = 200;
/// Characters of an e-mail address.
pub const EMAIL_MAX: u32 = 254;
/// Characters of a reason.
pub const REASON_MAX: u32 = 1_000;
/// Characters of a one-time or recovery code, spaces and dashes included.
pub const CODE_MAX: u32 = 40;

/// Characters of a colour, with room for spaces around it.
pub const COLOUR_MAX: u32 = 20;
/// The types of picture that a logo may be. No SVG: that is a program.
pub const LOGO_TYPES: &str = "image/png,image/jpeg,image/webp";
/// KiB of a logo's file.
pub const LOGO_KIB: u32 = 200;
/// Pixels of a logo to a side.
pub const LOGO_PIXELS: std::ops::RangeInclusive<u32> = 32..=2_000;

/// A name: needed, at most [`NAME_MAX`] characters, none of them a control character.
#[must_use]
pub fn name(value: &str) -> Option<Problem> {
    required(value).or_else(|| optional_name(value))
}

/// A name that may be left out.
#[must_use]
pub fn optional_name(value: &str) -> Option<Problem> {
    length(value, NAME_MAX).or_else(|| control(value, &[]))
}

/// An e-mail address: one `@`, something before it, a domain with a dot or `localhost` behind it.
#[must_use]
pub fn email(value: &str) -> Option<Problem> {
    let value = value.trim();
    required(value)
        .or_else(|| length(value, EMAIL_MAX))
        .or_else(|| control(value, &[]))
        .or_else(|| (!is_email(value)).then_some(Problem::NotAnEmail))
}

/// An e-mail address that may be left out.
#[must_use]
pub fn optional_email(value: &str) -> Option<Problem> {
    (!value.trim().is_empty()).then(|| email(value)).flatten()
}

/// A reason: needed, at most [`REASON_MAX`] characters; lines may be broken.
#[must_use]
pub fn reason(value: &str) -> Option<Problem> {
    required(value)
        .or_else(|| length(value, REASON_MAX))
        .or_else(|| control(value, &['\n', '\r', '\t']))
}

fn required(value: &str) -> Option<Problem> {
    value.trim().is_empty().then_some(Problem::Required)
}

fn length(value: &str, max: u32) -> Option<Problem> {
    (count(value) > max).then_some(Problem::TooLong(max))
}

fn control(value: &str, allowed: &[char]) -> Option<Problem> {
    value
        .chars()
        .any(|c| (c.is_control() || is_direction_override(c)) && !allowed.contains(&c))
        .then_some(Problem::ControlCharacter)
}

/// Characters that turn the direction of what follows could make a name look like another.
const fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else {
        return false;
    };
    let good_domain = domain == "localhost" || domain.split('.').count() > 1;
    !local.is_empty()
        && !local.contains('@')
        && good_domain
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && !value
            .chars()
            .any(|c| c.is_whitespace() || "<>()[],;:\\\"".contains(c))
}

fn count(value: &str) -> u32 {
    u32::try_from(value.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_boundaries() {
        assert_eq!(name("  "), Some(Problem::Required));
        assert_eq!(name(&"ж".repeat(200)), None);
        assert_eq!(name(&"ж".repeat(201)), Some(Problem::TooLong(200)));
        assert_eq!(name("a\u{7}b"), Some(Problem::ControlCharacter));
        assert_eq!(name("abc\u{202E}fdp"), Some(Problem::ControlCharacter));
        assert_eq!(name("شركة النور للتجارة"), None);
    }

    #[test]
    fn email_shapes() {
        for good in [
            "a@b.co",
            " marta@kowalska.example ",
            "o'neil+x@sub.example.org",
            "owner@localhost",
            "info@müller.example",
        ] {
            assert_eq!(email(good), None, "{good}");
        }
        for bad in [
            "a",
            "@b.co",
            "a@",
            "a@b",
            "a@b..co",
            "a b@c.de",
            "a@b@c.de",
            "Marta <a@b.co>",
            "a@b.co\nBcc: x@y.zz",
        ] {
            assert!(email(bad).is_some(), "{bad}");
        }
        assert_eq!(
            email(&format!("{}@b.co", "a".repeat(250))),
            Some(Problem::TooLong(254))
        );
    }

    #[test]
    fn reason_keeps_line_breaks() {
        assert_eq!(reason("Two\nlines"), None);
        assert_eq!(reason(&"x".repeat(1001)), Some(Problem::TooLong(1000)));
    }
}
