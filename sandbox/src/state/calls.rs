//! The log of Graph calls: what was asked and what it gave away, never a secret itself.

use serde::Serialize;

/// One Graph call, as `GET /_control/calls` lists it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call {
    pub method: String,
    /// With the version, without the query.
    pub path: String,
    /// Name of the edge, for example `me/adaccounts`.
    pub edge: String,
    /// Names of the query parameters, in order.
    pub query_keys: Vec<String>,
    /// Names of the form parameters, in order.
    pub form_keys: Vec<String>,
    /// A token stood in the URL.
    pub token_in_url: bool,
    /// The app secret stood in the URL, by itself or inside an app token.
    pub secret_in_url: bool,
    /// An authorization code or a PKCE verifier stood in the URL.
    pub code_in_url: bool,
    /// `appsecret_proof` was sent.
    pub proof: bool,
    /// It came as an item of a batch, which has an entry of its own, edge `batch`, after it.
    pub batch: bool,
    /// HTTP status of the answer; 0 if there was none.
    pub status: u16,
    /// Code of the error in the answer.
    pub error_code: Option<i64>,
    /// Sandbox time, unix seconds.
    pub at: i64,
}
