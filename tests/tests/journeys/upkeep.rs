//! What happens by itself.

use chrono::TimeDelta;
use reqwest::StatusCode;
use sandbox::Fault;
use tests::{Consent, TestApp, people};

#[tokio::test]
async fn draft_is_abandoned_after_seven_days_and_its_token_destroyed() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    app.advance(TimeDelta::days(7) - TimeDelta::minutes(1));
    app.tidy().await;
    let draft = app.connection_of(client).await;
    assert_eq!(draft.state, "draft");
    assert!(app.tokens_of(client).await[0].token_sealed.is_some());
    app.advance(TimeDelta::minutes(1));
    app.tidy().await;
    assert_eq!(app.connection_of(client).await.state, "abandoned");
    let token = app.tokens_of(client).await.remove(0);
    assert!(token.token_sealed.is_none() && token.destroyed_at.is_some());
    let page = visitor.browser.press(&choice, "Submit for approval").await;
    assert!(!page.says("Your part is done"), "{}", page.text());

    // Captured again it is the same connection.
    let link = app.invite(client).await;
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    let again = app.connection_of(client).await;
    assert_eq!((again.id, again.state.as_str()), (draft.id, "pending"));
}

#[tokio::test]
async fn sweep_forgets_what_is_over_and_nothing_else() {
    let app = TestApp::start().await;
    let (client, _) = app.pending("Kowalska", people::MARTA).await;
    let count = |table: &'static str| {
        let app = &app;
        async move {
            let sql = format!("SELECT COUNT(*) AS n FROM {table}");
            app.value::<i64>("n", &sql).await
        }
    };
    assert_eq!((count("visits").await, count("oauth_states").await), (1, 1));
    app.advance(TimeDelta::days(8));
    app.tidy().await;
    for table in ["visits", "oauth_states", "rate_windows", "form_drafts"] {
        assert_eq!(count(table).await, 0, "{table}");
    }
    assert_eq!(app.connection_of(client).await.state, "pending");
    assert!(app.tokens_of(client).await[0].token_sealed.is_some());
    let sql = "SELECT COUNT(*) AS n FROM jobs WHERE state <> 'done'";
    assert_eq!(app.value::<i64>("n", sql).await, 0);
    let verified = app
        .portal
        .verify_audit(app.scope)
        .await
        .expect("a readable chain");
    assert_eq!(verified.broken_at, None);
}

#[tokio::test]
async fn reading_that_fails_each_time_is_given_up_and_told() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    app.sandbox.state().fault(Fault {
        times: 100,
        ..Fault::transient("me/adaccounts")
    });
    let waiting = visitor.confirm(&identity).await;
    for _ in 0..4 {
        app.advance(TimeDelta::seconds(20));
        app.run_jobs().await;
    }
    let page = visitor.browser.open(&waiting.path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.heading(), "The list could not be read");
    app.sandbox.state().clear_faults(None);
    let reading = visitor.browser.press(&page, "Look again").await;
    app.run_jobs().await;
    visitor
        .browser
        .open(&reading.path)
        .await
        .must_say("Kowalska Ceramics");
}
