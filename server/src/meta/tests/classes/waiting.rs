//! Errors that pass by themselves: throttles and trouble at Meta.

use super::{Class::Throttled, *};

#[test]
fn errors_that_pass() {
    check(&[
        (Campaigns, 1, 0, "An unknown error occurred", Temporary),
        (Campaigns, 1, 99, "An unknown error occurred", Temporary),
        (
            Campaigns,
            1,
            0,
            "Please reduce the amount of data you're asking for, then retry your request",
            Temporary,
        ),
        (
            Campaigns,
            2,
            0,
            "An unexpected error has occurred.",
            Temporary,
        ),
        (Campaigns, 960, 0, "Request aborted.", Temporary),
        (
            Campaigns,
            2642,
            0,
            "(#2642) Invalid cursors values",
            Temporary,
        ),
    ]);
    for code in [4, 17, 32, 341, 613].into_iter().chain(80_000..=80_014) {
        check(&[(Campaigns, code, 0, "too many calls", Throttled)]);
    }
    check(&[
        (Campaigns, 4, 1_504_022, "insights", Throttled),
        (Campaigns, 4, 1_504_039, "insights", Throttled),
        (
            Campaigns,
            17,
            2_446_079,
            "User request limit reached",
            Throttled,
        ),
        (Campaigns, 17, 1_885_172, "spend limit", Throttled),
        (
            Campaigns,
            613,
            1_487_742,
            "There have been too many calls from this ad-account.",
            Throttled,
        ),
        (Campaigns, 613, 1_487_632, "budget", Throttled),
        (Campaigns, 613, 5_044_001, "mutations", Throttled),
        (Campaigns, 613, 1996, "inconsistent volume", Throttled),
        (Campaigns, 613, 4_841_018, "development tier", Throttled),
        (Campaigns, 200, 4_841_013, "Permissions error", Throttled),
        (
            Campaigns,
            80_004,
            2_446_079,
            "(#80004) There have been too many calls to this ad-account.",
            Throttled,
        ),
        (
            Campaigns,
            0,
            0,
            "(#4) Application request limit reached",
            Throttled,
        ),
        (
            Campaigns,
            100,
            1_487_534,
            "Please reduce the amount of data",
            Permanent,
        ),
    ]);
}

#[test]
fn what_meta_calls_transient_is_temporary_where_nothing_else_is_known() {
    for (code, expected) in [
        (None, Temporary),
        (Some(987_654), Temporary),
        (Some(190), Relogin),
    ] {
        let class = classify(&Symptom {
            endpoint: Me,
            code,
            subcode: None,
            kind: None,
            transient: true,
            message: "An error",
        });
        assert_eq!(class, expected, "{code:?}");
    }
}
