//! `/oauth/facebook/callback`: whose answer it is, and what becomes of it.

use app::routes::pattern::CALLBACK;
use chrono::TimeDelta;
use tests::{Answer, Client, Consent, TestApp, people};
use url::Url;
use uuid::Uuid;

/// A client of whom nothing was captured, and the way to the dialog and back.
struct Way<'a> {
    client: Uuid,
    link: String,
    visitor: Client<'a>,
    dialog: Url,
    callback: String,
}

async fn way<'a>(app: &'a TestApp, name: &str, person: &str) -> Way<'a> {
    let client = app.add_client(name).await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    let callback = visitor.agree(&dialog, &Consent::of(person)).await;
    Way {
        client,
        link,
        visitor,
        dialog,
        callback,
    }
}

impl Way<'_> {
    fn parameter(&self, name: &str) -> String {
        let query = self.callback.split_once('?').expect("a query").1;
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        let found = pairs.find(|(key, _)| key == name);
        found.expect("a parameter").1.into_owned()
    }

    /// Nothing was kept, and the link leads on as if nothing had been.
    async fn assert_link_works(&self, app: &TestApp) {
        assert_eq!(app.find_connection(app.scope, self.client).await, None);
        let done = app
            .client()
            .connect(&self.link, &Consent::of(people::MARTA))
            .await;
        done.must_say("Your part is done");
    }
}

fn exchanges(app: &TestApp) -> usize {
    let calls = app.sandbox.state().calls();
    let codes = calls
        .iter()
        .filter(|call| call.edge == "oauth/access_token:code");
    codes.count()
}

#[tokio::test]
async fn callback_with_a_wrong_state_is_refused_and_the_link_works() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let code = way.parameter("code");
    for query in [
        format!("code={code}&state=wrong"),
        format!("code={code}"),
        format!("code={code}&state="),
        format!("code={code}&state={0}&state={0}", way.parameter("state")),
        format!("state={}", way.parameter("state")),
        String::new(),
    ] {
        let page = way
            .visitor
            .browser
            .arrive(&format!("{CALLBACK}?{query}"))
            .await;
        assert_eq!(page.heading(), "This login is no longer fresh", "{query}");
    }
    assert_eq!(exchanges(&app), 0);
    way.assert_link_works(&app).await;
}

#[tokio::test]
async fn callback_in_another_browser_is_refused_and_spends_nothing() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let other = app.client_at(app.browser().named("Mozilla/5.0 (another)"));
    let page = other.browser.arrive(&way.callback).await;
    assert_eq!(page.heading(), "We can’t tell that this is you");
    // One that has a visit of its own is another browser all the same.
    let link = app.invite(app.add_client("Al Noor").await).await;
    other.start(&link).await;
    let page = other.browser.arrive(&way.callback).await;
    assert_eq!(page.heading(), "We can’t tell that this is you");
    assert_eq!(exchanges(&app), 0);
    let mine = way.visitor.browser.arrive(&way.callback).await;
    assert_eq!(mine.heading(), "Is this you?");
}

#[tokio::test]
async fn callback_with_a_foreign_code_is_refused_by_its_verifier() {
    let app = TestApp::start().await;
    let victim = way(&app, "Kowalska", people::MARTA).await;
    let attacker = way(&app, "Mallory", people::TOMASZ).await;
    let query = format!(
        "code={}&state={}",
        attacker.parameter("code"),
        victim.parameter("state")
    );
    let page = victim
        .visitor
        .browser
        .arrive(&format!("{CALLBACK}?{query}"))
        .await;
    assert_eq!(page.heading(), "Please sign in once more");
    victim.assert_link_works(&app).await;
}

#[tokio::test]
async fn callback_after_ten_minutes_is_too_late_and_the_visit_goes_on() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    app.advance(TimeDelta::minutes(10));
    let page = way.visitor.browser.arrive(&way.callback).await;
    assert_eq!(page.heading(), "This login is no longer fresh");
    assert_eq!(exchanges(&app), 0);
    let dialog = way.visitor.continue_with_facebook(&page).await;
    let callback = way
        .visitor
        .agree(&dialog, &Consent::of(people::MARTA))
        .await;
    let identity = way.visitor.browser.arrive(&callback).await;
    assert_eq!(identity.heading(), "Is this you?");
}

#[tokio::test]
async fn callback_replayed_afterwards_shows_what_the_first_led_to() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let first = way.visitor.browser.arrive(&way.callback).await;
    for _ in 0..3 {
        let again = way.visitor.browser.arrive(&way.callback).await;
        assert_eq!(
            (&again.path, again.heading()),
            (&first.path, "Is this you?".to_owned())
        );
    }
    assert_eq!(exchanges(&app), 1);
    assert_eq!(app.tokens_of(way.client).await.len(), 1);
    // Further on too, and when all is done.
    let choice = way.visitor.confirm(&first).await;
    let again = way.visitor.browser.arrive(&way.callback).await;
    assert_eq!(again.heading(), choice.heading());
    let number = tests::open_accounts(&choice).remove(0);
    let done = way.visitor.submit(&choice, &[number]).await;
    let again = way.visitor.browser.arrive(&way.callback).await;
    assert_eq!(again.heading(), done.heading());
    assert_eq!(exchanges(&app), 1);
}

#[tokio::test]
async fn callback_replayed_while_the_first_is_at_work_waits_for_it() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let hold = app.sandbox.hold("oauth/access_token:code");
    let second = async {
        hold.arrived().await;
        let page = way.visitor.browser.arrive(&way.callback).await;
        hold.release();
        page
    };
    let (first, second) = tokio::join!(way.visitor.browser.arrive(&way.callback), second);
    assert_eq!(second.heading(), "Signing you in");
    let refresh = second.headers.get("refresh").expect("it comes again");
    assert_eq!(
        refresh.to_str().ok(),
        Some(format!("3; url={}", second.path).as_str())
    );
    assert_eq!(first.heading(), "Is this you?");
    assert_eq!(
        way.visitor.browser.open(&second.path).await.heading(),
        "Is this you?"
    );
    assert_eq!(exchanges(&app), 1);
}

#[tokio::test]
async fn callback_twice_at_once_exchanges_the_code_once() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let arrive = || way.visitor.browser.arrive(&way.callback);
    tokio::join!(arrive(), arrive(), arrive());
    assert_eq!(exchanges(&app), 1);
    assert_eq!(app.tokens_of(way.client).await.len(), 1);
}

#[tokio::test]
async fn callback_of_a_cancelled_dialog_says_so_without_blame_and_the_link_works() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let cancelled = way.visitor.cancel(&way.dialog).await;
    let page = way.visitor.browser.arrive(&cancelled).await;
    assert_eq!(page.heading(), "Facebook did not give us permission");
    assert!(!page.says("cancel"), "{}", page.text());
    let dialog = way.visitor.continue_with_facebook(&page).await;
    assert_ne!(dialog, way.dialog, "with a state of its own");
    way.assert_link_works(&app).await;
    let story = app.story(way.client).await;
    assert!(story.contains(&"login.failed".to_owned()), "{story:?}");
}

#[tokio::test]
async fn callback_error_without_a_state_belongs_to_the_only_login_of_the_browser() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let query = "error=access_denied&error_reason=user_denied&error_description=The+user+denied+your+request.";
    let page = way
        .visitor
        .browser
        .arrive(&format!("{CALLBACK}?{query}"))
        .await;
    assert!(
        page.path.starts_with("/connect/") && !page.path.contains("stopped"),
        "{}",
        page.path
    );
    assert_eq!(page.heading(), "Facebook did not give us permission");
    assert!(page.has_button("Continue with Facebook"));
    // A browser without a login gets a page that belongs to nobody.
    let stranger = app.browser().arrive(&format!("{CALLBACK}?{query}")).await;
    assert_eq!(stranger.path, "/connect/stopped/not_given");
    // And so does one with two.
    way.visitor.start(&way.link).await;
    let link = app.invite(app.add_client("Al Noor").await).await;
    way.visitor.start(&link).await;
    let two = way
        .visitor
        .browser
        .arrive(&format!("{CALLBACK}?{query}"))
        .await;
    assert_eq!(two.path, "/connect/stopped/not_given");
    way.assert_link_works(&app).await;
}

#[tokio::test]
async fn callback_with_metas_documented_error_form_is_understood() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let words = "This+app+is+in+development+mode+%3Cscript%3E";
    let query = format!(
        "error_code=901&error_message={words}&state={}",
        way.parameter("state")
    );
    let page: Answer = way
        .visitor
        .browser
        .arrive(&format!("{CALLBACK}?{query}"))
        .await;
    assert_eq!(page.heading(), "Facebook does not accept our request");
    assert!(
        !page.body.contains("development"),
        "anybody can write Meta's words"
    );
    way.assert_link_works(&app).await;
}

#[tokio::test]
async fn callback_when_meta_is_down_says_so_and_never_sends_the_code_twice() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    app.sandbox
        .state()
        .fault(sandbox::Fault::transient("oauth/access_token:code"));
    let page = way.visitor.browser.arrive(&way.callback).await;
    assert_eq!(page.heading(), "Facebook is not answering");
    assert_eq!(exchanges(&app), 1);
    way.assert_link_works(&app).await;
}

#[tokio::test]
async fn several_tabs_are_in_flight_at_once() {
    let app = TestApp::start().await;
    let way = way(&app, "Kowalska", people::MARTA).await;
    let client = app.add_client("Al Noor").await;
    let link = app.invite(client).await;
    let dialog = way.visitor.start(&link).await;
    let callback = way
        .visitor
        .agree(&dialog, &Consent::of(people::LAYLA))
        .await;
    let one = way.visitor.browser.arrive(&way.callback).await;
    let two = way.visitor.browser.arrive(&callback).await;
    one.must_say("Marta Kowalska");
    two.must_say("Layla Nasser");
    assert_ne!(one.path, two.path);
    assert_eq!(app.connection_of(client).await.meta_user_id, people::LAYLA);
    assert_eq!(
        app.connection_of(way.client).await.meta_user_id,
        people::MARTA
    );
}
