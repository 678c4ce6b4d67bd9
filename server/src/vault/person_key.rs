use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Key, OpenError};
use crate::domain::framed::Framed;
use crate::domain::rng::Rng;

/// The version of what a person's key seals.
const VERSION: u8 = 1;

/// The key of one person, under which the audit keeps where they acted from. Kept sealed by the vault in
/// its own row; when the person is erased, it is destroyed, and the addresses with it.
#[derive(Clone)]
pub struct PersonKey(Key);

impl PersonKey {
    /// A new random key.
    #[must_use]
    pub fn generate(rng: &dyn Rng) -> Self {
        Self(Key::generate(rng))
    }

    /// A key from its 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Key::from_bytes(bytes).map(Self)
    }

    /// Its bytes, to be sealed.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.to_bytes()
    }

    /// Seals the origin of one audit event: `[version][nonce 12][ciphertext+tag]`, bound to the event.
    #[must_use]
    pub fn seal_origin(&self, rng: &dyn Rng, event_id: Uuid, plain: &[u8]) -> Vec<u8> {
        let body = self.0.encrypt(rng, origin_aad(event_id).as_bytes(), plain);
        [&[VERSION][..], &body].concat()
    }

    /// Opens the origin of an audit event.
    ///
    /// # Errors
    /// [`OpenError::Malformed`] or [`OpenError::Refused`].
    pub fn open_origin(
        &self,
        event_id: Uuid,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let body = sealed
            .strip_prefix(&[VERSION])
            .ok_or(OpenError::Malformed)?;
        self.0.decrypt(origin_aad(event_id).as_bytes(), body)
    }
}

fn origin_aad(event_id: Uuid) -> Framed {
    Framed::new("portico.audit.origin.v1").field(event_id.as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::rng::TestRng;

    const EVENT: Uuid = Uuid::from_u128(5);

    #[test]
    fn an_origin_opens_for_its_person_and_its_event_only() {
        let rng = TestRng::default();
        let (person, other) = (PersonKey::generate(&rng), PersonKey::generate(&rng));
        let sealed = person.seal_origin(&rng, EVENT, b"192.0.2.7");
        let stored = PersonKey::from_bytes(person.to_bytes().as_slice()).unwrap();
        assert_eq!(*stored.open_origin(EVENT, &sealed).unwrap(), b"192.0.2.7");
        assert_eq!(
            other.open_origin(EVENT, &sealed).unwrap_err(),
            OpenError::Refused
        );
        let elsewhere = person.open_origin(Uuid::from_u128(6), &sealed);
        assert_eq!(elsewhere.unwrap_err(), OpenError::Refused);
        assert_ne!(sealed, person.seal_origin(&rng, EVENT, b"192.0.2.7"));
    }

    proptest! {
        #[test]
        fn a_changed_origin_is_found(plain in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let rng = TestRng::default();
            let person = PersonKey::generate(&rng);
            let mut sealed = person.seal_origin(&rng, EVENT, &plain);
            prop_assert_eq!(&*person.open_origin(EVENT, &sealed).unwrap(), &plain);
            let at = at.index(sealed.len());
            prop_assert!(person.open_origin(EVENT, &sealed[..at]).is_err());
            sealed[at] ^= 1 << bit;
            prop_assert!(person.open_origin(EVENT, &sealed).is_err());
        }
    }
}
