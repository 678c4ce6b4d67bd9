//! Reconnection of a connection that is live: by the same person, by another, and what is decided about it.

use app::model::{InvitationKind, Role};
use chrono::TimeDelta;
use sandbox::Fault;
use server::service::{
    actor::Who,
    invitations::{Sent, Way},
};
use tests::{Answer, Consent, TestApp, people};
use uuid::Uuid;

const RECONNECT: InvitationKind = InvitationKind::Reconnect;

/// From a link to what *Yes, this is me* leads to.
async fn sign_in_and_confirm(app: &TestApp, link: &str, person: &str) -> Answer {
    let visitor = app.client();
    let identity = visitor.sign_in(link, &Consent::of(person)).await;
    assert_eq!(identity.heading(), "Is this you?");
    visitor.confirm(&identity).await
}

async fn reconnect(app: &TestApp, client: Uuid, person: &str) -> Answer {
    let link = app.invite_for(client, RECONNECT).await;
    sign_in_and_confirm(app, &link, person).await
}

/// Standing and person of each token that our copy is left of, newest first.
async fn held(app: &TestApp, client: Uuid) -> Vec<(String, String)> {
    { app.tokens_of(client).await.into_iter() }
        .filter(|token| token.token_sealed.is_some())
        .map(|token| (token.standing, token.meta_user_id))
        .collect()
}

fn one(standing: &str, person: &str) -> (String, String) {
    (standing.to_owned(), person.to_owned())
}

async fn chosen(app: &TestApp, connection: Uuid) -> Vec<String> {
    let id = app.sql_id(connection);
    let sql = format!(
        "SELECT number FROM ad_accounts WHERE connection_id = {id} AND is_selected ORDER BY number"
    );
    let rows = app.query(&sql).await;
    rows.iter()
        .map(|row| row.try_get("", "number").expect("a number"))
        .collect()
}

async fn suspend(app: &TestApp, connection: Uuid) {
    let id = app.sql_id(connection);
    let sql = format!(
        "UPDATE connections SET state = 'suspended', version = version + 1 WHERE id = {id}"
    );
    assert_eq!(app.execute(&sql).await, 1);
}

#[tokio::test]
async fn same_person_brings_a_new_token_and_nothing_else_moves() {
    let app = TestApp::start().await;
    let (client, connection) = app.approved("Kowalska", people::MARTA).await;
    let accounts = chosen(&app, connection).await;
    let before = app.tokens_of(client).await.remove(0);
    app.advance(TimeDelta::days(40));
    let link = app.invite_for(client, RECONNECT).await;
    let done = sign_in_and_confirm(&app, &link, people::MARTA).await;
    done.must_say("Your part is done").must_say("Connected");

    let after = app.connection_of(client).await;
    assert_eq!((after.id, after.state.as_str()), (connection, "approved"));
    assert_eq!(chosen(&app, connection).await, accounts);
    let tokens = app.tokens_of(client).await;
    assert_eq!(held(&app, client).await, [one("primary", people::MARTA)]);
    assert_eq!(tokens[0].token_status, "active");
    assert!(tokens[0].expires_at > before.expires_at);
    assert_eq!(
        (tokens[1].id, tokens[1].standing.as_str()),
        (before.id, "superseded")
    );
    assert!(
        tokens[1].token_sealed.is_none(),
        "used by nothing, kept by nobody"
    );
    app.run_jobs().await;
    assert!(app.sandbox.state().consent(people::MARTA).is_some());
    let told = app.mail.mails();
    let told = told.last().expect("a mail");
    assert!(
        told.subject.contains("has connected again"),
        "{}",
        told.subject
    );
    assert!(told.text.contains("nothing to decide"), "{}", told.text);
    let story = app.story(client).await;
    assert!(
        story.contains(&"connection.reconnected".to_owned()),
        "{story:?}"
    );
    let admin = app.staff(Role::Admin).await;
    admin.queue().await.must_say("The queue is empty");
    let spent = app.browser().open(&link).await.expect(200);
    spent.must_say("This link has done its work");
    // The client is as alive as the new token.
    let row = app.client_row(client).await;
    assert_eq!(row.token_status, "active");
}

#[tokio::test]
async fn same_person_reconnects_what_is_suspended_and_it_stays_so() {
    let app = TestApp::start().await;
    let (client, connection) = app.approved("Kowalska", people::MARTA).await;
    suspend(&app, connection).await;
    let done = reconnect(&app, client, people::MARTA).await;
    done.must_say("Your part is done");
    assert_eq!(app.connection_of(client).await.state, "suspended");
    assert_eq!(held(&app, client).await, [one("primary", people::MARTA)]);
    assert_eq!(app.tokens_of(client).await.len(), 2);
}

#[tokio::test]
async fn another_person_waits_and_what_is_live_stays_until_approved() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.approved("Kowalska", people::MARTA).await;
    let accounts = chosen(&app, connection).await;
    let done = reconnect(&app, client, people::TOMASZ).await;
    done.must_say("Your part is done");
    let waiting = app.connection_of(client).await;
    assert_eq!(
        (waiting.id, waiting.state.as_str()),
        (connection, "pending")
    );
    assert_eq!(
        held(&app, client).await,
        [
            one("candidate", people::TOMASZ),
            one("primary", people::MARTA)
        ]
    );
    assert_eq!(chosen(&app, connection).await, accounts);
    let queue = admin.queue().await;
    queue
        .must_say("1 connection waits for you")
        .must_say("Reconnection")
        .must_say("Tomasz Zieliński")
        .must_say("Another person than before: until now it was Marta Kowalska.")
        .must_say("all answered our test call");
    let page = admin.client_page(client).await;
    page.must_say("Waiting beside the connection");
    assert_eq!(
        page.texts("button")
            .iter()
            .filter(|words| *words == "Approve")
            .count(),
        1
    );

    admin
        .approve(&page, connection)
        .await
        .must_say("The connection was approved.");
    let after = app.connection_of(client).await;
    assert_eq!((after.id, after.state.as_str()), (connection, "approved"));
    assert_eq!(after.meta_user_id, people::TOMASZ);
    assert_eq!(held(&app, client).await, [one("primary", people::TOMASZ)]);
    assert_eq!(chosen(&app, connection).await, accounts);
    app.run_jobs().await;
    let mails = app.mail.mails();
    let mail = mails.last().expect("a mail");
    assert_eq!(mail.to, "kowalska@client.example");
    assert!(mail.subject.contains("approved"), "{}", mail.subject);
    let queue = admin.queue().await;
    queue.must_say("The queue is empty");
    admin.decided().await.must_say(&admin.email);
    // The double click of the one who decided.
    admin
        .approve(&page, connection)
        .await
        .must_say("was approved");
}

#[tokio::test]
async fn another_person_who_is_rejected_leaves_all_as_it_was() {
    for suspended in [false, true] {
        let app = TestApp::start().await;
        let (first, second) = (app.staff(Role::Admin).await, app.staff(Role::Owner).await);
        let (client, connection) = app.approved("Kowalska", people::MARTA).await;
        if suspended {
            suspend(&app, connection).await;
        }
        reconnect(&app, client, people::TOMASZ).await;
        assert_eq!(app.connection_of(client).await.state, "pending");
        let seen = second.queue().await;
        let told = first
            .reject(&first.queue().await, connection, "Marta, please.")
            .await;
        told.must_say("The connection was rejected.");
        // Late, and by nobody who had decided: told who was quicker.
        for late in [
            second.approve(&seen, connection).await,
            second.reject(&seen, connection, "Me too.").await,
        ] {
            late.must_say("Somebody was quicker.")
                .must_say(&first.email);
        }
        app.run_jobs().await;
        let after = app.connection_of(client).await;
        let state = if suspended { "suspended" } else { "approved" };
        assert_eq!((after.id, after.state.as_str()), (connection, state));
        assert_eq!(after.meta_user_id, people::MARTA);
        assert_eq!(held(&app, client).await, [one("primary", people::MARTA)]);
        assert_eq!(app.sandbox.state().consent(people::TOMASZ), None);
        assert!(app.sandbox.state().consent(people::MARTA).is_some());
        let mails = app.mail.mails();
        let mail = mails.last().expect("a mail");
        assert!(mail.text.contains("Marta, please."), "{}", mail.text);
        assert!(mail.text.contains("stays as it was"), "{}", mail.text);
        let story = app.story(client).await;
        for action in ["connection.reconnection_rejected", "token.revoked_at_meta"] {
            assert!(story.contains(&action.to_owned()), "{story:?}");
        }
        let decided = first.decided().await;
        decided.must_say("Rejected").must_say(&first.email);
    }
}

#[tokio::test]
async fn rejected_reconnection_keeps_the_consent_that_another_client_lives_on() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.approved("Kowalska", people::MARTA).await;
    app.approved("Zielinski", people::TOMASZ).await;
    reconnect(&app, client, people::TOMASZ).await;
    admin
        .reject(&admin.queue().await, connection, "Marta, please.")
        .await;
    app.run_jobs().await;
    assert!(app.sandbox.state().consent(people::TOMASZ).is_some());
    assert_eq!(held(&app, client).await, [one("primary", people::MARTA)]);
}

#[tokio::test]
async fn login_that_reaches_no_account_changes_nothing_and_may_be_another() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let link = app.invite_for(client, RECONNECT).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::NINA)).await;
    let told = visitor.confirm(&identity).await;
    assert_eq!(told.heading(), "This login does not reach the ad accounts");
    told.must_say("This login has no access to the one account.");
    // Which account it is, is nothing for somebody who cannot see it.
    assert!(!told.says("Kowalska Ceramics"), "{}", told.text());
    assert_eq!(app.connection_of(client).await.state, "approved");
    let dialog = visitor.press_to_dialog(&told, "Use another account").await;
    assert!(
        dialog.as_str().contains("auth_type=reauthenticate"),
        "{dialog}"
    );
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let identity = visitor.browser.arrive(&callback).await;
    visitor
        .confirm(&identity)
        .await
        .must_say("Your part is done");
    assert_eq!(held(&app, client).await, [one("primary", people::MARTA)]);
}

#[tokio::test]
async fn login_that_fails_may_be_tried_again() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let link = app.invite_for(client, RECONNECT).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    let page = visitor.browser.arrive(&visitor.cancel(&dialog).await).await;
    assert_eq!(page.heading(), "Facebook did not give us permission");
    app.sandbox.state().fault(Fault {
        // As often as a read is made at once.
        times: 3,
        ..Fault::transient("me")
    });
    let dialog = visitor.continue_with_facebook(&page).await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let page = visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "Facebook is not answering");
    let dialog = visitor.continue_with_facebook(&page).await;
    let consent = Consent::of(people::MARTA).without("business_management");
    let callback = visitor.agree(&dialog, &consent).await;
    let identity = visitor.browser.arrive(&callback).await;
    identity.must_say("One permission is missing.");
    let dialog = visitor
        .press_to_dialog(&identity, "Ask Facebook again for this one")
        .await;
    assert!(dialog.as_str().contains("auth_type=rerequest"), "{dialog}");
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let identity = visitor.browser.arrive(&callback).await;
    assert!(!identity.says("missing"), "{}", identity.text());
    visitor
        .confirm(&identity)
        .await
        .must_say("Your part is done");
    assert_eq!(held(&app, client).await, [one("primary", people::MARTA)]);
}

#[tokio::test]
async fn connection_that_waits_for_a_decision_is_not_reconnected_meanwhile() {
    let app = TestApp::start().await;
    let (client, connection) = app.approved("Kowalska", people::MARTA).await;
    let link = app.invite_for(client, RECONNECT).await;
    let late = app.client();
    let dialog = late.start(&link).await;
    sign_in_and_confirm(&app, &link, people::TOMASZ).await;
    let callback = late.agree(&dialog, &Consent::of(people::MARTA)).await;
    let page = late.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "Somebody went on elsewhere");
    assert_eq!(
        held(&app, client).await,
        [
            one("candidate", people::TOMASZ),
            one("primary", people::MARTA)
        ]
    );
    let way = Way::CommandLine;
    let sent = app
        .portal
        .invite(app.scope, &Who::Operator, client, RECONNECT, way)
        .await;
    assert!(matches!(sent, Ok(Sent::AlreadyConnected(_))));
    assert_eq!(app.connection_of(client).await.id, connection);
}

#[tokio::test]
async fn login_beside_a_connection_is_dropped_after_seven_days() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let link = app.invite_for(client, RECONNECT).await;
    let visitor = app.client();
    visitor.sign_in(&link, &Consent::of(people::TOMASZ)).await;
    app.advance(TimeDelta::days(7) - TimeDelta::minutes(1));
    app.tidy().await;
    assert_eq!(held(&app, client).await.len(), 2);
    app.advance(TimeDelta::minutes(1));
    app.tidy().await;
    assert_eq!(held(&app, client).await, [one("primary", people::MARTA)]);
    assert_eq!(app.connection_of(client).await.state, "approved");
}

#[tokio::test]
async fn decisions_of_two_admins_at_once_about_a_reconnection_let_one_win() {
    let app = TestApp::start().await;
    let (first, second) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
    let (client, connection) = app.approved("Kowalska", people::MARTA).await;
    reconnect(&app, client, people::TOMASZ).await;
    let (seen_by_first, seen_by_second) = (first.queue().await, second.queue().await);
    let (approved, rejected) = tokio::join!(
        first.approve(&seen_by_first, connection),
        second.reject(&seen_by_second, connection, "No."),
    );
    let after = app.connection_of(client).await;
    assert_eq!(after.state, "approved");
    let (winner, loser) = match after.meta_user_id.as_str() {
        people::TOMASZ => (&approved, &rejected),
        _ => (&rejected, &approved),
    };
    winner.must_say("The connection was ");
    loser.must_say("Somebody was quicker.");
    let story = app.story(client).await;
    let decisions = { story.iter() }.filter(|action| {
        action.starts_with("connection.reconnection_a") || action.ends_with("reconnection_rejected")
    });
    assert_eq!(decisions.count(), 1, "{story:?}");
}

#[tokio::test]
async fn desk_offers_what_a_live_connection_needs() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let page = admin.client_page(client).await;
    assert_eq!(
        page.attributes("#link-kind option", "value"),
        ["reconnect", "backup"]
    );
    let form = page.form("Send link").fill("kind", "reconnect");
    let sent = admin.browser.submit(&form).await;
    sent.must_say("The link is on its way.");
    app.run_jobs().await;
    let mails = app.mail.mails();
    let mail = mails.last().expect("a mail");
    assert!(mail.subject.contains("connect again"), "{}", mail.subject);
    let opened = app.browser().open(&mail.link()).await.expect(200);
    opened.must_say("Confirm your permission for Northlight Studio");
    // What a live connection has no use for is refused in words.
    let path = app::routes::client_action(client, "send");
    let refused = admin.browser.post(&path, &[("kind", "connect")]).await;
    let refused = admin.browser.follow(refused).await;
    refused.must_say("This client needs no link");
    for nonsense in ["upload", "dance"] {
        admin
            .browser
            .post(&path, &[("kind", nonsense)])
            .await
            .expect(400);
    }
    let path = app::routes::client_action(client, "copy");
    let copied = admin.browser.post(&path, &[("kind", "backup")]).await;
    let copied = admin.browser.follow(copied).await;
    let link = copied.attributes("#minted", "value").remove(0);
    let opened = app.browser().open(&link).await.expect(200);
    opened.must_say("Be the second person for Northlight Studio");
}

#[tokio::test]
async fn two_invitations_of_different_kinds_are_both_gone_through() {
    let app = TestApp::start().await;
    // Not connected yet: both lead to the same connection, and the one that is submitted is spent.
    let client = app.add_client("Kowalska").await;
    let (connect, again) = (
        app.invite(client).await,
        app.invite_for(client, RECONNECT).await,
    );
    let (one_visitor, other) = (app.client(), app.client());
    one_visitor
        .sign_in(&connect, &Consent::of(people::MARTA))
        .await;
    other.connect(&again, &Consent::of(people::MARTA)).await;
    assert_eq!(app.connection_of(client).await.state, "pending");
    for link in [&connect, &again] {
        let spent = app.browser().open(link).await.expect(200);
        spent.must_say("This link has done its work");
    }

    // Live: a reconnection and a backup do not touch each other.
    let (client, connection) = app.approved("Nordkaede", people::HENRIK).await;
    let mut world = app.sandbox.state().world();
    let accounts = world
        .people
        .iter()
        .find(|person| person.id == people::HENRIK);
    let accounts = accounts.expect("Henrik").accounts.clone();
    let nina = { world.people.iter_mut() }.find(|person| person.id == people::NINA);
    nina.expect("Nina").accounts = accounts;
    app.sandbox.state().set_world(world).expect("a sound world");
    let (reconnect, backup) = (
        app.invite_for(client, RECONNECT).await,
        app.invite_for(client, InvitationKind::Backup).await,
    );
    let (henrik, nina) = (app.client(), app.client());
    let first = henrik
        .sign_in(&reconnect, &Consent::of(people::HENRIK))
        .await;
    let second = nina.sign_in(&backup, &Consent::of(people::NINA)).await;
    nina.confirm(&second).await.must_say("Your part is done");
    henrik.confirm(&first).await.must_say("Your part is done");
    assert_eq!(app.connection_of(client).await.id, connection);
    assert_eq!(app.connection_of(client).await.state, "approved");
    assert_eq!(
        held(&app, client).await,
        [
            one("candidate", people::NINA),
            one("primary", people::HENRIK)
        ]
    );
}
