//! `signed_request`: what Meta posts when a person has removed the app, or asks for their data to be deleted.
//!
//! `base64url(signature) "." base64url(payload)`, where the signature is HMAC-SHA256 over the **encoded** payload
//! under the app secret (documentation/development/create-an-app/app-dashboard/data-deletion-callback, and the
//! tests of Meta's own PHP SDK). Usually without padding; with it in the PHP SDK.

use base64::{
    Engine as _,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use chrono::{DateTime, Utc};
use hmac::Mac as _;
use secrecy::SecretString;
use serde::Deserialize;

use super::{lenient, signature::keyed};

/// The longest that is looked at. Meta's have about two hundred characters.
pub const LENGTH_MAX: usize = 8 * 1024;
/// The one algorithm that is taken, however it is written.
const ALGORITHM: &str = "HMAC-SHA256";

/// Padded or not, but no bit that the signature does not cover.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(false),
);

/// What Meta says about a person, its signature checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRequest {
    /// The person's id for this app, as `/me` tells it.
    pub user_id: String,
    /// When Meta wrote it. However long ago that is, it is taken: calls may be late, and whoever acts on one
    /// leaves alone what came after it.
    pub issued_at: Option<DateTime<Utc>>,
}

/// Why nothing was taken from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the signed request is too long")]
    TooLong,
    #[error("that is no signed request")]
    Malformed,
    #[error("the signature does not fit")]
    WrongSignature,
    #[error("the algorithm is not HMAC-SHA256")]
    WrongAlgorithm,
    #[error("the payload names no person")]
    Unreadable,
}

#[derive(Deserialize)]
struct Payload {
    #[serde(default, deserialize_with = "lenient::de_text")]
    algorithm: Option<String>,
    #[serde(default, deserialize_with = "lenient::de_integer")]
    issued_at: Option<i64>,
    /// A number in old versions.
    #[serde(default, deserialize_with = "lenient::de_text")]
    user_id: Option<String>,
}

/// Checks the signature, in constant time and before anything is read, and then reads.
///
/// # Errors
/// What is wrong with it.
pub fn read(app_secret: &SecretString, text: &str) -> Result<SignedRequest, Refused> {
    if text.len() > LENGTH_MAX {
        return Err(Refused::TooLong);
    }
    let (signature, encoded) = text.split_once('.').ok_or(Refused::Malformed)?;
    let signature = BASE64.decode(signature).map_err(|_| Refused::Malformed)?;
    keyed(app_secret, encoded.as_bytes())
        .verify_slice(&signature)
        .map_err(|_| Refused::WrongSignature)?;
    let payload = BASE64.decode(encoded).map_err(|_| Refused::Malformed)?;
    let payload: Payload = serde_json::from_slice(&payload).map_err(|_| Refused::Unreadable)?;
    let is_known = { payload.algorithm.as_deref() }
        .is_some_and(|algorithm| algorithm.eq_ignore_ascii_case(ALGORITHM));
    if !is_known {
        return Err(Refused::WrongAlgorithm);
    }
    let user_id = payload.user_id.filter(|id| lenient::is_id(id));
    Ok(SignedRequest {
        user_id: user_id.ok_or(Refused::Unreadable)?,
        issued_at: lenient::moment(payload.issued_at),
    })
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{URL_SAFE as PADDED, URL_SAFE_NO_PAD as BARE};
    use proptest::prelude::*;

    use super::*;

    const PHP_SDK: &str = "U0_O1MqqNKUt32633zAkdd2Ce-jGVgRgJeRauyx_zC8=.eyJvYXV0aF90b2tlbiI6ImZvb190b2t\
        lbiIsImFsZ29yaXRobSI6IkhNQUMtU0hBMjU2IiwiaXNzdWVkX2F0IjozMjEsImNvZGUiOiJmb29fY29kZSIsInN0YXRlIj\
        oiZm9vX3N0YXRlIiwidXNlcl9pZCI6MTIzLCJmb28iOiJiYXIifQ==";
    const BK_RS: &str = "Mf_s6nTb38UYqioBmPqu0Ewm9souPZB9I2fIGwV729U.eyJ1c2VyX2lkIjoiMCIsImFsZ29yaXRobSI\
        6IkhNQUMtU0hBMjU2IiwiaXNzdWVkX2F0IjoxNjI0MjQ0MTU2fQ";

    fn sign(secret: &str, payload: &str, engine: &GeneralPurpose) -> String {
        let encoded = engine.encode(payload);
        let mac = keyed(&secret.into(), encoded.as_bytes()).finalize();
        format!("{}.{encoded}", engine.encode(mac.into_bytes()))
    }

    /// From `tests/SignedRequestTest.php` of Meta's PHP SDK: padded, and the id is a number.
    #[test]
    fn golden_request_of_the_php_sdk() {
        let read = read(&"foo_app_secret".into(), PHP_SDK);
        let expected = SignedRequest {
            user_id: "123".into(),
            issued_at: DateTime::from_timestamp(321, 0),
        };
        assert_eq!(read, Ok(expected));
    }

    /// From the tests of bk-rs' `facebook-signed-request`: not padded.
    #[test]
    fn golden_request_of_bk_rs() {
        let expected = SignedRequest {
            user_id: "0".into(),
            issued_at: DateTime::from_timestamp(1_624_244_156, 0),
        };
        assert_eq!(read(&"key".into(), BK_RS), Ok(expected));
    }

    #[test]
    fn another_secret_fits_nothing() {
        assert_eq!(read(&"kez".into(), BK_RS), Err(Refused::WrongSignature));
        assert_eq!(read(&"".into(), BK_RS), Err(Refused::WrongSignature));
        // A shorter signature is no easier to guess.
        let (signature, payload) = BK_RS.split_once('.').expect("two parts");
        for length in 0..signature.len() {
            let cut = format!("{}.{payload}", &signature[..length]);
            assert!(read(&"key".into(), &cut).is_err(), "{length}");
        }
    }

    #[test]
    fn payload_is_read_as_meta_may_write_it() {
        let at = DateTime::from_timestamp(9, 0);
        for (payload, expected) in [
            (
                r#"{"user_id":"7","algorithm":"hmac-sha256","issued_at":9}"#,
                Ok(("7", at)),
            ),
            (
                r#"{"user_id":7,"algorithm":"HMAC-SHA256","issued_at":"9"}"#,
                Ok(("7", at)),
            ),
            (
                r#"{"user_id":"7","algorithm":"HMAC-SHA256"}"#,
                Ok(("7", None)),
            ),
            (
                r#"{"user_id":18446744073709551615,"algorithm":"HMAC-SHA256"}"#,
                Ok(("18446744073709551615", None)),
            ),
            (
                r#"{"user_id":"7","issued_at":9}"#,
                Err(Refused::WrongAlgorithm),
            ),
            (
                r#"{"user_id":"7","algorithm":"HMAC-SHA1"}"#,
                Err(Refused::WrongAlgorithm),
            ),
            (
                r#"{"user_id":"7","algorithm":"none"}"#,
                Err(Refused::WrongAlgorithm),
            ),
            (r#"{"algorithm":"HMAC-SHA256"}"#, Err(Refused::Unreadable)),
            (
                r#"{"user_id":"","algorithm":"HMAC-SHA256"}"#,
                Err(Refused::Unreadable),
            ),
            (
                r#"{"user_id":"../7","algorithm":"HMAC-SHA256"}"#,
                Err(Refused::Unreadable),
            ),
            (
                r#"{"user_id":1.5,"algorithm":"HMAC-SHA256"}"#,
                Err(Refused::Unreadable),
            ),
            (
                r#"{"user_id":-7,"algorithm":"HMAC-SHA256"}"#,
                Err(Refused::Unreadable),
            ),
            (
                r#"{"user_id":[7],"algorithm":"HMAC-SHA256"}"#,
                Err(Refused::Unreadable),
            ),
            ("[]", Err(Refused::WrongAlgorithm)),
            ("", Err(Refused::Unreadable)),
        ] {
            for engine in [&PADDED, &BARE] {
                let found = read(&"s".into(), &sign("s", payload, engine));
                let expected = expected.map(|(user_id, issued_at)| SignedRequest {
                    user_id: user_id.to_owned(),
                    issued_at,
                });
                assert_eq!(found, expected, "{payload}");
            }
        }
    }

    #[test]
    fn what_is_no_signed_request_is_refused() {
        let long = "a".repeat(LENGTH_MAX + 1);
        assert_eq!(read(&"s".into(), &long), Err(Refused::TooLong));
        for text in ["", "abc", "*.abc", "a.b.c"] {
            assert_eq!(read(&"s".into(), text), Err(Refused::Malformed), "{text}");
        }
        for text in [".", ".e30", "e30.e30"] {
            assert_eq!(
                read(&"s".into(), text),
                Err(Refused::WrongSignature),
                "{text}"
            );
        }
        // Signed by us, and yet no base64url.
        let encoded = "{}";
        let mac = keyed(&"s".into(), encoded.as_bytes()).finalize();
        let text = format!("{}.{encoded}", BARE.encode(mac.into_bytes()));
        assert_eq!(read(&"s".into(), &text), Err(Refused::Malformed));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,400}") {
            prop_assert!(read(&"s".into(), &text).is_err());
        }

        #[test]
        fn no_signed_bytes_panic(payload in "\\PC{0,200}", padded: bool) {
            let engine = if padded { &PADDED } else { &BARE };
            let _ = read(&"s".into(), &sign("s", &payload, engine));
        }

        #[test]
        fn flipped_bit_never_passes(
            id in 1_u64..,
            at in 1_i64..4_000_000_000,
            padded: bool,
            place in any::<prop::sample::Index>(),
            bit in 0_u8..8,
        ) {
            let engine = if padded { &PADDED } else { &BARE };
            let payload = format!(r#"{{"user_id":"{id}","algorithm":"HMAC-SHA256","issued_at":{at}}}"#);
            let signed = sign("s", &payload, engine);
            let expected = SignedRequest { user_id: id.to_string(), issued_at: DateTime::from_timestamp(at, 0) };
            prop_assert_eq!(read(&"s".into(), &signed), Ok(expected));
            let mut bytes = signed.into_bytes();
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            // What is no text any more never comes this far.
            if let Ok(text) = String::from_utf8(bytes) {
                prop_assert!(read(&"s".into(), &text).is_err(), "{}", text);
            }
        }
    }
}
