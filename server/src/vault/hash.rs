use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The hash under which a secret of 256 random bits is stored: a link, a state, a session. It needs no key
/// and no salt, since nobody can guess what it hashes. For tokens of Meta see
/// [`super::InstallationKeys::token_hash`].
#[must_use]
pub fn secret_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Whether two hashes are equal, in a time that does not tell where they differ.
#[must_use]
pub fn hashes_equal(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// A hash as people compare it: its first six bytes as `7c1f·e09b·44d2`.
#[must_use]
pub fn fingerprint_display(hash: &[u8]) -> String {
    let groups: Vec<String> = hash
        .chunks(2)
        .take(3)
        .map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect())
        .collect();
    groups.join("·")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256() {
        // FIPS 180-4, example of one block.
        let hash = secret_hash("abc");
        assert_eq!(hash[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert_eq!(hash[28..], [0xf2, 0x00, 0x15, 0xad]);
    }

    #[test]
    fn only_equal_hashes_are_equal() {
        let hash = secret_hash("a");
        assert!(hashes_equal(&hash, &secret_hash("a")));
        assert!(!hashes_equal(&hash, &secret_hash("b")));
        assert!(!hashes_equal(&hash, &hash[..31]));
        assert!(!hashes_equal(&hash, &[]));
    }

    #[test]
    fn a_fingerprint_is_three_groups() {
        let hash = [0x7c, 0x1f, 0xe0, 0x9b, 0x44, 0xd2, 0xff];
        assert_eq!(fingerprint_display(&hash), "7c1f·e09b·44d2");
        assert_eq!(fingerprint_display(&[]), "");
    }
}
