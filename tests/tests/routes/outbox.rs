//! `/admin/outbox`: what becomes of a mail.

use app::{
    model::Role,
    routes::{self, pattern},
};
use chrono::TimeDelta;
use tests::TestApp;
use uuid::Uuid;

async fn send_link(app: &TestApp, name: &str) -> Uuid {
    let reviewer = app.staff(Role::Reviewer).await;
    let client = app.add_client(name).await;
    let page = reviewer.client_page(client).await;
    reviewer
        .browser
        .press(&page, "Send link")
        .await
        .must_say("The link is on its way.");
    client
}

#[tokio::test]
async fn mail_is_shown_with_its_state_and_sent_again() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    send_link(&app, "Kowalska").await;
    admin
        .browser
        .open(pattern::OUTBOX)
        .await
        .must_say("On its way")
        .must_say("kowalska@client.example");
    app.run_jobs().await;
    let list = admin.browser.open(pattern::OUTBOX).await;
    list.must_say("Sent");
    let id = app.outbox().await.remove(0).id;
    let page = admin.browser.open(&routes::mail(id)).await.expect(200);
    let [first] = app.mail.mails().try_into().expect("one mail");
    page.must_say(&first.link());
    let told = admin.browser.press(&page, "Send again").await;
    told.must_say("The mail is on its way again.");
    app.run_jobs().await;
    let mails = app.mail.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[1].message_id, mails[0].message_id);
    assert_eq!(mails[1].link(), mails[0].link());
}

#[tokio::test]
async fn mail_that_is_not_taken_now_is_tried_until_it_is() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let client = send_link(&app, "Kowalska").await;
    app.mail.refuse("451 4.3.2 the shop is closed");
    app.run_jobs().await;
    let list = admin.browser.open(pattern::OUTBOX).await;
    list.must_say("On its way").must_say("the shop is closed");
    app.run_jobs().await;
    assert_eq!(app.outbox().await[0].attempts, 1, "not before its time");
    for (minutes, tries) in [(1, 2), (5, 3), (15, 4)] {
        app.advance(TimeDelta::minutes(minutes));
        app.run_jobs().await;
        assert_eq!(app.outbox().await[0].attempts, tries);
    }
    app.mail.accept();
    app.advance(TimeDelta::hours(1));
    app.run_jobs().await;
    assert_eq!(app.mail.mails().len(), 1);
    let mail = app.outbox().await.remove(0);
    assert_eq!(
        (mail.state.as_str(), mail.attempts, mail.last_error),
        ("sent", 5, None)
    );
    let story = app.story(client).await;
    assert!(!story.contains(&"mail.failed".to_owned()), "{story:?}");
}

#[tokio::test]
async fn mail_that_is_never_taken_is_given_up_after_two_days() {
    let app = TestApp::start().await;
    let client = send_link(&app, "Kowalska").await;
    app.mail.refuse("451 later");
    for _ in 0..60 {
        app.run_jobs().await;
        app.advance(TimeDelta::hours(1));
    }
    let mail = app.outbox().await.remove(0);
    assert_eq!((mail.state.as_str(), mail.attempts), ("failed", 9));
    let admin = app.staff(Role::Admin).await;
    admin
        .browser
        .open(pattern::OUTBOX)
        .await
        .must_say("Not sent")
        .must_say("later");
    let page = admin.client_page(client).await;
    page.must_say("Mail could not be sent");
    app.mail.accept();
    let page = admin.browser.open(&routes::mail(mail.id)).await;
    let page = admin.browser.press(&page, "Send again").await;
    page.must_say("The mail is on its way again.");
    app.run_jobs().await;
    assert_eq!(app.mail.mails().len(), 1);
}

#[tokio::test]
async fn mail_that_is_refused_for_good_is_given_up_at_once() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    send_link(&app, "Kowalska").await;
    app.mail.refuse("550 5.1.1 nobody <script>here</script>");
    app.run_jobs().await;
    let list = admin.browser.open(pattern::OUTBOX).await;
    list.must_say("Not sent")
        .must_say("nobody <script>here</script>");
    app.advance(TimeDelta::days(1));
    assert_eq!(app.run_jobs().await.ran, 0);
}

#[tokio::test]
async fn body_of_a_mail_is_destroyed_a_day_after_delivery() {
    let app = TestApp::start().await;
    send_link(&app, "Kowalska").await;
    app.run_jobs().await;
    let link = app.mail.mails().remove(0).link();
    let sent = app.outbox().await.remove(0);
    app.advance(TimeDelta::hours(23));
    app.tidy().await;
    assert!(app.outbox().await[0].body_sealed.is_some());
    app.advance(TimeDelta::hours(1));
    app.tidy().await;
    assert!(app.outbox().await[0].body_sealed.is_none());
    let admin = app.staff(Role::Admin).await;
    let page = admin.browser.open(&routes::mail(sent.id)).await.expect(200);
    assert!(
        !page.body.contains(&link) && !page.has_button("Send again"),
        "{}",
        page.text()
    );
    let answer = admin.browser.post(&routes::mail_send(sent.id), &[]).await;
    assert_eq!(answer.status, 409);
    // The link itself still works.
    app.browser().get(&link).await.expect(200);
}

#[tokio::test]
async fn mail_without_a_server_is_kept_for_those_who_may_read_links() {
    let app = TestApp::builder()
        .set("PORTICO_MAIL__URL", "outbox:")
        .start()
        .await;
    let (viewer, reviewer) = (
        app.staff(Role::Viewer).await,
        app.staff(Role::Reviewer).await,
    );
    send_link(&app, "Kowalska").await;
    app.run_jobs().await;
    let mail = app.outbox().await.remove(0);
    assert_eq!(mail.state, "kept");
    let list = viewer.browser.open(pattern::OUTBOX).await;
    list.must_say("Kept here");
    let path = routes::mail(mail.id);
    let seen = reviewer.browser.open(&path).await.expect(200);
    let text = seen.texts("pre").remove(0);
    let link = text
        .split_whitespace()
        .find(|word| word.contains("/i/"))
        .expect("a link");
    app.browser().get(link).await.expect(200);
    let hidden = viewer.browser.open(&path).await.expect(200);
    assert!(
        !hidden.body.contains("/i/") && !hidden.has_button("Send again"),
        "{}",
        hidden.text()
    );
}

#[tokio::test]
async fn test_mail_goes_to_oneself_by_the_outbox() {
    let app = TestApp::start().await;
    let (reviewer, viewer) = (
        app.staff(Role::Reviewer).await,
        app.staff(Role::Viewer).await,
    );
    let list = viewer.browser.open(pattern::OUTBOX).await.expect(200);
    assert!(!list.has_button("Send a test mail"));
    let list = reviewer.browser.open(pattern::OUTBOX).await.expect(200);
    list.must_say(&format!("To {}", reviewer.email));
    let page = reviewer.browser.press(&list, "Send a test mail").await;
    page.must_say("The test mail is on its way to you.")
        .must_say("On its way");
    app.run_jobs().await;
    let [mail] = app.mail.mails().try_into().expect("one mail");
    assert_eq!(mail.to, reviewer.email);
    assert!(
        mail.text.contains("There is nothing to do."),
        "{}",
        mail.text
    );
    let asked = "SELECT count(*) AS n FROM audit_events WHERE action = 'mail.test_asked'";
    assert_eq!(app.value::<i64>("n", asked).await, 1);
    // Mail is tested by it.
    let admin = app.staff(Role::Admin).await;
    let ticked = admin.queue().await.texts(".checks .done");
    assert!(
        ticked.iter().any(|words| words.starts_with("Mail tested")),
        "{ticked:?}"
    );
}

#[tokio::test]
async fn five_test_mails_an_hour_are_enough() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let list = admin.browser.open(pattern::OUTBOX).await.expect(200);
    for _ in 0..5 {
        let page = admin.browser.press(&list, "Send a test mail").await;
        page.must_say("is on its way to you");
    }
    let page = admin.browser.press(&list, "Send a test mail").await;
    page.must_say("as many test mails as may be sent in an hour");
    assert_eq!(page.texts("tbody tr").len(), 5);
    app.advance(TimeDelta::hours(1));
    admin.sign_in_at(&admin.browser).await.expect(200);
    let list = admin.browser.open(pattern::OUTBOX).await.expect(200);
    let page = admin.browser.press(&list, "Send a test mail").await;
    page.must_say("is on its way to you");
}

#[tokio::test]
async fn outbox_is_narrowed_by_state_and_says_why_a_mail_failed() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    send_link(&app, "Kowalska").await;
    app.run_jobs().await;
    app.mail.refuse("550 5.1.1 nobody here");
    send_link(&app, "Zielinski").await;
    app.run_jobs().await;
    send_link(&app, "Baumann").await;
    let to = |state: &'static str| {
        let path = format!("{}?state={state}", pattern::OUTBOX);
        let browser = &admin.browser;
        async move {
            let page = browser.open(&path).await.expect(200);
            (page.texts("tbody td:first-child small"), page)
        }
    };
    let (all, page) = to("").await;
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(
        page.texts(".tabs a"),
        [
            "All 3",
            "On its way 1",
            "Sent 1",
            "Not sent 1",
            "To send again 1"
        ]
    );
    let (failed, page) = to("failed").await;
    assert!(failed[0].contains("zielinski@"), "{failed:?}");
    page.must_say("nobody has this address")
        .must_say("nobody here");
    assert_eq!(page.texts("tbody tr").len(), 1);
    assert_eq!(to("sent").await.1.texts("tbody tr").len(), 1);
    assert_eq!(to("queued").await.1.texts("tbody tr").len(), 1);
    let (_, none) = to("kept").await;
    none.must_say("No mail of this kind");
}
