//! A row for every error of Meta's that is documented or recorded.

mod waiting;

use super::{
    Class::{
        Blocked, CodeExpired, CodeSpent, Config, ObjectPermission, Permanent, Permission, Relogin,
        Temporary, Throttled,
    },
    Endpoint::{Campaigns, CodeExchange, DebugToken, Me, TokenExchange},
    class::{Symptom, classify},
    *,
};

type Row = (Endpoint, i64, i64, &'static str, Class);

fn judge((endpoint, code, subcode, message, _): Row) -> Class {
    // 0 stands for "left out" in the tables.
    let told = |number: i64| (number != 0).then_some(number);
    classify(&Symptom {
        endpoint,
        code: told(code),
        subcode: told(subcode),
        kind: Some("OAuthException"),
        transient: false,
        message,
    })
}

fn check(rows: &[Row]) {
    for row in rows {
        assert_eq!(judge(*row), row.4, "{row:?}");
    }
}

#[test]
fn errors_of_the_code_exchange() {
    check(&[
        (
            CodeExchange,
            100,
            36009,
            "This authorization code has been used.",
            CodeSpent,
        ),
        (
            CodeExchange,
            100,
            36007,
            "This authorization code has expired.",
            CodeExpired,
        ),
        (
            CodeExchange,
            100,
            0,
            "This authorization code has been used.",
            CodeSpent,
        ),
        (
            CodeExchange,
            100,
            0,
            "This authorization code has expired.",
            CodeExpired,
        ),
        (
            CodeExchange,
            100,
            36008,
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
            Config,
        ),
        (
            CodeExchange,
            100,
            0,
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
            Config,
        ),
        (
            CodeExchange,
            100,
            0,
            "Invalid verification code format.",
            Permanent,
        ),
        (
            CodeExchange,
            1,
            0,
            "Error validating client secret.",
            Config,
        ),
        (
            TokenExchange,
            1,
            0,
            "Error validating client secret.",
            Config,
        ),
        (
            CodeExchange,
            101,
            0,
            "Error validating application. Invalid application ID.",
            Config,
        ),
        (
            CodeExchange,
            191,
            0,
            "Missing redirect_uri parameter.",
            Config,
        ),
        (
            CodeExchange,
            190,
            0,
            "Invalid OAuth access token signature.",
            Config,
        ),
        (CodeExchange, 1, 99, "An unknown error occurred", Temporary),
        (
            CodeExchange,
            2,
            0,
            "Service temporarily unavailable",
            Temporary,
        ),
        (
            CodeExchange,
            4,
            0,
            "Application request limit reached",
            Throttled,
        ),
        (
            TokenExchange,
            190,
            463,
            "Error validating access token: Session has expired",
            Relogin,
        ),
    ]);
}

#[test]
fn errors_about_the_token() {
    check(&[
        (
            Me,
            0,
            0,
            "Error validating access token: The session was invalidated",
            Relogin,
        ),
        (Me, 0, 0, "An error", Relogin),
        (Me, 102, 0, "Session key invalid", Relogin),
        (
            Me,
            190,
            0,
            "Invalid OAuth access token - Cannot parse access token",
            Relogin,
        ),
        (
            Me,
            190,
            458,
            "The user has not authorized application 1.",
            Relogin,
        ),
        (
            Me,
            190,
            459,
            "The user is enrolled in a checkpoint",
            Blocked,
        ),
        (
            Me,
            102,
            459,
            "The user is enrolled in a checkpoint",
            Blocked,
        ),
        (Me, 190, 460, "The password was changed", Relogin),
        (Me, 190, 463, "Session has expired", Relogin),
        (
            Me,
            190,
            464,
            "Sessions for the user are not allowed because the user is not a confirmed user.",
            Relogin,
        ),
        (
            Me,
            190,
            466,
            "The session was invalidated explicitly using an API call.",
            Relogin,
        ),
        (
            Me,
            190,
            467,
            "The session is invalid because the user logged out.",
            Relogin,
        ),
        (
            Me,
            190,
            492,
            "The user must be an administrator of the page",
            Relogin,
        ),
        (
            Me,
            190,
            493,
            "The access token is invalid since the user hasn't engaged the app in longer than 90 days.",
            Relogin,
        ),
        (
            Me,
            190,
            0,
            "Any of the pages_read_engagement, pages_manage_metadata permission(s) must be granted before impersonating a user's page.",
            Permission,
        ),
        (Me, 415, 0, "Two factor authentication required", Relogin),
        (
            Me,
            2500,
            0,
            "An active access token must be used to query information about the current user.",
            Relogin,
        ),
        (Me, 2500, 0, "Unknown path components: /bogus", Permanent),
        (
            Me,
            368,
            0,
            "The action attempted has been deemed abusive",
            Blocked,
        ),
        (
            Me,
            368,
            1_390_008,
            "It looks like you were misusing this feature by going too fast.",
            Blocked,
        ),
    ]);
}

#[test]
fn errors_of_the_inspector_are_the_apps_own() {
    check(&[
        (
            DebugToken,
            100,
            0,
            "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app",
            Config,
        ),
        (
            DebugToken,
            190,
            0,
            "Invalid OAuth access token - Debug only access token",
            Config,
        ),
        (
            DebugToken,
            190,
            463,
            "Error validating access token: Session has expired",
            Config,
        ),
        (
            DebugToken,
            2,
            0,
            "Service temporarily unavailable",
            Temporary,
        ),
    ]);
}

#[test]
fn errors_about_permissions_and_objects() {
    check(&[
        (
            Campaigns,
            10,
            0,
            "(#10) Application does not have permission for this action",
            Permission,
        ),
        (
            Campaigns,
            200,
            0,
            "(#200) Requires ads_read permission",
            Permission,
        ),
        (
            Campaigns,
            299,
            0,
            "(#299) Requires extended permission",
            Permission,
        ),
        (
            Campaigns,
            294,
            0,
            "(#294) Managing advertisements requires the extended permission ads_management",
            Permission,
        ),
        (
            Campaigns,
            100,
            33,
            "Unsupported get request. Object with ID 'x' does not exist",
            ObjectPermission,
        ),
        (Campaigns, 100, 0, "(#100) Missing permissions", Permanent),
        (
            Campaigns,
            100,
            0,
            "(#100) Tried accessing nonexisting field (x) on node type (User)",
            Permanent,
        ),
        (
            Campaigns,
            803,
            0,
            "(#803) Some of the aliases you requested do not exist: x",
            Permanent,
        ),
    ]);
}

#[test]
fn errors_of_the_set_up_and_of_ours() {
    check(&[
        (
            Campaigns,
            1,
            2_853_001,
            "The profile is not linked to delegate page",
            Config,
        ),
        (
            Campaigns,
            3,
            0,
            "(#3) Application does not have the capability to make this API call.",
            Config,
        ),
        (Campaigns, 101, 0, "Invalid API key", Config),
        (Campaigns, 104, 0, "Incorrect signature", Config),
        (
            Campaigns,
            105,
            0,
            "The number of parameters exceeded the maximum",
            Config,
        ),
        (Campaigns, 191, 0, "Missing redirect_uri parameter.", Config),
        (
            Campaigns,
            2635,
            0,
            "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v26.0.",
            Config,
        ),
        (
            Campaigns,
            100,
            0,
            "API calls from the server require an appsecret_proof argument",
            Config,
        ),
        (
            Campaigns,
            100,
            0,
            "Invalid appsecret_proof provided in the API argument",
            Config,
        ),
        (
            Campaigns,
            1,
            0,
            "Invalid appsecret_proof provided in the API argument",
            Config,
        ),
        (
            Campaigns,
            506,
            1_455_006,
            "Duplicate status message",
            Permanent,
        ),
        (Campaigns, 1150, 0, "business", Permanent),
        (
            Campaigns,
            3018,
            0,
            "The start date of the time range cannot be beyond 37 months",
            Permanent,
        ),
        (Campaigns, 3936, 0, "ownership", Permanent),
        (Campaigns, 3944, 0, "ownership", Permanent),
        (Campaigns, 3979, 0, "business", Permanent),
        (Campaigns, 3980, 0, "business", Permanent),
        (Campaigns, 987_654, 0, "a code of tomorrow", Permanent),
    ]);
}
