//! Secrets and ids from the operating system's randomness.

use rand::TryRng;
use rand::rngs::SysRng;

use crate::state::{RUN_DIGITS, RUN_PREFIX};

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A new access token: `EAA` and what looks like Meta's.
pub fn token() -> String {
    format!("EAA{}", letters(180))
}

/// A new authorization code.
pub fn code() -> String {
    format!("AQ{}", letters(160))
}

/// A new trace id, as in `fbtrace_id`.
pub fn trace_id() -> String {
    format!("A{}", letters(22))
}

/// A new id: sixteen digits, above what a double can hold exactly.
pub fn id() -> String {
    digits("99")
}

/// A new id of a report's run.
pub fn run_id() -> String {
    digits(RUN_PREFIX)
}

/// Sixteen digits that begin so.
fn digits(beginning: &str) -> String {
    let rest = bytes::<RUN_DIGITS>()
        .into_iter()
        .map(|byte| char::from(b'0' + byte % 10));
    let missing = RUN_DIGITS - beginning.len();
    beginning.chars().chain(rest.take(missing)).collect()
}

/// Letters and digits, each as likely as the other: bytes beyond a multiple of 62 are skipped.
fn letters(count: usize) -> String {
    let mut out = String::with_capacity(count);
    while out.len() < count {
        let usable = bytes::<64>().into_iter().filter(|byte| *byte < 248);
        for byte in usable.take(count - out.len()) {
            out.push(char::from(ALPHABET[usize::from(byte % 62)]));
        }
    }
    out
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SysRng
        .try_fill_bytes(&mut bytes)
        .expect("the operating system gives randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_look_like_metas_and_differ() {
        let (one, two) = (token(), token());
        assert!(one.starts_with("EAA") && one.len() == 183);
        assert!(one.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_ne!(one, two);
    }
}
