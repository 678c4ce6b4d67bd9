//! One-time codes of an app on a phone (RFC 6238), and the recovery codes that stand in for them.

use secrecy::SecretString;
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use super::secret_hash;
use crate::domain::rng::Rng;

/// Bytes of a secret: as long as the digest, which RFC 4226 recommends (section 4).
const SECRET_BYTES: usize = 20;
/// Letters and digits that are not taken for one another when they are read off paper.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// Characters of a recovery code, of five bits each: 80 bits, which nobody guesses from a hash.
const RECOVERY_LENGTH: usize = 16;

/// The secret that a person's app and Portico share. Six digits, 30 seconds, SHA-1: what every app knows.
pub struct OneTimeCode(Totp);

impl OneTimeCode {
    /// A new random secret, as bytes to be sealed.
    #[must_use]
    pub fn generate(rng: &dyn Rng) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(vec![0; SECRET_BYTES]);
        rng.fill(&mut bytes);
        bytes
    }

    /// The codes of a secret; `issuer` and `account` name it in the app. `None` if the bytes are no secret.
    #[must_use]
    pub fn new(bytes: &[u8], issuer: &str, account: &str) -> Option<Self> {
        // A colon parts the two in the app's address, and would be refused in either.
        let (issuer, account) = (issuer.replace(':', " "), account.replace(':', " "));
        Builder::new()
            .with_secret(Secret::new(bytes.into()))
            .with_issuer(Some(issuer))
            .with_account_name(account)
            .build()
            .ok()
            .map(Self)
    }

    /// The step of the code, if it is that of now, of the step before or of the one after: clocks differ.
    /// Spaces in it are forgiven. Compared in constant time by the library.
    #[must_use]
    pub fn step(&self, code: &str, unix_seconds: i64) -> Option<i64> {
        let digits: Zeroizing<String> =
            Zeroizing::new(code.chars().filter(|c| !c.is_whitespace()).collect());
        let now = u64::try_from(unix_seconds).ok()?;
        let step = self.0.check(&digits, now)?;
        i64::try_from(step).ok()
    }

    /// The address that an app reads off a QR code. It holds the secret.
    #[must_use]
    pub fn address(&self) -> Option<SecretString> {
        self.0.to_url().ok().map(SecretString::from)
    }

    /// The secret as it is typed into an app by hand: base 32, in groups of four.
    #[must_use]
    pub fn typed(&self) -> SecretString {
        let text = Zeroizing::new(self.0.secret().to_base32());
        SecretString::from(grouped(&text, ' '))
    }
}

/// A new recovery code, in groups of four: `k3mz-9q2c-…`.
#[must_use]
pub fn recovery_code(rng: &dyn Rng) -> SecretString {
    let mut random = Zeroizing::new([0; RECOVERY_LENGTH]);
    rng.fill(&mut *random);
    let text: Zeroizing<String> = Zeroizing::new(
        random
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
            .collect(),
    );
    SecretString::from(grouped(&text, '-'))
}

/// The hash of a recovery code as somebody typed it; `None` for what is none. Case, spaces and dashes are forgiven.
#[must_use]
pub fn recovery_hash(typed: &str) -> Option<[u8; 32]> {
    let text: Zeroizing<String> = Zeroizing::new(
        typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect(),
    );
    (text.len() == RECOVERY_LENGTH).then(|| secret_hash(&text))
}

fn grouped(text: &str, between: char) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for (index, c) in text.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            out.push(between);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;
    use crate::domain::rng::TestRng;

    /// The secret of RFC 6238, appendix B.
    const RFC: &[u8] = b"12345678901234567890";

    fn codes() -> OneTimeCode {
        OneTimeCode::new(RFC, "Northlight: Ads", "jonas@agency.example").expect("a secret")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(codes().step(code, time), Some(time / 30), "{time}");
        }
    }

    #[test]
    fn neighbouring_steps_are_forgiven_and_no_others() {
        // 287082 is the code of the second step, from 30 to 59.
        for (time, is_right) in [(0, true), (30, true), (89, true), (90, false), (300, false)] {
            let found = codes().step("287 082", time);
            assert_eq!(found, is_right.then_some(1), "{time}");
        }
        for wrong in ["", "28708", "2870822", "abcdef", "-87082", "２８７０８２"] {
            assert_eq!(codes().step(wrong, 59), None, "{wrong}");
        }
        assert_eq!(codes().step("287082", -1), None);
    }

    #[test]
    fn the_apps_address_names_agency_and_person() {
        let address = codes().address().expect("an address");
        assert_eq!(
            address.expose_secret(),
            "otpauth://totp/Northlight%20%20Ads:jonas%40agency.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Northlight%20%20Ads"
        );
        assert_eq!(
            codes().typed().expose_secret(),
            "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
        );
        assert!(OneTimeCode::new(b"short", "a", "b").is_none());
    }

    #[test]
    fn a_recovery_code_is_read_however_it_was_typed() {
        let rng = TestRng::default();
        let code = recovery_code(&rng);
        let code = code.expose_secret();
        assert_eq!(code.len(), 19);
        assert_ne!(code, recovery_code(&rng).expose_secret());
        let hash = recovery_hash(code).expect("a code");
        let typed = code.to_uppercase().replace('-', " ");
        assert_eq!(recovery_hash(&typed), Some(hash));
        assert_eq!(recovery_hash("123456"), None);
    }

    #[test]
    fn generated_secrets_differ() {
        let rng = TestRng::default();
        let one = OneTimeCode::generate(&rng);
        assert_eq!(one.len(), SECRET_BYTES);
        assert_ne!(one, OneTimeCode::generate(&rng));
    }
}
