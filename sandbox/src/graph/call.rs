//! A Graph call as it came in: version, path, parameters of query and form, bearer token.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, Method};

use super::GraphError;

/// Version that a call without one gets: what the sandbox's app is set to in the dashboard.
const DEFAULT_VERSION: &str = "v25.0";
/// More than any Graph form the portal sends.
const BODY_LIMIT: usize = 1 << 20;

/// A Graph call, read to its end.
pub struct GraphCall {
    pub method: Method,
    /// As asked, or the default.
    pub version: String,
    /// As asked, with the version.
    pub path: String,
    /// Without the version.
    pub segments: Vec<String>,
    pub query: Vec<(String, String)>,
    pub form: Vec<(String, String)>,
    /// It is an item of a batch.
    pub in_batch: bool,
    /// Of the batch around it, for an item without a token of its own: token and proof.
    inherited: Vec<(String, String)>,
    bearer: Option<String>,
    host: String,
}

impl GraphCall {
    /// Reads a request; `None` if its body is too large or breaks off.
    pub async fn read(request: Request) -> Option<Self> {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, BODY_LIMIT).await.ok()?;
        let form = if is_form(&head.headers) {
            pairs(&body)
        } else {
            Vec::new()
        };
        let path = head.uri.path().to_owned();
        let (version, segments) = split(&path);
        Some(Self {
            method: head.method,
            version: version.unwrap_or_else(|| DEFAULT_VERSION.to_owned()),
            path,
            segments,
            query: pairs(head.uri.query().unwrap_or_default().as_bytes()),
            form,
            in_batch: false,
            inherited: Vec::new(),
            bearer: bearer(&head.headers),
            host: text(&head.headers, HOST.as_str())
                .unwrap_or("127.0.0.1")
                .to_owned(),
        })
    }

    /// An item of this batch: `relative_url` with its query, and a form.
    ///
    /// # Errors
    /// 100 for a method that there is none of.
    pub fn item(&self, method: &str, url: &str, form: &str) -> Result<Self, GraphError> {
        let method = match method.to_ascii_uppercase().as_str() {
            "GET" => Method::GET,
            "POST" => Method::POST,
            "DELETE" => Method::DELETE,
            _ => return Err(GraphError::bad_parameter("Unsupported method in batch.")),
        };
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let (version, segments) = split(path);
        let mut item = Self {
            method,
            version: version.unwrap_or_else(|| self.version.clone()),
            path: format!("/{}", path.trim_start_matches('/')),
            segments,
            query: pairs(query.as_bytes()),
            form: pairs(form.as_bytes()),
            in_batch: true,
            inherited: Vec::new(),
            bearer: None,
            host: self.host.clone(),
        };
        if item.access_token().is_none() {
            let keys = ["access_token", "appsecret_proof"].into_iter();
            let given = [self.access_token(), self.get("appsecret_proof")];
            let pairs = keys
                .zip(given)
                .filter_map(|(key, value)| Some((key, value?)));
            item.inherited = pairs
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect();
        }
        Ok(item)
    }

    /// A parameter of form or query, if it is there and not empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        let places = [&self.form, &self.query, &self.inherited];
        places.into_iter().find_map(|pairs| value(pairs, key))
    }

    /// A parameter of the query alone.
    pub fn query_value(&self, key: &str) -> Option<&str> {
        value(&self.query, key)
    }

    /// Whether a parameter says yes, in one of the ways that Graph takes.
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key)
            .is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true"))
    }

    /// The access token, from form, query or header.
    pub fn access_token(&self) -> Option<&str> {
        self.get("access_token").or(self.bearer.as_deref())
    }

    /// Address of this call's edge on this server, without a query.
    pub fn address(&self) -> String {
        format!(
            "http://{}/{}/{}",
            self.host,
            self.version,
            self.segments.join("/")
        )
    }
}

/// A path's version, if it has one, and the rest.
fn split(path: &str) -> (Option<String>, Vec<String>) {
    let mut segments: Vec<String> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(str::to_owned)
        .collect();
    let has_version = segments.first().is_some_and(|first| is_version(first));
    (has_version.then(|| segments.remove(0)), segments)
}

/// `v` and two numbers: `v25.0`.
pub fn is_version(segment: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    segment
        .strip_prefix('v')
        .and_then(|rest| rest.split_once('.'))
        .is_some_and(|(major, minor)| digits(major) && digits(minor))
}

fn is_form(headers: &HeaderMap) -> bool {
    text(headers, CONTENT_TYPE.as_str())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = text(headers, AUTHORIZATION.as_str())?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}

fn value<'a>(pairs: &'a [(String, String)], key: &str) -> Option<&'a str> {
    let found = pairs
        .iter()
        .find(|(name, value)| name == key && !value.is_empty());
    found.map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_other_segments() {
        assert!(is_version("v25.0") && is_version("v3.12"));
        for other in ["v25", "me", "v.0", "v25.", "vivid.0", "25.0"] {
            assert!(!is_version(other), "{other}");
        }
    }
}
