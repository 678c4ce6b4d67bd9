//! Signatures over what Meta sends, keyed by the app secret.

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// `signed_request`: base64url of the signature, a dot, base64url of the payload. Signed is the
/// encoded payload (`meta.md` §8). Normally unpadded.
pub fn signed_request(app_secret: &str, payload: &str, padded: bool) -> String {
    let engine = if padded { URL_SAFE } else { URL_SAFE_NO_PAD };
    let encoded = engine.encode(payload);
    let signature = engine.encode(mac(app_secret, encoded.as_bytes()));
    format!("{signature}.{encoded}")
}

/// `X-Hub-Signature-256` over a body as it is sent (`meta.md` §13).
pub fn hub_signature(app_secret: &str, body: &[u8]) -> String {
    let hex: String = mac(app_secret, body)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("sha256={hex}")
}

fn mac(key: &str, message: &[u8]) -> Vec<u8> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_request_of_bk_rs_without_padding() {
        let payload = r#"{"user_id":"0","algorithm":"HMAC-SHA256","issued_at":1624244156}"#;
        let golden = "Mf_s6nTb38UYqioBmPqu0Ewm9souPZB9I2fIGwV729U.eyJ1c2VyX2lkIjoiMCIsImFsZ29yaXRo\
                      bSI6IkhNQUMtU0hBMjU2IiwiaXNzdWVkX2F0IjoxNjI0MjQ0MTU2fQ";
        assert_eq!(signed_request("key", payload, false), golden);
    }

    #[test]
    fn golden_request_of_the_php_sdk_with_padding() {
        let payload = r#"{"oauth_token":"foo_token","algorithm":"HMAC-SHA256","issued_at":321,"code":"foo_code","state":"foo_state","user_id":123,"foo":"bar"}"#;
        let golden = "U0_O1MqqNKUt32633zAkdd2Ce-jGVgRgJeRauyx_zC8=.eyJvYXV0aF90b2tlbiI6ImZvb190b2t\
                      lbiIsImFsZ29yaXRobSI6IkhNQUMtU0hBMjU2IiwiaXNzdWVkX2F0IjozMjEsImNvZGUiOiJmb2\
                      9fY29kZSIsInN0YXRlIjoiZm9vX3N0YXRlIiwidXNlcl9pZCI6MTIzLCJmb28iOiJiYXIifQ==";
        assert_eq!(signed_request("foo_app_secret", payload, true), golden);
    }

    /// Test case 2 of RFC 4231.
    #[test]
    fn a_body_is_signed_in_hex() {
        let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let signed = hub_signature("Jefe", b"what do ya want for nothing?");
        assert_eq!(signed, expected);
    }
}
