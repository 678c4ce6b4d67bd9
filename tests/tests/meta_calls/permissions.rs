//! A person took permissions back, or gave more. A call makes a check due, and the check says how it stands.

use sandbox::DeliveryKind;
use serde_json::json;
use tests::{TestApp, VERIFY_TOKEN, people};
use uuid::Uuid;

async fn subscribed() -> TestApp {
    let app = TestApp::builder()
        .set("PORTICO_META__WEBHOOK_VERIFY_TOKEN", VERIFY_TOKEN)
        .start()
        .await;
    assert!(app.sandbox.state().subscribe(VERIFY_TOKEN).await);
    app
}

async fn status(app: &TestApp, client: Uuid) -> String {
    app.tokens_of(client).await.remove(0).token_status
}

#[tokio::test]
async fn permission_that_was_taken_back_is_checked_at_once() {
    let app = subscribed().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let (other, _) = app.approved("Al Noor", people::LAYLA).await;
    app.run_jobs().await;
    let meta = app.sandbox.state();
    meta.clear_calls();
    meta.revoke_permission(people::MARTA, "ads_read")
        .expect("Marta");
    app.told().await;
    assert_eq!(status(&app, client).await, "active");
    assert_eq!(
        meta.calls().len(),
        0,
        "Meta has its answer before anything is asked"
    );
    app.run_jobs().await;
    assert_eq!(status(&app, client).await, "limited");
    assert_eq!(app.client_row(client).await.token_status, "limited");
    assert_eq!(app.connection_of(client).await.state, "approved");
    // Nobody else's token was looked at.
    let asked = meta.calls().into_iter();
    let asked = asked.filter(|call| call.edge == "debug_token").count();
    assert_eq!(asked, 1);
    assert_eq!(status(&app, other).await, "active");

    // The same call again is no news.
    meta.clear_calls();
    app.tell_again(&app.delivery(DeliveryKind::Webhook)).await;
    assert_eq!(app.run_jobs().await.ran, 0);
    assert_eq!(meta.calls().len(), 0);
}

/// Whatever a webhook claims: Meta is asked, and what it says is what is shown.
#[tokio::test]
async fn webhook_alone_changes_no_status() {
    let app = subscribed().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let change = json!({"field": "ads_read", "value": {"verb": "revoked"}});
    let gone = json!({"field": "connected", "verb": "revoked"});
    let entry = json!({"uid": people::MARTA, "time": 1, "changes": [change, gone]});
    let meta = app.sandbox.state();
    meta.send_webhook(&json!({"object": "permissions", "entry": [entry]}));
    app.told().await;
    app.run_jobs().await;
    assert_eq!(status(&app, client).await, "active");
    assert_eq!(app.connection_of(client).await.state, "approved");
}
