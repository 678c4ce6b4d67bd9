use secrecy::{ExposeSecret as _, SecretString};

use super::Key;
use crate::domain::{framed::Framed, rng::Rng};

/// Bytes of a deletion's confirmation code: 160 bits are guessed by nobody.
const CODE_BYTES: usize = 20;

/// The random keys of this installation, made once and kept sealed in the database, stable over every
/// rotation of the key ring.
pub struct InstallationKeys {
    /// Finds the same token twice without keeping it.
    pub fingerprint: Key,
    /// Hashes the audit chain.
    pub audit: Key,
    /// Signs the checkpoints behind which an audit chain is pruned.
    pub checkpoint: Key,
}

impl InstallationKeys {
    /// Three new keys.
    #[must_use]
    pub fn generate(rng: &dyn Rng) -> Self {
        Self {
            fingerprint: Key::generate(rng),
            audit: Key::generate(rng),
            checkpoint: Key::generate(rng),
        }
    }

    /// The fingerprint of a token (`token_hash`): HMAC-SHA256 under the installation's fingerprint key.
    #[must_use]
    pub fn token_hash(&self, token: &SecretString) -> [u8; 32] {
        self.fingerprint.mac(token.expose_secret().as_bytes())
    }

    /// The digest of something that Meta told of a person: finds it again when it is told twice, and leads back to
    /// nobody, since ids can be guessed by whoever has no key.
    #[must_use]
    pub fn event_digest(&self, kind: &str, content: &str) -> [u8; 32] {
        let framed = Framed::new("portico.meta.event.v1")
            .field(kind.as_bytes())
            .field(content.as_bytes());
        self.fingerprint.mac(framed.as_bytes())
    }

    /// The confirmation code of a deletion: letters and digits, as Meta wants it. Made of the event's digest, so that
    /// the same event gets the same code again although only its hash is kept.
    #[must_use]
    pub fn deletion_code(&self, digest: &[u8]) -> SecretString {
        let framed = Framed::new("portico.meta.deletion.v1").field(digest);
        let mac = self.fingerprint.mac(framed.as_bytes());
        let hex: String = { mac.iter().take(CODE_BYTES) }
            .map(|byte| format!("{byte:02x}"))
            .collect();
        hex.into()
    }

    /// The key of the audit chain.
    #[must_use]
    pub fn audit_key(&self) -> &[u8; 32] {
        self.audit.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rng::TestRng;

    #[test]
    fn the_keys_differ_and_survive_storage() {
        let keys = InstallationKeys::generate(&TestRng::default());
        assert_ne!(keys.fingerprint.as_bytes(), keys.audit.as_bytes());
        assert_ne!(keys.audit.as_bytes(), keys.checkpoint.as_bytes());
        let stored = Key::from_bytes(keys.audit.to_bytes().as_slice()).unwrap();
        assert_eq!(stored.as_bytes(), keys.audit_key());
        assert!(Key::from_bytes(&[0; 31]).is_none());
        assert!(Key::from_bytes(&[0; 33]).is_none());
    }

    #[test]
    fn a_token_has_one_hash_per_installation() {
        let rng = TestRng::default();
        let (here, elsewhere) = (
            InstallationKeys::generate(&rng),
            InstallationKeys::generate(&rng),
        );
        let token = SecretString::from("EAAmarked");
        assert_eq!(here.token_hash(&token), here.token_hash(&token));
        assert_ne!(here.token_hash(&token), elsewhere.token_hash(&token));
        assert_ne!(
            here.token_hash(&token),
            here.token_hash(&SecretString::from("EAAmarkeD"))
        );
    }

    #[test]
    fn the_same_event_has_one_digest_and_one_code() {
        let rng = TestRng::default();
        let (here, elsewhere) = (
            InstallationKeys::generate(&rng),
            InstallationKeys::generate(&rng),
        );
        let digest = here.event_digest("deletion", "1");
        assert_eq!(digest, here.event_digest("deletion", "1"));
        assert_ne!(digest, here.event_digest("deletion", "2"));
        assert_ne!(digest, here.event_digest("deletio", "n1"));
        assert_ne!(digest, elsewhere.event_digest("deletion", "1"));
        let code = here.deletion_code(&digest);
        let code = code.expose_secret();
        assert_eq!(code, here.deletion_code(&digest).expose_secret());
        assert_ne!(code, elsewhere.deletion_code(&digest).expose_secret());
        assert_eq!(code.len(), 40);
        assert!(code.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }

    #[test]
    fn the_hash_is_hmac_sha_256() {
        // The message of RFC 4231, test case 1, with a key as long as ours; computed by Python's hmac.
        let keys = InstallationKeys {
            fingerprint: Key::from_bytes(&[0x0b; 32]).unwrap(),
            audit: Key::from_bytes(&[0; 32]).unwrap(),
            checkpoint: Key::from_bytes(&[0; 32]).unwrap(),
        };
        let hash = keys.token_hash(&SecretString::from("Hi There"));
        assert_eq!(hash[..8], HI_THERE);
    }

    const HI_THERE: [u8; 8] = [0x19, 0x8a, 0x60, 0x7e, 0xb4, 0x4b, 0xfb, 0xc6];
}
