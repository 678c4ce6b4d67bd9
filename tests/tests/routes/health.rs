//! `/healthz` and `/readyz`.

use app::routes::pattern::{CLIENTS, HEALTHZ, READYZ, SIGN_IN};
use serde_json::{Value, json};
use tests::{Answer, TestApp};

fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).expect("JSON")
}

#[tokio::test]
async fn portal_that_is_well_says_so() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let health = browser.get(HEALTHZ).await.expect(200);
    assert_eq!(body(&health), json!({"ok": true}));
    let ready = browser.get(READYZ).await.expect(200);
    let all = json!({"ok": true, "database": true, "migrations": true, "keys": true});
    assert_eq!(body(&ready), all);
}

#[tokio::test]
async fn portal_without_its_database_is_alive_and_not_ready() {
    let app = TestApp::start().await;
    let staff = app.staff(app::model::Role::Admin).await;
    app.portal.db.clone().close().await;
    let health = staff.browser.get(HEALTHZ).await.expect(200);
    assert_eq!(body(&health), json!({"ok": true}));
    let ready = staff.browser.get(READYZ).await.expect(503);
    assert_eq!(body(&ready)["ok"], false);
    assert_eq!(body(&ready)["database"], false);
    for path in [CLIENTS, SIGN_IN, "/i/unknown"] {
        let page = staff.browser.get(path).await.expect(503);
        assert_eq!(page.heading(), "We’ll be right back", "{path}");
    }
}

#[tokio::test]
async fn portal_behind_its_program_is_not_ready() {
    let app = TestApp::start().await;
    let rows = app
        .execute("DELETE FROM seaql_migrations WHERE version LIKE '%outbox%'")
        .await;
    assert_eq!(rows, 1);
    let ready = app.browser().get(READYZ).await.expect(503);
    assert_eq!(body(&ready)["database"], true);
    assert_eq!(body(&ready)["migrations"], false);
}
