//! No other site acts in somebody's name.

use app::{model::Role, routes::pattern};
use tests::{Consent, TestApp, people};

#[tokio::test]
async fn forms_of_another_site_are_refused_on_every_route() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    let link = app.invite(app.add_client("Al Noor").await).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::LAYLA)).await;
    let before = app
        .value::<i64>("n", "SELECT COUNT(*) AS n FROM audit_events")
        .await;
    let site: [&[(&str, &str)]; 7] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", app.origin.as_str().trim_end_matches('/')),
        ],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://localhost")],
        &[],
    ];
    let id = client.to_string();
    let mut paths: Vec<String> = [
        pattern::SIGN_IN,
        pattern::SIGN_OUT,
        pattern::QUEUE_DECIDE,
        pattern::CLIENTS,
        pattern::CLIENT_SEND,
        pattern::CLIENT_RESEND,
        pattern::CLIENT_COPY,
        pattern::CLIENT_REVOKE,
        pattern::MAIL_SEND,
        "/admin/sign-in/unknown",
        "/nowhere",
    ]
    .map(|path| path.replace("{id}", &id))
    .to_vec();
    for action in ["start", "fresh"] {
        paths.push(format!("{link}/{action}"));
    }
    for action in [
        "again",
        "confirm",
        "accounts",
        "accounts/read",
        "pass-on",
        "help",
    ] {
        paths.push(format!("{}/{action}", identity.path));
    }
    for path in &paths {
        for headers in site {
            for browser in [&owner.browser, &visitor.browser] {
                let page = browser.post_from(path, headers).await.expect(403);
                assert_eq!(
                    page.heading(),
                    "This form could not be taken",
                    "{path} {headers:?}"
                );
                assert_eq!(page.header("set-cookie"), "");
            }
        }
    }
    assert_eq!(
        app.value::<i64>("n", "SELECT COUNT(*) AS n FROM audit_events")
            .await,
        before
    );
    let queue = owner.queue().await;
    owner
        .approve(&queue, connection)
        .await
        .must_say("The connection was approved.");
}

#[tokio::test]
async fn form_of_an_old_browser_is_taken_by_its_origin() {
    let app = TestApp::start().await;
    let origin = app.origin.origin().ascii_serialization();
    let answer = app
        .browser()
        .post_from(pattern::SIGN_OUT, &[("origin", &origin)])
        .await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn reading_changes_nothing() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let (client, _) = app.pending("Kowalska", people::MARTA).await;
    let before = app
        .value::<i64>("n", "SELECT COUNT(*) AS n FROM audit_events")
        .await;
    for path in [
        pattern::QUEUE_DECIDE.to_owned(),
        pattern::SIGN_OUT.to_owned(),
        app::routes::client_action(client, "send"),
        app::routes::client_action(client, "revoke"),
        app::routes::client_action(client, "copy"),
    ] {
        for method in ["GET", "HEAD", "OPTIONS"] {
            let answer = owner.browser.request(method, &path, &[]).await;
            assert_eq!(answer.status, 404, "{method} {path}");
        }
    }
    assert_eq!(
        app.value::<i64>("n", "SELECT COUNT(*) AS n FROM audit_events")
            .await,
        before
    );
    owner.queue().await.must_say("Kowalska");
}
