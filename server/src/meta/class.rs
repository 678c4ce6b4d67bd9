//! What an error of Meta's means for us: the one place where it is judged.
//!
//! By endpoint, code and subcode; by words only where Meta gives no number that decides; never by HTTP status,
//! which Meta has been recorded to use in every combination. Sources: docs/graph-api/guides/error-handling,
//! docs/graph-api/overview/rate-limiting, and bodies recorded in public repositories. `tests/classes` has a
//! row for every one that is known.
//!
//! What cannot succeed by being asked again is told apart by whose work it is:
//! - An error in the call itself (100, 506, 2500 for a path, 3018) is `FixConfig`: it fails for everybody alike
//!   until the call or the app is mended.
//! - An error of one object (100/33, 803, and those of business ownership: 1150, 3936, 3944, 3979, 3980) is
//!   `NotFound`: others are answered.
//! - A code that nobody has documented, or none at all, is `Retry`: no person is sent anywhere and no status
//!   changes on a guess. A job that meets it again and again is given up and seen.

use app::model::AnswerClass;

use super::{app_fault::is_switched_off, error::Endpoint};

/// What an answer of Meta's says of its error.
#[derive(Clone, Copy, Debug)]
pub struct Symptom<'a> {
    pub endpoint: Endpoint,
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    /// `error.type`
    pub kind: Option<&'a str>,
    /// `error.is_transient`
    pub transient: bool,
    pub message: &'a str,
}

/// What Meta tells beside the class of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The authorization code was used before.
    CodeSpent,
    /// The authorization code is too old.
    CodeExpired,
    /// The time of the token (463) or of data access (493) is over. Other logins end before their time.
    Ended,
}

/// Judges an error. `Relogin` is a fact about a token only at [`Endpoint::Me`] or in the answer of `debug_token`;
/// elsewhere ask `debug_token` first.
#[must_use]
pub fn classify(symptom: &Symptom<'_>) -> AnswerClass {
    let class = judge(symptom);
    // The only credential of this call is the app's own: no person can mend it by signing in.
    if is_the_apps(symptom.endpoint) && class == AnswerClass::Relogin {
        return AnswerClass::FixConfig;
    }
    class
}

/// Whether the only credential of a call is the app's own.
const fn is_the_apps(endpoint: Endpoint) -> bool {
    matches!(endpoint, Endpoint::DebugToken | Endpoint::Batch)
}

/// What is told beside the class.
#[must_use]
pub fn cause(symptom: &Symptom<'_>) -> Option<Cause> {
    match (symptom.endpoint, symptom.code, symptom.subcode) {
        (Endpoint::CodeExchange, Some(100), Some(36_009)) => Some(Cause::CodeSpent),
        (Endpoint::CodeExchange, Some(100), Some(36_007)) => Some(Cause::CodeExpired),
        // The subcode of an expired code is not confirmed by any primary source.
        (Endpoint::CodeExchange, Some(100) | None, _) => cause_in_words(symptom.message),
        (Endpoint::CodeExchange | Endpoint::DebugToken | Endpoint::Batch, ..) => None,
        (_, _, Some(463 | 493)) => Some(Cause::Ended),
        _ => None,
    }
}

fn cause_in_words(message: &str) -> Option<Cause> {
    if message.contains("code has been used") {
        Some(Cause::CodeSpent)
    } else if message.contains("code has expired") {
        Some(Cause::CodeExpired)
    } else {
        None
    }
}

fn judge(symptom: &Symptom<'_>) -> AnswerClass {
    let code = symptom.code.or_else(|| code_in_words(symptom.message));
    // Meta gives these no subcode, and code 1 has been reported in place of 100.
    if matches!(code, Some(1 | 100)) && symptom.message.contains("appsecret_proof") {
        return AnswerClass::FixConfig;
    }
    if is_switched_off(symptom.message) {
        return AnswerClass::FixConfig;
    }
    let by_endpoint = code.and_then(|code| at_endpoint(symptom, code));
    by_endpoint
        .or_else(|| by_session(symptom.subcode))
        .unwrap_or_else(|| match code {
            Some(code) => by_code(symptom, code),
            None => without_code(symptom),
        })
}

/// Very old bodies have the code in front of their words only: `(#4) Application request limit reached`.
pub(super) fn code_in_words(message: &str) -> Option<i64> {
    let (number, _) = message.strip_prefix("(#")?.split_once(')')?;
    number.parse().ok()
}

fn without_code(symptom: &Symptom<'_>) -> AnswerClass {
    if symptom.transient {
        return AnswerClass::Retry;
    }
    let about_login = symptom.message.starts_with("Error validating access token")
        || (symptom.kind == Some("OAuthException") && symptom.subcode.is_none());
    match symptom.endpoint {
        _ if !about_login => AnswerClass::Retry,
        Endpoint::CodeExchange => about_code(symptom.message),
        _ => AnswerClass::Relogin,
    }
}

/// Where a code means something else than elsewhere.
fn at_endpoint(symptom: &Symptom<'_>, code: i64) -> Option<AnswerClass> {
    let recovers = symptom.transient || symptom.subcode == Some(99);
    match (symptom.endpoint, code) {
        // "Error validating client secret.": permanent here, "try again" everywhere else.
        (Endpoint::CodeExchange | Endpoint::TokenExchange, 1) if !recovers => {
            Some(AnswerClass::FixConfig)
        }
        // Another redirect address than the dialog got. Field reports have it for spent codes, too.
        (Endpoint::CodeExchange, 100) if symptom.subcode == Some(36_008) => {
            Some(AnswerClass::FixConfig)
        }
        (Endpoint::CodeExchange, 100) => Some(about_code(symptom.message)),
        // The only credential in these calls is the app's own.
        (Endpoint::CodeExchange, 102 | 190) => Some(AnswerClass::FixConfig),
        (endpoint, 100 | 102 | 190) if is_the_apps(endpoint) => Some(AnswerClass::FixConfig),
        _ => None,
    }
}

/// All that a person brings to the exchange is the code, and a new sign-in gives another one.
fn about_code(message: &str) -> AnswerClass {
    if message.contains("redirect_uri") {
        AnswerClass::FixConfig
    } else {
        AnswerClass::Relogin
    }
}

/// The subcodes of a session mean the same under every code.
const fn by_session(subcode: Option<i64>) -> Option<AnswerClass> {
    match subcode {
        Some(459) => Some(AnswerClass::Blocked),
        // 458 app removed, 460 password changed, 463 expired, 464 unconfirmed person, 466 ended by a call,
        // 467 logged out, 492 role on the page lost, 493 not used for 90 days
        Some(458 | 460 | 463 | 464 | 466 | 467 | 492 | 493) => Some(AnswerClass::Relogin),
        _ => None,
    }
}

fn by_code(symptom: &Symptom<'_>, code: i64) -> AnswerClass {
    let says = |words: &str| symptom.message.contains(words);
    match (code, symptom.subcode) {
        (1, Some(2_853_001)) => AnswerClass::FixConfig,
        // With 2642 the list has to be started again, which is what a later try does.
        (1 | 2 | 960 | 2642, _) => AnswerClass::Retry,
        // The only report of this subcode is a throttle of the development tier in the guise of a permission.
        (200, Some(4_841_013)) => AnswerClass::Wait,
        (4 | 17 | 32 | 341 | 613 | 80_000..=80_014, _) => AnswerClass::Wait,
        (190, None) if says("must be granted before") => AnswerClass::AskPermission,
        // 415: the person has to pass a second factor at Facebook.
        (102 | 190 | 415, _) => AnswerClass::Relogin,
        (2500, _) if says("active access token") => AnswerClass::Relogin,
        (368, _) => AnswerClass::Blocked,
        (10 | 200..=299, _) => AnswerClass::AskPermission,
        (100, Some(33)) => AnswerClass::NotFound,
        (803 | 1150 | 3936 | 3944 | 3979 | 3980, _) => AnswerClass::NotFound,
        (3 | 101 | 104 | 105 | 191 | 2635, _) => AnswerClass::FixConfig,
        (100 | 506 | 2500 | 3018, _) if !symptom.transient => AnswerClass::FixConfig,
        _ => AnswerClass::Retry,
    }
}
