//! What an app asks of the dialog.

use std::collections::BTreeMap;

use axum::http::Uri;
use url::form_urlencoded::{Serializer, parse};

use super::permissions::is_permission;
use super::problem::Problem;
use crate::Config;
use crate::seed::{LoginConfiguration, Seed};

/// Parameters that travel through the form's steps as hidden fields, beside `asked_scope`.
const CARRIED: [&str; 11] = [
    "client_id",
    "redirect_uri",
    "state",
    "response_type",
    "auth_type",
    "auth_nonce",
    "reauthenticated",
    "config_id",
    "business",
    "code_challenge",
    "code_challenge_method",
];

/// What the person chose to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Continue,
    Cancel,
    /// The person gave their password again.
    Password,
}

/// A dialog request whose app and redirect address are known to be right.
pub struct DialogRequest {
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
    /// Of the dialog, to post to.
    pub path: String,
    /// Permissions asked for, `public_profile` first.
    pub asked: Vec<String>,
    /// Of `config_id`: a login for business.
    pub configuration: Option<LoginConfiguration>,
}

impl DialogRequest {
    /// Reads and checks a request; what stands in the form counts before the query.
    ///
    /// # Errors
    /// Meta's page for an app, an address or a configuration that is not right.
    pub fn read(config: &Config, world: &Seed, uri: &Uri, form: &[u8]) -> Result<Self, Problem> {
        let mut request = Self {
            query: parse(uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect(),
            form: parse(form).into_owned().collect(),
            path: uri.path().to_owned(),
            asked: Vec::new(),
            configuration: None,
        };
        request.check_app(config)?;
        request.check_pkce()?;
        request.configuration = request.read_configuration(world)?;
        request.asked = request.read_asked()?;
        Ok(request)
    }

    fn check_app(&self, config: &Config) -> Result<(), Problem> {
        if self.get("client_id") != Some(config.app_id.as_str()) {
            return Err(Problem::new(
                "Invalid App ID",
                "The provided app ID does not look like a valid app ID.",
            ));
        }
        let Some(redirect_uri) = self.get("redirect_uri") else {
            return Err(Problem::new(
                "Error",
                "Missing redirect_uri parameter. (code 191)",
            ));
        };
        if url::Url::parse(redirect_uri).is_err() {
            let text = "redirect_uri isn't an absolute URI. Check RFC 3986. (code 191)";
            return Err(Problem::new("Error", text));
        }
        if !config
            .redirect_uris
            .iter()
            .any(|listed| listed == redirect_uri)
        {
            return Err(Problem::new(
                "URL Blocked",
                "This redirect failed because the redirect URI is not whitelisted in the app's \
                 Client OAuth Settings. Make sure Client and Web OAuth Login are on and add all \
                 your app domains as Valid OAuth Redirect URIs.",
            ));
        }
        match self.get("response_type") {
            None | Some("code") => Ok(()),
            Some(_) => Err(Problem::new(
                "Error",
                "The sandbox knows response_type=code only.",
            )),
        }
    }

    fn check_pkce(&self) -> Result<(), Problem> {
        match (
            self.get("code_challenge"),
            self.get("code_challenge_method"),
        ) {
            (None, None) | (Some(_), Some("S256")) => Ok(()),
            _ => Err(Problem::new(
                "Error",
                "Invalid code_challenge: it must come with code_challenge_method=S256.",
            )),
        }
    }

    fn read_configuration(&self, world: &Seed) -> Result<Option<LoginConfiguration>, Problem> {
        let Some(id) = self.get("config_id") else {
            return Ok(None);
        };
        match world.configuration(id) {
            Some(configuration) => Ok(Some(configuration.clone())),
            None => Err(Problem::new(
                "Invalid config_id",
                "The configuration does not belong to this app or is not there any more.",
            )),
        }
    }

    /// A configuration's permissions count, whatever `scope` says beside it.
    fn read_asked(&self) -> Result<Vec<String>, Problem> {
        let given = self
            .get("asked_scope")
            .or_else(|| first(&self.query, "scope"));
        let mut asked = match (&self.configuration, given) {
            (Some(configuration), _) => configuration.permissions.clone(),
            (None, Some(list)) => split(list),
            (None, None) => self.ticked(),
        };
        asked.insert(0, "public_profile".to_owned());
        let mut once = Vec::new();
        for scope in asked {
            if !is_permission(&scope) {
                let text = format!(
                    "Invalid Scopes: {scope}. This message is only shown to developers. Users of \
                     your app will ignore these permissions if present."
                );
                return Err(Problem {
                    title: "Invalid Scopes",
                    text,
                });
            }
            if !once.contains(&scope) {
                once.push(scope);
            }
        }
        Ok(once)
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        first(&self.form, key).or_else(|| first(&self.query, key))
    }

    /// Who is asked, once they are known.
    pub fn person(&self) -> Option<&str> {
        self.get("person")
    }

    pub fn action(&self) -> Option<Action> {
        match first(&self.form, "action")? {
            "continue" => Some(Action::Continue),
            "cancel" => Some(Action::Cancel),
            "password" => Some(Action::Password),
            _ => None,
        }
    }

    /// Whether what was declined before is asked again.
    pub fn is_rerequest(&self) -> bool {
        self.is_of_type("rerequest")
    }

    /// Whether the person must show again that it is them, and has not yet.
    pub fn wants_password(&self) -> bool {
        self.is_of_type("reauthenticate") && !self.has_given_password()
    }

    /// Whether the person has given a password, now or on an earlier page.
    pub fn has_given_password(&self) -> bool {
        self.get("reauthenticated").is_some() || first(&self.form, "password").is_some()
    }

    fn is_of_type(&self, wanted: &str) -> bool {
        self.auth_type()
            .is_some_and(|kinds| kinds.split(',').any(|kind| kind == wanted))
    }

    pub fn auth_type(&self) -> Option<&str> {
        self.get("auth_type")
    }

    /// What `debug_token` will tell about how the person logged in.
    pub fn metadata(&self) -> BTreeMap<String, String> {
        let kept = ["auth_type", "auth_nonce"].into_iter();
        kept.filter_map(|key| Some((key.to_owned(), self.get(key)?.to_owned())))
            .collect()
    }

    /// A business login: its configuration's permissions are all granted or none.
    pub fn is_all_or_nothing(&self) -> bool {
        self.configuration.is_some()
    }

    /// A login whose token belongs to a system user of a business portfolio.
    pub fn is_for_business(&self) -> bool {
        let configuration = self.configuration.as_ref();
        configuration.is_some_and(LoginConfiguration::is_for_business)
    }

    /// The business portfolio that was chosen for it.
    pub fn business(&self) -> Option<&str> {
        self.get("business")
    }

    /// Whether the person is asked which ad accounts the app may see, given what is asked.
    pub fn asks_for_ad_accounts(&self, scopes: &[&str]) -> bool {
        match &self.configuration {
            Some(configuration) => configuration.asks_for_ad_accounts(),
            None => scopes.iter().any(|scope| scope.starts_with("ads_")),
        }
    }

    pub fn redirect_uri(&self) -> &str {
        self.get("redirect_uri").unwrap_or_default()
    }

    pub fn challenge(&self) -> Option<&str> {
        self.get("code_challenge")
    }

    /// Permissions ticked in the form.
    pub fn ticked(&self) -> Vec<String> {
        all(&self.form, "scope").flat_map(split).collect()
    }

    /// Ad accounts ticked in the form, as posted.
    pub fn assets(&self) -> Vec<&str> {
        all(&self.form, "asset").collect()
    }

    /// Whether the form listed ad accounts, so that no tick means none.
    pub fn has_shown_assets(&self) -> bool {
        first(&self.form, "assets_shown").is_some()
    }

    /// Names and values of the form's hidden fields.
    pub fn hidden(&self) -> Vec<(&str, String)> {
        let carried = CARRIED.iter();
        let carried = carried.filter_map(|key| Some((*key, self.get(key)?.to_owned())));
        let password = first(&self.form, "password").map(|_| ("reauthenticated", "1".to_owned()));
        carried
            .chain(password)
            .chain([("asked_scope", self.asked.join(","))])
            .collect()
    }

    /// Address of another step of the dialog: this one with other people to choose from.
    pub fn start_over(&self) -> String {
        let mut query = Serializer::new(String::new());
        let hidden = self.hidden().into_iter();
        // Who starts over is not the one who gave a password or chose a portfolio.
        query.extend_pairs(
            hidden.filter(|(name, _)| !["reauthenticated", "business"].contains(name)),
        );
        format!("{}?{}", self.path, query.finish())
    }
}

fn first<'a>(pairs: &'a [(String, String)], key: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(name, value)| name == key && !value.is_empty())
        .map(|(_, v)| v.as_str())
}

fn all<'a>(pairs: &'a [(String, String)], key: &'static str) -> impl Iterator<Item = &'a str> {
    pairs
        .iter()
        .filter(move |(name, _)| name == key)
        .map(|(_, value)| value.as_str())
}

/// Permissions come separated by commas or by spaces.
fn split(list: &str) -> Vec<String> {
    let parts = list.split([',', ' ']).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}
