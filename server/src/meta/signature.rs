//! Signatures that are keyed by the app secret: ours over a token, Meta's over what it posts to us.

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

/// HMAC-SHA256 of a message under the app secret, still open: it is compared in constant time, or written out.
pub(super) fn keyed(app_secret: &SecretString, message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(app_secret.expose_secret().as_bytes())
        .expect("HMAC takes a key of any length");
    mac.update(message);
    mac
}
