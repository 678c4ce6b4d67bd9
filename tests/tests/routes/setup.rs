//! The checklists: of a new agency on the queue, of a client on their page.

use app::{
    model::{InvitationKind, Role},
    routes::pattern,
};
use tests::{Answer, TestApp, people};

/// What is ticked of a checklist.
fn ticked(page: &Answer) -> Vec<String> {
    { page.texts(".checks .done") }
        .into_iter()
        .map(|words| words.replace(" , done", "").replace(", done", ""))
        .collect()
}

#[tokio::test]
async fn new_agency_is_led_until_its_first_client_is_connected() {
    let app = TestApp::start().await;
    let (admin, reviewer) = (
        app.staff(Role::Admin).await,
        app.staff(Role::Reviewer).await,
    );
    let queue = admin.queue().await;
    queue.must_say("Getting started");
    assert_eq!(ticked(&queue), ["Meta app set"]);
    queue.must_say("Send yourself a test mail");
    // Whoever may do none of it is not told to.
    assert!(!reviewer.queue().await.says("Getting started"));
    // The other tabs are about what waits.
    let backups = admin.browser.open(pattern::QUEUE_BACKUPS).await;
    assert!(!backups.says("Getting started"));

    let (_, connection) = app.pending("Kowalska", people::MARTA).await;
    // The mail to the agency was delivered: mail works.
    let queue = admin.queue().await;
    let steps = ["Meta app set", "Mail tested", "First client added"];
    assert_eq!(ticked(&queue), steps);
    admin
        .approve(&queue, connection)
        .await
        .must_say("was approved");
    let queue = admin.queue().await;
    assert!(!queue.says("Getting started"), "{}", queue.text());
}

#[tokio::test]
async fn agency_without_a_mail_server_is_told_so() {
    let app = TestApp::builder()
        .set("PORTICO_MAIL__URL", "outbox:")
        .start()
        .await;
    app.approved("Kowalska", people::MARTA).await;
    let admin = app.staff(Role::Admin).await;
    let queue = admin.queue().await;
    queue.must_say("No mail server is set up, so mails stay in the outbox.");
    let steps = [
        "Meta app set",
        "First client added",
        "First connection approved",
    ];
    assert_eq!(ticked(&queue), steps);
}

#[tokio::test]
async fn client_page_names_the_next_step() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let client = app.add_client("Kowalska").await;
    let page = admin.client_page(client).await;
    page.must_say("0 of 7 steps done")
        .must_say("Next: Send the link");
    let link = app.invite_for(client, InvitationKind::Connect).await;
    let page = admin.client_page(client).await;
    page.must_say("1 of 7 steps done")
        .must_say("Next: The link waits to be opened.");
    let visitor = app.browser();
    visitor.open(&link).await.expect(200);
    let page = admin.client_page(client).await;
    assert_eq!(ticked(&page), ["Invited", "Link opened"]);
    page.must_say("Nobody has signed in with Facebook yet.");

    let (client, connection) = app.pending("Zielinski", people::TOMASZ).await;
    let page = admin.client_page(client).await;
    page.must_say("5 of 7 steps done")
        .must_say("Next: The connection waits for a decision.");
    assert!(!ticked(&page).contains(&"Approved".to_owned()));
    let page = admin.approve(&page, connection).await;
    page.must_say("6 of 7 steps done")
        .must_say("A second person’s would stand by if it ends.");
}
