use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use Action as A;
use AnswerClass as C;
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
        has_ended: false,
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

fn refused(is_valid: Option<bool>, class: C) -> Seen {
    Seen {
        is_valid,
        error: Some(class),
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
    let mismatch = refused(Some(false), C::FixConfig);
    assert_eq!(
        said(&mismatch),
        (S::Revoked, A::FixConfig),
        "App_id did not match the viewing app"
    );
}

#[test]
fn a_login_that_is_gone_is_revoked_and_one_whose_time_is_over_expired() {
    for is_valid in [Some(false), None] {
        let gone = refused(is_valid, C::Relogin);
        assert_eq!(said(&gone), (S::Revoked, A::Relogin));
        let over = Seen {
            has_ended: true,
            ..gone
        };
        assert_eq!(said(&over), (S::Expired, A::Relogin));
        let blocked = refused(is_valid, C::Blocked);
        assert_eq!(said(&blocked), (S::Blocked, A::Wait));
    }
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
fn a_missing_right_counts_only_beside_a_valid_token() {
    let seen = |is_valid| said(&refused(is_valid, C::AskPermission));
    assert_eq!(seen(Some(true)), (S::Limited, A::AskPermission));
    assert_eq!(seen(None), (S::Unknown, A::Retry));
    assert_eq!(seen(Some(false)), (S::Revoked, A::Relogin));
}

#[test]
fn an_object_out_of_reach_says_nothing_about_the_token() {
    let seen = |is_valid| said(&refused(is_valid, C::NotFound));
    assert_eq!(seen(Some(true)), (S::Limited, A::FixConfig));
    assert_eq!(seen(None), (S::Unknown, A::FixConfig));
}

#[test]
fn faults_of_our_app_say_so_and_change_nothing() {
    for is_valid in [Some(true), None] {
        let seen = refused(is_valid, C::FixConfig);
        assert_eq!(said(&seen), (S::Unknown, A::FixConfig));
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
    let class = prop::sample::select(C::ALL);
    (
        any::<Option<bool>>(),
        prop::option::of(class),
        end(),
        end(),
        any::<[bool; 5]>(),
    )
        .prop_map(
            |(is_valid, error, expires_at, data_access_expires_at, flags)| Seen {
                is_valid,
                error,
                has_ended: flags[4],
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
        class in prop::sample::select(vec![C::Wait, C::Retry]),
        last_known in prop::sample::select(S::ALL),
    ) {
        let seen = Seen { error: Some(class), is_ours: true, is_expected_person: true, ..seen };
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
