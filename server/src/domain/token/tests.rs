use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use Action as A;
use TokenStatus as S;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn in_days(days: i64) -> Option<DateTime<Utc>> {
    Some(now() + TimeDelta::days(days))
}

fn healthy() -> Seen {
    Seen {
        is_valid: Some(true),
        error: None,
        expires_at: in_days(60),
        data_access_expires_at: in_days(90),
        missing_required_scope: false,
        missing_account: false,
        is_ours: true,
        is_expected_person: true,
    }
}

fn said(seen: &Seen) -> (S, A) {
    let verdict = status(seen, now(), S::Active);
    (verdict.said, verdict.action)
}

fn refused(code: i64, subcode: Option<i64>) -> Seen {
    Seen {
        is_valid: Some(false),
        error: Some((code, subcode)),
        ..healthy()
    }
}

#[test]
fn a_healthy_token_is_active_with_or_without_an_end() {
    assert_eq!(said(&healthy()), (S::Active, A::None));
    let endless = Seen {
        expires_at: None,
        data_access_expires_at: None,
        ..healthy()
    };
    assert_eq!(said(&endless), (S::Active, A::None));
}

#[test]
fn fourteen_days_are_expiring_and_a_moment_more_is_not() {
    let token = |expires_at| {
        said(&Seen {
            expires_at,
            ..healthy()
        })
    };
    assert_eq!(token(in_days(14)), (S::Expiring, A::Renew));
    let more = in_days(14).map(|end| end + TimeDelta::microseconds(1));
    assert_eq!(token(more), (S::Active, A::None));

    let access = |data_access_expires_at| {
        said(&Seen {
            data_access_expires_at,
            ..healthy()
        })
    };
    assert_eq!(access(in_days(14)), (S::Expiring, A::Relogin));
    assert_eq!(access(more), (S::Active, A::None));

    let both = Seen {
        expires_at: in_days(3),
        data_access_expires_at: in_days(5),
        ..healthy()
    };
    assert_eq!(
        said(&both),
        (S::Expiring, A::Relogin),
        "an exchange would not save data access"
    );
}

#[test]
fn an_end_in_the_past_is_expired() {
    let over = in_days(0);
    assert_eq!(
        said(&Seen {
            expires_at: over,
            ..healthy()
        }),
        (S::Expired, A::Relogin)
    );
    assert_eq!(
        said(&Seen {
            data_access_expires_at: over,
            ..healthy()
        }),
        (S::Expired, A::Relogin)
    );
    assert_eq!(
        said(&Seen {
            is_valid: Some(false),
            expires_at: over,
            ..healthy()
        }),
        (S::Expired, A::Relogin)
    );
}

#[test]
fn something_missing_is_limited_even_shortly_before_the_end() {
    let scope = Seen {
        missing_required_scope: true,
        expires_at: in_days(3),
        ..healthy()
    };
    assert_eq!(said(&scope), (S::Limited, A::AskPermission));
    let account = Seen {
        missing_account: true,
        ..healthy()
    };
    assert_eq!(said(&account), (S::Limited, A::AskPermission));
}

#[test]
fn another_app_or_person_is_revoked() {
    let other_app = Seen {
        is_ours: false,
        ..healthy()
    };
    assert_eq!(said(&other_app), (S::Revoked, A::FixConfig));
    let other_person = Seen {
        is_expected_person: false,
        ..healthy()
    };
    assert_eq!(said(&other_person), (S::Revoked, A::Relogin));
    let mismatch = refused(100, None);
    assert_eq!(
        said(&mismatch),
        (S::Revoked, A::FixConfig),
        "App_id did not match the viewing app"
    );
}

#[test]
fn subcodes_of_a_login_say_why_it_ended() {
    for code in [190, 102] {
        for subcode in [458, 460, 464, 466, 467, 492] {
            assert_eq!(
                said(&refused(code, Some(subcode))),
                (S::Revoked, A::Relogin),
                "{subcode}"
            );
        }
        assert_eq!(said(&refused(code, None)), (S::Revoked, A::Relogin));
        assert_eq!(said(&refused(code, Some(463))), (S::Expired, A::Relogin));
        assert_eq!(said(&refused(code, Some(493))), (S::Expired, A::Relogin));
        assert_eq!(said(&refused(code, Some(459))), (S::Blocked, A::Wait));
    }
    assert_eq!(said(&refused(368, None)), (S::Blocked, A::Wait));
    assert_eq!(said(&refused(368, Some(1_390_008))), (S::Blocked, A::Wait));
}

#[test]
fn an_invalid_token_without_a_reason_is_revoked() {
    let seen = Seen {
        is_valid: Some(false),
        ..healthy()
    };
    assert_eq!(said(&seen), (S::Revoked, A::Relogin));
}

#[test]
fn a_call_with_the_token_is_believed_about_its_login() {
    let call = |code, subcode| {
        said(&Seen {
            is_valid: None,
            error: Some((code, subcode)),
            ..healthy()
        })
    };
    assert_eq!(call(190, None), (S::Revoked, A::Relogin));
    assert_eq!(call(190, Some(463)), (S::Expired, A::Relogin));
    assert_eq!(call(190, Some(459)), (S::Blocked, A::Wait));
}

#[test]
fn a_missing_right_counts_only_beside_a_valid_token() {
    for (code, subcode) in [(10, None), (200, None), (294, None), (100, Some(33))] {
        let seen = |is_valid| Seen {
            is_valid,
            error: Some((code, subcode)),
            ..healthy()
        };
        assert_eq!(said(&seen(Some(true))), (S::Limited, A::AskPermission));
        assert_eq!(said(&seen(None)), (S::Unknown, A::Retry));
    }
    let disguised = Seen {
        error: Some((200, Some(4_841_013))),
        ..healthy()
    };
    assert_eq!(said(&disguised), (S::Unknown, A::Wait));
}

#[test]
fn faults_of_our_app_say_so_and_change_nothing() {
    for (code, subcode) in [
        (101, None),
        (104, None),
        (191, None),
        (2635, None),
        (1, Some(2_853_001)),
    ] {
        let seen = Seen {
            is_valid: None,
            error: Some((code, subcode)),
            ..healthy()
        };
        assert_eq!(said(&seen), (S::Unknown, A::FixConfig), "{code}");
    }
}

#[test]
fn actions_have_their_codes() {
    for code in [
        "none",
        "renew",
        "relogin",
        "wait",
        "ask_permission",
        "fix_config",
        "retry",
    ] {
        assert_eq!(A::from_code(code).map(A::code), Some(code));
    }
    assert_eq!(A::from_code("panic"), None);
}

fn any_seen() -> impl Strategy<Value = Seen> {
    let end = || prop::option::of((-100_i64..100).prop_map(|days| now() + TimeDelta::days(days)));
    let code = prop_oneof![
        -10_i64..400,
        79_990_i64..80_020,
        Just(613),
        Just(2500),
        any::<i64>()
    ];
    let subcode = prop::option::of(prop_oneof![450_i64..500, Just(33), any::<i64>()]);
    (
        any::<Option<bool>>(),
        prop::option::of((code, subcode)),
        end(),
        end(),
        any::<[bool; 4]>(),
    )
        .prop_map(
            |(is_valid, error, expires_at, data_access_expires_at, flags)| Seen {
                is_valid,
                error,
                expires_at,
                data_access_expires_at,
                missing_required_scope: flags[0],
                missing_account: flags[1],
                is_ours: flags[2],
                is_expected_person: flags[3],
            },
        )
}

proptest! {
    #[test]
    fn transient_errors_never_change_a_status(
        seen in any_seen(),
        code in prop::sample::select(vec![1_i64, 2, 4, 17, 32, 341, 613, 960, 80_000, 80_004, 80_014]),
        last_known in prop::sample::select(S::ALL),
    ) {
        let seen = Seen { error: Some((code, None)), is_ours: true, is_expected_person: true, ..seen };
        let verdict = status(&seen, now(), last_known);
        prop_assert_eq!(verdict.status, last_known);
        prop_assert_eq!(verdict.said, S::Unknown);
        prop_assert!(matches!(verdict.action, A::Wait | A::Retry));
    }

    #[test]
    fn every_verdict_fits_its_action(seen in any_seen(), last_known in prop::sample::select(S::ALL)) {
        let verdict = status(&seen, now(), last_known);
        prop_assert_ne!(verdict.said, S::Pending);
        prop_assert_eq!(verdict.said == S::Active, verdict.action == A::None);
        if verdict.said == S::Unknown {
            prop_assert_eq!(verdict.status, last_known);
        } else {
            prop_assert_eq!(verdict.status, verdict.said);
        }
        match verdict.said {
            S::Active | S::Expiring | S::Limited => prop_assert_eq!(seen.is_valid, Some(true)),
            S::Blocked => prop_assert_eq!(verdict.action, A::Wait),
            S::Expired => prop_assert_eq!(verdict.action, A::Relogin),
            _ => {}
        }
    }
}
