//! The edges of the way that come from browsers, apps, scanners and bots.

use app::model::Role;
use tests::{Browser, Consent, TestApp, people};

const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 \
    (KHTML, like Gecko) Version/18.7 Mobile/15E148 Safari/604.1";
const INSTAGRAM: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
    (KHTML, like Gecko) Mobile/15E148 Instagram 300.0.0.18.110 (iPhone15,2; iOS 17_5; de_DE; \
    de-DE; scale=3.00; 1179x2556)";
const FACEBOOK: &str = "Mozilla/5.0 (Linux; Android 12; Infinix X6819 Build/SP1A.210812.016; wv) \
    AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/105.0.5195.79 Mobile Safari/537.36 \
    [FB_IAB/FB4A;FBAV/396.1.0.28.104;]";

#[tokio::test]
async fn window_of_an_app_is_told_how_to_open_the_real_browser() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    for (agent, whose, how) in [
        (
            INSTAGRAM,
            "Instagram’s own window",
            "Tap “⋯” at the top right",
        ),
        (
            FACEBOOK,
            "Facebook’s own window",
            "Tap “⋮” at the top right",
        ),
    ] {
        let page = app.browser().named(agent).get(&link).await.expect(200);
        page.must_say(whose).must_say(how);
        // Without script: the link stands in a field that can be selected.
        assert_eq!(
            page.attributes("input#link[readonly]", "value"),
            [link.as_str()]
        );
        assert!(
            page.has_button("Continue with Facebook"),
            "it may still work"
        );
    }
    let page = app.browser().named(IPHONE).get(&link).await.expect(200);
    assert!(!page.says("own window"), "{}", page.text());
    assert_eq!(page.attributes("input#link", "value").len(), 0);
}

#[tokio::test]
async fn browser_that_keeps_no_cookies_is_told_how_to_let_it() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client_at(app.browser().named(IPHONE).without_cookies());
    let dialog = visitor.start(&link).await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let page = visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "Your browser did not recognise you");
    page.must_say("Safari on an iPhone: open Settings")
        .must_say("Open the link in your e-mail again");
    assert_eq!(app.find_connection(app.scope, client).await, None);
    // The code was not used up by it.
    let edges = app.sandbox.state().calls();
    assert!(edges.is_empty(), "{edges:?}");
    let keeping = app.client_at(app.browser().named(IPHONE));
    keeping
        .connect(&link, &Consent::of(people::MARTA))
        .await
        .must_say("Your part is done");
}

#[tokio::test]
async fn answer_that_comes_back_in_another_browser_is_not_called_cookies() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let visitor = app.client_at(app.browser().named(INSTAGRAM));
    let dialog = visitor.start(&link).await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let other = app.browser().named(IPHONE);
    let page = other.arrive(&callback).await;
    assert_eq!(page.heading(), "We can’t tell that this is you");
    // One of the same name with a cookie of its own keeps cookies.
    let twin = app.client_at(app.browser().named(INSTAGRAM));
    twin.start(&link).await;
    let page = twin.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "We can’t tell that this is you");
}

async fn visits(app: &TestApp) -> i64 {
    app.value("n", "SELECT COUNT(*) AS n FROM visits").await
}

#[tokio::test]
async fn bot_that_has_not_seen_the_page_begins_nothing() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let start = format!("{link}/start");
    let bot = app.browser();
    for headers in [&[][..], &[("origin", "https://evil.example")]] {
        bot.post_from(&start, headers).await.expect(403);
    }
    // With the headers of a browser, and without having looked: it is shown the page.
    let pressed = bot.post(&start, &[]).await;
    assert!(link.ends_with(pressed.location()), "{}", pressed.location());
    assert_eq!(pressed.header("set-cookie"), "");
    assert_eq!(visits(&app).await, 0);
    assert!(!viewer.client_page(client).await.says("Started"));
    // Nobody is locked out by it: the page was seen now.
    let page = bot.follow(pressed).await.expect(200);
    let pressed = bot.send(&page.form("Continue with Facebook")).await;
    assert!(pressed.location().starts_with(&app.sandbox.url()));
    assert_eq!(visits(&app).await, 1);
}

#[tokio::test]
async fn link_begins_sixty_visits_an_hour() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    app.browser().get(&link).await.expect(200);
    let press = |browser: Browser| {
        let start = format!("{link}/start");
        async move { browser.post(&start, &[]).await }
    };
    for _ in 0..60 {
        press(app.browser()).await.expect(303);
    }
    let refused = press(app.browser()).await.expect(429);
    assert_eq!(refused.heading(), "That was a bit too often");
    assert_eq!(visits(&app).await, 60);
    app.advance(chrono::TimeDelta::minutes(61));
    press(app.browser()).await.expect(303);
}

#[tokio::test]
async fn scanner_that_looks_again_and_again_presses_nothing() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let scanner = app.browser();
    for method in ["GET", "HEAD"] {
        for path in [
            link.clone(),
            format!("{link}/start"),
            format!("{link}/fresh"),
        ] {
            let answer = scanner.request(method, &path, &[]).await;
            assert_eq!(answer.header("set-cookie"), "", "{method} {path}");
        }
    }
    assert_eq!(visits(&app).await, 0);
    assert_eq!(
        app.story(client).await,
        ["client.created", "invitation.link_copied"]
    );
}

#[tokio::test]
async fn second_invitation_takes_over_and_the_first_visit_is_told() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let first = app.invite(client).await;
    let early = app.client();
    let identity = early.sign_in(&first, &Consent::of(people::MARTA)).await;
    let second = app.invite(client).await;
    let late = app.client();
    let ended = late.browser.get(&first).await.expect(410);
    assert_eq!(ended.heading(), "This link is no longer in use");
    let on_desk = late.sign_in(&second, &Consent::of(people::MARTA)).await;
    let told = early.browser.press(&identity, "Yes, this is me").await;
    assert_eq!(told.heading(), "Somebody went on elsewhere");
    let choice = late.confirm(&on_desk).await;
    let account = tests::open_accounts(&choice)[..1].to_vec();
    late.submit(&choice, &account)
        .await
        .must_say("Your part is done");
    let told = early.browser.open(&identity.path).await;
    assert_eq!(told.heading(), "Somebody went on elsewhere");
    // Also when the first visit's own time is over.
    app.advance(chrono::TimeDelta::minutes(31));
    let told = early.browser.open(&identity.path).await;
    assert!(
        !told.has_button("Continue with Facebook"),
        "{}",
        told.text()
    );
}

#[tokio::test]
async fn link_opened_on_the_phone_is_finished_at_the_desk() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let phone = app.client_at(app.browser().named(IPHONE));
    let on_phone = phone.accounts(&link, &Consent::of(people::MARTA)).await;
    let desk = app.client();
    desk.connect(&link, &Consent::of(people::MARTA))
        .await
        .must_say("Your part is done");
    let form = on_phone
        .form("Submit for approval")
        .tick("account", "1015880000000101");
    let told = phone.browser.submit(&form).await;
    assert_eq!(told.heading(), "Somebody went on elsewhere");
    assert_eq!(app.connection_of(client).await.state, "pending");
}
