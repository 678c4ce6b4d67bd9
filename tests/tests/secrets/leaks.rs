//! A marked token, and every other secret, is nowhere to be read.

use app::{
    model::{InvitationKind, Role},
    routes::{self, pattern},
};
use chrono::TimeDelta;
use sandbox::Fault;
use tests::{APP_SECRET, Consent, PASSWORD, RING, TestApp, open_accounts, people};

#[tokio::test]
async fn secrets_are_in_no_page_mail_log_or_database_byte() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let sent = everything_that_can_happen(&app, &admin).await;
    let tokens: Vec<_> = app
        .sandbox
        .state()
        .tokens()
        .into_iter()
        .map(|token| token.access_token)
        .collect();
    assert!(tokens.len() >= 8, "{} tokens were handed out", tokens.len());

    let (pages, logs) = (app.transcript.text(), app.logs.text());
    let mails: String = app
        .mail
        .mails()
        .iter()
        .map(|mail| mail.raw.replace("=\r\n", "") + &mail.text + &mail.html)
        .collect();
    assert!(pages.contains("Kowalska Ceramics") && logs.contains("a capture failed at Meta"));
    let key = RING.split('/').nth(1).expect("a key");
    let mut never: Vec<&str> = tokens.iter().map(String::as_str).collect();
    never.extend([APP_SECRET, PASSWORD, key]);
    for secret in &never {
        for part in [*secret, &secret[..secret.len().min(24)]] {
            assert!(!pages.contains(part), "a page holds {secret}");
            assert!(!mails.contains(part), "a mail holds {secret}");
            assert!(!logs.contains(part), "a log holds {secret}");
        }
        assert!(
            !app.database_holds(secret).await,
            "the database holds {secret}"
        );
    }
    // Links and sessions are given out, and kept as hashes only.
    let session = admin.browser.cookie("portico_session").expect("a session");
    let links = sent
        .iter()
        .map(|link| link.rsplit('/').next().expect("a secret"));
    for secret in links.chain([session.as_str()]) {
        assert!(!logs.contains(secret), "a log holds {secret}");
        assert!(
            !app.database_holds(secret).await,
            "the database holds {secret}"
        );
    }
    assert!(!pages.contains(&session), "a page holds a session");
    // And the look itself works.
    assert!(app.database_holds("kowalska@client.example").await);
    for personal in ["Mozilla/5.0 (tests)", "198.51."] {
        assert!(!app.database_holds(personal).await, "{personal} is sealed");
        assert!(!logs.contains(personal), "{personal} is in a log");
    }
}

/// A journey with each failure that it knows. Gives the links that were sent.
async fn everything_that_can_happen(app: &TestApp, admin: &tests::Staff) -> Vec<String> {
    let state = app.sandbox.state();
    let client = app.add_client("Kowalska").await;
    let page = admin.client_page(client).await;
    admin
        .browser
        .press(&page, "Send link")
        .await
        .must_say("on its way");
    app.mail.refuse("451 later");
    app.run_jobs().await;
    app.mail.accept();
    app.advance(TimeDelta::minutes(2));
    app.run_jobs().await;
    let first = app.mail.mails().remove(0).link();

    let visitor = app.client();
    // Cancelled, refused by Meta at each call of a capture, and with a permission declined.
    let dialog = visitor.start(&first).await;
    let mut page = visitor.browser.arrive(&visitor.cancel(&dialog).await).await;
    for edge in [
        "oauth/access_token:code",
        "oauth/access_token:fb_exchange_token",
        "debug_token",
        "me",
    ] {
        let dialog = visitor.continue_with_facebook(&page).await;
        let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
        let known = state
            .tokens()
            .last()
            .map(|token| token.access_token.clone());
        let mut fault = echo(edge, &known.unwrap_or_default());
        if edge.ends_with("fb_exchange_token") {
            // A refusal for good would let the short token do.
            fault.code = 190;
        }
        state.fault(fault);
        page = visitor.browser.arrive(&callback).await;
        assert!(page.has_button("Continue with Facebook"), "{}", page.text());
    }
    let dialog = visitor.continue_with_facebook(&page).await;
    let consent = Consent::of(people::MARTA).without("email");
    let callback = visitor.agree(&dialog, &consent).await;
    let identity = visitor.browser.arrive(&callback).await;
    let token = state.tokens().last().expect("a token").access_token.clone();

    // The list and a test call fail once, with an error that repeats the token.
    state.fault(echo("me/adaccounts", &token));
    let again = visitor.confirm(&identity).await;
    app.advance(TimeDelta::minutes(1));
    app.run_jobs().await;
    let mut choice = visitor.browser.open(&again.path).await;
    if choice.has_button("Look again") || choice.has_button("Read the list again") {
        let button = if choice.has_button("Look again") {
            "Look again"
        } else {
            "Read the list again"
        };
        let reading = visitor.browser.press(&choice, button).await;
        app.run_jobs().await;
        choice = visitor.browser.open(&reading.path).await;
    }
    state.fault(echo("campaigns", &token));
    let told = visitor.submit(&choice, &open_accounts(&choice)).await;
    visitor
        .submit(&told, &[])
        .await
        .must_say("Your part is done");

    // Rejected while Meta does not answer, then connected again and approved.
    let connection = app.connection_of(client).await.id;
    state.fault(echo("me/permissions:delete", &token));
    admin
        .reject(&admin.queue().await, connection, "Once more, please.")
        .await;
    app.run_jobs().await;
    app.advance(TimeDelta::minutes(2));
    app.run_jobs().await;
    let second = app.invite(client).await;
    app.client()
        .connect(&second, &Consent::of(people::MARTA))
        .await;
    let page = admin.client_page(client).await;
    admin.approve(&page, connection).await.must_say("approved");
    app.run_jobs().await;
    beside(app, admin, client).await;
    for path in [pattern::QUEUE, pattern::CLIENTS, pattern::OUTBOX] {
        admin.browser.open(path).await;
    }
    // Every consent and every failed login, with what Meta answered.
    let page = admin.client_page(client).await;
    let evidence = page.attributes(".link-list a", "href");
    assert!(evidence.len() >= 7, "{evidence:?}");
    for path in evidence {
        let page = admin.browser.open(&path).await.expect(200);
        page.must_say("What Facebook answered");
    }
    for mail in app.outbox().await {
        admin.browser.open(&routes::mail(mail.id)).await;
    }
    app.tidy().await;
    // A login that Meta stopped for now holds what it has got so far.
    let third = app.invite(app.add_client("Al Noor").await).await;
    let mut fault = echo("me", &token);
    fault.code = 4;
    state.fault(fault);
    let visitor = app.client();
    let page = visitor.sign_in(&third, &Consent::of(people::LAYLA)).await;
    assert!(page.has_button("Try again"), "{}", page.text());
    vec![first, second, third]
}

/// A reconnection by the same person, and a backup, with errors of Meta's on the way.
async fn beside(app: &TestApp, admin: &tests::Staff, client: uuid::Uuid) {
    let state = app.sandbox.state();
    for (kind, person) in [
        (InvitationKind::Reconnect, people::MARTA),
        (InvitationKind::Backup, people::TOMASZ),
    ] {
        let link = app.invite_for(client, kind).await;
        let visitor = app.client();
        let identity = visitor.sign_in(&link, &Consent::of(person)).await;
        let token = state.tokens().last().expect("a token").access_token.clone();
        state.fault(echo("campaigns", &token));
        let told = visitor.confirm(&identity).await;
        if told.has_button("Test the accounts again") {
            let again = visitor
                .browser
                .press(&told, "Test the accounts again")
                .await;
            app.run_jobs().await;
            let done = visitor.browser.open(&again.path).await;
            done.must_say("Your part is done");
        }
    }
    let queue = admin.queue().await;
    let form = queue.form("Reject");
    let case = form.fields.iter().find(|(name, _)| name == "reject");
    let (case, _) = case.expect("a case").1.split_once(':').expect("a version");
    let case = case.parse().expect("an id");
    admin
        .reject(&queue, case, "Not this one.")
        .await
        .must_say("rejected");
    app.run_jobs().await;
}

/// An error of Meta's that repeats what it was sent, as some do.
fn echo(edge: &str, token: &str) -> Fault {
    Fault {
        status: 400,
        code: 803,
        is_transient: false,
        message: format!("Malformed access token {token}, client_secret={APP_SECRET}"),
        ..Fault::transient(edge)
    }
}
