//! `appsecret_proof` and PKCE: the two checks that need a hash.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// `appsecret_proof` of a token: lowercase hex of HMAC-SHA256, keyed by the app secret
/// (`meta.md` §4).
pub fn app_secret_proof(app_secret: &str, access_token: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes())
        .expect("HMAC takes a key of any length");
    mac.update(access_token.as_bytes());
    let mut hex = String::with_capacity(64);
    for byte in mac.finalize().into_bytes() {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

/// Whether a PKCE verifier belongs to an S256 challenge.
pub fn pkce_matches(challenge: &str, verifier: &str) -> bool {
    same(
        &URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())),
        challenge,
    )
}

/// Compares two secrets in a time that does not tell where they differ.
pub fn same(one: &str, two: &str) -> bool {
    one.as_bytes().ct_eq(two.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_proofs_of_the_php_sdk() {
        assert_eq!(
            app_secret_proof("foo_secret", "123|foo_secret"),
            "de753c58fd58b03afca2340bbaeb4ecf987b5de4c09e39a63c944dd25efbc234"
        );
        assert_eq!(
            app_secret_proof("foo_secret", "long_token"),
            "7e91300ea91be4166282611d4fc700b473466f3ea2981dafbf492fc096995bf1"
        );
    }

    #[test]
    fn pkce_vector_of_rfc_7636() {
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(pkce_matches(
            challenge,
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        ));
        assert!(!pkce_matches(
            challenge,
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXx"
        ));
    }
}
