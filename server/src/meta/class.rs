//! What an error of Meta's means for us: the one place where it is judged.
//!
//! By endpoint, code and subcode; by words only where Meta gives no number that decides; never by HTTP status,
//! which Meta has been recorded to use in every combination. Sources: docs/graph-api/guides/error-handling,
//! docs/graph-api/overview/rate-limiting, and bodies recorded in public repositories. `tests/classes.rs` has a
//! row for every one that is known.

use super::{app_fault::is_switched_off, error::Endpoint};

/// What to do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The person has to sign in with Facebook again. Only at [`Endpoint::Me`] or in the answer of `debug_token`
    /// is it a fact about the token; elsewhere ask `debug_token` first.
    Relogin,
    /// Meta has blocked the person (190/459, 368). Keep the token; a new sign-in does not help.
    Blocked,
    /// Too many calls: wait. Changes no status.
    Throttled,
    /// Meta is down or in trouble: try later. Changes no status.
    Temporary,
    /// A permission is missing: ask for it again.
    Permission,
    /// This object is not reachable for the person; says nothing about the token.
    ObjectPermission,
    /// The Meta app or what we know of it is wrong: the agency has to act.
    Config,
    /// The authorization code was used before.
    CodeSpent,
    /// The authorization code is too old.
    CodeExpired,
    /// It will fail again.
    Permanent,
}

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

/// Judges an error.
#[must_use]
pub fn classify(symptom: &Symptom<'_>) -> Class {
    let code = symptom.code.or_else(|| code_in_words(symptom.message));
    let Some(code) = code else {
        return without_code(symptom);
    };
    // Meta gives these no subcode, and code 1 has been reported in place of 100.
    if matches!(code, 1 | 100) && symptom.message.contains("appsecret_proof") {
        return Class::Config;
    }
    if is_switched_off(symptom.message) {
        return Class::Config;
    }
    at_endpoint(symptom, code)
        .or_else(|| by_session(symptom.subcode))
        .unwrap_or_else(|| by_code(symptom, code))
}

/// Very old bodies have the code in front of their words only: `(#4) Application request limit reached`.
fn code_in_words(message: &str) -> Option<i64> {
    let (number, _) = message.strip_prefix("(#")?.split_once(')')?;
    number.parse().ok()
}

fn without_code(symptom: &Symptom<'_>) -> Class {
    if symptom.transient {
        return Class::Temporary;
    }
    let about_token = symptom.message.starts_with("Error validating access token")
        || symptom.kind == Some("OAuthException");
    match symptom.endpoint {
        Endpoint::CodeExchange => about_code(symptom.message),
        Endpoint::DebugToken if about_token => Class::Config,
        _ if about_token => Class::Relogin,
        _ => Class::Permanent,
    }
}

/// Where a code means something else than elsewhere.
fn at_endpoint(symptom: &Symptom<'_>, code: i64) -> Option<Class> {
    let recovers = symptom.transient || symptom.subcode == Some(99);
    match (symptom.endpoint, code) {
        // "Error validating client secret.": permanent here, "try again" everywhere else.
        (Endpoint::CodeExchange | Endpoint::TokenExchange, 1) if !recovers => Some(Class::Config),
        (Endpoint::CodeExchange, 100) => Some(match symptom.subcode {
            Some(36009) => Class::CodeSpent,
            Some(36007) => Class::CodeExpired,
            // Another redirect address than the dialog got. Field reports have it for spent codes, too.
            Some(36008) => Class::Config,
            // The subcode of an expired code is not confirmed by any primary source.
            _ => about_code(symptom.message),
        }),
        // The only credential in these calls is the app's own.
        (Endpoint::CodeExchange, 102 | 190) | (Endpoint::DebugToken, 100 | 102 | 190) => {
            Some(Class::Config)
        }
        _ => None,
    }
}

fn about_code(message: &str) -> Class {
    if message.contains("code has been used") {
        Class::CodeSpent
    } else if message.contains("code has expired") {
        Class::CodeExpired
    } else if message.contains("redirect_uri") {
        Class::Config
    } else {
        Class::Permanent
    }
}

/// The subcodes of a session mean the same under every code.
const fn by_session(subcode: Option<i64>) -> Option<Class> {
    match subcode {
        Some(459) => Some(Class::Blocked),
        // 458 app removed, 460 password changed, 463 expired, 464 unconfirmed person, 466 ended by a call,
        // 467 logged out, 492 role on the page lost, 493 not used for 90 days
        Some(458 | 460 | 463 | 464 | 466 | 467 | 492 | 493) => Some(Class::Relogin),
        _ => None,
    }
}

fn by_code(symptom: &Symptom<'_>, code: i64) -> Class {
    match (code, symptom.subcode) {
        (1, Some(2_853_001)) => Class::Config,
        (1 | 2 | 960, _) => Class::Temporary,
        // The list has to be started again, which is what a later try does.
        (2642, _) => Class::Temporary,
        // The only report of this subcode is a throttle of the development tier in the guise of a permission.
        (200, Some(4_841_013)) => Class::Throttled,
        (4 | 17 | 32 | 341 | 613 | 80_000..=80_014, _) => Class::Throttled,
        (190, None) if symptom.message.contains("must be granted before") => Class::Permission,
        // 415: the person has to pass a second factor at Facebook.
        (102 | 190 | 415, _) => Class::Relogin,
        (2500, _) if symptom.message.contains("active access token") => Class::Relogin,
        (368, _) => Class::Blocked,
        (10 | 200..=299, _) => Class::Permission,
        (100, Some(33)) => Class::ObjectPermission,
        (3 | 101 | 104 | 105 | 191 | 2635, _) => Class::Config,
        (100 | 506 | 803 | 1150 | 2500 | 3018 | 3936 | 3944 | 3979 | 3980, _) => Class::Permanent,
        _ if symptom.transient => Class::Temporary,
        _ => Class::Permanent,
    }
}
