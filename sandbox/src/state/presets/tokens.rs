//! Errors of tokens, codes and proofs (`meta.md` §2.1, §4, §6).

use super::Preset;

const fn dead(name: &'static str, action: &'static str, sub: i64, message: &'static str) -> Preset {
    Preset::error(name, action, 190, sub, message)
}

pub(super) const PRESETS: &[Preset] = &[
    // What the exchange of a code can say.
    Preset::error(
        "code_used",
        "restart",
        100,
        36_009,
        "This authorization code has been used.",
    ),
    Preset::error(
        "code_expired",
        "restart",
        100,
        36_007,
        "This authorization code has expired.",
    ),
    Preset::error(
        "code_redirect_mismatch",
        "config",
        100,
        36_008,
        "Error validating verification code. Please make sure your redirect_uri is identical to \
         the one you used in the OAuth dialog request",
    ),
    Preset::error(
        "code_malformed",
        "restart",
        100,
        0,
        "Invalid verification code format.",
    ),
    Preset::error(
        "wrong_secret",
        "config",
        1,
        0,
        "Error validating client secret.",
    ),
    Preset::error(
        "invalid_app",
        "config",
        101,
        0,
        "Error validating application. Invalid application ID.",
    ),
    Preset::error(
        "redirect_not_allowed",
        "config",
        191,
        0,
        "Can't Load URL: The domain of this URL isn't included in the app's domains. To be able \
         to load this URL, add all domains and subdomains of your app to the App Domains field in \
         your app settings.",
    ),
    Preset::error(
        "redirect_missing",
        "config",
        191,
        0,
        "Missing redirect_uri parameter.",
    ),
    // The proof.
    Preset::error(
        "proof_missing",
        "config",
        100,
        0,
        "API calls from the server require an appsecret_proof argument",
    )
    .method(),
    Preset::error(
        "proof_wrong",
        "config",
        100,
        0,
        "Invalid appsecret_proof provided in the API argument",
    )
    .method(),
    // Sessions and tokens without a subcode.
    Preset::error(
        "no_code",
        "relogin",
        0,
        0,
        "Error validating access token: The session has expired.",
    ),
    Preset::error(
        "session_invalid",
        "relogin",
        102,
        0,
        "Session key invalid or no longer valid",
    ),
    dead(
        "token_malformed",
        "relogin",
        0,
        "Invalid OAuth access token - Cannot parse access token",
    ),
    dead(
        "token_undecryptable",
        "relogin",
        0,
        "The access token could not be decrypted",
    ),
    dead(
        "token_bad_signature",
        "relogin",
        0,
        "Invalid OAuth access token signature.",
    ),
    dead(
        "token_expired_no_subcode",
        "relogin",
        0,
        "Error validating access token: Session has expired on Wednesday, 16-Nov-22 07:45:51 PST. \
         The current time is Thursday, 17-Nov-22 21:30:03 PST.",
    ),
    dead(
        "page_impersonation",
        "permission",
        0,
        "Any of the pages_read_engagement, pages_manage_metadata, pages_read_user_content, \
         pages_manage_ads, pages_show_list or pages_messaging permission(s) must be granted \
         before impersonating a user's page.",
    ),
    // The subcodes of 190.
    dead(
        "app_removed",
        "relogin",
        458,
        "Error validating access token: The user has not authorized application 1234567890123456.",
    ),
    dead(
        "checkpoint",
        "blocked",
        459,
        "Error validating access token: You cannot access the app till you log in to \
         www.facebook.com and follow the instructions given.",
    )
    .told(
        "Log in to www.facebook.com",
        "You cannot access the app till you log in to www.facebook.com and follow the \
         instructions given.",
    ),
    dead(
        "password_changed",
        "relogin",
        460,
        "Error validating access token: The session has been invalidated because the user changed \
         their password or Facebook has changed the session for security reasons.",
    ),
    dead(
        "token_expired",
        "relogin",
        463,
        "Error validating access token: Session has expired on Wednesday, 16-Nov-22 07:45:51 PST. \
         The current time is Thursday, 17-Nov-22 21:30:03 PST.",
    ),
    dead(
        "unconfirmed_user",
        "relogin",
        464,
        "Error validating access token: Sessions for the user are not allowed because the user is \
         not a confirmed user.",
    ),
    dead(
        "token_invalidated",
        "relogin",
        466,
        "Error validating access token: The session was invalidated explicitly using an API call.",
    ),
    dead(
        "logged_out",
        "relogin",
        467,
        "Error validating access token: The session is invalid because the user logged out.",
    ),
    dead(
        "page_role_lost",
        "relogin",
        492,
        "Error validating access token: The user must be an administrator, editor, or moderator \
         of the page in order to impersonate it.",
    ),
    dead(
        "data_access_over",
        "relogin",
        493,
        "The access token is invalid since the user hasn't engaged the app in longer than 90 days.",
    ),
];
