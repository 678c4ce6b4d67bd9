use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::OpenError;
use crate::domain::rng::Rng;

/// Bytes of a nonce of AES-GCM.
pub(super) const NONCE: usize = 12;

/// Bytes of a tag of AES-GCM.
pub(super) const TAG: usize = 16;

/// A secret key of 256 bits. Erased when dropped; has no Debug and is never serialised.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// A new random key.
    #[must_use]
    pub fn generate(rng: &dyn Rng) -> Self {
        let mut key = Self(Zeroizing::new([0; 32]));
        rng.fill(key.0.as_mut_slice());
        key
    }

    /// A key from its bytes, which are exactly 32.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        Some(Self(Zeroizing::new(bytes)))
    }

    /// Its bytes, to be sealed.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }

    /// Its bytes, for a function that takes them as a parameter.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA256 under this key.
    pub(super) fn mac(&self, message: &[u8]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(self.as_bytes())
            .expect("HMAC takes a key of any length");
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// AES-256-GCM under this key with a fresh random nonce: nonce, ciphertext, tag.
    pub(super) fn encrypt(&self, rng: &dyn Rng, aad: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        rng.fill(&mut nonce);
        let payload = Payload { msg: plain, aad };
        let body = Aes256Gcm::new(self.as_bytes().into())
            .encrypt(&Nonce::from(nonce), payload)
            .expect("AES-GCM takes anything below 64 GiB");
        [&nonce[..], &body].concat()
    }

    /// Opens what [`Key::encrypt`] made.
    pub(super) fn decrypt(
        &self,
        aad: &[u8],
        bytes: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (nonce, body) = bytes
            .split_first_chunk::<NONCE>()
            .filter(|(_, body)| body.len() >= TAG)
            .ok_or(OpenError::Malformed)?;
        Aes256Gcm::new(self.as_bytes().into())
            .decrypt(&Nonce::from(*nonce), Payload { msg: body, aad })
            .map(Zeroizing::new)
            .map_err(|_| OpenError::Refused)
    }
}
