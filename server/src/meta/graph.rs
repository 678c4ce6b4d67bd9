//! One call to the Graph API: built, sent, read, judged.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use reqwest::{Method, RequestBuilder, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::{
    body::redact_body,
    class::{Symptom, cause, classify},
    error::{Endpoint, Fault, MetaError, redact},
    http, lenient,
    proof::appsecret_proof,
    record::{Heard, Recorder},
    usage::Usage,
};

/// Bytes of an answer that are read. A full page of ad accounts is below 100 kB.
const BODY_MAX: usize = 4 * 1024 * 1024;

/// The Meta app and where Meta is.
#[derive(Clone, Debug)]
pub struct MetaConfig {
    pub app_id: String,
    pub app_secret: SecretString,
    /// The permissions that the agency asks for.
    pub scopes: Vec<String>,
    /// A configuration of Facebook Login for Business; its permissions then take the place of `scopes`.
    pub login_config_id: Option<String>,
    /// Such as `v25.0`.
    pub graph_version: String,
    /// `https://graph.facebook.com`, or the sandbox.
    pub graph_url: Url,
    /// `https://www.facebook.com`, or the sandbox.
    pub dialog_url: Url,
    /// The one address that Meta sends browsers back to. Sent byte by byte as it is: Meta compares exactly.
    pub redirect_uri: String,
}

/// The Graph client of one Meta app. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Graph(Arc<Inner>, Option<Recorder>);

#[derive(Debug)]
struct Inner {
    http: reqwest::Client,
    config: MetaConfig,
    usage: Mutex<Usage>,
}

/// A call to be made.
pub(super) struct Call<'a> {
    pub endpoint: Endpoint,
    pub method: Method,
    /// Below the version.
    pub path: &'a [&'a str],
    pub token: &'a SecretString,
    /// In the query of a read, in the body of a post.
    pub params: &'a [(&'a str, &'a str)],
    /// More secrets that must not come back in an error.
    pub secrets: &'a [&'a SecretString],
}

impl Graph {
    /// With the client of [`http::client`].
    #[must_use]
    pub fn new(http: reqwest::Client, config: MetaConfig) -> Self {
        let inner = Inner {
            http,
            config,
            usage: Mutex::new(Usage::default()),
        };
        Self(Arc::new(inner), None)
    }

    /// The same client, which remembers what Meta answers.
    #[must_use]
    pub fn recording(&self, recorder: &Recorder) -> Self {
        Self(Arc::clone(&self.0), Some(recorder.clone()))
    }

    /// The Meta app that it speaks for.
    #[must_use]
    pub fn config(&self) -> &MetaConfig {
        &self.0.config
    }

    /// What Meta last said about how much of our share is used.
    #[must_use]
    pub fn usage(&self) -> Usage {
        let usage = self.0.usage.lock();
        usage.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The app's own token: `{app-id}|{app-secret}` (docs: facebook-login/guides/access-tokens, app tokens).
    pub(super) fn app_token(&self) -> SecretString {
        let config = self.config();
        SecretString::from(format!(
            "{}|{}",
            config.app_id,
            config.app_secret.expose_secret()
        ))
    }

    /// Reads one object or page.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        endpoint: Endpoint,
        path: &[&str],
        token: &SecretString,
        params: &[(&str, &str)],
    ) -> Result<T, MetaError> {
        let value = self
            .call(Call {
                endpoint,
                method: Method::GET,
                path,
                token,
                params,
                secrets: &[],
            })
            .await?;
        decode(endpoint, value)
    }

    /// Makes the call and gives the JSON of the answer, or the judged error.
    pub(super) async fn call(&self, call: Call<'_>) -> Result<Value, MetaError> {
        let started = Instant::now();
        let outcome = self.send(&call).await;
        let error = outcome.as_ref().err();
        tracing::debug!(
            meta.endpoint = call.endpoint.name(),
            meta.code = error.and_then(|error| error.code),
            meta.ok = error.is_none(),
            duration_ms = started.elapsed().as_millis(),
            "graph call"
        );
        outcome
    }

    async fn send(&self, call: &Call<'_>) -> Result<Value, MetaError> {
        let mut heard = Heard::default();
        let outcome = self.hear(call, &mut heard).await;
        if let Some(recorder) = &self.1 {
            let error = outcome.as_ref().err();
            recorder.keep(call.endpoint, &heard, error, || {
                self.with_known(call.token, call.secrets, |known| {
                    redact_body(&heard.body, known)
                })
            });
        }
        outcome
    }

    async fn hear(&self, call: &Call<'_>, heard: &mut Heard) -> Result<Value, MetaError> {
        let transport = |error: reqwest::Error| MetaError::of_transport(call.endpoint, &error);
        let response = self.request(call)?.send().await.map_err(transport)?;
        heard.status = Some(response.status().as_u16());
        {
            let usage = self.0.usage.lock();
            let mut usage = usage.unwrap_or_else(PoisonError::into_inner);
            usage.absorb(response.headers());
        }
        if response.status().is_redirection() {
            let error = MetaError::nonsense(call.endpoint, "a redirect in place of an answer");
            return Err(error);
        }
        read(call.endpoint, response, &mut heard.body).await?;
        let value: Value = serde_json::from_slice(&heard.body)
            .map_err(|_| MetaError::nonsense(call.endpoint, "an answer that is not JSON"))?;
        match self.error_in(call, &value) {
            Some(error) => Err(error),
            None => Ok(value),
        }
    }

    fn request(&self, call: &Call<'_>) -> Result<RequestBuilder, MetaError> {
        let inner = &self.0;
        let proof = appsecret_proof(&inner.config.app_secret, call.token);
        let url = self.url(call.endpoint, call.path)?;
        let request = inner.http.request(call.method.clone(), url);
        let token = call.token.expose_secret();
        if call.method == Method::POST {
            let mut form = call.params.to_vec();
            form.push(("access_token", token));
            form.push(("appsecret_proof", &proof));
            return Ok(request.form(&form));
        }
        Ok(request
            .bearer_auth(token)
            .query(call.params)
            .query(&[("appsecret_proof", &proof)]))
    }

    fn url(&self, endpoint: Endpoint, path: &[&str]) -> Result<Url, MetaError> {
        let config = self.config();
        let wrong = || MetaError::of_fault(endpoint, Fault::NotSent, "no Graph address to call");
        if !http::permits(&config.graph_url) {
            return Err(wrong());
        }
        versioned(&config.graph_url, &config.graph_version, path).ok_or_else(wrong)
    }

    /// Meta's error envelope, or the legacy form with `error_code` at the top.
    fn error_in(&self, call: &Call<'_>, value: &Value) -> Option<MetaError> {
        let known = value.as_object()?;
        let (error, code_key) = match known.get("error") {
            Some(error) if error.is_object() => (error, "code"),
            _ if known.contains_key("error_code") => (value, "error_code"),
            Some(Value::String(_)) => (value, "code"),
            _ => return None,
        };
        let raw = ["message", "error_description", "error_msg", "error"]
            .iter()
            .find_map(|key| error.get(key)?.as_str())
            .unwrap_or("an error without words");
        let code = error.get(code_key).and_then(lenient::integer);
        let subcode = error.get("error_subcode").and_then(lenient::integer);
        let symptom = Symptom {
            endpoint: call.endpoint,
            code,
            subcode,
            kind: error.get("type").and_then(Value::as_str),
            transient: error.get("is_transient") == Some(&Value::Bool(true)),
            message: raw,
        };
        Some(MetaError {
            endpoint: call.endpoint,
            class: classify(&symptom),
            cause: cause(&symptom),
            fault: Fault::Graph,
            code,
            subcode,
            message: self.redact(raw, call.token, call.secrets),
            fbtrace: error
                .get("fbtrace_id")
                .and_then(Value::as_str)
                .map(|trace| trace.chars().take(64).collect()),
        })
    }

    /// Takes the secrets of a call out of Meta's words.
    pub(super) fn redact(
        &self,
        text: &str,
        token: &SecretString,
        secrets: &[&SecretString],
    ) -> String {
        self.with_known(token, secrets, |known| redact(text, known))
    }

    /// Hands over every secret that a call was made with.
    fn with_known<T>(
        &self,
        token: &SecretString,
        secrets: &[&SecretString],
        work: impl FnOnce(&[&str]) -> T,
    ) -> T {
        let proof = appsecret_proof(&self.config().app_secret, token);
        let mut known = vec![
            token.expose_secret(),
            self.config().app_secret.expose_secret(),
            proof.as_str(),
        ];
        known.extend(secrets.iter().map(|secret| secret.expose_secret()));
        work(&known)
    }
}

/// `{base}/{version}/{path…}`.
pub(super) fn versioned(base: &Url, version: &str, path: &[&str]) -> Option<Url> {
    let mut url = base.clone();
    url.path_segments_mut()
        .ok()?
        .pop_if_empty()
        .push(version)
        .extend(path);
    Some(url)
}

/// Into a shape of ours. Serde's own words are not kept: they tell values.
pub(super) fn decode<T: DeserializeOwned>(
    endpoint: Endpoint,
    value: Value,
) -> Result<T, MetaError> {
    serde_json::from_value(value)
        .map_err(|_| MetaError::nonsense(endpoint, "an answer of an unknown shape"))
}

async fn read(
    endpoint: Endpoint,
    mut response: Response,
    body: &mut Vec<u8>,
) -> Result<(), MetaError> {
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| MetaError::of_transport(endpoint, &error))?
    {
        if body.len() + chunk.len() > BODY_MAX {
            return Err(MetaError::nonsense(endpoint, "an answer without end"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(())
}
