//! Signing in with Facebook: the dialog's address, and what its code is exchanged for.
//!
//! The dialog's address and PKCE come from the `oauth2` crate. The exchange does not: Meta's errors are no
//! RFC 6749 errors, its answers come as `text/javascript` at times, which the crate refuses, and a body that the
//! crate cannot read stands in its error, token and all. So the exchange is a Graph call like the others.

use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeVerifier, Scope, basic::BasicClient};
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

pub use oauth2::PkceCodeChallenge;

use super::{
    error::{Endpoint, MetaError},
    graph::{Call, Graph},
    lenient,
    wire::versioned,
};
use crate::domain::rng::{Rng, new_secret};

/// A way to the dialog other than the plain one (`auth_type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthType {
    /// Asks again for what the person declined; without it Facebook does not.
    Rerequest,
    /// Asks for the password again, so that another person can sign in.
    Reauthenticate,
}

impl AuthType {
    const fn code(self) -> &'static str {
        match self {
            Self::Rerequest => "rerequest",
            Self::Reauthenticate => "reauthenticate",
        }
    }
}

/// What a visit asks the dialog for.
#[derive(Clone, Debug)]
pub struct DialogRequest<'a> {
    /// Comes back with the callback.
    pub state: &'a SecretString,
    /// From [`new_pkce`].
    pub challenge: PkceCodeChallenge,
    /// Left out where a login configuration is set: the permissions come from there.
    pub scopes: &'a [String],
    pub auth_type: Option<AuthType>,
    /// Goes with [`AuthType::Reauthenticate`]; comes back as [`TokenFacts::auth_nonce`](super::TokenFacts), so
    /// that the password was asked for this login and not for an earlier one.
    pub auth_nonce: Option<&'a str>,
}

/// A token as the exchange gave it.
#[derive(Clone, Debug)]
pub struct Exchanged {
    pub token: SecretString,
    /// Seconds. Left out for tokens that do not expire, and by Meta's leave for others: `debug_token` knows.
    pub expires_in: Option<u64>,
}

/// A new PKCE pair (S256): the challenge for the dialog, the verifier to be kept sealed for the exchange.
#[must_use]
pub fn new_pkce(rng: &dyn Rng) -> (PkceCodeChallenge, SecretString) {
    let verifier = new_secret(rng);
    let known = PkceCodeVerifier::new(verifier.expose_secret().to_owned());
    (
        PkceCodeChallenge::from_code_verifier_sha256(&known),
        verifier,
    )
}

impl Graph {
    /// The address of Facebook's dialog (documentation/facebook-login/guides/advanced/manual-flow).
    ///
    /// # Panics
    /// When the configured dialog address cannot have a path (`mailto:`), which [`super::http::permits`] refuses.
    #[must_use]
    pub fn dialog_url(&self, request: &DialogRequest<'_>) -> Url {
        let config = self.config();
        let dialog = versioned(
            &config.dialog_url,
            &config.graph_version,
            &["dialog", "oauth"],
        )
        .expect("a dialog address that can have a path");
        let client = BasicClient::new(ClientId::new(config.app_id.clone()))
            .set_auth_uri(AuthUrl::from_url(dialog));
        let state = request.state.expose_secret().to_owned();
        let mut asked = client
            .authorize_url(|| CsrfToken::new(state))
            .add_extra_param("redirect_uri", config.redirect_uri.as_str())
            .set_pkce_challenge(request.challenge.clone());
        asked = match &config.login_config_id {
            Some(id) => asked.add_extra_param("config_id", id.as_str()),
            None => asked.add_scopes(request.scopes.iter().cloned().map(Scope::new)),
        };
        if let Some(auth_type) = request.auth_type {
            asked = asked.add_extra_param("auth_type", auth_type.code());
        }
        if let Some(nonce) = request.auth_nonce {
            asked = asked.add_extra_param("auth_nonce", nonce);
        }
        asked.url().0
    }

    /// Exchanges the code of a callback. Never call it twice for one code, whatever comes back.
    ///
    /// # Errors
    /// `Relogin` for a code that is no good, with its [`Cause`](super::Cause); `FixConfig` for a wrong secret or
    /// redirect address; and what any call gives.
    pub async fn exchange_code(
        &self,
        code: SecretString,
        verifier: &SecretString,
    ) -> Result<Exchanged, MetaError> {
        self.exchange(
            Endpoint::CodeExchange,
            &[
                ("code", code.expose_secret()),
                ("code_verifier", verifier.expose_secret()),
                ("redirect_uri", &self.config().redirect_uri),
            ],
            &[&code, verifier],
        )
        .await
    }

    /// Exchanges a token that is still good for one of about 60 days
    /// (documentation/facebook-login/guides/access-tokens/get-long-lived).
    ///
    /// # Errors
    /// `Relogin` when the token has ended, and what any call gives.
    pub async fn exchange_long_lived(&self, token: &SecretString) -> Result<Exchanged, MetaError> {
        self.exchange(
            Endpoint::TokenExchange,
            &[
                ("grant_type", "fb_exchange_token"),
                ("fb_exchange_token", token.expose_secret()),
            ],
            &[token],
        )
        .await
    }

    /// Exchanges the token of a system user that ends for one of 60 days more; the old one lives on until its own
    /// end (marketing-api/business-management-apis, system users, *Refresh*).
    ///
    /// # Errors
    /// `Relogin` when the token has ended: an admin of the business has to make another one. And what any call gives.
    pub async fn refresh_system_user(&self, token: &SecretString) -> Result<Exchanged, MetaError> {
        self.exchange(
            Endpoint::TokenExchange,
            &[
                ("grant_type", "fb_exchange_token"),
                ("set_token_expires_in_60_days", "true"),
                ("fb_exchange_token", token.expose_secret()),
            ],
            &[token],
        )
        .await
    }

    /// Ends one token at once, and no other of the same person or business
    /// (marketing-api/business-management-apis, system users, *Revoke*).
    ///
    /// Meta documents a `GET`; `method` says so in the body of a post, where secret and token stand in no log.
    ///
    /// # Errors
    /// `FixConfig` for a token that is none of ours, and what any call gives.
    pub async fn revoke_token(&self, token: &SecretString) -> Result<(), MetaError> {
        let endpoint = Endpoint::Revoke;
        let config = self.config();
        let answer = self
            .call(&Call {
                endpoint,
                method: Method::POST,
                path: &["oauth", "revoke"],
                token: &self.app_token(),
                params: &[
                    ("method", "GET"),
                    ("client_id", config.app_id.as_str()),
                    ("client_secret", config.app_secret.expose_secret()),
                    ("revoke_token", token.expose_secret()),
                ],
                secrets: &[token],
                weight: 1,
            })
            .await?;
        lenient::success(endpoint, &answer)
    }

    /// Asks Meta whether it knows the app and its secret.
    ///
    /// # Errors
    /// `FixConfig` where it does not, and what any call gives.
    pub async fn check_app(&self) -> Result<(), MetaError> {
        let params = [("grant_type", "client_credentials")];
        self.exchange(Endpoint::TokenExchange, &params, &[])
            .await
            .map(drop)
    }

    /// A form post, so that neither secret nor code stands in a log of addresses. It carries the app's token and
    /// its proof, as Meta's own PHP SDK does.
    async fn exchange(
        &self,
        endpoint: Endpoint,
        params: &[(&str, &str)],
        secrets: &[&SecretString],
    ) -> Result<Exchanged, MetaError> {
        let config = self.config();
        let mut form = vec![
            ("client_id", config.app_id.as_str()),
            ("client_secret", config.app_secret.expose_secret()),
        ];
        form.extend_from_slice(params);
        let answer = self
            .call(&Call {
                endpoint,
                method: Method::POST,
                path: &["oauth", "access_token"],
                token: &self.app_token(),
                params: &form,
                secrets,
                weight: 1,
            })
            .await?;
        let token = answer
            .get("access_token")
            .and_then(Value::as_str)
            .filter(|token| !token.is_empty())
            .ok_or_else(|| MetaError::nonsense(endpoint, "an answer without a token"))?;
        Ok(Exchanged {
            token: SecretString::from(token),
            expires_in: answer
                .get("expires_in")
                .and_then(lenient::integer)
                .and_then(|seconds| u64::try_from(seconds).ok())
                .filter(|seconds| *seconds > 0),
        })
    }
}
