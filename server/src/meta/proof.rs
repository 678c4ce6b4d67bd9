//! `appsecret_proof`: shows Meta that a call comes from a server that knows the app secret.

use std::fmt::Write as _;

use hmac::Mac as _;
use secrecy::{ExposeSecret as _, SecretString};

use super::signature::keyed;

/// Lowercase hex HMAC-SHA256 of the access token under the app secret
/// (developers.facebook.com, docs/graph-api/guides/secure-requests).
#[must_use]
pub fn appsecret_proof(app_secret: &SecretString, token: &SecretString) -> String {
    keyed(app_secret, token.expose_secret().as_bytes())
        .finalize()
        .into_bytes()
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the PHP SDK, `tests/Authentication/OAuth2ClientTest.php`.
    #[test]
    fn proof_equals_the_vectors_of_metas_own_sdk() {
        for (token, proof) in [
            (
                "123|foo_secret",
                "de753c58fd58b03afca2340bbaeb4ecf987b5de4c09e39a63c944dd25efbc234",
            ),
            (
                "long_token",
                "7e91300ea91be4166282611d4fc700b473466f3ea2981dafbf492fc096995bf1",
            ),
        ] {
            assert_eq!(
                appsecret_proof(&"foo_secret".into(), &token.into()),
                proof,
                "{token}"
            );
        }
    }
}
