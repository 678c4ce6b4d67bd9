//! A person wants their data deleted.

use app::model::{InvitationKind, Role};
use chrono::TimeDelta;
use reqwest::StatusCode;
use sandbox::{DeliveryKind, Event};
use tests::{TestApp, people};
use uuid::Uuid;

use super::deauthorize::{living, sign_in};

const MARTA: &str = "Marta Kowalska";

/// The page of a client's oldest consent.
async fn grant_page(app: &TestApp, client: Uuid, person: &str) -> String {
    let id = app.sql_id(client);
    let sql = format!(
        "SELECT id FROM grants WHERE client_id = {id} AND meta_user_id = '{person}' ORDER BY granted_at"
    );
    app::routes::grant(client, app.value("id", &sql).await)
}

/// Whether this text stands in a row of the database, SQLite's journal written back.
async fn stands(app: &TestApp, needle: &str) -> bool {
    if app.database.files().is_some() {
        app.execute("PRAGMA wal_checkpoint(TRUNCATE)").await;
    }
    app.database_holds(needle).await
}

#[tokio::test]
async fn deletion_is_promised_at_once_followed_on_a_page_and_done_by_a_job() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.approved("Ceramics", people::MARTA).await;
    let evidence = grant_page(&app, client, people::MARTA).await;
    assert!(stands(&app, MARTA).await && stands(&app, people::MARTA).await);
    app.happens(Event::RequestDeletion, people::MARTA).await;

    let promise = app.promise();
    let origin = app.origin.as_str();
    assert_eq!(
        promise.url,
        format!("{origin}deletion/{}", promise.confirmation_code)
    );
    assert_eq!(promise.confirmation_code.len(), 40);
    assert!(
        promise
            .confirmation_code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric())
    );
    assert!(
        !stands(&app, &promise.confirmation_code).await,
        "only its hash is kept"
    );
    let page = app.deletion_page().await;
    assert_eq!(page.heading(), "Your request has arrived");
    assert_eq!(page.header("referrer-policy"), "strict-origin");
    assert!(page.header("refresh").ends_with(&promise.confirmation_code));
    page.must_say(&promise.confirmation_code)
        .must_say("hello@northlight.example");
    assert!(page.header("set-cookie").is_empty());

    app.run_jobs().await;
    let page = app.deletion_page().await;
    assert_eq!(page.heading(), "Your data has been deleted");
    assert_eq!(page.header("refresh"), "");
    page.must_say("from 1 connection")
        .must_say("What stays, and why");
    for private in ["Marta", "Ceramics", people::MARTA, "client.example"] {
        assert!(!page.body.contains(private), "{private}");
    }

    let row = app.connection_of(client).await;
    assert_eq!((row.id, row.state.as_str()), (connection, "disconnected"));
    assert!(row.meta_user_id.starts_with("erased-") && row.meta_user_name.is_empty());
    assert_eq!(living(&app, client).await, []);
    for table in ["ad_accounts", "grant_accounts", "meta_answers"] {
        assert_eq!(app.count(table).await, 0, "{table}");
    }
    // Mails that were sent keep their sealed texts for a day; nothing else bears the name or the number.
    assert!(!stands(&app, MARTA).await);
    assert!(!stands(&app, people::MARTA).await);
    let checked = app.portal.verify_audit(app.scope).await.expect("a trail");
    assert_eq!(checked.reason, None);

    // The agency sees that there was a consent, and not whose.
    let seen = admin.client_page(client).await;
    seen.must_say("The person’s data was erased")
        .must_say("erased at their wish");
    let seen = admin.browser.open(&evidence).await.expect(200);
    seen.must_say("Erased with the person’s data")
        .must_say("ads_read");
    for page in [admin.client_page(client).await, seen] {
        assert!(!page.says("Marta"), "{}", page.text());
    }
    for mail in app.outbox().await {
        assert!(!mail.subject.contains("Marta"), "{}", mail.subject);
    }
}

/// Usually the removal is told first. Where it is not, the deletion ends the connection.
#[tokio::test]
async fn deletion_alone_ends_the_connection_and_both_are_told() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Ceramics", people::MARTA).await;
    app.happens(Event::RequestDeletion, people::MARTA).await;
    app.lose_what_was_told().await;
    let mails = app.mail.mails().len();
    app.tell_again(&app.delivery(DeliveryKind::DataDeletion))
        .await;
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await.state, "disconnected");
    assert_eq!(living(&app, client).await, []);
    let told = &app.mail.mails()[mails..];
    assert_eq!(told.len(), 3, "the client, the admin, and who approved");
    for mail in told {
        assert!(mail.text.contains("their data be deleted"), "{}", mail.text);
        assert!(!mail.text.contains("Marta"), "{}", mail.text);
    }
    let page = admin.client_page(client).await;
    page.must_say("Disconnected: the person asked Facebook to have their data deleted");
}

#[tokio::test]
async fn same_request_has_the_same_code_and_is_done_once() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Ceramics", people::MARTA).await;
    app.happens(Event::RequestDeletion, people::MARTA).await;
    let (call, first) = (app.delivery(DeliveryKind::DataDeletion), app.promise());
    app.tell_again(&call).await;
    assert_eq!(app.promise(), first);
    app.run_jobs().await;
    let story = app.story(client).await;
    app.tell_again(&call).await;
    assert_eq!(app.promise(), first);
    assert_eq!(app.run_jobs().await.ran, 0);
    assert_eq!(app.story(client).await, story);
    assert_eq!(
        app.deletion_page().await.heading(),
        "Your data has been deleted"
    );
}

#[tokio::test]
async fn whoever_is_unknown_is_told_that_nothing_is_here() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Ceramics", people::MARTA).await;
    app.happens(Event::RequestDeletion, people::NINA).await;
    assert_eq!(app.run_jobs().await.ran, 0);
    let page = app.deletion_page().await;
    assert_eq!(page.heading(), "Nothing of yours is here");
    assert!(!stands(&app, people::NINA).await);
    assert_eq!(app.connection_of(client).await.state, "approved");
    for code in ["unknown", &"0".repeat(40), &"a".repeat(5_000)] {
        let answer = app.browser().get(&app::routes::deletion(code)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.heading(), "This address is not known");
    }
}

#[tokio::test]
async fn what_was_given_after_the_request_stays() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Ceramics", people::MARTA).await;
    let old = grant_page(&app, client, people::MARTA).await;
    app.happens(Event::RequestDeletion, people::MARTA).await;
    app.advance(TimeDelta::seconds(90));
    sign_in(&app, client, InvitationKind::Reconnect, people::MARTA).await;
    app.run_jobs().await;
    let row = app.connection_of(client).await;
    assert_eq!(
        (row.state.as_str(), row.meta_user_name.as_str()),
        ("approved", MARTA)
    );
    assert_eq!(living(&app, client).await.len(), 1);
    let new = grant_page(&app, client, people::MARTA).await;
    assert_ne!(new, old);
    let page = admin.browser.open(&new).await.expect(200);
    page.must_say(MARTA).must_say("198.51.");
    let page = admin.browser.open(&old).await.expect(200);
    page.must_say("erased at their wish");
    assert_eq!(
        app.deletion_page().await.heading(),
        "Your data has been deleted"
    );
}

#[tokio::test]
async fn colleague_keeps_their_evidence() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Ceramics", people::MARTA).await;
    sign_in(&app, client, InvitationKind::Backup, people::TOMASZ).await;
    let evidence = grant_page(&app, client, people::TOMASZ).await;
    app.happens(Event::RequestDeletion, people::TOMASZ).await;
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await.state, "approved");
    let theirs = grant_page(&app, client, people::MARTA).await;
    let page = admin.browser.open(&theirs).await.expect(200);
    page.must_say(MARTA).must_say("198.51.").must_say("Person");
    let page = admin.browser.open(&evidence).await.expect(200);
    page.must_say("erased at their wish");
    assert!(!stands(&app, "Tomasz Zieliński").await);
    // Whoever acts for the client from now on has a key again.
    sign_in(&app, client, InvitationKind::Backup, people::LAYLA).await;
}

#[tokio::test]
async fn page_is_no_place_for_guesses() {
    let app = TestApp::start().await;
    let browser = app.browser_at("203.0.113.9");
    for _ in 0..60 {
        let answer = browser.get(&app::routes::deletion("guess")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let answer = browser.get(&app::routes::deletion("guess")).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}
