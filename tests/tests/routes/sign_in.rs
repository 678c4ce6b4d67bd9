//! `/admin/sign-in`: one-time links, passwords, sessions.

use app::{model::Role, routes::pattern};
use chrono::TimeDelta;
use secrecy::ExposeSecret as _;
use tests::{Answer, Browser, PASSWORD, TestApp};

async fn try_to_sign_in(browser: &Browser, email: &str, password: &str) -> Answer {
    let fields = [("email", email), ("password", password)];
    let answer = browser.post(pattern::SIGN_IN, &fields).await;
    browser.follow(answer).await
}

async fn one_time_link(app: &TestApp, email: &str) -> String {
    let link = app.portal.invite_staff(app.scope, email, Role::Admin).await;
    link.expect("a link").url.expose_secret().to_owned()
}

#[tokio::test]
async fn one_time_link_works_once() {
    let app = TestApp::start().await;
    let link = one_time_link(&app, "new@northlight.example").await;
    let browser = app.browser();
    for _ in 0..5 {
        let page = browser.get(&link).await.expect(200);
        assert_eq!(page.header("set-cookie"), "");
        page.must_say("new@northlight.example");
    }
    let form = browser.get(&link).await.form("Set password and sign in");
    let form = form.fill("new_password", PASSWORD);
    let queue = browser.submit(&form).await.expect(200);
    assert_eq!(queue.path, pattern::QUEUE);
    let other = app.browser();
    assert_eq!(
        other.get(&link).await.expect(410).heading(),
        "This sign-in link is over"
    );
    let used = other.send(&form).await.expect(410);
    assert_eq!(used.header("set-cookie"), "");
    try_to_sign_in(&other, "NEW@northlight.example ", PASSWORD)
        .await
        .must_say("queue is empty");
}

#[tokio::test]
async fn one_time_link_used_twice_at_once_signs_one_in() {
    let app = TestApp::start().await;
    let link = one_time_link(&app, "new@northlight.example").await;
    let (one, two) = (app.browser(), app.browser());
    let fields = [("new_password", PASSWORD)];
    let (one, two) = tokio::join!(one.post(&link, &fields), two.post(&link, &fields));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
}

#[tokio::test]
async fn one_time_link_ends_after_a_day_and_by_a_newer_one() {
    let app = TestApp::start().await;
    let first = one_time_link(&app, "new@northlight.example").await;
    let second = one_time_link(&app, "new@northlight.example").await;
    app.browser().get(&first).await.expect(410).must_say("over");
    app.advance(TimeDelta::hours(23));
    app.browser()
        .get(&second)
        .await
        .expect(200)
        .must_say("Set your password");
    app.advance(TimeDelta::hours(1));
    app.browser()
        .get(&second)
        .await
        .expect(410)
        .must_say("over");
    app.browser()
        .get("/admin/sign-in/unknown")
        .await
        .expect(410)
        .must_say("over");
}

#[tokio::test]
async fn password_that_is_short_or_common_is_refused_and_the_link_lives_on() {
    let app = TestApp::start().await;
    let link = one_time_link(&app, "new@northlight.example").await;
    let browser = app.browser();
    for (password, words) in [
        ("", "This is needed."),
        ("short", "12 characters at least"),
        ("Password1234", "Too many people use this password."),
    ] {
        let page = browser
            .post(&link, &[("new_password", password)])
            .await
            .expect(422);
        page.must_say(words);
        assert_eq!(
            page.attributes("input[type=password]", "value"),
            Vec::<String>::new(),
            "it is a secret"
        );
    }
    let done = browser.post(&link, &[("new_password", PASSWORD)]).await;
    assert_eq!(done.location(), pattern::QUEUE);
}

#[tokio::test]
async fn wrong_password_keeps_the_address_and_does_not_tell_who_exists() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let mut shown = Vec::new();
    for email in [staff.email.as_str(), "nobody@northlight.example"] {
        let browser = app.browser();
        let page = try_to_sign_in(&browser, email, "not the right one").await;
        page.must_say("E-mail or password is wrong.");
        assert_eq!(page.attributes("input[name=email]", "value"), [email]);
        assert!(!page.body.contains("not the right one"));
        assert_eq!(browser.cookie("portico_session"), None);
        shown.push((page.text().replace(email, ""), page.path));
    }
    assert_eq!(shown[0].0, shown[1].0);
    // What was typed is kept for this browser only.
    let stranger = app.browser().open(&shown[0].1).await;
    assert_eq!(stranger.attributes("input[name=email]", "value"), [""]);
}

#[tokio::test]
async fn sign_in_is_tried_ten_times_an_account() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    for number in 0..10 {
        let browser = app.browser_at(&format!("203.0.113.{number}"));
        try_to_sign_in(&browser, &staff.email, "wrong")
            .await
            .must_say("wrong");
    }
    let browser = app.browser();
    let refused = try_to_sign_in(&browser, &staff.email, PASSWORD)
        .await
        .expect(429);
    let wait: i64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=900).contains(&wait), "{wait}");
    refused.must_say("That was a bit too often");
    app.advance(TimeDelta::seconds(wait));
    try_to_sign_in(&browser, &staff.email, PASSWORD)
        .await
        .must_say("queue is empty");
}

#[tokio::test]
async fn sign_in_is_tried_thirty_times_an_address() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let browser = app.browser_at("203.0.113.9");
    for number in 0..30 {
        let email = format!("guess{number}@northlight.example");
        try_to_sign_in(&browser, &email, "wrong")
            .await
            .must_say("wrong");
    }
    let refused = try_to_sign_in(&browser, &staff.email, PASSWORD)
        .await
        .expect(429);
    assert_ne!(refused.header("retry-after"), "");
    let elsewhere = app.browser_at("203.0.113.10");
    try_to_sign_in(&elsewhere, &staff.email, PASSWORD)
        .await
        .must_say("queue is empty");
}

#[tokio::test]
async fn visit_that_is_signed_out_leads_to_the_sign_in_and_back() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let browser = app.browser();
    let page = browser
        .open("/admin/clients?q=a%20b&after=x")
        .await
        .expect(200);
    assert_eq!(page.heading(), "Sign in");
    let form = page.form("Sign in").fill("email", &staff.email);
    // Wrong first: the way back outlives it.
    let again = browser
        .submit(&form.clone().fill("password", "wrong one"))
        .await;
    let form = again.form("Sign in").fill("password", PASSWORD);
    let back = browser.submit(&form).await.expect(200);
    assert_eq!(back.path, "/admin/clients?q=a%20b&after=x");
    // Whoever is signed in already goes on at once.
    let on = browser.get("/admin/sign-in?next=%2Fadmin%2Foutbox").await;
    assert_eq!(on.location(), "/admin/outbox");
}

#[tokio::test]
async fn sign_in_leads_to_no_other_site() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    for next in [
        "//evil.example",
        "https://evil.example/admin/",
        "/\\evil.example",
        "/admin/..//evil.example",
        "/i/x",
    ] {
        let browser = app.browser();
        let fields = [
            ("email", staff.email.as_str()),
            ("password", PASSWORD),
            ("next", next),
        ];
        let answer = browser.post(pattern::SIGN_IN, &fields).await;
        assert_eq!(answer.location(), pattern::QUEUE, "{next}");
        let signed_in = browser.get(&app::routes::sign_in(Some(next))).await;
        assert_eq!(signed_in.location(), pattern::QUEUE, "{next}");
    }
}

#[tokio::test]
async fn sign_out_ends_the_session_and_clears_the_browser() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let stolen = staff.browser.cookie("portico_session").expect("a session");
    let queue = staff.queue().await;
    let out = staff.browser.send(&queue.form("Sign out")).await;
    assert!(
        out.header("clear-site-data").contains("\"cache\""),
        "{}",
        out.header("clear-site-data")
    );
    staff
        .browser
        .follow(out)
        .await
        .must_say("You are signed out.");
    assert_eq!(staff.browser.cookie("portico_session"), None);
    let thief = app.browser();
    thief.set_cookie("portico_session", &stolen);
    assert_eq!(thief.open(pattern::QUEUE).await.heading(), "Sign in");
}

#[tokio::test]
async fn sign_in_gives_a_new_session_each_time_and_stores_its_hash() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let first = staff.browser.cookie("portico_session").expect("a session");
    let browser = app.browser();
    browser.set_cookie("portico_session", "chosen by somebody else");
    try_to_sign_in(&browser, &staff.email, PASSWORD)
        .await
        .must_say("queue is empty");
    let second = browser.cookie("portico_session").expect("a session");
    assert!(first != second && second != "chosen by somebody else");
    let rows = app.query("SELECT secret_hash FROM sessions").await;
    assert_eq!(rows.len(), 2);
    for row in rows {
        let hash: Vec<u8> = row.try_get("", "secret_hash").expect("a hash");
        assert!(
            hash == server::vault::secret_hash(&first)
                || hash == server::vault::secret_hash(&second)
        );
    }
}

#[tokio::test]
async fn session_ends_after_an_hour_without_a_click() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    for _ in 0..3 {
        app.advance(TimeDelta::minutes(59));
        staff.queue().await.must_say("queue is empty");
    }
    app.advance(TimeDelta::minutes(60));
    assert_eq!(staff.queue().await.heading(), "Sign in");
}

#[tokio::test]
async fn session_ends_after_twelve_hours_in_any_case() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    for _ in 0..14 {
        app.advance(TimeDelta::minutes(50));
        staff.queue().await.must_say("queue is empty");
    }
    app.advance(TimeDelta::minutes(50));
    assert_eq!(staff.queue().await.heading(), "Sign in");
}

#[tokio::test]
async fn person_who_is_disabled_is_out_at_once() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let other = app.staff(Role::Owner).await;
    let link = one_time_link(&app, "new@northlight.example").await;
    let sql = "UPDATE staff SET disabled_at = updated_at WHERE role = 'admin'";
    assert_eq!(app.execute(sql).await, 2);
    assert_eq!(staff.queue().await.heading(), "Sign in");
    let page = try_to_sign_in(&app.browser(), &staff.email, PASSWORD).await;
    page.must_say("E-mail or password is wrong.");
    let used = app
        .browser()
        .post(&link, &[("new_password", PASSWORD)])
        .await;
    assert_eq!(used.status, 410);
    other.queue().await.must_say("queue is empty");
}
