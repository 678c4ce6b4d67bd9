//! The headers of every answer.

use app::{model::Role, routes::pattern};
use tests::{Answer, Consent, TestApp, people};

fn assert_guarded(answer: &Answer, what: &str) {
    let all = [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=()"),
        ("content-security-policy", "default-src 'none'"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("content-security-policy", "base-uri 'none'"),
        ("x-request-id", "-"),
    ];
    for (name, value) in all {
        assert!(
            answer.header(name).contains(value),
            "{what}: {name}: {}",
            answer.header(name)
        );
    }
    assert_eq!(
        answer.header("strict-transport-security"),
        "",
        "{what}: there is no TLS here"
    );
    assert!(
        ["same-origin", "strict-origin"].contains(&answer.header("referrer-policy")),
        "{what}"
    );
    assert_eq!(answer.header("server"), "", "{what}");
}

#[tokio::test]
async fn answers_of_every_kind_are_guarded() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let stranger = app.browser();
    let stylesheet = server::assets::stylesheet_path();
    let large = "x".repeat(70_000);
    for (what, answer, status) in [
        ("home", stranger.get("/").await, 200),
        ("link", stranger.get(&link).await, 200),
        (
            "a page of the desk",
            admin.browser.get(pattern::QUEUE).await,
            200,
        ),
        ("health", stranger.get(pattern::HEALTHZ).await, 200),
        ("readiness", stranger.get(pattern::READYZ).await, 200),
        ("icon", stranger.get(pattern::FAVICON).await, 200),
        ("file", stranger.get(stylesheet).await, 200),
        ("HEAD", stranger.request("HEAD", "/", &[]).await, 200),
        ("redirect", stranger.get(pattern::QUEUE).await, 303),
        (
            "form",
            admin.browser.post(pattern::SIGN_OUT, &[]).await,
            303,
        ),
        ("no route", stranger.get("/nowhere").await, 404),
        ("no file", stranger.get("/pkg/nothing.js").await, 404),
        (
            "no method",
            stranger
                .request("DELETE", "/", &[("sec-fetch-site", "none")])
                .await,
            404,
        ),
        (
            "another site",
            stranger.post_from(pattern::SIGN_IN, &[]).await,
            403,
        ),
        (
            "too large",
            stranger.post(pattern::SIGN_IN, &[("email", &large)]).await,
            413,
        ),
        (
            "no id",
            app.staff(Role::Owner)
                .await
                .browser
                .get("/admin/clients/x")
                .await,
            404,
        ),
        (
            "one-time link",
            stranger.get("/admin/sign-in/unknown").await,
            410,
        ),
    ] {
        assert_eq!(answer.status, status, "{what}");
        assert_guarded(&answer, what);
        let is_kept = ["icon", "file"].contains(&what);
        assert_eq!(
            answer.header("cache-control").contains("no-store"),
            !is_kept,
            "{what}"
        );
    }
}

#[tokio::test]
async fn pages_whose_address_holds_a_secret_do_not_pass_it_on() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let browser = app.browser();
    let callback = format!("{}?error=access_denied", pattern::CALLBACK);
    for path in [
        link.as_str(),
        "/i/unknown",
        "/admin/sign-in/unknown",
        callback.as_str(),
        "/i/mistyped/x",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.header("referrer-policy"), "strict-origin", "{path}");
    }
    for answer in [
        browser.get("/").await,
        owner.browser.get(pattern::QUEUE).await,
    ] {
        assert_eq!(answer.header("referrer-policy"), "same-origin");
    }
}

#[tokio::test]
async fn scripts_run_by_nonce_only_and_no_style_stands_in_a_page() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.pending("Kowalska", people::MARTA).await;
    let link = app.invite(app.add_client("Al Noor").await).await;
    let visitor = app.client();
    let mut nonces = Vec::new();
    for page in [
        visitor.browser.open(&link).await,
        visitor.sign_in(&link, &Consent::of(people::LAYLA)).await,
        admin.queue().await,
        admin.client_page(client).await,
        admin.browser.open(pattern::OUTBOX).await,
    ] {
        let policy = page.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).expect("a nonce");
        let nonce = nonce.split('\'').next().expect("its end").to_owned();
        assert!(nonce.len() >= 16, "{nonce}");
        let given = page.attributes("script", "nonce");
        assert_eq!(given.len(), page.texts("script").len(), "{}", page.path);
        assert!(given.iter().all(|given| *given == nonce), "{}", page.path);
        nonces.push(nonce);
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("strict-dynamic"),
            "{policy}"
        );
        assert!(
            policy.contains("form-action 'self' https://*.facebook.com"),
            "{policy}"
        );
        assert!(policy.contains(&app.sandbox.url()), "{policy}");
        assert_eq!(
            page.texts("style").len() + page.attributes("[style]", "style").len(),
            0,
            "{}",
            page.path
        );
        for handler in ["onclick", "onsubmit", "onload", "onerror"] {
            assert_eq!(
                page.attributes(&format!("[{handler}]"), handler).len(),
                0,
                "{}",
                page.path
            );
        }
    }
    let count = nonces.len();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), count, "a nonce is used once");
}

#[tokio::test]
async fn names_are_shown_as_text() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let name = "</title><script>alert(1)</script> & \"Sons\"";
    let client = app.add_client(name).await;
    let link = app.invite(client).await;
    for page in [
        admin.client_page(client).await,
        admin.browser.open(pattern::CLIENTS).await,
        app.browser().open(&link).await,
    ] {
        page.must_say(name);
        assert!(!page.body.contains("<script>alert"), "{}", page.path);
    }
}

#[tokio::test]
async fn cookies_behind_tls_are_secure_and_bound_to_the_host() {
    let app = TestApp::builder()
        .set("PORTICO_BASE_URL", "https://portal.example")
        .start()
        .await;
    let browser = app.browser();
    let fields = [("email", "a@b.example"), ("password", "wrong")];
    let answer = browser.post(pattern::SIGN_IN, &fields).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-portico_form="), "{cookie}");
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
}

#[tokio::test]
async fn flood_of_one_address_is_held_back() {
    let app = TestApp::builder().requests_per_minute(5).start().await;
    let browser = app.browser();
    for _ in 0..5 {
        browser.get("/").await.expect(200);
    }
    let page = browser.get("/").await.expect(429);
    assert_guarded(&page, "too many");
    assert_ne!(page.header("retry-after"), "");
    app.browser().get("/").await.expect(200);
}
