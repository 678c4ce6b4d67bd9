//! Approving and rejecting, alone and at the same time.

use app::{model::Role, routes::pattern};
use chrono::TimeDelta;
use tests::{Agency, Consent, PASSWORD, TestApp, people};

#[tokio::test]
async fn rejection_tells_the_client_why_and_takes_the_token_back() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    assert!(app.sandbox.state().consent(people::MARTA).is_some());
    let queue = reviewer.queue().await;
    let told = reviewer
        .reject(
            &queue,
            connection,
            "The account of <b>last</b> year,\nplease.",
        )
        .await;
    told.must_say("The connection was rejected.");
    assert!(
        app.tokens_of(client).await[0].token_sealed.is_some(),
        "until the job has revoked it"
    );
    app.run_jobs().await;

    let mails = app.mail.mails();
    let mail = mails.last().expect("a mail");
    assert_eq!(mail.to, "kowalska@client.example");
    assert!(
        mail.text.contains("The account of <b>last</b> year,"),
        "{}",
        mail.text
    );
    assert!(
        mail.html
            .contains("The account of &lt;b&gt;last&lt;/b&gt; year,")
            || mail.html.contains("&lt;b&gt;"),
        "{}",
        mail.html
    );
    assert_eq!(app.sandbox.state().consent(people::MARTA), None);
    let token = app.tokens_of(client).await.remove(0);
    assert!(token.destroyed_at.is_some() && token.token_sealed.is_none());
    let story = app.story(client).await;
    assert!(
        story.contains(&"token.revoked_at_meta".to_owned()),
        "{story:?}"
    );
    reviewer
        .client_page(client)
        .await
        .must_say("The account of <b>last</b> year,");
}

#[tokio::test]
async fn rejected_client_connects_again_under_the_same_id() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    admin
        .reject(&admin.queue().await, connection, "Not this one.")
        .await;
    app.run_jobs().await;
    let link = app.invite(client).await;
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    let again = app.connection_of(client).await;
    assert_eq!((again.id, again.state.as_str()), (connection, "pending"));
    assert_eq!(
        (again.decided_at, again.decided_by, again.decision_reason),
        (None, None, None)
    );
}

#[tokio::test]
async fn rejection_keeps_the_consent_that_another_client_lives_on() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (one, connection) = app.pending("Kowalska", people::MARTA).await;
    let (_, other) = app.pending("Kowalska Workshops", people::MARTA).await;
    let queue = admin.queue().await;
    queue.must_say("Kowalska Workshops");
    admin.reject(&queue, connection, "Not this one.").await;
    app.run_jobs().await;
    assert!(app.sandbox.state().consent(people::MARTA).is_some());
    assert!(app.tokens_of(one).await[0].token_sealed.is_none());
    let approved = admin.approve(&admin.queue().await, other).await;
    approved.must_say("The connection was approved.");
}

#[tokio::test]
async fn revocation_spares_a_login_that_came_before_the_job_ran() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    let told = admin
        .reject(&admin.queue().await, connection, "Not this one.")
        .await;
    told.must_say("The connection was rejected.");
    let other = app.add_client("Kowalska Workshops").await;
    let link = app.invite(other).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    app.run_jobs().await;
    assert!(app.tokens_of(client).await[0].token_sealed.is_none());
    assert!(app.sandbox.state().consent(people::MARTA).is_some());
    let choice = visitor.confirm(&identity).await;
    choice.must_say("Kowalska Ceramics");
}

#[tokio::test]
async fn rejection_without_a_reason_decides_nothing() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    let queue = admin.queue().await;
    admin
        .reject(&queue, connection, "  ")
        .await
        .must_say("This is needed.");
    let long = "x".repeat(1_001);
    let told = admin.reject(&queue, connection, &long).await;
    told.must_say("1000 characters at most").must_say(&long);
    assert_eq!(app.connection_of(client).await.state, "pending");
}

#[tokio::test]
async fn rejection_of_several_without_a_reason_keeps_what_was_ticked() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.pending("One", people::MARTA).await;
    app.pending("Two", people::LAYLA).await;
    let queue = admin.queue().await;
    let cases = queue.attributes("input[name=connection]", "value");
    let form = queue.form("Reject selected").tick("connection", &cases[1]);
    let told = admin.browser.submit(&form).await;
    told.must_say("This is needed.");
    let ticked = told.attributes("input[name=connection][checked]", "value");
    assert_eq!(ticked, cases[1..]);
}

#[tokio::test]
async fn decision_after_another_admins_is_told_who_was_quicker() {
    let app = TestApp::start().await;
    let (first, second) = (app.staff(Role::Admin).await, app.staff(Role::Owner).await);
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    let (seen_by_first, seen_by_second) = (first.queue().await, second.queue().await);
    first
        .approve(&seen_by_first, connection)
        .await
        .must_say("The connection was approved.");
    let mails = app.outbox().await.len();
    for told in [
        second.approve(&seen_by_second, connection).await,
        second
            .reject(&seen_by_second, connection, "Too late.")
            .await,
        first
            .reject(&seen_by_first, connection, "Changed my mind.")
            .await,
    ] {
        told.must_say("Somebody was quicker.")
            .must_say(&first.email)
            .must_say("It is now: Approved.");
    }
    // The same decision of the same person is a double click.
    first
        .approve(&seen_by_first, connection)
        .await
        .must_say("The connection was approved.");
    assert_eq!(app.connection_of(client).await.state, "approved");
    assert_eq!(app.outbox().await.len(), mails, "nobody is told twice");
}

#[tokio::test]
async fn decision_eight_hours_after_the_sign_in_asks_for_another() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    for _ in 0..9 {
        app.advance(TimeDelta::minutes(50));
        admin.queue().await.must_say("Kowalska");
    }
    let queue = admin.queue().await;
    app.advance(TimeDelta::minutes(30));
    let reason = "Wrong page, “Ü”.";
    let sign_in = admin.reject(&queue, connection, reason).await;
    assert_eq!(sign_in.heading(), "Please sign in again");
    assert_eq!(app.connection_of(client).await.state, "pending");
    let form = sign_in.form("Sign in").fill("password", PASSWORD);
    let queue = admin.browser.submit(&form).await;
    // What was typed is still there.
    assert!(queue.body.contains(reason), "{}", queue.text());
    let told = admin.approve(&queue, connection).await;
    told.must_say("The connection was approved.");
}

#[tokio::test]
async fn decisions_of_two_admins_at_once_let_exactly_one_win() {
    let app = TestApp::start().await;
    let (first, second) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
    for round in 0..4 {
        let (client, connection) = app.pending(&format!("Client {round}"), people::MARTA).await;
        let (seen_by_first, seen_by_second) = (first.queue().await, second.queue().await);
        let (approved, rejected) = tokio::join!(
            first.approve(&seen_by_first, connection),
            second.reject(&seen_by_second, connection, "No."),
        );
        let state = app.connection_of(client).await.state;
        let (winner, loser) = match state.as_str() {
            "approved" => (&approved, &rejected),
            "rejected" => (&rejected, &approved),
            other => panic!("decided to be {other}"),
        };
        winner.must_say(&format!("The connection was {state}."));
        loser.must_say("Somebody was quicker.");
        let decided = app.story(client).await;
        let decisions = decided.iter().filter(|action| {
            ["connection.approved", "connection.rejected"].contains(&action.as_str())
        });
        assert_eq!(decisions.count(), 1, "{decided:?}");
    }
    let verified = app
        .portal
        .verify_audit(app.scope)
        .await
        .expect("a readable chain");
    assert_eq!(verified.broken_at, None);
}

#[tokio::test]
async fn decision_about_several_counts_what_others_had_decided() {
    let app = TestApp::start().await;
    let (first, second) = (app.staff(Role::Admin).await, app.staff(Role::Admin).await);
    let (one, first_case) = app.pending("One", people::MARTA).await;
    let (two, _) = app.pending("Two", people::LAYLA).await;
    let (three, _) = app.pending("Three", people::PRIYA).await;
    let seen = second.queue().await;
    first
        .approve(&first.queue().await, first_case)
        .await
        .must_say("was approved");

    let nothing = second.browser.press(&seen, "Approve selected").await;
    nothing.must_say("Nothing was ticked, so nothing was decided.");
    let mut form = seen.form("Approve selected");
    for case in seen.attributes("input[name=connection]", "value") {
        form = form.tick("connection", &case);
    }
    let told = second.browser.submit(&form).await;
    told.must_say("Somebody was quicker.")
        .must_say("One: decided by")
        .must_say(&first.email);
    for client in [one, two, three] {
        assert_eq!(app.connection_of(client).await.state, "approved");
    }
    second.queue().await.must_say("The queue is empty");
    let decided = second.decided().await;
    assert_eq!(decided.texts(".link-list li .pill"), ["Approved"; 3]);
    decided.must_say(&first.email).must_say(&second.email);
}

#[tokio::test]
async fn decision_about_what_changed_since_is_not_taken() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    let queue = admin.queue().await;
    let id = app.sql_id(connection);
    let sql = format!("UPDATE connections SET version = version + 1 WHERE id = {id}");
    assert_eq!(app.execute(&sql).await, 1);
    let told = admin.approve(&queue, connection).await;
    assert!(!told.says("was approved"), "{}", told.text());
    assert_eq!(app.connection_of(client).await.state, "pending");
    admin
        .approve(&told, connection)
        .await
        .must_say("The connection was approved.");
}

#[tokio::test]
async fn decision_from_the_clients_page_leads_back_there() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.pending("Kowalska", people::MARTA).await;
    let page = admin.client_page(client).await;
    let told = admin.approve(&page, connection).await;
    told.must_say("The connection was approved.");
    assert!(
        told.path.starts_with(&app::routes::client(client)),
        "{}",
        told.path
    );
    // What stands in the form is no address to be led to.
    let form = page.form("Approve").fill("back", "//evil.example/");
    let answer = admin.browser.send(&form).await;
    assert!(
        answer.location().starts_with(pattern::QUEUE),
        "{}",
        answer.location()
    );
}

/// Meta knows one app and no agencies: a consent that is taken back is gone for all of them.
#[tokio::test]
async fn rejection_takes_no_consent_from_another_agency() {
    let app = TestApp::start().await;
    let other = Agency::found(&app, "Southdark").await;
    let theirs = app.add_client_to(other.scope, "Theirs").await;
    let link = app.invite_to(other.scope, theirs).await;
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    let admin = app.staff(Role::Admin).await;
    let (client, connection) = app.pending("Ours", people::MARTA).await;
    let queue = admin.queue().await;
    admin.reject(&queue, connection, "Wrong page.").await;
    app.run_jobs().await;
    let tokens = app.tokens_of(client).await;
    assert!(tokens.iter().all(|token| token.token_sealed.is_none()));
    assert!(app.sandbox.state().consent(people::MARTA).is_some());
}
