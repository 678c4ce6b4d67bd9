use super::*;

#[test]
fn what_is_said_of_a_class_belongs_to_it() {
    for class in AnswerClass::ALL {
        assert_eq!(Explanation::usual(*class).class(), *class);
    }
}

#[test]
fn what_is_said_follows_meta_where_it_gave_a_number_and_the_check_where_it_did_not() {
    use AnswerClass::{
        AskPermission, FixConfig, None as Fine, NotFound, Relogin, Renew, Retry, Wait,
    };
    use TokenStatus::{Active, Expired, Expiring, Limited, Revoked, Unknown};
    for (said, class, code, subcode, expected) in [
        (Active, Fine, None, None, Explanation::Works),
        (Expiring, Renew, None, None, Explanation::EndsSoon),
        (Expiring, Relogin, None, None, Explanation::DataEndsSoon),
        (Expired, Relogin, None, None, Explanation::Ended),
        (
            Expired,
            Relogin,
            Some(190),
            Some(493),
            Explanation::DataEnded,
        ),
        (Revoked, Relogin, None, None, Explanation::LoginGone),
        (Revoked, Relogin, Some(190), None, Explanation::LoginGone),
        (
            Revoked,
            Relogin,
            Some(190),
            Some(460),
            Explanation::PasswordChanged,
        ),
        // The subcodes of a session mean the same under every code.
        (
            Revoked,
            Relogin,
            Some(102),
            Some(460),
            Explanation::PasswordChanged,
        ),
        // A subcode that nobody knows says no more than its code.
        (
            Revoked,
            Relogin,
            Some(190),
            Some(999_999),
            Explanation::LoginGone,
        ),
        (Revoked, FixConfig, None, None, Explanation::AnotherApp),
        (Revoked, FixConfig, Some(100), None, Explanation::AnotherApp),
        (Limited, AskPermission, None, None, Explanation::Limited),
        (
            Limited,
            AskPermission,
            Some(200),
            None,
            Explanation::PermissionMissing,
        ),
        // The same number, told apart by Meta's words before: the class keeps it.
        (
            Limited,
            AskPermission,
            Some(190),
            None,
            Explanation::PermissionMissing,
        ),
        (
            Limited,
            NotFound,
            Some(100),
            Some(33),
            Explanation::NotReachable,
        ),
        (Unknown, Wait, None, None, Explanation::Held),
        (Unknown, Wait, Some(4), None, Explanation::Throttled),
        (Unknown, Retry, None, None, Explanation::NoAnswer),
        (Unknown, Retry, Some(2), None, Explanation::MetaTrouble),
        (
            Unknown,
            Retry,
            Some(987_654),
            None,
            Explanation::MetaTrouble,
        ),
        (Unknown, FixConfig, None, None, Explanation::KeyMissing),
        (Unknown, FixConfig, Some(101), None, Explanation::WrongApp),
        (
            Unknown,
            FixConfig,
            Some(987_654),
            None,
            Explanation::Refused,
        ),
    ] {
        let found = Explanation::of(said, class, code, subcode);
        assert_eq!(found, expected, "{said:?} {class:?} {code:?}/{subcode:?}");
    }
}
