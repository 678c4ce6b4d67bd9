//! Pages of Meta that no dialog follows.

/// Why there is no dialog: title and text of a page.
pub struct Problem {
    pub title: &'static str,
    pub text: String,
}

impl Problem {
    pub(super) fn new(title: &'static str, text: &str) -> Self {
        Self {
            title,
            text: text.to_owned(),
        }
    }

    /// The app was deactivated in its dashboard.
    pub fn inactive() -> Self {
        Self::new(
            "App not active",
            "This app is not currently accessible and the app developer is aware of the issue. \
             You will be able to log in when the app is reactivated.",
        )
    }

    /// The app is in development and the person has no role on it.
    pub fn in_development() -> Self {
        Self::new(
            "App Not Setup",
            "This app is still in development mode, and you don't have access to it. Switch to a \
             registered test user or ask an app admin for permissions.",
        )
    }

    /// Meta has locked the person out: no login helps until they act there (190/459).
    pub fn locked() -> Self {
        Self::new(
            "Your account is locked",
            "You cannot log in to apps until you log in to www.facebook.com and follow the \
             instructions given.",
        )
    }
}
