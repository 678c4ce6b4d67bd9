use super::key::{NONCE, TAG};
use super::ring::is_kid;

/// The version of the envelope.
pub(super) const VERSION: u8 = 1;

/// AES-256-GCM, the only algorithm so far.
pub(super) const AES_256_GCM: u8 = 1;

/// Bytes before the key id: version, algorithm, length of the key id.
const HEAD: usize = 3;

/// A secret as it is stored: `[version][algorithm][kid length][kid][nonce 12][ciphertext+tag]`.
///
/// A value of the database; its Debug tells nothing. Make and open one with [`super::Vault`].
#[derive(Clone, PartialEq, Eq, sea_orm::DeriveValueType)]
pub struct Sealed(Vec<u8>);

/// Why something sealed does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The ring has no such key.
    #[error("sealed under the key `{0}`, which is not in the key ring")]
    UnknownKey(String),
    /// Not an envelope of ours, or what was inside is not text.
    #[error("what is sealed here is malformed")]
    Malformed,
    /// Changed, moved from another place, or sealed under another key of the same id.
    #[error("what is sealed here does not belong here or was changed")]
    Refused,
}

impl Sealed {
    /// Takes the bytes of an envelope. They are checked when it is opened.
    #[must_use]
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes of the envelope.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The id of the key that it is sealed under.
    ///
    /// # Errors
    /// [`OpenError::Malformed`] when this is no envelope.
    pub fn kid(&self) -> Result<&str, OpenError> {
        self.parts().map(|(kid, _)| kid)
    }

    /// Puts an envelope together. `body` is nonce, ciphertext and tag.
    pub(super) fn assemble(kid: &str, body: &[u8]) -> Self {
        let length = u8::try_from(kid.len()).expect("a key id is at most 32 bytes long");
        let mut bytes = Vec::with_capacity(HEAD + kid.len() + body.len());
        bytes.extend([VERSION, AES_256_GCM, length]);
        bytes.extend_from_slice(kid.as_bytes());
        bytes.extend_from_slice(body);
        Self(bytes)
    }

    /// Key id, and nonce with ciphertext and tag.
    pub(super) fn parts(&self) -> Result<(&str, &[u8]), OpenError> {
        let (&[version, algorithm, length], rest) = self
            .0
            .split_first_chunk::<HEAD>()
            .ok_or(OpenError::Malformed)?;
        if version != VERSION || algorithm != AES_256_GCM {
            return Err(OpenError::Malformed);
        }
        let (kid, body) = rest
            .split_at_checked(usize::from(length))
            .filter(|(kid, body)| is_kid(kid) && body.len() >= NONCE + TAG)
            .ok_or(OpenError::Malformed)?;
        let kid = std::str::from_utf8(kid).map_err(|_| OpenError::Malformed)?;
        Ok((kid, body))
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Sealed(..)")
    }
}
