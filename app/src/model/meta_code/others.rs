//! Rights that are missing, the app and its set-up, calls that are wrong, and what passes.

use super::MetaCode;
use crate::model::{Explanation, MetaCall};

pub(super) const ROWS: &[MetaCode] = &[
    // A right is missing.
    MetaCode::new(
        10,
        0,
        Explanation::PermissionMissing,
        "Application does not have permission for this action",
    ),
    MetaCode::new(
        200,
        0,
        Explanation::PermissionMissing,
        "Ad account owner has NOT grant ads_management or ads_read permission",
    )
    .until(299),
    MetaCode::new(
        294,
        0,
        Explanation::PermissionMissing,
        "Managing advertisements requires an access token with the extended permission ads_management",
    ),
    MetaCode::new(299, 0, Explanation::PermissionMissing, "Permissions error"),
    MetaCode::new(
        190,
        0,
        Explanation::PermissionMissing,
        "Any of the pages_read_engagement, … permission(s) must be granted before impersonating a user's page.",
    )
    .case("page"),
    MetaCode::new(
        100,
        33,
        Explanation::NotReachable,
        "Unsupported get request. Object with ID '…' does not exist, cannot be loaded due to missing permissions, or does not support this operation.",
    ),
    MetaCode::new(
        803,
        0,
        Explanation::NotReachable,
        "Some of the aliases you requested do not exist: …",
    ),
    MetaCode::new(
        1150,
        0,
        Explanation::Ownership,
        "The business is not allowed to do this.",
    ),
    MetaCode::new(
        3936,
        0,
        Explanation::Ownership,
        "You've already tried to claim this ad account.",
    ),
    MetaCode::new(
        3944,
        0,
        Explanation::Ownership,
        "Your business already has access to this object.",
    ),
    MetaCode::new(
        3979,
        0,
        Explanation::Ownership,
        "You have exceeded the number of allowed ad accounts for your business at this time.",
    ),
    MetaCode::new(
        3980,
        0,
        Explanation::Ownership,
        "One or more of the ad accounts in your business are currently in bad standing.",
    ),
    // The app.
    MetaCode::new(
        101,
        0,
        Explanation::WrongApp,
        "Error validating application. Invalid application ID.",
    ),
    MetaCode::new(1, 0, Explanation::WrongSecret, "Error validating client secret.")
        .case("secret")
        .at(MetaCall::CodeExchange),
    MetaCode::new(
        190,
        0,
        Explanation::WrongSecret,
        "Invalid OAuth access token signature.",
    )
    .case("app")
    .at(MetaCall::DebugToken),
    MetaCode::new(104, 0, Explanation::WrongSecret, "Incorrect signature"),
    MetaCode::new(
        100,
        0,
        Explanation::WrongSecret,
        "Invalid appsecret_proof provided in the API argument",
    )
    .case("proof"),
    MetaCode::new(
        100,
        36_008,
        Explanation::WrongRedirect,
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
    )
    .at(MetaCall::CodeExchange),
    MetaCode::new(
        191,
        0,
        Explanation::WrongRedirect,
        "Can't Load URL: The domain of this URL isn't included in the app's domains.",
    ),
    MetaCode::new(
        200,
        0,
        Explanation::AppOff,
        "API access deactivated. To reactivate, go to the app dashboard. / API access blocked.",
    )
    .case("off"),
    // Told by the dialog, in the address that it sends the browser back to.
    MetaCode::new(901, 0, Explanation::AppOff, "This app is in development mode."),
    MetaCode::new(
        3,
        0,
        Explanation::NotAllowed,
        "Application does not have the capability to make this API call.",
    ),
    MetaCode::new(
        1,
        2_853_001,
        Explanation::NotAllowed,
        "The profile is not linked to the delegate page",
    ),
    MetaCode::new(
        2635,
        0,
        Explanation::OldVersion,
        "You are calling a deprecated version of the Ads API. Please update to the latest version: …",
    ),
    // The call.
    MetaCode::new(100, 0, Explanation::Refused, "Invalid parameter"),
    MetaCode::new(
        100,
        1_487_534,
        Explanation::Refused,
        "Please reduce the amount of data you're asking for, then retry your request",
    ),
    MetaCode::new(
        105,
        0,
        Explanation::Refused,
        "The number of parameters exceeded the maximum for this operation",
    ),
    MetaCode::new(506, 0, Explanation::Refused, "Duplicate status message"),
    MetaCode::new(506, 1_455_006, Explanation::Refused, "Duplicate status message"),
    MetaCode::new(2500, 0, Explanation::Refused, "Unknown path components: …"),
    MetaCode::new(
        3018,
        0,
        Explanation::Refused,
        "The start date of the time range cannot be beyond 37 months from the current date",
    ),
    // It passes.
    MetaCode::new(1, 0, Explanation::MetaTrouble, "An unknown error occurred"),
    MetaCode::new(1, 99, Explanation::MetaTrouble, "An unknown error occurred"),
    MetaCode::new(
        1,
        0,
        Explanation::MetaTrouble,
        "Please reduce the amount of data you're asking for, then retry your request",
    )
    .case("data"),
    MetaCode::new(
        2,
        0,
        Explanation::MetaTrouble,
        "An unexpected error has occurred. Please retry your request later.",
    ),
    MetaCode::new(
        960,
        0,
        Explanation::MetaTrouble,
        "Request aborted. This could happen if a dependent request failed or the entire request timed out.",
    ),
    MetaCode::new(2642, 0, Explanation::MetaTrouble, "Invalid cursors values"),
];
