//! A second person's token beside a connection.

use app::model::{InvitationKind, Role};
use server::service::{
    actor::Who,
    invitations::{Sent, Way},
};
use tests::{Answer, Consent, TestApp, people};
use uuid::Uuid;

const BACKUP: InvitationKind = InvitationKind::Backup;

async fn back_up(app: &TestApp, client: Uuid, person: &str) -> Answer {
    let link = app.invite_for(client, BACKUP).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(person)).await;
    visitor.confirm(&identity).await
}

/// The backup that waits, as the queue's form names it.
async fn waiting(app: &TestApp, client: Uuid) -> Uuid {
    let id = app.sql_id(client);
    let sql = format!("SELECT id FROM candidates WHERE client_id = {id} AND state = 'pending'");
    app.value("id", &sql).await
}

async fn standings(app: &TestApp, client: Uuid) -> Vec<String> {
    { app.tokens_of(client).await.into_iter() }
        .filter(|token| token.token_sealed.is_some())
        .map(|token| token.standing)
        .collect()
}

#[tokio::test]
async fn second_person_stands_by_after_approval_and_the_connection_does_not_move() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.approved("Kowalska", people::MARTA).await;
    let before = app.connection_of(client).await;
    let done = back_up(&app, client, people::TOMASZ).await;
    done.must_say("Your part is done");
    assert_eq!(app.connection_of(client).await, before);
    assert_eq!(standings(&app, client).await, ["candidate", "primary"]);
    app.run_jobs().await;
    let told = app.mail.mails();
    let told = told.last().expect("a mail");
    assert!(told.text.contains("Tomasz Zieliński"), "{}", told.text);

    let queue = admin.queue().await;
    queue
        .must_say("1 connection waits for you")
        .must_say("Backup")
        .must_say("Tomasz Zieliński");
    assert!(
        !queue.says("Another person than before"),
        "{}",
        queue.text()
    );
    let case = waiting(&app, client).await;
    assert_ne!(case, connection);
    let told = admin.approve(&queue, case).await;
    told.must_say("The connection was approved.");
    assert_eq!(app.connection_of(client).await, before);
    assert_eq!(standings(&app, client).await, ["backup", "primary"]);
    let page = admin.client_page(client).await;
    page.must_say("Backup approved").must_say("Marta Kowalska");
    page.must_say("7 of 7 steps done");
    assert!(page.texts("h3").contains(&"Backup".to_owned()));
    admin.queue().await.must_say("The queue is empty");
    // The connection's own words are those of its own consent.
    let scopes = page.texts(".kv .tag.off");
    assert!(scopes.is_empty(), "{scopes:?}");
}

#[tokio::test]
async fn person_who_is_connected_already_is_no_second_one() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let link = app.invite_for(client, BACKUP).await;
    let visitor = app.client();
    let told = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    assert_eq!(told.heading(), "A second person is needed");
    assert_eq!(standings(&app, client).await, ["primary"]);
    // The one next step: another login, in the same visit.
    let dialog = visitor.continue_with_facebook(&told).await;
    assert!(
        dialog.as_str().contains("auth_type=reauthenticate"),
        "{dialog}"
    );
    let callback = visitor.agree(&dialog, &Consent::of(people::TOMASZ)).await;
    let identity = visitor.browser.arrive(&callback).await;
    visitor
        .confirm(&identity)
        .await
        .must_say("Your part is done");
    assert_eq!(standings(&app, client).await, ["candidate", "primary"]);
}

#[tokio::test]
async fn rejected_backup_goes_and_takes_nothing_with_it() {
    let app = TestApp::start().await;
    let (admin, late) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let before = app.connection_of(client).await;
    back_up(&app, client, people::TOMASZ).await;
    let case = waiting(&app, client).await;
    let seen = late.queue().await;
    let told = admin
        .reject(&admin.queue().await, case, "Not this colleague.")
        .await;
    told.must_say("The connection was rejected.");
    let told = late.approve(&seen, case).await;
    told.must_say("Somebody was quicker.")
        .must_say(&admin.email);
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await, before);
    assert_eq!(standings(&app, client).await, ["primary"]);
    assert_eq!(app.sandbox.state().consent(people::TOMASZ), None);
    assert!(app.sandbox.state().consent(people::MARTA).is_some());
    let mails = app.mail.mails();
    let mail = mails.last().expect("a mail");
    assert!(mail.text.contains("Not this colleague."), "{}", mail.text);
    assert!(mail.text.contains("stays as it was"), "{}", mail.text);
    // Somebody else may be asked.
    app.invite_for(client, BACKUP).await;
}

#[tokio::test]
async fn consent_that_a_backup_lives_on_is_not_taken_back() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    back_up(&app, client, people::TOMASZ).await;
    let case = waiting(&app, client).await;
    admin.approve(&admin.queue().await, case).await;
    // The same person connects another client, and is rejected there.
    let (_, other) = app.pending("Zielinski", people::TOMASZ).await;
    let told = admin.reject(&admin.queue().await, other, "Not here.").await;
    told.must_say("The connection was rejected.");
    app.run_jobs().await;
    assert!(app.sandbox.state().consent(people::TOMASZ).is_some());
    assert_eq!(standings(&app, client).await, ["backup", "primary"]);
}

#[tokio::test]
async fn backup_stands_beside_a_live_connection_only_and_waits_once() {
    let app = TestApp::start().await;
    let invite = async |client| {
        let (who, way) = (Who::Operator, Way::CommandLine);
        let sent = app.portal.invite(app.scope, &who, client, BACKUP, way);
        sent.await.expect("a readable answer")
    };
    let nobody = app.add_client("Nobody").await;
    assert!(matches!(invite(nobody).await, Sent::NothingToBackUp));
    let (pending, _) = app.pending("Layla", people::LAYLA).await;
    assert!(matches!(invite(pending).await, Sent::NothingToBackUp));
    let (client, connection) = app.approved("Kowalska", people::MARTA).await;
    let link = app.invite_for(client, BACKUP).await;
    back_up(&app, client, people::TOMASZ).await;
    assert!(matches!(invite(client).await, Sent::BackupWaits));
    // The earlier link ended with the later one; ended connections back nothing up.
    app.browser().open(&link).await.expect(410);
    let admin = app.staff(Role::Admin).await;
    let case = waiting(&app, client).await;
    admin.approve(&admin.queue().await, case).await;
    let link = app.invite_for(client, BACKUP).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    let id = app.sql_id(connection);
    let sql = format!("UPDATE connections SET state = 'disconnected' WHERE id = {id}");
    assert_eq!(app.execute(&sql).await, 1);
    let callback = visitor.agree(&dialog, &Consent::of(people::NINA)).await;
    let page = visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "Somebody went on elsewhere");
}
