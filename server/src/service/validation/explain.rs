//! What a check found, as it is explained to people.

use app::model::{AnswerClass, Explanation, TokenStatus};

use super::Finding;
use crate::store::validations;

impl Finding {
    /// What is said of it.
    #[must_use]
    pub fn explanation(&self) -> Explanation {
        let has_scopes = { self.facts.as_ref() }.is_some_and(|facts| !facts.scopes.is_empty());
        explain(self.said, self.class, (self.code, self.subcode), has_scopes)
    }
}

/// What is said of a check that was kept.
pub(in crate::service) fn explanation_of(row: &validations::Model) -> Explanation {
    let said = TokenStatus::from_code(&row.status).unwrap_or(TokenStatus::Unknown);
    let class = AnswerClass::from_code(&row.class).unwrap_or(AnswerClass::Retry);
    let has_scopes = !row.scopes.is_empty();
    explain(said, class, (row.code, row.subcode), has_scopes)
}

/// Where Meta did not come to the token, it was the app that asked: what it is refused is no client's to mend.
///
/// A login that is over without a word of Meta's, of a token that still has its scopes, was another person's: whose
/// it is, is the one thing that only Portico minds.
fn explain(
    said: TokenStatus,
    class: AnswerClass,
    (code, subcode): (Option<i64>, Option<i64>),
    has_scopes: bool,
) -> Explanation {
    let class = match class {
        AnswerClass::Relogin | AnswerClass::AskPermission | AnswerClass::NotFound
            if said == TokenStatus::Unknown =>
        {
            AnswerClass::FixConfig
        }
        class => class,
    };
    match Explanation::of(said, class, code, subcode) {
        Explanation::LoginGone if code.is_none() && has_scopes => Explanation::AnotherPerson,
        explanation => explanation,
    }
}
