//! What a sandbox is started with.

use std::fmt;

use crate::seed::Seed;

/// The Meta app that the sandbox plays, and the world it starts from.
#[derive(Clone)]
pub struct Config {
    /// App id, a decimal string.
    pub app_id: String,
    /// App secret: signs proofs, redeems codes.
    pub app_secret: String,
    /// The *Valid OAuth Redirect URIs*: the dialog redirects to exactly these.
    pub redirect_uris: Vec<String>,
    /// Where the portal listens for deauthorization and deletion callbacks.
    pub callback_url: String,
    /// Whether they are sent from the beginning; the control API can say otherwise later.
    pub send_callbacks: bool,
    /// People, businesses and ad accounts to begin with, and to come back to on reset.
    pub seed: Seed,
}

impl Config {
    /// A configuration with the built-in seed for a portal at `portal_url` (no trailing slash),
    /// whose redirect address is `/oauth/facebook/callback`.
    pub fn new(app_id: &str, app_secret: &str, portal_url: &str) -> Self {
        Self {
            app_id: app_id.to_owned(),
            app_secret: app_secret.to_owned(),
            redirect_uris: vec![format!("{portal_url}/oauth/facebook/callback")],
            callback_url: portal_url.to_owned(),
            send_callbacks: false,
            seed: Seed::builtin(),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("app_id", &self.app_id)
            .field("redirect_uris", &self.redirect_uris)
            .field("callback_url", &self.callback_url)
            .finish_non_exhaustive()
    }
}
