//! One exchange with Meta over HTTP: the request built, the answer read and judged, the secrets taken out.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

use super::{
    class::{Symptom, cause, classify, code_in_words},
    error::{Endpoint, Fault, MetaError, redact},
    graph::{Call, Graph},
    http, lenient,
    proof::appsecret_proof,
    record::Heard,
    usage::Told,
};

/// Bytes of an answer that are read. A full page of ad accounts is below 100 kB.
const BODY_MAX: usize = 4 * 1024 * 1024;
/// Bytes of the answer to a batch that are read: up to fifty such pages.
const BATCH_BODY_MAX: usize = 16 * 1024 * 1024;

impl Graph {
    /// Sends the call and reads the answer, within the time that is left.
    pub(super) async fn hear(
        &self,
        call: &Call<'_>,
        patience: Duration,
        heard: &mut Heard,
    ) -> Result<Value, MetaError> {
        let transport = |error: reqwest::Error| MetaError::of_transport(call.endpoint, &error);
        let request = self.request(call)?.timeout(patience);
        let response = request.send().await.map_err(transport)?;
        heard.status = Some(response.status().as_u16());
        let headers = response.headers();
        heard.told = Some(Told::read(|name| headers.get(name)?.to_str().ok()));
        if response.status().is_redirection() {
            let error = MetaError::nonsense(call.endpoint, "a redirect in place of an answer");
            return Err(error);
        }
        read(call.endpoint, response, &mut heard.body).await?;
        self.judge(call, &heard.body)
    }

    /// What a body says: the JSON of a good answer, or the judged error.
    pub(super) fn judge(&self, call: &Call<'_>, body: &[u8]) -> Result<Value, MetaError> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| MetaError::nonsense(call.endpoint, "an answer that is not JSON"))?;
        match self.error_in(call, &value) {
            Some(error) => Err(error),
            None => Ok(value),
        }
    }

    fn request(&self, call: &Call<'_>) -> Result<RequestBuilder, MetaError> {
        let proof = self.proof(call.token);
        let url = self.url(call.endpoint, call.path)?;
        let request = self.http().request(call.method.clone(), url);
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

    /// What goes with a token.
    pub(super) fn proof(&self, token: &SecretString) -> String {
        appsecret_proof(&self.config().app_secret, token)
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
        let code = code.or_else(|| code_in_words(raw));
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
            retry_at: None,
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
    pub(super) fn with_known<T>(
        &self,
        token: &SecretString,
        secrets: &[&SecretString],
        work: impl FnOnce(&[&str]) -> T,
    ) -> T {
        let proof = self.proof(token);
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

async fn read(
    endpoint: Endpoint,
    mut response: Response,
    body: &mut Vec<u8>,
) -> Result<(), MetaError> {
    let most = match endpoint {
        Endpoint::Batch => BATCH_BODY_MAX,
        _ => BODY_MAX,
    };
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| MetaError::of_transport(endpoint, &error))?
    {
        if body.len() + chunk.len() > most {
            return Err(MetaError::nonsense(endpoint, "an answer without end"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(())
}
