//! What one answer of Meta's says of one token.

use app::model::{AnswerClass, TokenStatus};
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        permission,
        token::{Action, Seen, Verdict, status},
    },
    meta::{Cause, Fault, GraphError, MetaError, TokenFacts, TokenKind},
    store::{entity::validations, tokens},
};

/// With what an answer is compared.
pub struct Expected<'a> {
    /// Our app.
    pub app_id: &'a str,
    /// Whose token it has to be; `None`: anybody's.
    pub person: Option<&'a str>,
    pub required_scopes: &'a [String],
    /// A chosen account could not be reached with it when it was last tried.
    pub missing_account: bool,
    pub last_known: TokenStatus,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The token's status from now on: the last known one where this check could not tell.
    pub status: TokenStatus,
    /// What this check said by itself: `unknown` where it could not tell.
    pub said: TokenStatus,
    pub action: Action,
    pub class: AnswerClass,
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    /// Meta's words for a developer, redacted.
    pub message: Option<String>,
    /// What Meta told of the token; `None` where it told nothing.
    pub facts: Option<TokenFacts>,
    /// Meta has asked to wait until then.
    pub retry_at: Option<DateTime<Utc>>,
    /// No call was made, since Meta had asked to wait before.
    pub is_held: bool,
    /// How long Meta took; `None`: no call was made.
    pub latency_millis: Option<i64>,
}

impl Finding {
    /// From what Meta answered.
    pub fn of(
        answer: Result<TokenFacts, MetaError>,
        expected: &Expected<'_>,
        now: DateTime<Utc>,
    ) -> Self {
        match answer {
            Ok(facts) => Self::of_facts(facts, expected, now),
            Err(error) => Self::of_error(error, expected),
        }
    }

    fn of_facts(facts: TokenFacts, expected: &Expected<'_>, now: DateTime<Utc>) -> Self {
        let error = facts.error.as_ref();
        let missing = permission::missing(expected.required_scopes, &facts.scopes);
        let seen = Seen {
            is_valid: Some(facts.is_valid),
            error: facts.class(),
            has_ended: error.and_then(GraphError::cause) == Some(Cause::Ended),
            expires_at: facts.expires_at,
            data_access_expires_at: facts.data_access_expires_at,
            missing_required_scope: !missing.is_empty(),
            missing_account: expected.missing_account,
            is_ours: is_ours(&facts, expected.app_id),
            is_expected_person: is_expected(&facts, expected.person),
        };
        let verdict = status(&seen, now, expected.last_known);
        Self {
            class: seen.error.unwrap_or_else(|| class_of(verdict.action)),
            code: error.and_then(|error| error.code),
            subcode: error.and_then(|error| error.subcode),
            message: error.map(|error| error.message.clone()),
            facts: Some(facts),
            ..Self::bare(verdict)
        }
    }

    fn of_error(error: MetaError, expected: &Expected<'_>) -> Self {
        Self {
            class: error.class,
            code: error.code,
            subcode: error.subcode,
            retry_at: error.retry_at,
            is_held: error.fault == Fault::Held,
            message: Some(error.message),
            ..Self::bare(untold(error.class, expected.last_known))
        }
    }

    /// Our sealed copy does not open: Meta was not asked.
    pub fn of_lost_key(last_known: TokenStatus) -> Self {
        let class = AnswerClass::FixConfig;
        Self {
            class,
            message: Some("the sealed copy does not open with the keys at hand".to_owned()),
            ..Self::bare(untold(class, last_known))
        }
    }

    const fn bare(verdict: Verdict) -> Self {
        Self {
            status: verdict.status,
            said: verdict.said,
            action: verdict.action,
            class: AnswerClass::None,
            code: None,
            subcode: None,
            message: None,
            facts: None,
            retry_at: None,
            is_held: false,
            latency_millis: None,
        }
    }

    /// Whether Meta said how the token stands.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.said != TokenStatus::Unknown
    }

    /// Whether Meta said that the token can be used; `None` where it could not say, and for one whose person it
    /// has blocked.
    #[must_use]
    pub const fn is_valid(&self) -> Option<bool> {
        match self.said {
            TokenStatus::Active | TokenStatus::Expiring | TokenStatus::Limited => Some(true),
            TokenStatus::Expired | TokenStatus::Revoked => Some(false),
            TokenStatus::Blocked | TokenStatus::Unknown | TokenStatus::Pending => None,
        }
    }

    /// What is to be stored of the token from now on: what Meta told of one that is dead is often empty, and then
    /// what was known before stays.
    pub(super) fn learnt(&self, row: &tokens::Model) -> tokens::Learnt {
        let before = tokens::Learnt::of(row);
        let token_status = self.status.code().to_owned();
        let Some(facts) = self.facts.as_ref().filter(|facts| facts.is_valid) else {
            return tokens::Learnt {
                token_status,
                ..before
            };
        };
        tokens::Learnt {
            token_status,
            scopes: facts.scopes.join(","),
            granular_scopes: granular(facts),
            issued_at: facts.issued_at.or(before.issued_at),
            expires_at: facts.expires_at,
            data_access_expires_at: facts.data_access_expires_at,
        }
    }

    /// As a row beside its token.
    pub(in crate::service) fn row(
        &self,
        id: uuid::Uuid,
        token: &tokens::Model,
        now: DateTime<Utc>,
    ) -> validations::Model {
        let facts = self.facts.as_ref();
        validations::Model {
            id,
            agency_id: token.agency_id,
            client_id: token.client_id,
            token_id: token.id,
            made_at: now,
            status: self.said.code().to_owned(),
            action: self.action.code().to_owned(),
            code: self.code,
            subcode: self.subcode,
            message: self.message.clone(),
            expires_at: facts.and_then(|facts| facts.expires_at),
            data_access_expires_at: facts.and_then(|facts| facts.data_access_expires_at),
            scopes: facts.map_or_else(String::new, |facts| facts.scopes.join(",")),
            class: self.class.code().to_owned(),
            latency_millis: self.latency_millis,
        }
    }
}

/// A call in the app's name that is refused says nothing against the token: no status changes.
const fn untold(class: AnswerClass, last_known: TokenStatus) -> Verdict {
    let action = match class {
        AnswerClass::Wait | AnswerClass::Blocked => Action::Wait,
        AnswerClass::Retry | AnswerClass::None | AnswerClass::Renew => Action::Retry,
        AnswerClass::Relogin
        | AnswerClass::AskPermission
        | AnswerClass::FixConfig
        | AnswerClass::NotFound => Action::FixConfig,
    };
    Verdict {
        status: last_known,
        said: TokenStatus::Unknown,
        action,
    }
}

/// A user's or system user's token of our app. What Meta does not tell counts as fine: an unreadable token is told
/// without its app.
fn is_ours(facts: &TokenFacts, app_id: &str) -> bool {
    let is_our_app = { facts.app_id.as_deref() }.is_none_or(|told| told == app_id);
    let is_a_persons = !matches!(
        facts.kind,
        Some(TokenKind::App | TokenKind::Page | TokenKind::Other)
    );
    is_our_app && is_a_persons
}

fn is_expected(facts: &TokenFacts, person: Option<&str>) -> bool {
    match (facts.user_id.as_deref(), person) {
        (Some(told), Some(expected)) => told == expected,
        _ => true,
    }
}

const fn class_of(action: Action) -> AnswerClass {
    match action {
        Action::None => AnswerClass::None,
        Action::Renew => AnswerClass::Renew,
        Action::Relogin => AnswerClass::Relogin,
        Action::Wait => AnswerClass::Wait,
        Action::AskPermission => AnswerClass::AskPermission,
        Action::FixConfig => AnswerClass::FixConfig,
        Action::Retry => AnswerClass::Retry,
    }
}

/// `[{"scope":…,"target_ids":[…]}]`, without those that are not limited to chosen objects.
pub(in crate::service) fn granular(facts: &TokenFacts) -> Option<String> {
    let limited: Vec<_> = { facts.granular.iter() }
        .filter_map(|limited| {
            let ids = limited.target_ids.as_ref()?;
            Some(serde_json::json!({"scope": limited.scope, "target_ids": ids}))
        })
        .collect();
    (!limited.is_empty()).then(|| serde_json::Value::from(limited).to_string())
}
