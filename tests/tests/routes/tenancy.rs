//! Every route × everybody × one's own and another agency's things. The list of routes is read from the
//! sources: a new one without a row here fails.

use app::{model::Role, routes::pattern};
use server::{
    domain::agency::AgencyScope,
    service::{actor::Who, invitations::Way},
};
use tests::{Agency, Answer, Browser, Consent, Staff, TestApp, people};
use uuid::Uuid;

/// Who is let in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    /// No session is asked for; a test of its own says what is.
    Anybody,
    /// These statuses for viewer, reviewer, admin and owner.
    Staff([u16; 4]),
}

use Access::{Anybody, Staff as Roles};

const ALL: Access = Roles([200; 4]);
const DECIDERS: Access = Roles([403, 303, 303, 303]);
const MANAGERS: Access = Roles([403, 403, 303, 303]);
const OWNER: Access = Roles([403, 403, 403, 303]);
/// The session of a colleague: not there for those who do not see the team, and gone after the first.
const SESSIONS: Access = Roles([404, 404, 303, 404]);

/// Method, pattern, and who may.
const TABLE: &[(&str, &str, Access)] = &[
    ("GET", pattern::HOME, Anybody),
    ("GET", pattern::FAVICON, Anybody),
    ("GET", pattern::STYLEGUIDE, Anybody),
    ("GET", pattern::HEALTHZ, Anybody),
    ("GET", pattern::READYZ, Anybody),
    ("GET", pattern::BRAND, Anybody),
    ("GET", pattern::INVITATION, Anybody),
    ("POST", pattern::INVITATION_START, Anybody),
    ("POST", pattern::INVITATION_FRESH, Anybody),
    ("GET", pattern::CALLBACK, Anybody),
    ("GET", pattern::VISIT, Anybody),
    ("POST", pattern::VISIT_AGAIN, Anybody),
    ("POST", pattern::VISIT_RESUME, Anybody),
    ("POST", pattern::VISIT_CONFIRM, Anybody),
    ("GET", pattern::VISIT_ACCOUNTS, Anybody),
    ("POST", pattern::VISIT_ACCOUNTS, Anybody),
    ("POST", pattern::VISIT_REREAD, Anybody),
    ("GET", pattern::VISIT_PASS_ON, Anybody),
    ("POST", pattern::VISIT_PASS_ON, Anybody),
    ("GET", pattern::VISIT_HELP, Anybody),
    ("POST", pattern::VISIT_HELP, Anybody),
    ("GET", pattern::STOPPED, Anybody),
    ("GET", pattern::DEAUTHORIZE, Anybody),
    ("POST", pattern::DEAUTHORIZE, Anybody),
    ("POST", pattern::DATA_DELETION, Anybody),
    ("GET", pattern::WEBHOOK, Anybody),
    ("POST", pattern::WEBHOOK, Anybody),
    ("GET", pattern::DELETION, Anybody),
    ("GET", pattern::ADMIN, Anybody),
    ("GET", pattern::SIGN_IN, Anybody),
    ("POST", pattern::SIGN_IN, Anybody),
    ("GET", pattern::FIRST_SIGN_IN, Anybody),
    ("POST", pattern::FIRST_SIGN_IN, Anybody),
    ("POST", pattern::SIGN_OUT, Anybody),
    ("GET", pattern::SECOND_STEP, Anybody),
    ("POST", pattern::SECOND_STEP, Anybody),
    ("GET", pattern::ACCOUNT, ALL),
    ("POST", pattern::PASSWORD, Roles([303; 4])),
    ("POST", pattern::FACTOR_BEGIN, Roles([303; 4])),
    ("POST", pattern::FACTOR_CONFIRM, Roles([303; 4])),
    // Nothing is set up yet, so there are no codes to renew.
    ("POST", pattern::FACTOR_CODES, Roles([409; 4])),
    ("POST", pattern::FACTOR_OFF, Roles([303; 4])),
    ("POST", pattern::SESSION_END, SESSIONS),
    ("GET", pattern::SETTINGS, Roles([403, 403, 200, 200])),
    // The form comes in parts, which this table does not send; its own test does.
    ("POST", pattern::SETTINGS, Roles([403, 403, 403, 400])),
    ("GET", pattern::TEAM, Roles([403, 403, 200, 200])),
    // Who has no second factor cannot require one: the test of the team does.
    ("POST", pattern::TEAM_REQUIRE, Roles([403; 4])),
    ("POST", pattern::TEAM_SESSION_END, SESSIONS),
    ("POST", pattern::PERSON_DISABLE, OWNER),
    ("POST", pattern::PERSON_ENABLE, OWNER),
    ("POST", pattern::PERSON_RESET, OWNER),
    ("GET", pattern::QUEUE, ALL),
    ("GET", pattern::QUEUE_LONG, ALL),
    ("GET", pattern::QUEUE_BACKUPS, ALL),
    ("GET", pattern::QUEUE_RECONNECTIONS, ALL),
    ("GET", pattern::QUEUE_DECIDED, ALL),
    ("POST", pattern::QUEUE_DECIDE, DECIDERS),
    ("POST", pattern::META_MENDED, MANAGERS),
    ("GET", pattern::CLIENTS, ALL),
    ("POST", pattern::CLIENTS, MANAGERS),
    ("GET", pattern::NEW_CLIENT, Roles([403, 403, 200, 200])),
    ("GET", pattern::CLIENT, ALL),
    ("POST", pattern::CLIENT_SEND, DECIDERS),
    ("POST", pattern::CLIENT_RESEND, DECIDERS),
    ("POST", pattern::CLIENT_COPY, DECIDERS),
    ("POST", pattern::CLIENT_REVOKE, DECIDERS),
    ("POST", pattern::CLIENT_TEST, DECIDERS),
    ("POST", pattern::TOKEN_VALIDATE, DECIDERS),
    ("GET", pattern::GRANT, ALL),
    ("GET", pattern::LOGIN, Roles([403, 200, 200, 200])),
    ("GET", pattern::HEALTH, ALL),
    ("GET", pattern::VALIDATIONS, ALL),
    ("GET", pattern::OUTBOX, ALL),
    ("POST", pattern::MAIL_TEST, DECIDERS),
    ("GET", pattern::MAIL, ALL),
    ("POST", pattern::MAIL_SEND, DECIDERS),
    ("GET", pattern::JOBS, ALL),
    ("POST", pattern::JOBS_AGAIN, MANAGERS),
    ("POST", pattern::JOB_AGAIN, MANAGERS),
    ("POST", pattern::JOB_DISMISS, MANAGERS),
    ("GET", pattern::HELP_ERRORS, ALL),
];

fn table() -> impl Iterator<Item = (&'static str, &'static str, Access)> {
    TABLE.iter().copied()
}

/// The patterns as the sources have them.
fn patterns() -> Vec<&'static str> {
    let source = include_str!("../../../app/src/routes.rs");
    let constants = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub const "));
    let paths = constants.filter_map(|line| line.split('"').nth(1));
    let paths: Vec<_> = paths.collect();
    assert!(
        paths.len() >= 30,
        "the sources are written otherwise now: {paths:?}"
    );
    paths
}

/// What routes are about: things of one agency.
#[derive(Clone, Copy)]
struct Things {
    client: Uuid,
    /// The client who waits, with a consent and a login of theirs.
    waiting: Uuid,
    grant: Uuid,
    login: Uuid,
    token: Uuid,
    mail: Uuid,
    job: Uuid,
    /// As the queue's form names it.
    connection: Uuid,
    version: i64,
    colleague: Uuid,
    /// Where the colleague is signed in.
    sessions: [Uuid; 2],
}

impl Things {
    /// A client who was sent a link, and one who waits for a decision.
    async fn of(app: &TestApp, scope: AgencyScope) -> Self {
        let waiting = app.add_client_to(scope, "Weissmann").await;
        let link = app.invite_to(scope, waiting).await;
        app.client()
            .connect(&link, &Consent::of(people::MARTA))
            .await;
        let connection = app
            .find_connection(scope, waiting)
            .await
            .expect("a connection");
        assert_eq!(connection.state, "pending");
        let client = app.add_client_to(scope, "Iglesias").await;
        let kind = app::model::InvitationKind::Connect;
        let sent = app
            .portal
            .invite(scope, &Who::Operator, client, kind, Way::Mail)
            .await;
        drop(sent.expect("a link"));
        let agency = app.sql_id(scope.agency());
        let sql =
            format!("SELECT id FROM mails WHERE agency_id = {agency} AND client_id IS NOT NULL");
        let mail = app.value("id", &sql).await;
        let sql = format!(
            "SELECT id FROM jobs WHERE agency_id = {agency} AND subject_id = {}",
            app.sql_id(mail)
        );
        let job = app.value("id", &sql).await;
        app.give_up(job).await;
        let (colleague, sessions) = colleague(app, scope).await;
        let token = app.sql_id(waiting);
        let token = format!("SELECT id FROM client_tokens WHERE client_id = {token}");
        let consent = |column: &str| {
            let id = app.sql_id(waiting);
            format!("SELECT {column} FROM grants WHERE client_id = {id}")
        };
        Self {
            client,
            waiting,
            grant: app.value("id", &consent("id")).await,
            login: app.value("login_id", &consent("login_id")).await,
            token: app.value("id", &token).await,
            mail,
            job,
            connection: connection.id,
            version: connection.version,
            colleague,
            sessions,
        }
    }

    fn unknown(app: &TestApp) -> Self {
        let id = || app.portal.new_id();
        Self {
            client: id(),
            waiting: id(),
            grant: id(),
            login: id(),
            token: id(),
            mail: id(),
            job: id(),
            connection: id(),
            version: 1,
            colleague: id(),
            sessions: [id(), id()],
        }
    }

    fn path(&self, pattern: &str) -> String {
        let id = match pattern {
            pattern::SESSION_END => self.sessions[0],
            pattern::TEAM_SESSION_END => self.sessions[1],
            pattern::GRANT | pattern::LOGIN | pattern::TOKEN_VALIDATE => self.waiting,
            pattern if pattern.starts_with(pattern::TEAM) => self.colleague,
            pattern if pattern.starts_with(pattern::OUTBOX) => self.mail,
            pattern if pattern.starts_with(pattern::JOBS) => self.job,
            _ => self.client,
        };
        pattern
            .replace("{id}", &id.to_string())
            .replace("{grant}", &self.grant.to_string())
            .replace("{login}", &self.login.to_string())
            .replace("{token}", &self.token.to_string())
    }

    async fn ask(&self, browser: &Browser, method: &str, pattern: &str) -> Answer {
        let path = self.path(pattern);
        if method == "GET" {
            return browser.get(&path).await;
        }
        let case = format!("{}:{}", self.connection, self.version);
        let name = format!(
            "New {}",
            browser.cookie("portico_session").unwrap_or_default()
        );
        let email = format!(
            "{}@new.example",
            name.split(' ').next_back().unwrap_or_default()
        );
        let fields = [
            ("approve", case.as_str()),
            ("name", name.as_str()),
            ("email", email.as_str()),
            ("required", "yes"),
        ];
        browser.post(&path, &fields).await
    }
}

/// Somebody else who works there, signed in twice.
async fn colleague(app: &TestApp, scope: AgencyScope) -> (Uuid, [Uuid; 2]) {
    let email = format!("colleague@{}.example", scope.agency());
    let staff = Staff::join(app, scope, &email, Role::Viewer).await;
    staff.sign_in_at(&app.browser()).await.expect(200);
    let sql = format!("SELECT id FROM staff WHERE email = '{email}'");
    let colleague: Uuid = app.value("id", &sql).await;
    let id = app.sql_id(colleague);
    let rows = app
        .query(&format!("SELECT id FROM sessions WHERE staff_id = {id}"))
        .await;
    let sessions: Vec<Uuid> = rows
        .iter()
        .map(|row| row.try_get("", "id").expect("an id"))
        .collect();
    (colleague, sessions.try_into().expect("two sessions"))
}

fn takes_an_id(pattern: &str) -> bool {
    pattern.contains("{id}") || pattern == pattern::QUEUE_DECIDE
}

#[tokio::test]
async fn every_route_has_a_row_and_no_other_method() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    for path in patterns() {
        assert!(
            table().any(|(_, known, _)| known == path),
            "{path} has no row in this table"
        );
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            if table().any(|(known, of, _)| (known, of) == (method, path)) {
                continue;
            }
            let path = path
                .replace("{id}", &app.portal.new_id().to_string())
                .replace(['{', '}'], "");
            let answer = owner
                .browser
                .request(method, &path, &[("sec-fetch-site", "same-origin")])
                .await;
            answer.expect(404);
        }
    }
}

#[tokio::test]
async fn staff_see_and_do_what_their_role_allows() {
    let app = TestApp::start().await;
    let things = Things::of(&app, app.scope).await;
    let mut staff: Vec<Staff> = Vec::new();
    for role in [Role::Viewer, Role::Reviewer, Role::Admin, Role::Owner] {
        staff.push(app.staff(role).await);
    }
    let nobody = app.browser();
    for (method, pattern, who) in table() {
        let Roles(expected) = who else { continue };
        let sent_away = things.ask(&nobody, method, pattern).await;
        let path = things.path(pattern);
        let next = (method == "GET").then_some(path.as_str());
        assert_eq!(
            sent_away.location(),
            app::routes::sign_in(next),
            "{method} {pattern}"
        );
        for (person, status) in staff.iter().zip(expected) {
            let answer = things.ask(&person.browser, method, pattern).await;
            assert_eq!(
                answer.status,
                status,
                "{:?} {method} {pattern}: {}",
                person.role,
                answer.text()
            );
            if answer.status.is_redirection() {
                assert!(!answer.location().contains("sign-in"), "{method} {pattern}");
            }
        }
    }
}

#[tokio::test]
async fn another_agencys_things_are_not_there() {
    let app = TestApp::start().await;
    let other = Agency::found(&app, "Southdark").await;
    let theirs = Things::of(&app, other.scope).await;
    let unknown = Things::unknown(&app);
    let before = state_of(&app, other.scope).await;
    for role in [Role::Viewer, Role::Reviewer, Role::Admin, Role::Owner] {
        let ours = app.staff(role).await;
        for (method, pattern, _) in table().filter(|(_, pattern, _)| takes_an_id(pattern)) {
            let foreign = theirs.ask(&ours.browser, method, pattern).await;
            let missing = unknown.ask(&ours.browser, method, pattern).await;
            assert_eq!(
                foreign.status, missing.status,
                "{role:?} {method} {pattern}"
            );
            assert_eq!(
                foreign.text(),
                missing.text(),
                "{role:?} {method} {pattern}"
            );
            if role == Role::Owner {
                foreign.expect(404);
            } else {
                assert!(
                    [403, 404].contains(&foreign.status.as_u16()),
                    "{role:?} {method} {pattern}"
                );
            }
        }
        let lists = [
            pattern::QUEUE,
            pattern::QUEUE_BACKUPS,
            pattern::QUEUE_RECONNECTIONS,
            pattern::QUEUE_DECIDED,
            pattern::CLIENTS,
            pattern::OUTBOX,
            pattern::JOBS,
        ];
        for path in lists {
            let page = ours.browser.get(path).await.expect(200);
            for private in ["Weissmann", "Iglesias", "client.example", "southdark"] {
                assert!(!page.says(private), "{path} shows {private}");
            }
        }
    }
    assert_eq!(state_of(&app, other.scope).await, before);
    // It is all there, for them.
    for (method, pattern, _) in table().filter(|(_, pattern, _)| takes_an_id(pattern)) {
        let own = theirs.ask(&other.owner.browser, method, pattern).await;
        assert!(
            [200, 303].contains(&own.status.as_u16()),
            "{method} {pattern}: {}",
            own.text()
        );
    }
}

/// What somebody else's click could have changed.
async fn state_of(app: &TestApp, scope: AgencyScope) -> Vec<String> {
    let agency = app.sql_id(scope.agency());
    let mut state = Vec::new();
    for (column, table) in [
        ("state", "connections"),
        ("state", "mails"),
        ("state", "jobs"),
        ("action", "audit_events"),
    ] {
        let sql = format!(
            "SELECT {column} AS said FROM {table} WHERE agency_id = {agency} ORDER BY created_at"
        );
        let sql = if table == "audit_events" {
            sql.replace("created_at", "seq")
        } else {
            sql
        };
        for row in app.query(&sql).await {
            state.push(row.try_get::<String>("", "said").expect("a text"));
        }
    }
    state
}

#[tokio::test]
async fn lists_cannot_be_paged_into_another_agency() {
    let app = TestApp::start().await;
    let other = Agency::found(&app, "Southdark").await;
    let theirs = Things::of(&app, other.scope).await;
    app.add_client("Kowalska").await;
    let owner = app.staff(Role::Owner).await;
    for path in [
        format!("{}?after={}", pattern::CLIENTS, theirs.client),
        format!("{}?q=Iglesias", pattern::CLIENTS),
        format!("{}?state=none&rows=1000", pattern::CLIENTS),
        format!("{}?before=100000", pattern::QUEUE_DECIDED),
        format!("{}?after=1895428000000000.{}", pattern::OUTBOX, theirs.mail),
        format!("{}?after=1895428000000000.{}", pattern::JOBS, theirs.job),
    ] {
        let page = owner.browser.get(&path).await.expect(200);
        assert!(
            !page.says("iglesias@client.example"),
            "{path}: {}",
            page.text()
        );
    }
}

#[tokio::test]
async fn same_address_works_at_two_agencies() {
    let app = TestApp::start().await;
    let other = Agency::found(&app, "Southdark").await;
    let ours = app.add_client("Kowalska").await;
    let theirs = app.add_client_to(other.scope, "Kowalska").await;
    let link = app.invite(ours).await;
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    let connection = app.find_connection(other.scope, theirs).await;
    assert_eq!(connection, None);
}
