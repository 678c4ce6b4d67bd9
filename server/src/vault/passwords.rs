use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::rng::Rng;

/// Bytes of salt, as RFC 9106 (3.1) recommends.
const SALT: usize = 16;

/// Hashes passwords with Argon2id and checks them. Slow on purpose: call it off the async threads.
#[derive(Clone)]
pub struct PasswordHasher {
    argon2: Argon2<'static>,
}

impl Default for PasswordHasher {
    /// 19 MiB, two passes, one lane: the first choice of OWASP's Password Storage Cheat Sheet.
    fn default() -> Self {
        Self::with_cost(19 * 1024, 2)
    }
}

impl PasswordHasher {
    /// The least that Argon2 allows, for tests only.
    #[must_use]
    pub fn cheap() -> Self {
        Self::with_cost(Params::MIN_M_COST, Params::MIN_T_COST)
    }

    fn with_cost(memory_kib: u32, passes: u32) -> Self {
        let params = Params::new(memory_kib, passes, 1, None).expect("Argon2 takes this cost");
        Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
        }
    }

    /// A new hash with a fresh salt, as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
    ///
    /// # Panics
    /// When there is no memory for the work.
    #[must_use]
    pub fn hash(&self, password: &SecretString, rng: &dyn Rng) -> String {
        let mut salt = [0; SALT];
        rng.fill(&mut salt);
        self.work(password, &salt).to_string()
    }

    /// Whether the password is the one of the stored hash, under the cost that the hash names. Without a
    /// hash, or with one that cannot be read, the same work is done and the answer is no, so that the time
    /// does not tell whether an account exists.
    #[must_use]
    pub fn verify(&self, password: &SecretString, stored: Option<&str>) -> bool {
        match stored.map(PasswordHash::new) {
            Some(Ok(hash)) => self
                .argon2
                .verify_password(password.expose_secret().as_bytes(), &hash)
                .is_ok(),
            Some(Err(_)) | None => {
                std::hint::black_box(self.work(password, &[0; SALT]));
                false
            }
        }
    }

    fn work(&self, password: &SecretString, salt: &[u8]) -> PasswordHash {
        self.argon2
            .hash_password_with_salt(password.expose_secret().as_bytes(), salt)
            .expect("there is memory for Argon2, and the salt fits")
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::domain::rng::TestRng;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn only_the_right_password_fits() {
        let hasher = PasswordHasher::cheap();
        let stored = hasher.hash(&secret("correct horse battery"), &TestRng::default());
        assert!(hasher.verify(&secret("correct horse battery"), Some(&stored)));
        assert!(!hasher.verify(&secret("correct horse batterY"), Some(&stored)));
        assert!(!hasher.verify(&secret(""), Some(&stored)));
    }

    #[test]
    fn nothing_fits_a_missing_or_unreadable_hash() {
        let hasher = PasswordHasher::cheap();
        for stored in [
            None,
            Some(""),
            Some("plain"),
            Some("$argon2id$"),
            Some("$md5$x$y"),
        ] {
            assert!(!hasher.verify(&secret("plain"), stored), "{stored:?}");
        }
    }

    #[test]
    fn the_default_cost_is_the_one_of_owasp_and_salts_differ() {
        let rng = TestRng::default();
        let hasher = PasswordHasher::default();
        let (one, two) = (
            hasher.hash(&secret("same"), &rng),
            hasher.hash(&secret("same"), &rng),
        );
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        assert!(!one.contains("same"));
    }

    #[test]
    fn a_hash_of_another_cost_is_still_verified() {
        let stored = PasswordHasher::cheap().hash(&secret("old"), &TestRng::default());
        assert!(PasswordHasher::default().verify(&secret("old"), Some(&stored)));
    }

    fn time_of(hasher: &PasswordHasher, stored: Option<&str>) -> Duration {
        let start = Instant::now();
        assert!(!hasher.verify(&secret("wrong"), stored));
        start.elapsed()
    }

    /// Takes turns and compares the quickest of each, so that a busy machine does not decide.
    #[test]
    fn a_missing_account_costs_as_much_as_a_wrong_password() {
        let hasher = PasswordHasher::default();
        let stored = hasher.hash(&secret("right"), &TestRng::default());
        let mut quickest = [Duration::MAX; 3];
        for _ in 0..5 {
            let tries = [Some(stored.as_str()), None, Some("broken")];
            for (best, stored) in quickest.iter_mut().zip(tries) {
                *best = time_of(&hasher, stored).min(*best);
            }
        }
        let [known, unknown, unreadable] = quickest;
        assert!(
            unknown * 3 > known && unreadable * 3 > known,
            "{quickest:?}"
        );
    }
}
