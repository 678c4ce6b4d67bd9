//! The one home of randomness.

use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use rand::TryRng as _;
use secrecy::SecretString;
use uuid::Uuid;

/// Gives random bytes fit for keys. Comes in as a parameter everywhere, so that tests can seed it.
pub trait Rng: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]);
}

/// Randomness that is handed around.
pub type SharedRng = Arc<dyn Rng>;

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRng;

impl Rng for SystemRng {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::SysRng
            .try_fill_bytes(bytes)
            .expect("the operating system gives randomness");
    }
}

/// A new id, ordered by time (UUID version 7).
pub fn new_id(rng: &dyn Rng, now: DateTime<Utc>) -> Uuid {
    let mut random = [0; 10];
    rng.fill(&mut random);
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// A new secret of 256 bits for links, states and sessions, as 43 characters that fit into a URL.
pub fn new_secret(rng: &dyn Rng) -> SecretString {
    let mut random = [0; 32];
    rng.fill(&mut random);
    SecretString::from(BASE64_URL_SAFE_NO_PAD.encode(random))
}

/// Repeatable bytes for tests: each filling differs from the one before it.
#[cfg(test)]
#[derive(Debug, Default)]
pub struct TestRng(std::sync::atomic::AtomicU64);

#[cfg(test)]
impl Rng for TestRng {
    fn fill(&self, bytes: &mut [u8]) {
        use sha2::{Digest as _, Sha256};
        for chunk in bytes.chunks_mut(32) {
            let step = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let digest = Sha256::digest(step.to_be_bytes());
            chunk.copy_from_slice(&digest[..chunk.len()]);
        }
    }
}
