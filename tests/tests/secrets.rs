//! What must not leak, must not open elsewhere, and must not be changed unseen.

use app::{
    model::Role,
    routes::{self, pattern},
};
use chrono::TimeDelta;
use sandbox::Fault;
use server::service::Error;
use tests::{APP_SECRET, Consent, PASSWORD, RING, TestApp, open_accounts, people};
use uuid::Uuid;

/// Another key under the same id, and a key of another id.
const OTHER_KEY: &str = "test-1/ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
const OTHER_KID: &str = "test-2/ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

#[tokio::test]
async fn token_moved_to_another_row_does_not_open() {
    let app = TestApp::start().await;
    let (victim, thief) = (
        app.add_client("Kowalska").await,
        app.add_client("Mallory").await,
    );
    let link = app.invite(victim).await;
    app.client()
        .sign_in(&link, &Consent::of(people::MARTA))
        .await;
    let link = app.invite(thief).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::NINA)).await;
    let own = app.tokens_of(thief).await.remove(0);
    let stolen = app.tokens_of(victim).await.remove(0);
    set_sealed(&app, own.id, stolen.id).await;
    app.sandbox.state().clear_calls();

    let waiting = visitor.confirm(&identity).await;
    assert_eq!(waiting.heading(), "Looking for your ad accounts");
    assert!(!waiting.says("Kowalska Ceramics"));
    assert_eq!(
        app.sandbox.state().calls(),
        [],
        "the token was used for nothing"
    );
    let sql = "SELECT last_error, attempts FROM jobs WHERE kind = 'read_accounts'";
    let error: String = app.value("last_error", sql).await;
    assert_eq!(error, "a sealed value does not open");
    let opened = app
        .portal
        .open_token(app.scope, &app.tokens_of(thief).await[0])
        .await;
    assert!(matches!(opened, Err(Error::Seal(_))));
    // In its own row it opens as ever.
    let opened = app.portal.open_token(app.scope, &stolen).await;
    assert!(opened.is_ok());
}

#[tokio::test]
async fn value_moved_to_another_column_does_not_open() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.pending("Kowalska", people::MARTA).await;
    let mail = app.outbox().await.remove(0);
    let (mail_id, token) = (
        app.sql_id(mail.id),
        app.tokens_of(client).await.remove(0).id,
    );
    let token = app.sql_id(token);
    let sql = format!(
        "UPDATE mails SET body_sealed = (SELECT token_sealed FROM client_tokens WHERE id = {token}) \
         WHERE id = {mail_id}"
    );
    assert_eq!(app.execute(&sql).await, 1);
    let page = admin.browser.get(&routes::mail(mail.id)).await.expect(500);
    let id = page.texts("code").remove(0);
    assert_eq!(
        id,
        page.header("x-request-id"),
        "the number that support asks for"
    );
    let token = &app.sandbox.state().tokens()[1].access_token;
    assert!(!page.body.contains(token.as_str()));
}

#[tokio::test]
async fn value_that_was_tampered_with_does_not_open() {
    let app = TestApp::start().await;
    let (client, _) = app.pending("Kowalska", people::MARTA).await;
    let token = app.tokens_of(client).await.remove(0);
    let id = app.sql_id(token.id);
    for wrong in ["01", "", "0101067465737400", "ff01067465737400"] {
        let literal = match tests::Kind::of_environment() {
            tests::Kind::Sqlite => format!("x'{wrong}'"),
            tests::Kind::Postgres => format!("'\\x{wrong}'::bytea"),
        };
        app.execute(&format!(
            "UPDATE client_tokens SET token_sealed = {literal} WHERE id = {id}"
        ))
        .await;
        let opened = app
            .portal
            .open_token(app.scope, &app.tokens_of(client).await[0])
            .await;
        assert!(matches!(opened, Err(Error::Seal(_))), "{wrong}");
    }
}

async fn set_sealed(app: &TestApp, to: Uuid, from: Uuid) {
    let (to, from) = (app.sql_id(to), app.sql_id(from));
    let sql = format!(
        "UPDATE client_tokens SET token_sealed = \
         (SELECT other.token_sealed FROM client_tokens other WHERE other.id = {from}) WHERE id = {to}"
    );
    assert_eq!(app.execute(&sql).await, 1);
}

#[tokio::test]
async fn start_without_the_right_ring_is_refused_in_words() {
    let app = TestApp::start().await;
    app.pending("Kowalska", people::MARTA).await;
    let both = format!("{OTHER_KID},{RING}");
    for (ring, words) in [
        (None, "PORTICO_KEYS: is missing"),
        (Some("nonsense"), "PORTICO_KEYS: entry 1 is not of the form"),
        (
            Some(OTHER_KEY),
            "is not the one that this database was sealed with",
        ),
        (
            Some(OTHER_KID),
            "has sealed values in this database but is not in the ring",
        ),
    ] {
        let refused = app.start_again(&[("PORTICO_KEYS", ring)]).await.err();
        let refused = refused
            .unwrap_or_else(|| panic!("started with {ring:?}"))
            .to_string();
        assert!(refused.contains(words), "{refused}");
        assert!(refused.starts_with("PORTICO_KEYS"), "{refused}");
        assert_eq!(refused.lines().count(), 1, "{refused}");
        assert!(!refused.contains("ICEi"), "{refused}");
    }
    // A new active key before the old one is a rotation, and right.
    app.start_again(&[("PORTICO_KEYS", Some(&both))])
        .await
        .expect("a start");
    app.start_again(&[]).await.expect("a start");
}

#[tokio::test]
async fn first_start_without_keys_writes_nothing() {
    let app = TestApp::start().await;
    let fresh = tests::TestDatabase::create().await;
    let changes = [
        ("PORTICO_KEYS", None),
        ("PORTICO_DATABASE_URL", Some(fresh.url.as_str())),
    ];
    let refused = app.start_again(&changes).await.err().expect("a refusal");
    assert!(
        refused.to_string().contains("portico keys generate"),
        "{refused}"
    );
    // With another ring it can still become another installation.
    let changes = [("PORTICO_KEYS", Some(OTHER_KEY)), changes[1]];
    app.start_again(&changes).await.expect("a start");
}

#[tokio::test]
async fn trail_that_was_changed_is_found_out() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (_, connection) = app.pending("Kowalska", people::MARTA).await;
    admin
        .approve(&admin.queue().await, connection)
        .await
        .must_say("approved");
    let broken_at = || async {
        let verified = app
            .portal
            .verify_audit(app.scope)
            .await
            .expect("a readable chain");
        assert_eq!(verified.broken_at.is_some(), verified.reason.is_some());
        verified.broken_at
    };
    assert_eq!(broken_at().await, None);
    let last: i64 = app
        .value("seq", "SELECT MAX(seq) AS seq FROM audit_events")
        .await;
    assert!(last > 8, "{last}");

    // Edited: whatever the column.
    for (column, value) in [
        ("action", "'client.deleted'"),
        ("outcome", "'refused'"),
        ("details", "'{}'"),
        ("actor_kind", "'operator'"),
        ("actor_id", "NULL"),
        ("object_id", "NULL"),
        ("origin_sealed", "NULL"),
        ("at", "(SELECT MIN(created_at) FROM agencies)"),
    ] {
        let sql =
            format!("SELECT MIN(seq) AS seq FROM audit_events WHERE action = 'login.captured'");
        let seq: i64 = app.value("seq", &sql).await;
        app.execute("CREATE TABLE kept AS SELECT * FROM audit_events")
            .await;
        app.execute(&format!(
            "UPDATE audit_events SET {column} = {value} WHERE seq = {seq}"
        ))
        .await;
        assert_eq!(broken_at().await, Some(seq), "{column}");
        app.execute(&format!("UPDATE audit_events SET {column} = (SELECT {column} FROM kept WHERE seq = {seq}) WHERE seq = {seq}")).await;
        app.execute("DROP TABLE kept").await;
        assert_eq!(broken_at().await, None, "{column}");
    }
    // Reordered.
    for (from, to) in [(3, -1), (4, 3), (-1, 4)] {
        app.execute(&format!(
            "UPDATE audit_events SET seq = {to} WHERE seq = {from}"
        ))
        .await;
    }
    assert_eq!(broken_at().await, Some(3));
    for (from, to) in [(3, -1), (4, 3), (-1, 4)] {
        app.execute(&format!(
            "UPDATE audit_events SET seq = {to} WHERE seq = {from}"
        ))
        .await;
    }
    assert_eq!(broken_at().await, None);
    // Truncated: the head keeps the count, and the head itself is signed.
    app.execute(&format!("DELETE FROM audit_events WHERE seq = {last}"))
        .await;
    assert_eq!(broken_at().await, Some(last));
    let head = format!("(SELECT hash FROM audit_events WHERE seq = {})", last - 1);
    app.execute(&format!(
        "UPDATE audit_heads SET seq = seq - 1, hash = {head}"
    ))
    .await;
    assert!(broken_at().await.is_some(), "a head that nobody signed");
    // Deleted in the middle.
    app.execute("DELETE FROM audit_events WHERE seq = 2").await;
    assert_eq!(broken_at().await, Some(2));
}

#[tokio::test]
async fn secrets_are_in_no_page_mail_log_or_database_byte() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let sent = everything_that_can_happen(&app, &admin).await;
    let tokens: Vec<_> = app
        .sandbox
        .state()
        .tokens()
        .into_iter()
        .map(|token| token.access_token)
        .collect();
    assert!(tokens.len() >= 8, "{} tokens were handed out", tokens.len());

    let (pages, logs) = (app.transcript.text(), app.logs.text());
    let mails: String = app
        .mail
        .mails()
        .iter()
        .map(|mail| mail.raw.replace("=\r\n", "") + &mail.text + &mail.html)
        .collect();
    assert!(pages.contains("Kowalska Ceramics") && logs.contains("a capture failed at Meta"));
    let key = RING.split('/').nth(1).expect("a key");
    let mut never: Vec<&str> = tokens.iter().map(String::as_str).collect();
    never.extend([APP_SECRET, PASSWORD, key]);
    for secret in &never {
        for part in [*secret, &secret[..secret.len().min(24)]] {
            assert!(!pages.contains(part), "a page holds {secret}");
            assert!(!mails.contains(part), "a mail holds {secret}");
            assert!(!logs.contains(part), "a log holds {secret}");
        }
        assert!(
            !app.database_holds(secret).await,
            "the database holds {secret}"
        );
    }
    // Links and sessions are given out, and kept as hashes only.
    let session = admin.browser.cookie("portico_session").expect("a session");
    let links = sent
        .iter()
        .map(|link| link.rsplit('/').next().expect("a secret"));
    for secret in links.chain([session.as_str()]) {
        assert!(!logs.contains(secret), "a log holds {secret}");
        assert!(
            !app.database_holds(secret).await,
            "the database holds {secret}"
        );
    }
    assert!(!pages.contains(&session), "a page holds a session");
    // And the look itself works.
    assert!(app.database_holds("kowalska@client.example").await);
    for personal in ["Mozilla/5.0 (tests)", "198.51."] {
        assert!(!app.database_holds(personal).await, "{personal} is sealed");
        assert!(!logs.contains(personal), "{personal} is in a log");
    }
}

/// A journey with each failure that it knows. Gives the links that were sent.
async fn everything_that_can_happen(app: &TestApp, admin: &tests::Staff) -> Vec<String> {
    let state = app.sandbox.state();
    let client = app.add_client("Kowalska").await;
    let page = admin.client_page(client).await;
    admin
        .browser
        .press(&page, "Send link")
        .await
        .must_say("on its way");
    app.mail.refuse("451 later");
    app.run_jobs().await;
    app.mail.accept();
    app.advance(TimeDelta::minutes(2));
    app.run_jobs().await;
    let first = app.mail.mails().remove(0).link();

    let visitor = app.client();
    // Cancelled, refused by Meta at each call of a capture, and with a permission declined.
    let dialog = visitor.start(&first).await;
    let mut page = visitor.browser.arrive(&visitor.cancel(&dialog).await).await;
    for edge in [
        "oauth/access_token:code",
        "oauth/access_token:fb_exchange_token",
        "debug_token",
        "me",
    ] {
        let dialog = visitor.continue_with_facebook(&page).await;
        let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
        let known = state
            .tokens()
            .last()
            .map(|token| token.access_token.clone());
        state.fault(echo(edge, &known.unwrap_or_default()));
        page = visitor.browser.arrive(&callback).await;
        assert!(page.has_button("Continue with Facebook"), "{}", page.text());
    }
    let dialog = visitor.continue_with_facebook(&page).await;
    let consent = Consent::of(people::MARTA).without("email");
    let callback = visitor.agree(&dialog, &consent).await;
    let identity = visitor.browser.arrive(&callback).await;
    let token = state.tokens().last().expect("a token").access_token.clone();

    // The list and a test call fail once, with an error that repeats the token.
    state.fault(echo("me/adaccounts", &token));
    let again = visitor.confirm(&identity).await;
    app.advance(TimeDelta::minutes(1));
    app.run_jobs().await;
    let mut choice = visitor.browser.open(&again.path).await;
    if choice.has_button("Look again") || choice.has_button("Read the list again") {
        let button = if choice.has_button("Look again") {
            "Look again"
        } else {
            "Read the list again"
        };
        let reading = visitor.browser.press(&choice, button).await;
        app.run_jobs().await;
        choice = visitor.browser.open(&reading.path).await;
    }
    state.fault(echo("campaigns", &token));
    let told = visitor.submit(&choice, &open_accounts(&choice)).await;
    visitor
        .submit(&told, &[])
        .await
        .must_say("Your part is done");

    // Rejected while Meta does not answer, then connected again and approved.
    let connection = app.connection_of(client).await.id;
    state.fault(echo("me/permissions:delete", &token));
    admin
        .reject(&admin.queue().await, connection, "Once more, please.")
        .await;
    app.run_jobs().await;
    app.advance(TimeDelta::minutes(2));
    app.run_jobs().await;
    let second = app.invite(client).await;
    app.client()
        .connect(&second, &Consent::of(people::MARTA))
        .await;
    let page = admin.client_page(client).await;
    admin.approve(&page, connection).await.must_say("approved");
    app.run_jobs().await;
    for path in [pattern::QUEUE, pattern::CLIENTS, pattern::OUTBOX] {
        admin.browser.open(path).await;
    }
    admin.client_page(client).await;
    for mail in app.outbox().await {
        admin.browser.open(&routes::mail(mail.id)).await;
    }
    app.portal.sweep().await.expect("a sweep");
    vec![first, second]
}

/// An error of Meta's that repeats what it was sent, as some do.
fn echo(edge: &str, token: &str) -> Fault {
    Fault {
        status: 400,
        code: 100,
        is_transient: false,
        message: format!("Malformed access token {token}, client_secret={APP_SECRET}"),
        ..Fault::transient(edge)
    }
}
