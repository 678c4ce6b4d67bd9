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
    app.portal.sweep().await.expect("a sweep");
    assert!(app.outbox().await[0].body_sealed.is_some());
    app.advance(TimeDelta::hours(1));
    app.portal.sweep().await.expect("a sweep");
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
