use std::sync::atomic::{AtomicU64, Ordering};

use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::sealed::VERSION;
use super::{KeyRing, OpenError, Sealed};
use crate::domain::framed::Framed;
use crate::domain::rng::SharedRng;

/// The one place where something sealed opens: it is bound to its table, column, agency and row, so that
/// a ciphertext that was moved tells nothing. Moving a secret means opening and sealing again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub table: &'static str,
    pub column: &'static str,
    pub agency: Uuid,
    pub row: Uuid,
}

impl Place {
    /// What is authenticated beside the ciphertext.
    fn aad(self) -> Framed {
        Framed::default()
            .field(&[VERSION])
            .field(self.table.as_bytes())
            .field(self.column.as_bytes())
            .field(self.agency.as_bytes())
            .field(self.row.as_bytes())
    }
}

/// Seals and opens secrets.
pub struct Vault {
    ring: KeyRing,
    rng: SharedRng,
    /// Sealed under the active key since they were taken.
    count: AtomicU64,
}

impl Vault {
    /// A vault that seals under the active key of the ring and opens under all of them.
    #[must_use]
    pub fn new(ring: KeyRing, rng: SharedRng) -> Self {
        Self {
            ring,
            rng,
            count: AtomicU64::new(0),
        }
    }

    /// Seals bytes for a place, under the active key.
    ///
    /// # Panics
    /// Above 64 GiB, the limit of AES-GCM.
    #[must_use]
    pub fn seal(&self, place: Place, plain: &[u8]) -> Sealed {
        let key = self.ring.active();
        let body = key.encrypt(&*self.rng, place.aad().as_bytes(), plain);
        self.count.fetch_add(1, Ordering::Relaxed);
        Sealed::assemble(self.ring.active_kid(), &body)
    }

    /// Seals a text for a place.
    #[must_use]
    pub fn seal_text(&self, place: Place, plain: &SecretString) -> Sealed {
        self.seal(place, plain.expose_secret().as_bytes())
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// The ring lacks the key, or this is not what was sealed here.
    pub fn open(&self, place: Place, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (kid, body) = sealed.parts()?;
        let key = self
            .ring
            .get(kid)
            .ok_or_else(|| OpenError::UnknownKey(kid.to_owned()))?;
        key.decrypt(place.aad().as_bytes(), body)
    }

    /// Opens a text that was sealed for this place.
    ///
    /// # Errors
    /// As [`Vault::open`]; [`OpenError::Malformed`] when it is no UTF-8.
    pub fn open_text(&self, place: Place, sealed: &Sealed) -> Result<SecretString, OpenError> {
        let plain = self.open(place, sealed)?;
        let text = std::str::from_utf8(&plain).map_err(|_| OpenError::Malformed)?;
        Ok(SecretString::from(text))
    }

    /// The keys of this vault.
    #[must_use]
    pub const fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// How often each key has sealed since the last call; only keys that did. To be added to the counts in
    /// the database, which warn long before 2^32, where random nonces begin to repeat (NIST SP 800-38D, 8.3).
    #[must_use]
    pub fn take_counts(&self) -> Vec<(String, u64)> {
        match self.count.swap(0, Ordering::Relaxed) {
            0 => Vec::new(),
            count => vec![(self.ring.active_kid().to_owned(), count)],
        }
    }
}

#[cfg(test)]
mod tests;
