//! Who is let in at Meta's door: whoever signs as Meta does, and nobody else.

use app::routes::pattern;
use reqwest::StatusCode;
use sandbox::{DeliveryKind, Event};
use serde_json::json;
use tests::{TestApp, VERIFY_TOKEN, people};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const SIGNATURE: &str = "x-hub-signature-256";

/// A form as Meta would send it, with the last letter of its payload changed.
fn forged(body: &str) -> String {
    let other = if body.ends_with('A') { "B" } else { "A" };
    format!("{}{other}", &body[..body.len() - 1])
}

#[tokio::test]
async fn forged_and_broken_calls_are_refused_and_leave_nothing() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    app.happens(Event::RequestDeletion, people::MARTA).await;
    let removal = app.delivery(DeliveryKind::Deauthorization).body;
    app.lose_what_was_told().await;
    let audit = app.count("audit_events").await;
    let long = format!("signed_request={}", "a".repeat(9_000));
    for path in [pattern::DEAUTHORIZE, pattern::DATA_DELETION] {
        for (body, status) in [
            (forged(&removal).as_str(), StatusCode::FORBIDDEN),
            (&removal.replacen('.', "A.", 1), StatusCode::FORBIDDEN),
            ("signed_request=e30.e30", StatusCode::FORBIDDEN),
            ("signed_request=nonsense", StatusCode::BAD_REQUEST),
            ("signed_request=", StatusCode::BAD_REQUEST),
            ("something=else", StatusCode::BAD_REQUEST),
            ("", StatusCode::BAD_REQUEST),
            ("\u{0}%ff%", StatusCode::BAD_REQUEST),
            (&long, StatusCode::BAD_REQUEST),
        ] {
            let answer = app.post_as_meta(path, &[FORM], body.to_owned()).await;
            assert_eq!(answer.0, status, "{path} {body}");
        }
        let large = vec![b'a'; 65 * 1024];
        let answer = app.post_as_meta(path, &[FORM], large).await;
        assert_eq!(answer.0, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    assert_eq!(app.count("meta_events").await, 0);
    assert_eq!(app.count("audit_events").await, audit);
    assert_eq!(app.run_jobs().await.ran, 0);
    assert_eq!(app.connection_of(client).await.state, "approved");
    // What was signed is in no log.
    let payload = removal.split("%2E").last().unwrap_or(&removal);
    assert!(!app.logs.text().contains(payload));
}

#[tokio::test]
async fn signed_webhook_is_taken_and_a_changed_byte_is_not() {
    let app = TestApp::start().await;
    app.approved("Kowalska", people::MARTA).await;
    let entry = json!({"id": people::MARTA, "uid": people::MARTA, "time": 1,
        "changes": [{"field": "Zoë/ads_read", "value": {"verb": "revoked"}}]});
    let content = json!({"object": "permissions", "entry": [entry]});
    app.sandbox.state().send_webhook(&content);
    app.told().await;
    assert_eq!(app.count("meta_events").await, 1);
    app.lose_what_was_told().await;
    let body = app.delivery(DeliveryKind::Webhook).body;
    assert!(body.contains("\\u00eb\\/ads"), "{body}");
    let zeros = format!("sha256={}", "0".repeat(64));
    for signature in ["", "sha256=", "nonsense", zeros.as_str()] {
        let answer = app
            .post_as_meta(pattern::WEBHOOK, &[(SIGNATURE, signature)], body.clone())
            .await;
        assert_eq!(answer.0, StatusCode::FORBIDDEN, "{signature}");
    }
    let unsigned = app.post_as_meta(pattern::WEBHOOK, &[], body).await;
    assert_eq!(unsigned.0, StatusCode::FORBIDDEN);
    assert_eq!(app.count("meta_events").await, 0);
}

#[tokio::test]
async fn what_is_unknown_is_taken_and_let_be() {
    let app = TestApp::start().await;
    app.approved("Kowalska", people::MARTA).await;
    let meta = app.sandbox.state();
    for content in [
        json!({"object": "ad_account", "entry": [{"id": "7", "time": 1, "changes": [{"field": "effective_status"}]}]}),
        json!({"object": "permissions", "entry": [{"uid": people::NINA, "time": 1, "changes": [{"field": "connected", "verb": "granted"}]}]}),
        json!({"object": "permissions", "entry": [{"uid": people::MARTA, "time": 1, "changes": [{"field": "connected", "verb": "renamed"}]}]}),
        json!({"object": "permissions"}),
        json!({}),
    ] {
        meta.send_webhook(&content);
    }
    app.told().await;
    assert_eq!(app.count("meta_events").await, 0);
}

#[tokio::test]
async fn thousand_changes_in_one_call_are_kept_once() {
    let app = TestApp::start().await;
    app.approved("Kowalska", people::MARTA).await;
    let entry = |n: usize| json!({"uid": people::MARTA, "time": n, "changes": [{"field": "ads_read", "value": {"verb": "granted"}}]});
    let entries: Vec<_> = (1..=1_000).map(entry).collect();
    let meta = app.sandbox.state();
    meta.send_webhook(&json!({"object": "permissions", "entry": entries}));
    app.told().await;
    assert_eq!(app.count("meta_events").await, 1_000);
    app.tell_again(&app.delivery(DeliveryKind::Webhook)).await;
    assert_eq!(app.count("meta_events").await, 1_000);
    app.run_jobs().await;
    let open = "SELECT COUNT(*) AS n FROM meta_events WHERE handled_at IS NULL";
    assert_eq!(app.value::<i64>("n", open).await, 0);
}

#[tokio::test]
async fn subscription_needs_the_word_that_was_agreed_on() {
    let app = TestApp::builder()
        .set("PORTICO_META__WEBHOOK_VERIFY_TOKEN", VERIFY_TOKEN)
        .start()
        .await;
    let meta = app.sandbox.state();
    assert!(!meta.subscribe("another word").await);
    assert!(!meta.subscribe("").await);
    assert!(meta.subscribe(VERIFY_TOKEN).await);
    let asked = |challenge: &str, mode: &str| {
        format!(
            "{}?hub.mode={mode}&hub.challenge={challenge}&hub.verify_token={VERIFY_TOKEN}",
            pattern::WEBHOOK
        )
    };
    let browser = app.browser();
    let answer = browser
        .get(&asked("1158201444", "subscribe"))
        .await
        .expect(200);
    assert_eq!(answer.body, "1158201444");
    assert!(answer.header("content-type").starts_with("text/plain"));
    for refused in [
        asked("%3Cscript%3E", "subscribe"),
        asked("", "subscribe"),
        asked("1158201444", "unsubscribe"),
        pattern::WEBHOOK.to_owned(),
    ] {
        let answer = browser.get(&refused).await.expect(403);
        assert!(!answer.body.contains("script"), "{}", answer.body);
    }
    assert!(!app.logs.text().contains(VERIFY_TOKEN));
}

#[tokio::test]
async fn without_a_word_nobody_subscribes() {
    let app = TestApp::start().await;
    assert!(!app.sandbox.state().subscribe("").await);
    assert!(!app.sandbox.state().subscribe("undefined").await);
}

#[tokio::test]
async fn probe_is_answered_and_changes_nothing() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for method in ["GET", "HEAD"] {
        let answer = browser.request(method, pattern::DEAUTHORIZE, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, ""));
    }
    assert_eq!(app.count("meta_events").await, 0);
}

/// Each call is signed, so it needs no origin; nothing else is let off.
#[tokio::test]
async fn only_meta_needs_no_origin() {
    let app = TestApp::start().await;
    for (path, status) in [
        (pattern::DEAUTHORIZE, StatusCode::BAD_REQUEST),
        ("/meta", StatusCode::FORBIDDEN),
        ("/metadata", StatusCode::FORBIDDEN),
        (pattern::SIGN_IN, StatusCode::FORBIDDEN),
        (pattern::META_MENDED, StatusCode::FORBIDDEN),
    ] {
        let answer = app.post_as_meta(path, &[FORM], "").await;
        assert_eq!(answer.0, status, "{path}");
    }
}

/// Meta calls from few addresses, many at once; what is a flood for a person is none for Meta.
#[tokio::test]
async fn crowd_of_calls_is_no_flood() {
    let app = TestApp::builder().requests_per_minute(20).start().await;
    for _ in 0..60 {
        let answer = app.post_as_meta(pattern::DEAUTHORIZE, &[FORM], "").await;
        assert_eq!(answer.0, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn without_a_meta_app_there_is_nobody_to_check_with() {
    let app = TestApp::builder()
        .set("PORTICO_META__APP_ID", "")
        .set("PORTICO_META__APP_SECRET", "")
        .start()
        .await;
    for path in [
        pattern::DEAUTHORIZE,
        pattern::DATA_DELETION,
        pattern::WEBHOOK,
    ] {
        let answer = app
            .post_as_meta(path, &[FORM], "signed_request=e30.e30")
            .await;
        assert_eq!(answer.0, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
}
