use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use proptest::prelude::*;

use super::*;
use crate::domain::rng::{Rng, TestRng};

const PLACE: Place = Place {
    table: "client_tokens",
    column: "secret",
    agency: Uuid::from_u128(1),
    row: Uuid::from_u128(2),
};

fn vault_of(keys: &[(&str, u8)]) -> Vault {
    vault_with(keys, Arc::new(TestRng::default()))
}

fn vault_with(keys: &[(&str, u8)], rng: SharedRng) -> Vault {
    let entries: Vec<String> = keys
        .iter()
        .map(|(kid, byte)| format!("{kid}/{}", BASE64_STANDARD.encode([*byte; 32])))
        .collect();
    let ring = KeyRing::parse(&SecretString::from(entries.join(","))).unwrap();
    Vault::new(ring, rng)
}

/// Gives the same byte for ever.
struct SameByte(u8);

impl Rng for SameByte {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

#[test]
fn the_layout_is_the_documented_one() {
    let vault = vault_with(&[("k1", 7)], Arc::new(SameByte(9)));
    let sealed = vault.seal(PLACE, b"EAAsecret");
    let bytes = sealed.as_bytes();
    assert_eq!(bytes[..5], [1, 1, 2, b'k', b'1']);
    assert_eq!(bytes[5..17], [9; 12]);
    assert_eq!(bytes.len(), 17 + "EAAsecret".len() + 16);
    assert_eq!(sealed.kid(), Ok("k1"));
    // The associated data was written out by hand from security.md.
    let aad = [
        &[0, 0, 0, 0, 0, 0, 0, 1, 1][..],
        &[0, 0, 0, 0, 0, 0, 0, 13],
        b"client_tokens",
        &[0, 0, 0, 0, 0, 0, 0, 6],
        b"secret",
        &[0, 0, 0, 0, 0, 0, 0, 16],
        &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        &[0, 0, 0, 0, 0, 0, 0, 16],
        &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
    ]
    .concat();
    assert_eq!(PLACE.aad().as_bytes(), aad);
    // What was sealed by this version opens for ever: see `a_stored_envelope_still_opens`.
    assert_eq!(BASE64_STANDARD.encode(bytes), STORED);
}

// Computed by another program (Python's cryptography) from the layout in security.md.
const STORED: &str = "AQECazEJCQkJCQkJCQkJCQlixMXn25OzBNQY8+FNGZWlHbTE8qo2BPt5";

#[test]
fn a_stored_envelope_still_opens() {
    let sealed = Sealed::from_bytes(BASE64_STANDARD.decode(STORED).unwrap());
    let plain = vault_of(&[("k2", 1), ("k1", 7)])
        .open(PLACE, &sealed)
        .unwrap();
    assert_eq!(*plain, b"EAAsecret");
}

#[test]
fn a_moved_ciphertext_does_not_open() {
    let vault = vault_of(&[("k1", 7)]);
    let sealed = vault.seal(PLACE, b"EAAsecret");
    let elsewhere = [
        Place {
            table: "client_token",
            ..PLACE
        },
        Place {
            column: "secrets",
            ..PLACE
        },
        Place {
            table: "client_tokenss",
            column: "ecret",
            ..PLACE
        },
        Place {
            agency: Uuid::from_u128(3),
            ..PLACE
        },
        Place {
            row: Uuid::from_u128(3),
            ..PLACE
        },
        Place {
            agency: PLACE.row,
            row: PLACE.agency,
            ..PLACE
        },
    ];
    for place in elsewhere {
        assert_eq!(
            vault.open(place, &sealed).unwrap_err(),
            OpenError::Refused,
            "{place:?}"
        );
    }
}

#[test]
fn another_ring_does_not_open() {
    let sealed = vault_of(&[("k1", 7)]).seal(PLACE, b"EAAsecret");
    let lacking = vault_of(&[("k2", 7)]).open(PLACE, &sealed);
    assert_eq!(lacking.unwrap_err(), OpenError::UnknownKey("k1".into()));
    let same_id = vault_of(&[("k1", 8)]).open(PLACE, &sealed);
    assert_eq!(same_id.unwrap_err(), OpenError::Refused);
}

#[test]
fn a_key_that_was_active_before_still_opens() {
    let sealed = vault_of(&[("old", 1)]).seal_text(PLACE, &SecretString::from("EAAsecret"));
    let vault = vault_of(&[("new", 2), ("old", 1)]);
    let opened = vault.open_text(PLACE, &sealed).unwrap();
    assert_eq!(opened.expose_secret(), "EAAsecret");
    assert_eq!(vault.seal_text(PLACE, &opened).kid(), Ok("new"));
}

#[test]
fn sealing_twice_gives_two_ciphertexts() {
    let vault = vault_of(&[("k1", 7)]);
    assert_ne!(vault.seal(PLACE, b"x"), vault.seal(PLACE, b"x"));
}

#[test]
fn what_is_no_text_does_not_open_as_text() {
    let vault = vault_of(&[("k1", 7)]);
    let sealed = vault.seal(PLACE, &[0xff]);
    assert_eq!(
        vault.open_text(PLACE, &sealed).unwrap_err(),
        OpenError::Malformed
    );
}

#[test]
fn encryptions_are_counted_once() {
    let vault = vault_of(&[("new", 2), ("old", 1)]);
    assert!(vault.take_counts().is_empty());
    let sealed = vault.seal(PLACE, b"x");
    let _ = vault.seal(PLACE, b"y");
    vault.open(PLACE, &sealed).unwrap();
    assert_eq!(vault.take_counts(), [("new".to_owned(), 2)]);
    assert!(vault.take_counts().is_empty());
}

#[test]
fn debug_tells_nothing() {
    let sealed = vault_of(&[("k1", 7)]).seal(PLACE, b"EAAsecret");
    assert_eq!(format!("{sealed:?}"), "Sealed(..)");
    assert_eq!(format!("{:?}", Some(&sealed)), "Some(Sealed(..))");
    let error = vault_of(&[("k1", 8)]).open(PLACE, &sealed).unwrap_err();
    assert!(!format!("{error:?}{error}").contains("EAA"));
}

#[test]
fn a_nullable_column_takes_it() {
    fn is_column<T: sea_orm::sea_query::ValueType + sea_orm::TryGetable + Into<sea_orm::Value>>() {}
    is_column::<Sealed>();
    is_column::<Option<Sealed>>();
    let absent: sea_orm::Value = None::<Sealed>.into();
    assert_eq!(absent, sea_orm::Value::Bytes(None));
    let present: sea_orm::Value = Sealed::from_bytes(vec![1]).into();
    assert_eq!(present, vec![1_u8].into());
}

fn any_plain() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..300)
}

proptest! {
    #[test]
    fn what_was_sealed_opens(plain in any_plain(), kid in "[A-Za-z0-9_-]{1,32}", agency: u128, row: u128) {
        let vault = vault_of(&[(&kid, 7)]);
        let place = Place { agency: Uuid::from_u128(agency), row: Uuid::from_u128(row), ..PLACE };
        let sealed = vault.seal(place, &plain);
        prop_assert_eq!(sealed.kid(), Ok(kid.as_str()));
        prop_assert_eq!(&*vault.open(place, &sealed).unwrap(), &plain);
    }

    #[test]
    fn one_flipped_bit_is_found(plain in any_plain(), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let vault = vault_of(&[("k1", 7), ("k3", 8)]);
        let mut bytes = vault.seal(PLACE, &plain).as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(vault.open(PLACE, &Sealed::from_bytes(bytes)).is_err());
    }

    #[test]
    fn a_shorter_or_longer_one_is_found(plain in any_plain(), at in any::<prop::sample::Index>(), more in prop::collection::vec(any::<u8>(), 1..40)) {
        let vault = vault_of(&[("k1", 7)]);
        let bytes = vault.seal(PLACE, &plain).as_bytes().to_vec();
        let short = Sealed::from_bytes(bytes[..at.index(bytes.len())].to_vec());
        prop_assert!(vault.open(PLACE, &short).is_err());
        let long = Sealed::from_bytes([bytes, more].concat());
        prop_assert!(vault.open(PLACE, &long).is_err());
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..80), head in 0_usize..4) {
        let mut bytes = bytes;
        let fitting = [1, 1, 2];
        for (byte, value) in bytes.iter_mut().zip(fitting).take(head) {
            *byte = value;
        }
        let sealed = Sealed::from_bytes(bytes);
        let _ = sealed.kid();
        prop_assert!(vault_of(&[("k1", 7)]).open(PLACE, &sealed).is_err());
    }
}
