//! A line of `token check --json`: a promise to scripts (`product.md`, the outer contract).

use app::{
    model::{AnswerClass, Explanation, TokenStatus},
    text::Lang,
};
use serde::Serialize;
use uuid::Uuid;

use crate::{cli::output::moment, service::validation::Checked};

/// What a check said of one token. Its fields are printed in this order.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Of the input, where the token came by stdin.
    pub line: Option<u64>,
    /// The stored token.
    pub token: Option<Uuid>,
    /// `None` where Meta could not say, and for a person whom it has blocked.
    pub valid: Option<bool>,
    pub status: TokenStatus,
    pub action: &'static str,
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    pub expires_at: Option<String>,
    pub data_access_expires_at: Option<String>,
    pub scopes: Vec<String>,
    pub meta_user_id: Option<String>,
    pub message: String,
    #[serde(skip)]
    explanation: Explanation,
}

impl Line {
    /// What came of a check.
    pub fn of(line: Option<u64>, checked: &Checked) -> Self {
        let finding = &checked.finding;
        let facts = finding.facts.as_ref();
        let explanation = finding.explanation();
        Self {
            line,
            token: checked.token,
            valid: finding.is_valid(),
            status: finding.said,
            action: finding.action.code(),
            code: finding.code,
            subcode: finding.subcode,
            expires_at: facts.and_then(|facts| facts.expires_at).map(moment),
            data_access_expires_at: { facts.and_then(|facts| facts.data_access_expires_at) }
                .map(moment),
            scopes: facts.map_or_else(Vec::new, |facts| facts.scopes.clone()),
            meta_user_id: facts.and_then(|facts| facts.user_id.clone()),
            message: message(explanation),
            explanation,
        }
    }

    /// Of a line that holds none. Meta says the same of what it cannot read.
    pub fn of_no_token(line: u64) -> Self {
        let explanation = Explanation::NoToken;
        Self {
            line: Some(line),
            token: None,
            valid: Some(false),
            status: TokenStatus::Revoked,
            action: AnswerClass::Relogin.action(),
            code: None,
            subcode: None,
            expires_at: None,
            data_access_expires_at: None,
            scopes: Vec::new(),
            meta_user_id: None,
            message: message(explanation),
            explanation,
        }
    }

    /// Whether it was not checked at all, since our sealed copy does not open.
    pub fn is_shut(&self) -> bool {
        self.explanation == Explanation::KeyMissing
    }
}

/// What was found and what to do, in the words of the desk.
fn message(explanation: Explanation) -> String {
    let (lang, code) = (Lang::default(), explanation.code());
    let text = lang.text(&format!("found-{code}-text"), &[]);
    let act = lang.text(&format!("found-{code}-do"), &[]);
    format!("{text} {act}")
}
