//! New passwords. On the server only: the list of common ones is no load for a phone.

use super::{count, length};
use crate::model::Problem;

/// Characters of a password, at least.
pub const PASSWORD_MIN: u32 = 12;
/// Characters of a password, at most: hashing has a price.
pub const PASSWORD_MAX: u32 = 1_000;

/// Passwords of twelve characters and more that everybody tries first.
const COMMON_PASSWORDS: &str = include_str!("common_passwords.txt");

/// A new password: long enough, and none that everybody tries first. No rules of composition.
#[must_use]
pub fn new_password(value: &str) -> Option<Problem> {
    if value.is_empty() {
        return Some(Problem::Required);
    }
    if count(value) < PASSWORD_MIN {
        return Some(Problem::TooShort(PASSWORD_MIN));
    }
    length(value, PASSWORD_MAX).or_else(|| is_common(value).then_some(Problem::CommonPassword))
}

fn is_common(value: &str) -> bool {
    let folded = value.to_lowercase();
    let one_character = folded.chars().all(|c| folded.starts_with(c));
    one_character || COMMON_PASSWORDS.lines().any(|common| common == folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_long_and_uncommon() {
        assert_eq!(new_password("short"), Some(Problem::TooShort(12)));
        assert_eq!(new_password("Password1234"), Some(Problem::CommonPassword));
        assert_eq!(
            new_password("aaaaaaaaaaaaaaaa"),
            Some(Problem::CommonPassword)
        );
        assert_eq!(new_password("correct horse battery"), None);
    }
}
