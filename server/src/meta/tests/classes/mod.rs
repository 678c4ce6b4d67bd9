//! What an error of Meta's asks for: by a table of all that are known, and what holds for all that are not.

use app::model::TokenStatus;
use proptest::prelude::*;

use super::*;
use crate::domain::token::{Action, Seen, status};

/// One line of the table.
#[derive(Debug)]
struct Row {
    endpoint: Endpoint,
    code: Option<i64>,
    subcode: Option<i64>,
    class: AnswerClass,
    cause: Option<Cause>,
    words: &'static str,
}

impl Row {
    fn all() -> impl Iterator<Item = Self> {
        include_str!("table.txt")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(Self::read)
    }

    fn read(line: &'static str) -> Self {
        let mut rest = line;
        let mut next = || {
            let (word, after) = rest.split_once(' ').expect("a field");
            rest = after.trim_start();
            word
        };
        let number = |word: &str| (word != "-").then(|| word.parse().expect("a number"));
        let endpoint = match next() {
            "code_exchange" => Endpoint::CodeExchange,
            "token_exchange" => Endpoint::TokenExchange,
            "me" => Endpoint::Me,
            "debug_token" => Endpoint::DebugToken,
            "campaigns" => Endpoint::Campaigns,
            other => panic!("no endpoint {other}"),
        };
        let (code, subcode) = (number(next()), number(next()));
        let class = AnswerClass::from_code(next()).expect("a class");
        let cause = match next() {
            "-" => None,
            "spent" => Some(Cause::CodeSpent),
            "expired" => Some(Cause::CodeExpired),
            "ended" => Some(Cause::Ended),
            other => panic!("no cause {other}"),
        };
        Self {
            endpoint,
            code,
            subcode,
            class,
            cause,
            words: rest,
        }
    }

    const fn symptom(&self) -> Symptom<'_> {
        Symptom {
            endpoint: self.endpoint,
            code: self.code,
            subcode: self.subcode,
            kind: Some("OAuthException"),
            transient: false,
            message: self.words,
        }
    }
}

#[test]
fn every_known_error_asks_for_what_the_table_says() {
    for row in Row::all() {
        let symptom = row.symptom();
        let judged = (classify(&symptom), cause(&symptom));
        assert_eq!(judged, (row.class, row.cause), "{row:?}");
    }
}

#[test]
fn every_code_of_a_throttle_asks_to_wait() {
    for code in [4, 17, 32, 341, 613].into_iter().chain(80_000..=80_014) {
        for endpoint in Endpoint::ALL {
            let symptom = Symptom {
                code: Some(code),
                ..bare(*endpoint)
            };
            assert_eq!(classify(&symptom), AnswerClass::Wait, "{endpoint} {code}");
        }
    }
}

#[test]
fn what_meta_calls_transient_is_tried_again_where_nothing_else_is_known() {
    for (code, expected) in [
        (None, AnswerClass::Retry),
        (Some(987_654), AnswerClass::Retry),
        (Some(100), AnswerClass::Retry),
        (Some(190), AnswerClass::Relogin),
    ] {
        let symptom = Symptom {
            code,
            transient: true,
            ..bare(Endpoint::Me)
        };
        assert_eq!(classify(&symptom), expected, "{code:?}");
    }
}

/// What `debug_token` says inside a good answer about a token, and what becomes of the token.
#[test]
fn the_word_about_a_token_decides_its_status() {
    use TokenStatus as S;
    for (code, subcode, expected) in [
        (190, None, (S::Revoked, Action::Relogin)),
        (190, Some(458), (S::Revoked, Action::Relogin)),
        (190, Some(460), (S::Revoked, Action::Relogin)),
        (190, Some(466), (S::Revoked, Action::Relogin)),
        (190, Some(467), (S::Revoked, Action::Relogin)),
        (190, Some(463), (S::Expired, Action::Relogin)),
        (190, Some(493), (S::Expired, Action::Relogin)),
        (102, Some(463), (S::Expired, Action::Relogin)),
        (190, Some(459), (S::Blocked, Action::Wait)),
        (368, None, (S::Blocked, Action::Wait)),
        (368, Some(1_390_008), (S::Blocked, Action::Wait)),
        (200, Some(4_841_013), (S::Unknown, Action::Wait)),
        (4, None, (S::Unknown, Action::Wait)),
        (2, None, (S::Unknown, Action::Retry)),
        // The token of another app.
        (100, None, (S::Revoked, Action::FixConfig)),
        (987_654, None, (S::Unknown, Action::Retry)),
    ] {
        let error = GraphError {
            code: Some(code),
            subcode,
            message: "Meta's words".to_owned(),
        };
        assert_eq!(verdict(&error), expected, "{code}/{subcode:?}");
    }
    let wordless = GraphError {
        code: None,
        subcode: None,
        message: "Meta's words".to_owned(),
    };
    assert_eq!(verdict(&wordless), (S::Revoked, Action::Relogin));
}

fn verdict(error: &GraphError) -> (TokenStatus, Action) {
    let seen = Seen {
        is_valid: Some(false),
        error: Some(error.class()),
        has_ended: error.cause() == Some(Cause::Ended),
        expires_at: None,
        data_access_expires_at: None,
        missing_required_scope: false,
        missing_account: false,
        is_ours: true,
        is_expected_person: true,
    };
    let verdict = status(&seen, chrono::DateTime::UNIX_EPOCH, TokenStatus::Active);
    (verdict.said, verdict.action)
}

const fn bare(endpoint: Endpoint) -> Symptom<'static> {
    Symptom {
        endpoint,
        code: None,
        subcode: None,
        kind: Some("OAuthException"),
        transient: false,
        message: "Words of Meta's",
    }
}

/// Codes that some documentation knows of.
fn is_known(code: i64) -> bool {
    matches!(
        code,
        1..=4 | 10 | 17 | 32 | 100..=105 | 190 | 191 | 200..=299 | 341 | 368 | 415 | 506 | 613 | 803
            | 960 | 1150 | 2500 | 2635 | 2642 | 3018 | 3936 | 3944 | 3979 | 3980 | 80_000..=80_014
    )
}

fn any_endpoint() -> impl Strategy<Value = Endpoint> {
    prop::sample::select(Endpoint::ALL)
}

fn any_code() -> impl Strategy<Value = i64> {
    prop_oneof![
        -10_i64..400,
        2_000_i64..4_000,
        79_990_i64..80_020,
        any::<i64>()
    ]
}

proptest! {
    #[test]
    fn no_symptom_is_too_odd(
        endpoint in any_endpoint(),
        code in prop::option::of(any_code()),
        subcode in prop::option::of(any::<i64>()),
        kind in prop::option::of(".{0,20}"),
        transient: bool,
        message in ".{0,80}|\\(#[0-9]{0,30}\\)?.{0,9}",
    ) {
        let symptom = Symptom { endpoint, code, subcode, kind: kind.as_deref(), transient, message: &message };
        let class = classify(&symptom);
        prop_assert!(!matches!(class, AnswerClass::None | AnswerClass::Renew));
        if endpoint == Endpoint::DebugToken {
            prop_assert_ne!(class, AnswerClass::Relogin);
        }
        if cause(&symptom).is_some() {
            prop_assert_eq!(class, AnswerClass::Relogin);
        }
    }

    #[test]
    fn a_code_that_nobody_knows_blames_nobody(
        endpoint in any_endpoint(),
        code in any_code().prop_filter("unknown", |code| !is_known(*code)),
        subcode in prop::option::of(prop_oneof![500_i64..i64::MAX, i64::MIN..458]),
        transient: bool,
        message in "Error validating access token.{0,20}|.{0,60}",
    ) {
        let symptom = Symptom { endpoint, code: Some(code), subcode, kind: Some("OAuthException"), transient, message: &message };
        prop_assert!(matches!(classify(&symptom), AnswerClass::Retry | AnswerClass::FixConfig));
        let error = GraphError { code: Some(code), subcode, message };
        prop_assert_eq!(verdict(&error), (TokenStatus::Unknown, Action::Retry));
    }
}
