//! Sealed values, and the ring that opens them.

use app::{model::Role, routes};
use server::service::Error;
use tests::{Consent, RING, TestApp, people};
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
