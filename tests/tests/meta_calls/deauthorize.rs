//! A person removed the app.

use app::model::{InvitationKind, Role};
use sandbox::{DeliveryKind, Event};
use tests::{Agency, Consent, TestApp, people};
use uuid::Uuid;

/// Living tokens of a client: whose, and as what.
pub async fn living(app: &TestApp, client: Uuid) -> Vec<(String, String)> {
    { app.tokens_of(client).await.into_iter() }
        .filter(|token| token.token_sealed.is_some())
        .map(|token| (token.meta_user_id, token.standing))
        .collect()
}

fn of(person: &str, standing: &str) -> (String, String) {
    (person.to_owned(), standing.to_owned())
}

/// Signs in by a link of this kind, and goes on to the end.
pub async fn sign_in(app: &TestApp, client: Uuid, kind: InvitationKind, person: &str) {
    let link = app.invite_for(client, kind).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(person)).await;
    visitor.confirm(&identity).await;
}

async fn approve_waiting(app: &TestApp, client: Uuid) {
    let admin = app.staff(Role::Admin).await;
    let id = app.sql_id(client);
    let sql = format!("SELECT id FROM candidates WHERE client_id = {id} AND state = 'pending'");
    let case: Uuid = app.value("id", &sql).await;
    let told = admin.approve(&admin.queue().await, case).await;
    told.must_say("The connection was approved.");
}

#[tokio::test]
async fn removal_is_answered_at_once_and_done_by_a_job() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    app.sandbox.state().clear_calls();
    app.happens(Event::RemoveApp, people::MARTA).await;
    assert_eq!(app.connection_of(client).await.state, "approved");
    assert_eq!(app.count("meta_events").await, 1);
    let mails = app.mail.mails().len();

    app.run_jobs().await;
    let connection = app.connection_of(client).await;
    assert_eq!(connection.state, "disconnected");
    assert_eq!(living(&app, client).await, []);
    let token = app.tokens_of(client).await.remove(0);
    assert_eq!(token.token_status, "revoked");
    assert!(token.destroyed_at.is_some());
    assert_eq!(app.client_row(client).await.token_status, "revoked");
    // It is gone at Meta: nothing is asked of it, and nothing taken back.
    assert_eq!(app.sandbox.state().calls().len(), 0);
    let story = app.story(client).await;
    assert!(
        story.contains(&"connection.disconnected".to_owned()),
        "{story:?}"
    );
    // The id of the person goes when all is done.
    let open = "SELECT COUNT(*) AS n FROM meta_events WHERE handled_at IS NULL OR meta_user_id IS NOT NULL";
    assert_eq!(app.value::<i64>("n", open).await, 0);

    let told = &app.mail.mails()[mails..];
    let to = |address: &str| told.iter().find(|mail| mail.to.contains(address));
    let theirs = to("kowalska@client.example").expect("a mail to the client");
    assert_eq!(theirs.subject, "Northlight Studio no longer sees your ads");
    assert!(
        theirs.text.contains("was taken back at Facebook"),
        "{}",
        theirs.text
    );
    assert!(
        theirs.text.contains("hello@northlight.example"),
        "{}",
        theirs.text
    );
    let ours = to(&admin.email).expect("a mail to the agency");
    assert_eq!(ours.subject, "Kowalska is disconnected");
    let page = admin.client_page(client).await;
    page.must_say("Disconnected: the person took the permission back at Facebook");

    // The way back is a new link.
    let link = app.invite(client).await;
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    let again = app.connection_of(client).await;
    assert_eq!((again.id, again.state.as_str()), (connection.id, "pending"));
}

#[tokio::test]
async fn replay_is_nothing_new() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    app.happens(Event::RemoveApp, people::MARTA).await;
    let first = app.delivery(DeliveryKind::Deauthorization);
    // Before the job and after it.
    app.tell_again(&first).await;
    app.run_jobs().await;
    let (story, mails) = (app.story(client).await, app.outbox().await.len());
    app.tell_again(&first).await;
    assert_eq!(app.run_jobs().await.ran, 0);
    assert_eq!(app.count("meta_events").await, 1);
    assert_eq!(app.story(client).await, story);
    assert_eq!(app.outbox().await.len(), mails);
}

#[tokio::test]
async fn each_state_ends_or_stays_by_the_table() {
    let app = TestApp::start().await;
    let draft = app.add_client("Draft").await;
    let link = app.invite(draft).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    let (pending, _) = app.pending("Pending", people::MARTA).await;
    let (approved, _) = app.approved("Approved", people::MARTA).await;
    let (suspended, connection) = app.approved("Suspended", people::MARTA).await;
    let id = app.sql_id(connection);
    app.execute(&format!(
        "UPDATE connections SET state = 'suspended' WHERE id = {id}"
    ))
    .await;
    let (archived, connection) = app.approved("Archived", people::MARTA).await;
    let id = app.sql_id(connection);
    app.execute(&format!(
        "UPDATE connections SET state = 'archived' WHERE id = {id}"
    ))
    .await;
    let (other, _) = app.approved("Other", people::LAYLA).await;

    app.happens(Event::RemoveApp, people::MARTA).await;
    app.run_jobs().await;
    for client in [draft, pending, approved, suspended] {
        assert_eq!(app.connection_of(client).await.state, "disconnected");
        assert_eq!(living(&app, client).await, []);
    }
    assert_eq!(app.connection_of(archived).await.state, "archived");
    assert_eq!(living(&app, archived).await, []);
    assert_eq!(app.connection_of(other).await.state, "approved");
    assert_eq!(living(&app, other).await, [of(people::LAYLA, "primary")]);
    // Whoever was on the way is told so, and the link leads on.
    let page = visitor.browser.press(&choice, "Submit for approval").await;
    assert!(!page.says("Your part is done"), "{}", page.text());
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    assert_eq!(app.connection_of(draft).await.state, "pending");
}

#[tokio::test]
async fn person_whom_nobody_knows_leaves_nothing() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    app.happens(Event::RemoveApp, people::NINA).await;
    assert_eq!(app.count("meta_events").await, 0);
    assert_eq!(app.run_jobs().await.ran, 0);
    assert_eq!(app.connection_of(client).await.state, "approved");
}

#[tokio::test]
async fn every_agency_that_knows_the_person_does_its_part() {
    let app = TestApp::start().await;
    let other = Agency::found(&app, "Southdark").await;
    let (ours, _) = app.approved("Kowalska", people::MARTA).await;
    let theirs = app.add_client_to(other.scope, "Marek").await;
    let link = app.invite_to(other.scope, theirs).await;
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    app.happens(Event::RemoveApp, people::MARTA).await;
    let jobs = "SELECT COUNT(*) AS n FROM jobs WHERE kind = 'meta_event'";
    assert_eq!(app.value::<i64>("n", jobs).await, 2);
    app.run_jobs().await;
    assert_eq!(app.connection_of(ours).await.state, "disconnected");
    let foreign = app.find_connection(other.scope, theirs).await;
    assert_eq!(foreign.expect("a connection").state, "disconnected");
    let parts = "SELECT COUNT(*) AS n FROM meta_event_parts WHERE connections = 1 AND handled_at IS NOT NULL";
    assert_eq!(app.value::<i64>("n", parts).await, 2);
    for scope in [app.scope, other.scope] {
        let checked = app.portal.verify_audit(scope).await.expect("a trail");
        assert_eq!(checked.reason, None);
    }
}

#[tokio::test]
async fn backup_goes_and_the_connection_stays() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    sign_in(&app, client, InvitationKind::Backup, people::TOMASZ).await;
    approve_waiting(&app, client).await;
    app.run_jobs().await;
    let before = app.connection_of(client).await;
    let mails = app.mail.mails().len();
    app.happens(Event::RemoveApp, people::TOMASZ).await;
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await, before);
    assert_eq!(living(&app, client).await, [of(people::MARTA, "primary")]);
    assert_eq!(app.client_row(client).await.token_status, "active");
    let story = app.story(client).await;
    assert!(
        story.contains(&"login.ended_at_meta".to_owned()),
        "{story:?}"
    );
    let told = &app.mail.mails()[mails..];
    assert!(
        told.iter()
            .all(|mail| mail.subject == "A login for Kowalska has ended")
    );
    assert!(told.iter().any(|mail| mail.to.contains(&admin.email)));
}

#[tokio::test]
async fn waiting_login_goes_and_the_connection_is_what_it_was() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    sign_in(&app, client, InvitationKind::Reconnect, people::TOMASZ).await;
    assert_eq!(app.connection_of(client).await.state, "pending");
    app.happens(Event::RemoveApp, people::TOMASZ).await;
    app.run_jobs().await;
    let after = app.connection_of(client).await;
    assert_eq!(after.state, "approved");
    assert_eq!(after.meta_user_id, people::MARTA);
    assert_eq!(living(&app, client).await, [of(people::MARTA, "primary")]);
    admin.queue().await.must_say("The queue is empty");
    let states = "SELECT state FROM candidates";
    assert_eq!(app.value::<String>("state", states).await, "disconnected");
}

#[tokio::test]
async fn connection_ends_with_its_person_and_so_does_what_waits_beside_it() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    sign_in(&app, client, InvitationKind::Backup, people::TOMASZ).await;
    app.happens(Event::RemoveApp, people::MARTA).await;
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await.state, "disconnected");
    assert_eq!(living(&app, client).await, []);
    admin.queue().await.must_say("The queue is empty");
    // What the colleague permitted at Meta is theirs: nothing is taken back there.
    assert!(app.sandbox.state().consent(people::TOMASZ).is_some());
}
