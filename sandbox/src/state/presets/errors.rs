//! The first table of `meta.md` §6, but for tokens and throttling.

use super::Preset;

/// Also what a fault is when nothing is said.
pub(in crate::state) const SERVICE_DOWN: Preset = Preset::error(
    "service_down",
    "retry",
    2,
    0,
    "An unexpected error has occurred. Please retry your request later.",
)
.transient();

pub(super) const PRESETS: &[Preset] = &[
    Preset::error("unknown_error", "retry", 1, 0, "An unknown error occurred").status(500),
    Preset::error(
        "unknown_error_99",
        "retry",
        1,
        99,
        "An unknown error occurred",
    )
    .status(500),
    SERVICE_DOWN,
    Preset {
        name: "service_down_503",
        ..SERVICE_DOWN
    }
    .status(503),
    Preset::error(
        "reduce_data",
        "retry",
        1,
        0,
        "Please reduce the amount of data you're asking for, then retry your request",
    )
    .status(500),
    Preset::error(
        "profile_not_linked",
        "config",
        1,
        2_853_001,
        "The profile is not linked to the delegate page",
    ),
    Preset::error(
        "no_capability",
        "config",
        3,
        0,
        "(#3) Application does not have the capability to make this API call.",
    ),
    Preset::error(
        "app_permission",
        "permission",
        10,
        0,
        "(#10) Application does not have permission for this action",
    ),
    Preset::error(
        "account_permission",
        "permission",
        200,
        0,
        "(#200) Ad account owner has NOT grant ads_management or ads_read permission",
    )
    .status(403),
    Preset::error(
        "permission_299",
        "permission",
        299,
        0,
        "(#299) Permissions error",
    )
    .status(403),
    Preset::error(
        "ads_management_missing",
        "permission",
        294,
        0,
        "(#294) Managing advertisements requires an access token with the extended permission \
         ads_management and an application that is whitelisted to access the Ads API",
    ),
    Preset::error(
        "invalid_parameter",
        "permanent",
        100,
        0,
        "(#100) Invalid parameter",
    ),
    Preset::error(
        "missing_permissions",
        "permanent",
        100,
        0,
        "(#100) Missing permissions",
    ),
    Preset::error(
        "unknown_field",
        "permanent",
        100,
        0,
        "(#100) Tried accessing nonexisting field (x) on node type (User)",
    ),
    Preset::error(
        "object_gone",
        "permission",
        100,
        33,
        "Unsupported get request. Object with ID 'x' does not exist, cannot be loaded due to \
         missing permissions, or does not support this operation. Please read the Graph API \
         documentation at https://developers.facebook.com/docs/graph-api",
    )
    .method(),
    Preset::error(
        "no_token",
        "config",
        104,
        0,
        "An access token is required to request this resource.",
    ),
    Preset::error(
        "incorrect_signature",
        "config",
        104,
        0,
        "Incorrect signature",
    ),
    Preset::error(
        "too_many_parameters",
        "config",
        105,
        0,
        "The number of parameters exceeded the maximum for this operation",
    ),
    Preset::error(
        "policy_block",
        "blocked",
        368,
        0,
        "(#368) The action attempted has been deemed abusive or is otherwise disallowed",
    )
    .told(
        "You're Temporarily Blocked",
        "It looks like you were misusing this feature by going too fast. You've been temporarily \
         blocked from using it.",
    ),
    Preset::error(
        "going_too_fast",
        "blocked",
        368,
        1_390_008,
        "It looks like you were misusing this feature by going too fast. You’ve been blocked from \
         using it.",
    ),
    Preset::error(
        "two_factor_needed",
        "user_action",
        415,
        0,
        "(#415) Two factor authentication required. User have to enter the confirmation code sent \
         to the mobile phone.",
    ),
    Preset::error(
        "duplicate_post",
        "permanent",
        506,
        0,
        "(#506) Duplicate status message",
    ),
    Preset::error(
        "duplicate_post_subcode",
        "permanent",
        506,
        1_455_006,
        "(#506) Duplicate status message",
    ),
    Preset::error(
        "unknown_alias",
        "permanent",
        803,
        0,
        "(#803) Some of the aliases you requested do not exist: x",
    )
    .status(404),
    Preset::error(
        "sub_request_timeout",
        "retry",
        960,
        0,
        "Request aborted. This could happen if a dependent request failed or the entire request \
         timed out.",
    ),
    Preset::error(
        "business_1150",
        "permanent",
        1150,
        0,
        "(#1150) The business is not allowed to do this.",
    ),
    Preset::error(
        "business_3936",
        "permanent",
        3936,
        0,
        "(#3936) You've already tried to claim this ad account.",
    ),
    Preset::error(
        "business_3944",
        "permanent",
        3944,
        0,
        "(#3944) Your business already has access to this object.",
    ),
    Preset::error(
        "business_3979",
        "permanent",
        3979,
        0,
        "(#3979) You have exceeded the number of allowed ad accounts for your business at this time.",
    ),
    Preset::error(
        "business_3980",
        "permanent",
        3980,
        0,
        "(#3980) One or more of the ad accounts in your business are currently in bad standing.",
    ),
    Preset::error(
        "no_current_user",
        "relogin",
        2500,
        0,
        "An active access token must be used to query information about the current user.",
    ),
    Preset::error(
        "unknown_path",
        "permanent",
        2500,
        0,
        "Unknown path components: /bogus",
    ),
    Preset::error(
        "version_deprecated",
        "config",
        2635,
        0,
        "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest \
         version: v26.0.",
    ),
    Preset::error(
        "bad_cursor",
        "restart",
        2642,
        0,
        "(#2642) Invalid cursors values",
    ),
    Preset::error(
        "start_too_old",
        "permanent",
        3018,
        0,
        "(#3018) The start date of the time range cannot be beyond 37 months from the current date",
    ),
];
