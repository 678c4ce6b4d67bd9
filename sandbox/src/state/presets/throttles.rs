//! The table of rate limits of `meta.md` §6.

use super::Preset;

/// Subcode of "too many calls to this ad account".
const ACCOUNT: i64 = 2_446_079;

const fn wait(name: &'static str, code: i64, subcode: i64, message: &'static str) -> Preset {
    Preset::error(name, "wait", code, subcode, message)
}

pub(super) const PRESETS: &[Preset] = &[
    wait(
        "throttled_app",
        4,
        0,
        "(#4) Application request limit reached",
    )
    .transient(),
    wait(
        "throttled_app_insights",
        4,
        1_504_022,
        "(#4) Application request limit reached",
    )
    .told(
        "There have been too many calls from this app",
        "Too many API requests were made from this app. Please wait a bit and try again.",
    ),
    wait(
        "throttled_app_insights_load",
        4,
        1_504_039,
        "(#4) Application request limit reached",
    ),
    wait("throttled_user", 17, 0, "(#17) User request limit reached"),
    wait(
        "throttled_ad_account",
        17,
        ACCOUNT,
        "User request limit reached",
    )
    .told(
        "Ad Account Has Too Many API Calls",
        "There have been too many calls from this ad account. Wait a bit and try again.",
    ),
    wait(
        "throttled_spend_limit",
        17,
        1_885_172,
        "(#17) The spending limit of an account can be changed ten times a day",
    ),
    wait("throttled_page", 32, 0, "(#32) Page request limit reached"),
    wait(
        "throttled_limit_341",
        341,
        0,
        "(#341) Feed action request limit reached",
    ),
    wait(
        "throttled_custom",
        613,
        0,
        "(#613) Calls to this api have exceeded the rate limit.",
    ),
    wait(
        "throttled_custom_ad_account",
        613,
        1_487_742,
        "(#613) There have been too many calls from this ad-account. Wait a bit and try again.",
    ),
    wait(
        "throttled_ad_set_budget",
        613,
        1_487_632,
        "(#613) The budget of an ad set can be changed four times an hour",
    ),
    wait(
        "throttled_mutations",
        613,
        5_044_001,
        "(#613) Calls to this api have exceeded the rate limit: too many changes a second.",
    ),
    wait(
        "throttled_inconsistent_volume",
        613,
        1996,
        "(#613) We have noticed an inconsistent volume of requests to this api. Wait a bit.",
    ),
    wait(
        "throttled_insights",
        80_000,
        ACCOUNT,
        "(#80000) There have been too many calls from this ad-account. Wait a bit and try again. \
         For more info, please refer to \
         https://developers.facebook.com/docs/graph-api/overview/rate-limiting#ads-insights.",
    ),
    wait(
        "throttled_pages",
        80_001,
        0,
        "(#80001) There have been too many calls to this Page account. Wait a bit and try again.",
    ),
    wait(
        "throttled_instagram",
        80_002,
        0,
        "(#80002) There have been too many calls to this Instagram account. Wait a bit and try \
         again.",
    ),
    wait(
        "throttled_custom_audience",
        80_003,
        ACCOUNT,
        "(#80003) There have been too many calls to this ad-account. Wait a bit and try again. \
         For more info, please refer to \
         https://developers.facebook.com/docs/graph-api/overview/rate-limiting#custom-audience.",
    ),
    wait(
        "throttled_ads_management",
        80_004,
        ACCOUNT,
        "(#80004) There have been too many calls to this ad-account. Wait a bit and try again. \
         For more info, please refer to \
         https://developers.facebook.com/docs/graph-api/overview/rate-limiting#ads-management.",
    ),
    wait(
        "throttled_leads",
        80_005,
        0,
        "(#80005) There have been too many leadgen api calls to this Page account. Wait a bit and \
         try again.",
    ),
    wait(
        "throttled_messenger",
        80_006,
        0,
        "(#80006) There have been too many messenger api calls to this Page account. Wait a bit \
         and try again.",
    ),
    wait(
        "throttled_whatsapp",
        80_008,
        0,
        "(#80008) There have been too many calls to this WhatsApp Business account. Wait a bit \
         and try again.",
    ),
    wait(
        "throttled_catalog",
        80_009,
        0,
        "(#80009) There have been too many calls to this Catalog account. Wait a bit and try again.",
    ),
    wait(
        "throttled_catalog_batch",
        80_014,
        0,
        "(#80014) There have been too many batch uploads to this Catalog account. Wait a bit and \
         try again.",
    ),
    Preset::error(
        "too_much_data",
        "permanent",
        100,
        1_487_534,
        "(#100) Please reduce the amount of data you're asking for, then retry your request",
    ),
    // Seen by one source only: throttling that says it is something else.
    wait("throttled_disguised", 200, 4_841_013, "Permissions error").status(403),
    wait(
        "throttled_disguised_613",
        613,
        4_841_018,
        "(#613) Calls to this api have exceeded the rate limit.",
    ),
];
