use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::Key;
use crate::domain::rng::Rng;

/// People copy keys with and without the padding.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes of a key id at most: the envelope keeps its length in one byte.
const KID_MAX: usize = 32;

/// The keys that seal and open, each under its id. The first seals; all open.
pub struct KeyRing {
    /// Never empty.
    entries: Vec<(String, Key)>,
}

/// What is wrong with a key ring. Positions count from one; the content is never told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    #[error("the key ring is empty")]
    Empty,
    #[error("entry {0} is not of the form kid/base64")]
    NoKid(usize),
    #[error("entry {0} has a key id that is not 1 to 32 letters, digits, `_` or `-`")]
    BadKid(usize),
    #[error("the key of entry {0} is not base64")]
    NotBase64(usize),
    #[error("the key of entry {0} is not 32 bytes long")]
    WrongLength(usize),
    #[error("entry {0} repeats the key id of an earlier one")]
    DuplicateKid(usize),
}

impl KeyRing {
    /// Reads `kid/base64-of-32-bytes`, comma-separated. White space anywhere is forgiven, and so is a comma
    /// too many.
    ///
    /// # Errors
    /// The first entry that is wrong, by its position.
    pub fn parse(text: &SecretString) -> Result<Self, KeyRingError> {
        let mut ring = Self {
            entries: Vec::new(),
        };
        for (index, entry) in text.expose_secret().split(',').enumerate() {
            let compact = without_white_space(entry);
            if !compact.is_empty() {
                ring.add(index + 1, &compact)?;
            }
        }
        if ring.entries.is_empty() {
            return Err(KeyRingError::Empty);
        }
        Ok(ring)
    }

    /// One new entry to put in front of a ring, such as `k20261123a1b2/…`.
    #[must_use]
    pub fn generate(rng: &dyn Rng, now: DateTime<Utc>) -> SecretString {
        let mut tail = [0; 2];
        rng.fill(&mut tail);
        let key = Key::generate(rng);
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(key.as_bytes()));
        let entry = format!(
            "k{}{:02x}{:02x}/{}",
            now.format("%Y%m%d"),
            tail[0],
            tail[1],
            *encoded
        );
        SecretString::from(entry)
    }

    /// The id of the key that seals.
    #[must_use]
    pub fn active_kid(&self) -> &str {
        &self.entries[0].0
    }

    /// The ids of all keys, the active one first.
    #[must_use]
    pub fn kids(&self) -> Vec<&str> {
        self.entries.iter().map(|(kid, _)| kid.as_str()).collect()
    }

    /// A value that only this key gives. Kept in the database, it tells a wrong ring at the start.
    #[must_use]
    pub fn check_value(&self, kid: &str) -> Option<[u8; 32]> {
        self.get(kid)
            .map(|key| key.mac(b"portico.key-ring.check.v1"))
    }

    pub(super) fn get(&self, kid: &str) -> Option<&Key> {
        self.entries
            .iter()
            .find(|(known, _)| known == kid)
            .map(|(_, key)| key)
    }

    pub(super) fn active(&self) -> &Key {
        &self.entries[0].1
    }

    fn add(&mut self, position: usize, entry: &str) -> Result<(), KeyRingError> {
        let (kid, encoded) = entry.split_once('/').ok_or(KeyRingError::NoKid(position))?;
        if !is_kid(kid.as_bytes()) {
            return Err(KeyRingError::BadKid(position));
        }
        let bytes = FORGIVING
            .decode(encoded)
            .map(Zeroizing::new)
            .map_err(|_| KeyRingError::NotBase64(position))?;
        let key = Key::from_bytes(&bytes).ok_or(KeyRingError::WrongLength(position))?;
        if self.get(kid).is_some() {
            return Err(KeyRingError::DuplicateKid(position));
        }
        self.entries.push((kid.to_owned(), key));
        Ok(())
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.kids()).finish()
    }
}

pub(super) fn is_kid(bytes: &[u8]) -> bool {
    (1..=KID_MAX).contains(&bytes.len())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Allocated at full length, so that no half of a key stays behind in memory when the text grows.
fn without_white_space(text: &str) -> Zeroizing<String> {
    let mut compact = Zeroizing::new(String::with_capacity(text.len()));
    compact.extend(text.chars().filter(|c| !c.is_whitespace()));
    compact
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::rng::TestRng;

    fn parse(text: &str) -> Result<KeyRing, KeyRingError> {
        KeyRing::parse(&SecretString::from(text))
    }

    fn entry(kid: &str, byte: u8) -> String {
        format!("{kid}/{}", BASE64_STANDARD.encode([byte; 32]))
    }

    #[test]
    fn the_first_entry_is_active() {
        let ring = parse(&format!("{},{}", entry("new", 1), entry("old-1_A", 2))).unwrap();
        assert_eq!(ring.active_kid(), "new");
        assert_eq!(ring.kids(), ["new", "old-1_A"]);
        assert_eq!(ring.active().as_bytes(), &[1; 32]);
        assert_eq!(ring.get("old-1_A").unwrap().as_bytes(), &[2; 32]);
        assert!(ring.get("OLD-1_A").is_none());
    }

    #[test]
    fn white_space_padding_and_a_last_comma_are_forgiven() {
        let wrapped = entry("b", 2).replace("AgICAgIC", "AgIC\r\n AgIC");
        let text = format!(
            " {} ,\n\t{},\n",
            entry("a", 1).trim_end_matches('='),
            wrapped
        );
        assert_eq!(parse(&text).unwrap().kids(), ["a", "b"]);
    }

    #[test]
    fn a_bad_entry_is_named_by_its_position() {
        let good = entry("a", 1);
        let after_good = |bad: &str| parse(&format!("{good},{bad}")).unwrap_err();
        assert_eq!(parse("").unwrap_err(), KeyRingError::Empty);
        assert_eq!(parse(" \n, ").unwrap_err(), KeyRingError::Empty);
        assert_eq!(after_good("secret"), KeyRingError::NoKid(2));
        assert_eq!(after_good(&entry("", 2)), KeyRingError::BadKid(2));
        assert_eq!(after_good(&entry("a.b", 2)), KeyRingError::BadKid(2));
        assert_eq!(
            after_good(&entry(&"k".repeat(33), 2)),
            KeyRingError::BadKid(2)
        );
        assert!(parse(&entry(&"k".repeat(32), 2)).is_ok());
        assert_eq!(after_good("b/not*base64"), KeyRingError::NotBase64(2));
        assert_eq!(after_good("b/"), KeyRingError::WrongLength(2));
        let short = format!("b/{}", BASE64_STANDARD.encode([1; 31]));
        assert_eq!(after_good(&short), KeyRingError::WrongLength(2));
        let long = format!("b/{}", BASE64_STANDARD.encode([1; 33]));
        assert_eq!(after_good(&long), KeyRingError::WrongLength(2));
        assert_eq!(after_good(&entry("a", 2)), KeyRingError::DuplicateKid(2));
    }

    #[test]
    fn a_generated_entry_is_a_ring() {
        let now = DateTime::from_timestamp(1_795_435_200, 0).unwrap();
        let rng = TestRng::default();
        let (one, two) = (KeyRing::generate(&rng, now), KeyRing::generate(&rng, now));
        let (one, two) = (KeyRing::parse(&one).unwrap(), KeyRing::parse(&two).unwrap());
        assert_eq!(one.active_kid().len(), "k20261123a1b2".len());
        assert!(one.active_kid().starts_with("k20261123"), "{one:?}");
        assert_ne!(one.active_kid(), two.active_kid());
        assert_ne!(one.active().as_bytes(), two.active().as_bytes());
    }

    #[test]
    fn a_check_value_belongs_to_the_key_and_not_to_its_id() {
        let ring = parse(&format!("{},{}", entry("a", 1), entry("b", 2))).unwrap();
        let other = parse(&entry("a", 3)).unwrap();
        assert_eq!(
            ring.check_value("a"),
            parse(&entry("a", 1)).unwrap().check_value("a")
        );
        assert_ne!(ring.check_value("a"), ring.check_value("b"));
        assert_ne!(ring.check_value("a"), other.check_value("a"));
        assert_eq!(ring.check_value("c"), None);
        assert!(ring.check_value("a").is_some_and(|value| value != [1; 32]));
    }

    #[test]
    fn debug_shows_ids_only() {
        assert_eq!(format!("{:?}", parse(&entry("a", 0)).unwrap()), r#"["a"]"#);
    }

    proptest! {
        /// The marked content stands in no error, whatever is wrong with it.
        #[test]
        fn errors_never_tell_content(before in "[a-z/,+= ]{0,12}", after in "[a-z/,+= ]{0,12}") {
            let text = format!("{before}MARKED{after}");
            if let Err(error) = parse(&text) {
                let told = format!("{error} {error:?}");
                prop_assert!(!told.contains("MARKED"), "{}", told);
            }
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
