//! Too many calls.

use super::MetaCode;
use crate::model::Explanation;

const TOO_MANY: &str =
    "There have been too many calls from this ad-account. Wait a bit and try again.";

pub(super) const ROWS: &[MetaCode] = &[
    MetaCode::new(
        4,
        0,
        Explanation::Throttled,
        "Application request limit reached",
    ),
    MetaCode::new(
        4,
        1_504_022,
        Explanation::Throttled,
        "There have been too many calls from this app",
    ),
    MetaCode::new(
        4,
        1_504_039,
        Explanation::Throttled,
        "Application request limit reached",
    ),
    MetaCode::new(17, 0, Explanation::Throttled, "User request limit reached"),
    MetaCode::new(
        17,
        2_446_079,
        Explanation::Throttled,
        "Ad Account Has Too Many API Calls",
    ),
    MetaCode::new(
        17,
        1_885_172,
        Explanation::Throttled,
        "The spending limit of an account can be changed ten times a day",
    ),
    MetaCode::new(32, 0, Explanation::Throttled, "Page request limit reached"),
    MetaCode::new(
        341,
        0,
        Explanation::Throttled,
        "Feed action request limit reached",
    ),
    MetaCode::new(
        613,
        0,
        Explanation::Throttled,
        "Calls to this api have exceeded the rate limit.",
    ),
    MetaCode::new(613, 1_487_742, Explanation::Throttled, TOO_MANY),
    MetaCode::new(
        613,
        1_487_632,
        Explanation::Throttled,
        "The budget of an ad set can be changed four times an hour",
    ),
    MetaCode::new(
        613,
        5_044_001,
        Explanation::Throttled,
        "Too many changes a second.",
    ),
    MetaCode::new(
        613,
        1996,
        Explanation::Throttled,
        "We have noticed an inconsistent volume of requests to this api. Wait a bit.",
    ),
    MetaCode::new(
        613,
        4_841_018,
        Explanation::Throttled,
        "Calls to this api have exceeded the rate limit.",
    ),
    // The only report has it for a throttled app in development.
    MetaCode::new(200, 4_841_013, Explanation::Throttled, "Permissions error"),
    MetaCode::new(80_000, 0, Explanation::Throttled, TOO_MANY).until(80_014),
    MetaCode::new(80_000, 2_446_079, Explanation::Throttled, TOO_MANY),
    MetaCode::new(
        80_001,
        0,
        Explanation::Throttled,
        "There have been too many calls to this Page account.",
    ),
    MetaCode::new(
        80_002,
        0,
        Explanation::Throttled,
        "There have been too many calls to this Instagram account.",
    ),
    MetaCode::new(80_003, 2_446_079, Explanation::Throttled, TOO_MANY),
    MetaCode::new(80_004, 2_446_079, Explanation::Throttled, TOO_MANY),
    MetaCode::new(
        80_005,
        0,
        Explanation::Throttled,
        "There have been too many leadgen api calls to this Page account.",
    ),
    MetaCode::new(
        80_006,
        0,
        Explanation::Throttled,
        "There have been too many messenger api calls to this Page account.",
    ),
    MetaCode::new(
        80_008,
        0,
        Explanation::Throttled,
        "There have been too many calls to this WhatsApp Business account.",
    ),
    MetaCode::new(
        80_009,
        0,
        Explanation::Throttled,
        "There have been too many calls to this Catalog account.",
    ),
    MetaCode::new(
        80_014,
        0,
        Explanation::Throttled,
        "There have been too many batch uploads to this Catalog account.",
    ),
];
