use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};

use crate::Answer;

/// The app on somebody's phone that makes one-time codes.
pub struct Phone(Totp);

impl Phone {
    /// Set up with the secret that a page shows in letters.
    ///
    /// # Panics
    /// When the page shows none.
    #[must_use]
    pub fn set_up(page: &Answer) -> Self {
        let typed = page.texts("code.secret").concat().replace(' ', "");
        let secret = Secret::try_from_base32(typed).expect("a secret in base 32");
        let codes = Builder::new().with_secret(secret).build();
        Self(codes.expect("a secret that is long enough"))
    }

    /// The code that it shows at this moment.
    #[must_use]
    pub fn code(&self, now: DateTime<Utc>) -> String {
        let seconds = u64::try_from(now.timestamp()).expect("a moment in our time");
        self.0.generate(seconds).to_string()
    }
}
