//! What ends a login, and what blocks its person.

use super::MetaCode;
use crate::model::{Explanation, MetaCall};

pub(super) const ROWS: &[MetaCode] = &[
    // The end of a login.
    MetaCode::new(
        190,
        463,
        Explanation::Ended,
        "Error validating access token: Session has expired on …",
    ),
    MetaCode::new(
        190,
        493,
        Explanation::DataEnded,
        "The access token is invalid since the user hasn't engaged the app in longer than 90 days.",
    ),
    MetaCode::new(
        190,
        460,
        Explanation::PasswordChanged,
        "The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
    ),
    MetaCode::new(
        190,
        467,
        Explanation::LoggedOut,
        "The session is invalid because the user logged out.",
    ),
    MetaCode::new(
        190,
        466,
        Explanation::EndedByCall,
        "The session was invalidated explicitly using an API call.",
    ),
    MetaCode::new(
        190,
        458,
        Explanation::AppRemoved,
        "The user has not authorized application …",
    ),
    MetaCode::new(
        190,
        464,
        Explanation::NotConfirmed,
        "Sessions for the user are not allowed because the user is not a confirmed user.",
    ),
    MetaCode::new(
        190,
        492,
        Explanation::PageRoleLost,
        "The user must be an administrator, editor, or moderator of the page in order to impersonate it.",
    ),
    MetaCode::new(
        415,
        0,
        Explanation::SecondFactor,
        "Two factor authentication required.",
    ),
    MetaCode::new(
        190,
        0,
        Explanation::LoginGone,
        "Invalid OAuth access token. / The access token could not be decrypted",
    ),
    MetaCode::new(
        102,
        0,
        Explanation::LoginGone,
        "Session key invalid or no longer valid",
    ),
    MetaCode::new(
        2500,
        0,
        Explanation::LoginGone,
        "An active access token must be used to query information about the current user.",
    )
    .case("token"),
    MetaCode {
        code: None,
        ..MetaCode::new(
            0,
            0,
            Explanation::LoginGone,
            "Error validating access token: …",
        )
    },
    MetaCode::new(
        100,
        36_009,
        Explanation::CodeOver,
        "This authorization code has been used.",
    )
    .at(MetaCall::CodeExchange),
    MetaCode::new(
        100,
        36_007,
        Explanation::CodeOver,
        "This authorization code has expired.",
    )
    .at(MetaCall::CodeExchange),
    MetaCode::new(
        100,
        0,
        Explanation::CodeOver,
        "Invalid verification code format.",
    )
    .case("code")
    .at(MetaCall::CodeExchange),
    // Blocked.
    MetaCode::new(
        190,
        459,
        Explanation::Checkpoint,
        "You cannot access the app till you log in to www.facebook.com and follow the instructions given.",
    ),
    MetaCode::new(
        368,
        0,
        Explanation::PolicyBlock,
        "The action attempted has been deemed abusive or is otherwise disallowed",
    ),
    MetaCode::new(
        368,
        1_390_008,
        Explanation::PolicyBlock,
        "It looks like you were misusing this feature by going too fast. You’ve been blocked from using it.",
    ),
];
