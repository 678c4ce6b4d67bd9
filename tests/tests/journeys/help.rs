//! Somebody else, and help: a link that is passed on, and a word to the agency.

use app::model::Role;
use tests::{Answer, Client, Consent, TestApp, people};
use uuid::Uuid;

/// Nina, who has no ad account, in front of the page that says so.
async fn stuck<'a>(app: &'a TestApp, link: &str) -> (Client<'a>, Answer) {
    let visitor = app.client();
    let page = visitor.accounts(link, &Consent::of(people::NINA)).await;
    assert_eq!(page.heading(), "No ad account was found");
    (visitor, page)
}

fn visit_path(page: &Answer) -> String {
    let path = page.path.split(['?', '#']).next().expect("a path");
    path.trim_end_matches("/accounts").to_owned()
}

async fn pass_on(visitor: &Client<'_>, page: &Answer) -> String {
    let path = format!("{}/pass-on", visit_path(page));
    let before = visitor.browser.open(&path).await.expect(200);
    let made = visitor
        .browser
        .press(&before, "Make a link to pass on")
        .await
        .expect(200);
    made.attributes("input#link", "value").remove(0)
}

async fn audit(app: &TestApp, client: Uuid, action: &str) -> String {
    let story = app.portal.story(app.scope, client, 500).await;
    let story = story.expect("a readable trail");
    let entry = story.into_iter().find(|entry| entry.action == action);
    format!("{:?}", entry.expect("the event").details)
}

#[tokio::test]
async fn link_that_was_passed_on_binds_whoever_signs_in_and_the_agency_sees_it() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (nina, page) = stuck(&app, &link).await;
    let second = pass_on(&nina, &page).await;
    assert_ne!(second, link);
    let on_file = admin.client_page(client).await;
    on_file.must_say("Passed on by Nina Berg");
    assert!(!on_file.says("Whoever got it signed in."));

    let marta = app.client();
    let done = marta.connect(&second, &Consent::of(people::MARTA)).await;
    done.must_say("Thank you, Marta Kowalska.");
    assert_eq!(
        app.connection_of(client).await.meta_user_id,
        people::MARTA,
        "whoever signs in is bound to it"
    );
    let overtaken = nina.browser.open(&page.path).await;
    assert_eq!(overtaken.heading(), "Somebody went on elsewhere");
    let queue = admin.queue().await;
    queue.must_say("The link was passed on by Nina Berg");
    let on_file = admin.client_page(client).await;
    on_file
        .must_say("Link passed on to somebody else")
        .must_say("Whoever got it signed in.");
    let told = audit(&app, client, "invitation.passed_on").await;
    assert!(told.contains("visit"), "{told}");
    // Spent by success, both of them.
    for link in [&link, &second] {
        let page = app.browser().get(link).await.expect(200);
        assert_eq!(page.heading(), "This link has done its work");
    }
}

#[tokio::test]
async fn link_of_their_own_is_not_called_passed_on() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (nina, page) = stuck(&app, &link).await;
    pass_on(&nina, &page).await;
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    assert!(!admin.queue().await.says("passed on"));
    let on_file = admin.client_page(client).await;
    on_file.must_say("Passed on by Nina Berg");
    assert!(!on_file.says("Whoever got it signed in."));
}

#[tokio::test]
async fn link_to_pass_on_is_shown_once_to_its_browser_and_stored_nowhere() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (nina, page) = stuck(&app, &link).await;
    let path = format!("{}/pass-on", visit_path(&page));
    let before = nina.browser.open(&path).await;
    let made = nina.browser.press(&before, "Make a link to pass on").await;
    let second = made.attributes("input#link", "value").remove(0);
    assert!(made.attributes("input#link", "readonly").len() == 1);
    let mail = made.attributes("a[href^='mailto:?']", "href").remove(0);
    let secret = second.rsplit('/').next().expect("a secret");
    assert!(mail.contains(secret), "{mail}");
    assert!(!made.path.contains(secret), "{}", made.path);
    let later = nina.browser.open(&path).await;
    assert!(!later.body.contains(secret));
    let stranger = app.browser().get(&made.path).await;
    assert_eq!(stranger.location(), "/connect/stopped/other_browser");
    assert!(!app.database_holds(secret).await);
    assert!(!app.logs.text().contains(secret));
}

#[tokio::test]
async fn link_is_passed_on_before_anybody_has_signed_in() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    let callback = visitor.cancel(&dialog).await;
    let halted = visitor.browser.arrive(&callback).await;
    halted.must_say("Pass this on").must_say("Ask for help");
    let second = pass_on(&visitor, &halted).await;
    app.client()
        .connect(&second, &Consent::of(people::MARTA))
        .await;
    admin.queue().await.must_say("before anybody had signed in");
}

#[tokio::test]
async fn links_are_passed_on_five_times_an_hour() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (nina, page) = stuck(&app, &link).await;
    for _ in 0..5 {
        pass_on(&nina, &page).await;
    }
    let path = format!("{}/pass-on", visit_path(&page));
    let refused = nina.browser.post(&path, &[]).await.expect(429);
    assert_eq!(refused.heading(), "That was a bit too often");
    let links = "SELECT COUNT(*) AS n FROM invitation_links WHERE forwarded_visit IS NOT NULL";
    assert_eq!(app.value::<i64>("n", links).await, 5);
}

#[tokio::test]
async fn no_link_is_made_from_one_that_has_ended() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (nina, page) = stuck(&app, &link).await;
    // A new link was sent meanwhile; this visit goes on, but makes no links any more.
    reviewer
        .browser
        .press(&reviewer.client_page(client).await, "Resend")
        .await;
    let path = format!("{}/pass-on", visit_path(&page));
    let ended = nina.browser.open(&path).await.expect(200);
    ended.must_say("No link can be made any more");
    assert!(!ended.has_button("Make a link to pass on"));
    let made = nina.browser.post(&path, &[]).await;
    let made = nina.browser.follow(made).await;
    assert_eq!(made.attributes("input#link", "value").len(), 0);
    // After the visit there is nothing to ask others for.
    app.advance(chrono::TimeDelta::minutes(31));
    for action in ["pass-on", "help"] {
        let gone = nina
            .browser
            .open(&format!("{}/{action}", visit_path(&page)))
            .await;
        assert_eq!(gone.heading(), "This link is no longer in use", "{action}");
    }
}

#[tokio::test]
async fn help_is_asked_from_the_agency_with_the_case_in_words() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (nina, page) = stuck(&app, &link).await;
    let asks = nina
        .browser
        .open(&format!("{}/help", visit_path(&page)))
        .await
        .expect(200);
    let case = "this login has no role on any ad account";
    asks.must_say(case).must_say("kowalska@client.example");
    let told = nina.browser.press(&asks, "Ask for help").await;
    assert_eq!(told.heading(), "No ad account was found");
    told.must_say("We have written to the agency.");
    app.run_jobs().await;
    let [mail] = app.mail.mails().try_into().expect("one mail");
    assert_eq!(mail.to, "hello@northlight.example");
    assert_eq!(mail.subject, "Kowalska asks for help");
    assert!(
        mail.raw.contains("Reply-To: kowalska@client.example"),
        "an answer goes to the client: {}",
        mail.raw
    );
    for words in [
        "Kowalska",
        "kowalska@client.example",
        "Nina Berg",
        "No ad account to choose",
        case,
        &format!("/admin/clients/{client}"),
    ] {
        assert!(mail.text.contains(words), "{words}: {}", mail.text);
        assert!(mail.html.contains(words), "{words}: {}", mail.html);
    }
    for secret in ["/i/", "/connect/", "EAA", people::NINA] {
        assert!(!mail.text.contains(secret), "{secret}: {}", mail.text);
        assert!(!mail.html.contains(secret), "{secret}: {}", mail.html);
    }
    let told = audit(&app, client, "help.asked").await;
    assert!(told.contains("nothing_there"), "{told}");
}

#[tokio::test]
async fn help_is_asked_three_times_a_day() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (nina, page) = stuck(&app, &link).await;
    let path = format!("{}/help", visit_path(&page));
    for _ in 0..3 {
        let asked = nina.browser.post(&path, &[]).await;
        nina.browser.follow(asked).await.expect(200);
    }
    let refused = nina.browser.post(&path, &[]).await.expect(429);
    assert_eq!(refused.heading(), "That was a bit too often");
    app.run_jobs().await;
    assert_eq!(app.mail.mails().len(), 3);
}

#[tokio::test]
async fn help_goes_to_those_who_decide_where_there_is_no_support_address() {
    let app = TestApp::start().await;
    app.execute("UPDATE agencies SET support_email = NULL")
        .await;
    let reviewer = app.staff(Role::Reviewer).await;
    app.staff(Role::Viewer).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (nina, page) = stuck(&app, &link).await;
    let asked = nina
        .browser
        .post(&format!("{}/help", visit_path(&page)), &[])
        .await;
    nina.browser.follow(asked).await.expect(200);
    app.run_jobs().await;
    let to: Vec<_> = app.mail.mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, [reviewer.email.as_str()]);
}

#[tokio::test]
async fn help_is_offered_at_each_step_and_not_after_the_last() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    let path = format!("{}/help", visit_path(&identity));
    let asks = visitor.browser.open(&path).await;
    asks.must_say("Confirming who signed in")
        .must_say("Nothing went wrong that we know of.");
    let progress = visitor.browser.press(&identity, "Yes, this is me").await;
    let asks = visitor.browser.open(&path).await;
    asks.must_say("Reading the list of ad accounts");
    app.run_jobs().await;
    let choice = visitor.browser.open(&progress.path).await;
    let asks = visitor.browser.open(&path).await;
    asks.must_say("Choosing ad accounts");
    let first = tests::open_accounts(&choice)[..1].to_vec();
    visitor.submit(&choice, &first).await;
    let done = visitor.browser.open(&path).await;
    done.must_say("Your part is done");
}
