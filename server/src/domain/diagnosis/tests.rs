use app::model::{AccountStatus as Status, NoAccountsReason as Reason};

use super::*;

fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn limited(scope: &str, targets: &[&str]) -> Limited {
    Limited {
        scope: scope.to_owned(),
        targets: Some(strings(targets)),
    }
}

const BOTH: &[&str] = &["ads_read", "business_management"];

fn reason(
    granted: &[&str],
    limits: &[Limited],
    lists: Lists,
    accounts: &[Status],
) -> Option<Reason> {
    let granted = strings(granted);
    diagnose(&Found {
        granted: &granted,
        limited: limits,
        lists,
        accounts,
    })
}

fn of_lists(is_own_refused: bool, businesses: usize, is_business_refused: bool) -> Lists {
    Lists {
        is_own_refused,
        businesses,
        is_business_refused,
    }
}

#[test]
fn each_cause_has_its_reason() {
    let none = Lists::default();
    let unlimited = Limited {
        scope: "ads_read".to_owned(),
        targets: None,
    };
    for (granted, limits, lists, accounts, expected) in [
        (&[][..], vec![], none, &[][..], Reason::AdsScopeMissing),
        (
            &["business_management"],
            vec![],
            none,
            &[],
            Reason::AdsScopeMissing,
        ),
        (
            BOTH,
            vec![limited("ads_read", &[])],
            none,
            &[],
            Reason::AssetsNotTicked,
        ),
        (
            &["ads_read"],
            vec![limited("ads_read", &[])],
            none,
            &[],
            Reason::AssetsNotTicked,
        ),
        (
            BOTH,
            vec![],
            of_lists(true, 0, false),
            &[],
            Reason::ListRefused,
        ),
        (
            &["ads_read"],
            vec![],
            none,
            &[],
            Reason::BusinessScopeMissing,
        ),
        (
            &["ads_read"],
            vec![limited("ads_read", &["1"])],
            none,
            &[],
            Reason::BusinessScopeMissing,
        ),
        (
            BOTH,
            vec![limited("business_management", &[])],
            none,
            &[],
            Reason::AssetsNotTicked,
        ),
        (
            BOTH,
            vec![limited("ads_read", &["1"])],
            none,
            &[],
            Reason::AssetsUnreachable,
        ),
        (
            BOTH,
            vec![unlimited],
            of_lists(false, 2, true),
            &[],
            Reason::BusinessRefused,
        ),
        (
            BOTH,
            vec![],
            of_lists(false, 0, true),
            &[],
            Reason::BusinessRefused,
        ),
        (
            BOTH,
            vec![],
            of_lists(false, 1, false),
            &[],
            Reason::BusinessEmpty,
        ),
        (BOTH, vec![], none, &[], Reason::NothingThere),
        (
            BOTH,
            vec![],
            none,
            &[Status::Closed, Status::Closed],
            Reason::AllClosed,
        ),
        // What is there is there, whatever is missing besides.
        (
            &[],
            vec![],
            of_lists(true, 0, false),
            &[Status::Closed],
            Reason::AllClosed,
        ),
    ] {
        assert_eq!(
            reason(granted, &limits, lists, accounts),
            Some(expected),
            "{granted:?} {limits:?} {lists:?} {accounts:?}"
        );
    }
}

#[test]
fn nothing_is_wrong_where_an_account_can_be_chosen() {
    for status in Status::ALL {
        let seen = reason(&[], &[], Lists::default(), &[Status::Closed, *status]);
        assert_eq!(seen.is_none(), *status != Status::Closed, "{status:?}");
    }
}

#[test]
fn a_role_is_missing_only_where_meta_says_so() {
    for (tasks, expected) in [
        (None, false),
        (Some("ANALYZE,ADVERTISE"), false),
        (Some("DRAFT"), false),
        (Some(""), true),
        (Some(" , "), true),
    ] {
        assert_eq!(is_without_role(tasks), expected, "{tasks:?}");
    }
}
