//! Every path, once: links, redirects, e-mails and tests build them here.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::model::{
    AnswerClass, BackupFilter, ClientFilter, Ends, MailFilter, QueueTab, StateFilter, StopReason,
    TokenStatus,
};

/// The pattern of each route, as the router takes it.
pub mod pattern {
    pub const HOME: &str = "/";
    pub const FAVICON: &str = "/favicon.svg";
    /// On a portal that is reached without https only: on a developer's own machine.
    pub const STYLEGUIDE: &str = "/styleguide";
    pub const HEALTHZ: &str = "/healthz";
    pub const READYZ: &str = "/readyz";
    pub const BRAND: &str = "/brand/{file}";

    pub const INVITATION: &str = "/i/{secret}";
    pub const INVITATION_START: &str = "/i/{secret}/start";
    pub const INVITATION_FRESH: &str = "/i/{secret}/fresh";
    pub const CALLBACK: &str = "/oauth/facebook/callback";
    pub const VISIT: &str = "/connect/{visit}";
    pub const VISIT_AGAIN: &str = "/connect/{visit}/again";
    pub const VISIT_RESUME: &str = "/connect/{visit}/resume";
    pub const VISIT_CONFIRM: &str = "/connect/{visit}/confirm";
    pub const VISIT_ACCOUNTS: &str = "/connect/{visit}/accounts";
    pub const VISIT_REREAD: &str = "/connect/{visit}/accounts/read";
    pub const VISIT_PASS_ON: &str = "/connect/{visit}/pass-on";
    pub const VISIT_HELP: &str = "/connect/{visit}/help";
    pub const STOPPED: &str = "/connect/stopped/{reason}";

    pub const DEAUTHORIZE: &str = "/meta/deauthorize";
    pub const DATA_DELETION: &str = "/meta/data-deletion";
    pub const WEBHOOK: &str = "/meta/webhook";
    pub const DELETION: &str = "/deletion/{secret}";

    pub const ADMIN: &str = "/admin";
    pub const SIGN_IN: &str = "/admin/sign-in";
    pub const SIGN_OUT: &str = "/admin/sign-out";
    pub const FIRST_SIGN_IN: &str = "/admin/sign-in/{secret}";
    pub const SECOND_STEP: &str = "/admin/sign-in/code";
    pub const ACCOUNT: &str = "/admin/account";
    pub const PASSWORD: &str = "/admin/account/password";
    pub const FACTOR_BEGIN: &str = "/admin/account/second-factor/begin";
    pub const FACTOR_CONFIRM: &str = "/admin/account/second-factor/confirm";
    pub const FACTOR_CODES: &str = "/admin/account/second-factor/codes";
    pub const FACTOR_OFF: &str = "/admin/account/second-factor/off";
    pub const SESSION_END: &str = "/admin/account/sessions/{id}/end";
    pub const SETTINGS: &str = "/admin/settings";
    pub const TEAM: &str = "/admin/settings/team";
    pub const TEAM_REQUIRE: &str = "/admin/settings/team/require";
    pub const TEAM_SESSION_END: &str = "/admin/settings/team/sessions/{id}/end";
    pub const PERSON_DISABLE: &str = "/admin/settings/team/{id}/disable";
    pub const PERSON_ENABLE: &str = "/admin/settings/team/{id}/enable";
    pub const PERSON_RESET: &str = "/admin/settings/team/{id}/reset-second-factor";

    pub const QUEUE: &str = "/admin/queue";
    pub const QUEUE_LONG: &str = "/admin/queue/long";
    pub const QUEUE_BACKUPS: &str = "/admin/queue/backups";
    pub const QUEUE_RECONNECTIONS: &str = "/admin/queue/reconnections";
    pub const QUEUE_DECIDED: &str = "/admin/queue/decided";
    pub const QUEUE_DECIDE: &str = "/admin/queue/decide";
    pub const META_MENDED: &str = "/admin/queue/mended";
    pub const CLIENTS: &str = "/admin/clients";
    pub const NEW_CLIENT: &str = "/admin/clients/new";
    pub const CLIENT: &str = "/admin/clients/{id}";
    pub const CLIENT_SEND: &str = "/admin/clients/{id}/send";
    pub const CLIENT_RESEND: &str = "/admin/clients/{id}/resend";
    pub const CLIENT_COPY: &str = "/admin/clients/{id}/copy";
    pub const CLIENT_REVOKE: &str = "/admin/clients/{id}/revoke";
    pub const CLIENT_TEST: &str = "/admin/clients/{id}/test";
    pub const TOKEN_VALIDATE: &str = "/admin/clients/{id}/tokens/{token}/validate";
    pub const GRANT: &str = "/admin/clients/{id}/grants/{grant}";
    pub const LOGIN: &str = "/admin/clients/{id}/logins/{login}";
    pub const HEALTH: &str = "/admin/health";
    pub const VALIDATIONS: &str = "/admin/health/validations";
    pub const OUTBOX: &str = "/admin/outbox";
    pub const MAIL_TEST: &str = "/admin/outbox/test";
    pub const MAIL: &str = "/admin/outbox/{id}";
    pub const MAIL_SEND: &str = "/admin/outbox/{id}/send";
    pub const JOBS: &str = "/admin/health/jobs";
    pub const JOBS_AGAIN: &str = "/admin/health/jobs/again";
    pub const JOB_AGAIN: &str = "/admin/health/jobs/{id}/again";
    pub const JOB_DISMISS: &str = "/admin/health/jobs/{id}/dismiss";
    pub const HELP_ERRORS: &str = "/admin/help/errors";
}

/// A file of an agency's own face: the stylesheet with its colour, or its logo. The name holds a hash.
#[must_use]
pub fn brand(file: &str) -> String {
    format!("/brand/{file}")
}

/// A guided link. The secret is part of the path, never of a query.
#[must_use]
pub fn invitation(secret: &str) -> String {
    format!("/i/{secret}")
}

/// *Continue with Facebook* on the page of a guided link.
#[must_use]
pub fn invitation_start(secret: &str) -> String {
    format!("/i/{secret}/start")
}

/// Asks for a fresh link in place of an expired one.
#[must_use]
pub fn invitation_fresh(secret: &str) -> String {
    format!("/i/{secret}/fresh")
}

/// Where Facebook sends the browser back to: fixed, exact.
pub const CALLBACK: &str = pattern::CALLBACK;

/// A visit: shows the step that it is at.
#[must_use]
pub fn visit(id: Uuid) -> String {
    format!("/connect/{id}")
}

/// Signs in with Facebook again within a visit.
#[must_use]
pub fn visit_again(id: Uuid) -> String {
    format!("/connect/{id}/again")
}

/// *Try again*: goes on where a login was stopped.
#[must_use]
pub fn visit_resume(id: Uuid) -> String {
    format!("/connect/{id}/resume")
}

/// *Yes, this is me*.
#[must_use]
pub fn visit_confirm(id: Uuid) -> String {
    format!("/connect/{id}/confirm")
}

/// The choice of ad accounts.
#[must_use]
pub fn visit_accounts(id: Uuid) -> String {
    format!("/connect/{id}/accounts")
}

/// Reads the ad accounts once more.
#[must_use]
pub fn visit_reread(id: Uuid) -> String {
    format!("/connect/{id}/accounts/read")
}

/// *Pass this on*: a link for somebody else.
#[must_use]
pub fn visit_pass_on(id: Uuid) -> String {
    format!("/connect/{id}/pass-on")
}

/// *Ask for help*.
#[must_use]
pub fn visit_help(id: Uuid) -> String {
    format!("/connect/{id}/help")
}

/// A halt for a browser that has no visit of its own.
#[must_use]
pub fn stopped(reason: StopReason) -> String {
    format!("/connect/stopped/{}", reason.code())
}

/// How far the deletion of a person's data is, behind their confirmation code.
#[must_use]
pub fn deletion(code: &str) -> String {
    format!("/deletion/{code}")
}

/// The sign-in page; afterwards on to `next`.
#[must_use]
pub fn sign_in(next: Option<&str>) -> String {
    match next {
        Some(next) => format!("{}?next={}", pattern::SIGN_IN, encode(next)),
        None => pattern::SIGN_IN.to_owned(),
    }
}

/// The sign-in page for somebody who is signed in too long already; afterwards on to `next`.
#[must_use]
pub fn sign_in_again(next: &str) -> String {
    format!("{}&again=1", sign_in(Some(next)))
}

/// The second step of a sign-in; afterwards on to `next`.
#[must_use]
pub fn second_step(next: Option<&str>) -> String {
    match next {
        Some(next) => format!("{}?next={}", pattern::SECOND_STEP, encode(next)),
        None => pattern::SECOND_STEP.to_owned(),
    }
}

/// Ends one of one's own sessions.
#[must_use]
pub fn session_end(id: Uuid) -> String {
    format!("/admin/account/sessions/{id}/end")
}

/// Ends anybody's session.
#[must_use]
pub fn team_session_end(id: Uuid) -> String {
    format!("/admin/settings/team/sessions/{id}/end")
}

/// One of the forms about a member of staff: `disable`, `enable` or `reset-second-factor`.
#[must_use]
pub fn person_action(id: Uuid, action: &str) -> String {
    format!("/admin/settings/team/{id}/{action}")
}

/// A one-time sign-in link.
#[must_use]
pub fn first_sign_in(secret: &str) -> String {
    format!("/admin/sign-in/{secret}")
}

/// What the queue shows under a tab.
#[must_use]
pub const fn queue(tab: QueueTab) -> &'static str {
    match tab {
        QueueTab::Waiting => pattern::QUEUE,
        QueueTab::Long => pattern::QUEUE_LONG,
        QueueTab::Backups => pattern::QUEUE_BACKUPS,
        QueueTab::Reconnections => pattern::QUEUE_RECONNECTIONS,
        QueueTab::Decided => pattern::QUEUE_DECIDED,
    }
}

/// The list of clients, narrowed, with so many rows, after a client that was shown.
#[must_use]
pub fn clients(filter: &ClientFilter, rows: Option<u64>, after: Option<&str>) -> String {
    let rows = rows.map(|rows| rows.to_string());
    let ends = filter.ends.map(Ends::code);
    let values = [
        (
            "q",
            Some(filter.query.as_str()).filter(|query| !query.is_empty()),
        ),
        ("state", filter.state.map(StateFilter::code)),
        ("token", filter.token.map(TokenStatus::code)),
        ("ends", ends.as_deref()),
        ("backup", filter.backup.map(BackupFilter::code)),
        ("rows", rows.as_deref()),
        ("after", after),
    ];
    with_query(pattern::CLIENTS, &values)
}

/// A path with those of the values that are there.
fn with_query(path: &str, values: &[(&str, Option<&str>)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in values {
        let Some(value) = value else { continue };
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        out.push_str(&encode(value));
    }
    out
}

/// The page of a client.
#[must_use]
pub fn client(id: Uuid) -> String {
    format!("/admin/clients/{id}")
}

/// One of the forms on a client's page: `send`, `resend`, `copy`, `revoke` or `test`.
#[must_use]
pub fn client_action(id: Uuid, action: &str) -> String {
    format!("/admin/clients/{id}/{action}")
}

/// *Validate token*.
#[must_use]
pub fn token_validate(client: Uuid, token: Uuid) -> String {
    format!("/admin/clients/{client}/tokens/{token}/validate")
}

/// The evidence of a grant.
#[must_use]
pub fn grant(client: Uuid, grant: Uuid) -> String {
    format!("/admin/clients/{client}/grants/{grant}")
}

/// What Meta answered during a login that led to no grant.
#[must_use]
pub fn login(client: Uuid, login: Uuid) -> String {
    format!("/admin/clients/{client}/logins/{login}")
}

/// Validations that said the same, or those of a day (in UTC), after one that was shown.
#[must_use]
pub fn validations(class: AnswerClass, day: Option<NaiveDate>, after: Option<&str>) -> String {
    let day = day.map(|day| day.to_string());
    let values = [
        ("class", Some(class.code())),
        ("day", day.as_deref()),
        ("after", after),
    ];
    with_query(pattern::VALIDATIONS, &values)
}

/// The outbox: the mails that a filter lets through, after one that was shown.
#[must_use]
pub fn outbox(filter: MailFilter, after: Option<&str>) -> String {
    let values = [("state", filter.code()), ("after", after)];
    with_query(pattern::OUTBOX, &values)
}

/// A mail in the outbox.
#[must_use]
pub fn mail(id: Uuid) -> String {
    format!("/admin/outbox/{id}")
}

/// Sends a mail again.
#[must_use]
pub fn mail_send(id: Uuid) -> String {
    format!("/admin/outbox/{id}/send")
}

/// Jobs that were given up, after one that was shown.
#[must_use]
pub fn jobs(after: Option<&str>) -> String {
    with_query(pattern::JOBS, &[("after", after)])
}

/// Runs a job again that was given up.
#[must_use]
pub fn job_again(id: Uuid) -> String {
    format!("/admin/health/jobs/{id}/again")
}

/// Lets a job be that was given up.
#[must_use]
pub fn job_dismiss(id: Uuid) -> String {
    format!("/admin/health/jobs/{id}/dismiss")
}

/// What explains an error, a class or a status: a place of the help page.
#[must_use]
pub fn help_errors(place: &str) -> String {
    format!("{}#{place}", pattern::HELP_ERRORS)
}

/// Percent-encodes a value for a query.
#[must_use]
pub fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
