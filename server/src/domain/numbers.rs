//! How long things last: the numbers of the product. Limits of tries are in [`super::rate`].

use chrono::TimeDelta;

/// A guided link, unless the agency set another time.
pub const LINK_LIFE: TimeDelta = TimeDelta::days(7);
/// A visit: from *Continue with Facebook* to *Submit for approval*.
pub const VISIT_LIFE: TimeDelta = TimeDelta::minutes(30);
/// The `state` of a login at Meta.
pub const STATE_LIFE: TimeDelta = TimeDelta::minutes(10);
/// A one-time sign-in link for staff.
pub const ONE_TIME_SIGN_IN_LIFE: TimeDelta = TimeDelta::hours(24);
/// A staff session without a click.
pub const STAFF_IDLE: TimeDelta = TimeDelta::minutes(60);
/// A staff session at most.
pub const STAFF_ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// From the right password to the code of the second factor.
pub const SECOND_STEP_LIFE: TimeDelta = TimeDelta::minutes(10);
/// What was typed into a refused form.
pub const DRAFT_FORM_LIFE: TimeDelta = TimeDelta::minutes(30);
/// A connection that was captured and not submitted.
pub const DRAFT_CONNECTION_LIFE: TimeDelta = TimeDelta::days(7);
/// The body of a mail after delivery: it holds a link.
pub const MAIL_BODY_LIFE: TimeDelta = TimeDelta::hours(24);
/// What Meta answered during a login, redacted, for support.
pub const ANSWERS_KEPT: TimeDelta = TimeDelta::days(30);
/// What each check of a token said. The counts of each day stay.
pub const VALIDATIONS_KEPT: TimeDelta = TimeDelta::days(90);
/// What Meta told of a person, once it was done: it finds what comes twice. Meta repeats a call for 36 hours at most
/// (docs/graph-api/webhooks/getting-started).
pub const META_EVENTS_KEPT: TimeDelta = TimeDelta::days(30);
/// How old a sign-in may be for approving (ASVS 7.5.3).
pub const FRESH_SIGN_IN_APPROVAL: TimeDelta = TimeDelta::hours(8);
/// How old a sign-in may be for changing the team or one's own second factor (ASVS 7.5.3).
pub const FRESH_SIGN_IN: TimeDelta = TimeDelta::minutes(15);
/// So long before its end a token, or its data access, is `expiring`.
pub const EXPIRY_WARNING: TimeDelta = TimeDelta::days(14);
