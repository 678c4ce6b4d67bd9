//! What a login has got of Meta and could not finish with: sealed, counted, bound, and gone when it is over.

use app::model::Role;
use chrono::TimeDelta;
use sandbox::Fault;
use server::service::installation;
use tests::{Answer, Client, Consent, TestApp, people};
use uuid::Uuid;

struct Stopped<'a> {
    client: Uuid,
    visitor: Client<'a>,
    page: Answer,
}

/// A login that Meta throttled at its last call: it holds the token that would be kept.
async fn stopped<'a>(app: &'a TestApp, name: &str, person: &str) -> Stopped<'a> {
    let client = app.add_client(name).await;
    let link = app.invite(client).await;
    let visitor = app.client();
    // The limit of one person: nobody else waits for it.
    let fault = Fault::preset("me", "throttled_user").expect("a preset");
    app.sandbox.state().fault(fault);
    let page = visitor.sign_in(&link, &Consent::of(person)).await;
    assert_eq!(page.heading(), "Facebook is not answering");
    Stopped {
        client,
        visitor,
        page,
    }
}

async fn held(app: &TestApp) -> i64 {
    let sql =
        "SELECT count(*) AS n FROM oauth_states WHERE held_sealed IS NOT NULL OR held IS NOT NULL";
    app.value("n", sql).await
}

/// All values that are sealed under the one key.
async fn counted(app: &TestApp) -> u64 {
    let values = installation::values_by_key(&app.portal.db).await;
    values.expect("a count").values().sum()
}

#[tokio::test]
async fn held_token_is_sealed_and_counted_and_gone_after_success() {
    let app = TestApp::start().await;
    let before = counted(&app).await;
    let stopped = stopped(&app, "Kowalska", people::MARTA).await;
    assert_eq!(held(&app).await, 1);
    for token in app.sandbox.state().tokens() {
        assert!(!app.database_holds(&token.access_token).await);
        assert!(!stopped.page.body.contains(&token.access_token));
    }
    let sql = "SELECT count(*) AS n FROM person_keys WHERE key_sealed IS NOT NULL";
    let keys: i64 = app.value("n", sql).await;
    let sql = "SELECT count(*) AS n FROM meta_answers WHERE body_sealed IS NOT NULL";
    let answers: i64 = app.value("n", sql).await;
    // Beside the keys of people and Meta's answers: the verifier of the login, and what it holds.
    let more = counted(&app).await - before;
    assert_eq!(more, u64::try_from(keys + answers).expect("a count") + 2);
    let identity = stopped
        .visitor
        .browser
        .press(&stopped.page, "Try again")
        .await;
    assert_eq!(identity.heading(), "Is this you?");
    assert_eq!(held(&app).await, 0);
    assert_eq!(app.tokens_of(stopped.client).await.len(), 1);
}

#[tokio::test]
async fn held_token_is_gone_when_another_login_begins() {
    let app = TestApp::start().await;
    let stopped = stopped(&app, "Kowalska", people::MARTA).await;
    stopped.visitor.continue_with_facebook(&stopped.page).await;
    assert_eq!(held(&app).await, 0);
}

#[tokio::test]
async fn held_token_is_gone_when_the_link_is_revoked() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let stopped = stopped(&app, "Kowalska", people::MARTA).await;
    let other = self::stopped(&app, "Al Noor", people::LAYLA).await;
    let page = admin.client_page(stopped.client).await;
    admin.browser.press(&page, "Revoke").await;
    assert_eq!(held(&app).await, 1, "another client's is left alone");
    let page = stopped
        .visitor
        .browser
        .press(&stopped.page, "Try again")
        .await;
    assert!(!page.says("Is this you?"), "{}", page.text());
    let identity = other.visitor.browser.press(&other.page, "Try again").await;
    assert_eq!(identity.heading(), "Is this you?");
}

#[tokio::test]
async fn held_token_is_gone_when_the_visit_is_over() {
    let app = TestApp::start().await;
    let stopped = stopped(&app, "Kowalska", people::MARTA).await;
    app.advance(TimeDelta::minutes(29));
    app.tidy().await;
    assert_eq!(held(&app).await, 1);
    app.advance(TimeDelta::minutes(2));
    let page = stopped
        .visitor
        .browser
        .press(&stopped.page, "Try again")
        .await;
    assert_eq!(page.heading(), "That took a little too long");
    app.tidy().await;
    assert_eq!(held(&app).await, 0);
}

#[tokio::test]
async fn held_token_that_was_moved_to_another_login_does_not_open() {
    let app = TestApp::start().await;
    let victim = stopped(&app, "Kowalska", people::MARTA).await;
    let thief = stopped(&app, "Mallory", people::TOMASZ).await;
    let visit = |client: Uuid| {
        let client = app.sql_id(client);
        format!("SELECT id FROM visits WHERE client_id = {client}")
    };
    let (from, to) = (visit(victim.client), visit(thief.client));
    let sql = format!(
        "UPDATE oauth_states SET held_sealed = (SELECT held_sealed FROM oauth_states \
         WHERE visit_id = ({from})) WHERE visit_id = ({to})"
    );
    assert_eq!(app.execute(&sql).await, 1);
    let page = thief.visitor.browser.press(&thief.page, "Try again").await;
    assert_eq!(page.heading(), "Please sign in once more");
    assert_eq!(app.find_connection(app.scope, thief.client).await, None);
    assert_eq!(held(&app).await, 1, "the thief's is thrown away");
}
