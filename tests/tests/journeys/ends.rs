//! What ends a visit on its way, at each of its steps: its time, a revoked link, an archived client, a restart.

use app::model::Role;
use chrono::TimeDelta;
use tests::{Answer, Client, Consent, TestApp, open_accounts, people};

/// How far a client has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// In Facebook's dialog.
    Dialog,
    Identity,
    /// The list of accounts waits to be read.
    Reading,
    NoAccounts,
    Accounts,
    /// The chosen accounts wait to be tested.
    Testing,
}

const STEPS: [At; 6] = [
    At::Dialog,
    At::Identity,
    At::Reading,
    At::NoAccounts,
    At::Accounts,
    At::Testing,
];

/// What the client would do next: open a path, or send a form.
enum Next {
    Callback(String),
    Page(Answer),
}

async fn reach(visitor: &Client<'_>, link: &str, at: At) -> Next {
    let person = match at {
        At::NoAccounts => people::NINA,
        _ => people::MARTA,
    };
    let consent = Consent::of(person);
    if at == At::Dialog {
        let dialog = visitor.start(link).await;
        return Next::Callback(visitor.agree(&dialog, &consent).await);
    }
    let identity = visitor.sign_in(link, &consent).await;
    assert_eq!(identity.heading(), "Is this you?");
    if at == At::Identity {
        return Next::Page(identity);
    }
    if at == At::Reading {
        return Next::Page(visitor.browser.press(&identity, "Yes, this is me").await);
    }
    let page = visitor.confirm(&identity).await;
    if at != At::Testing {
        return Next::Page(page);
    }
    let form = page.form("Submit for approval");
    let form = form.tick("account", &open_accounts(&page)[0]);
    let progress = visitor.browser.submit(&form).await;
    assert_eq!(progress.heading(), "Testing the accounts");
    Next::Page(progress)
}

/// Does what the client would do next, by every way that the page offers, and shows where it leads.
async fn go_on(visitor: &Client<'_>, at: At, next: &Next) -> Answer {
    let page = match next {
        Next::Callback(callback) => return visitor.browser.arrive(callback).await,
        Next::Page(page) => page,
    };
    match at {
        At::Identity => visitor.browser.press(page, "Yes, this is me").await,
        At::NoAccounts => visitor.browser.press(page, "Look again").await,
        At::Accounts => {
            let form = page.form("Submit for approval");
            let form = form.tick("account", &open_accounts(page)[0]);
            visitor.browser.submit(&form).await
        }
        _ => visitor.browser.open(&page.path).await,
    }
}

#[tokio::test]
async fn thirty_minutes_are_over_at_each_step() {
    for at in STEPS {
        let app = TestApp::start().await;
        let client = app.add_client("Kowalska").await;
        let link = app.invite(client).await;
        let visitor = app.client();
        let next = reach(&visitor, &link, at).await;
        app.advance(TimeDelta::minutes(31));
        let page = go_on(&visitor, at, &next).await;
        assert_eq!(page.heading(), "That took a little too long", "{at:?}");
        page.must_say("your link still works")
            .must_say("Open the link in your e-mail again");
        visitor
            .connect(&link, &Consent::of(people::MARTA))
            .await
            .must_say("Your part is done");
        assert_eq!(app.connection_of(client).await.state, "pending", "{at:?}");
    }
}

#[tokio::test]
async fn what_was_submitted_in_time_is_tested_after_it() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let Next::Page(progress) = reach(&visitor, &link, At::Testing).await else {
        panic!("a page");
    };
    app.advance(TimeDelta::minutes(31));
    app.run_jobs().await;
    let done = visitor.browser.open(&progress.path).await;
    done.must_say("Your part is done");
}

#[tokio::test]
async fn link_is_revoked_at_each_step() {
    for at in STEPS {
        let app = TestApp::start().await;
        let reviewer = app.staff(Role::Reviewer).await;
        let client = app.add_client("Kowalska").await;
        let link = app.invite(client).await;
        let visitor = app.client();
        let next = reach(&visitor, &link, at).await;
        reviewer
            .browser
            .press(&reviewer.client_page(client).await, "Revoke")
            .await;
        app.sandbox.state().clear_calls();
        let page = go_on(&visitor, at, &next).await;
        assert_eq!(page.heading(), "This link is no longer in use", "{at:?}");
        assert!(!page.has_button("Continue with Facebook"), "{at:?}");
        app.run_jobs().await;
        let page = visitor.browser.open(&page.path).await;
        assert_eq!(page.heading(), "This link is no longer in use", "{at:?}");
        let asked = app.sandbox.state().calls();
        assert!(asked.is_empty(), "{at:?}: {asked:?}");
        let connection = app.find_connection(app.scope, client).await;
        let state = connection.map(|row| row.state);
        assert_ne!(state.as_deref(), Some("pending"), "{at:?}");
        visitor.browser.get(&link).await.expect(410);
        // A new link leads on from here.
        let fresh = app.invite(client).await;
        visitor
            .connect(&fresh, &Consent::of(people::MARTA))
            .await
            .must_say("Your part is done");
    }
}

#[tokio::test]
async fn client_is_archived_at_each_step() {
    for at in STEPS {
        let app = TestApp::start().await;
        let admin = app.staff(Role::Admin).await;
        let client = app.add_client("Kowalska").await;
        let link = app.invite(client).await;
        let visitor = app.client();
        let next = reach(&visitor, &link, at).await;
        archive(&app, &admin, client).await;
        let page = go_on(&visitor, at, &next).await;
        assert_eq!(page.heading(), "This link is no longer in use", "{at:?}");
        app.run_jobs().await;
        let page = visitor.browser.open(&page.path).await;
        assert_eq!(page.heading(), "This link is no longer in use", "{at:?}");
        visitor.browser.get(&link).await.expect(410);
        let Some(connection) = app.find_connection(app.scope, client).await else {
            assert_eq!(at, At::Dialog);
            continue;
        };
        assert_eq!(connection.state, "archived", "{at:?}");
        let tokens = app.tokens_of(client).await;
        assert!(
            tokens.iter().all(|token| token.token_sealed.is_none()),
            "{at:?}"
        );
        let story = app.story(client).await;
        assert!(
            story.contains(&"token.revoked_at_meta".to_owned()),
            "{story:?}"
        );
    }
}

/// By the service: the desk has no button for it yet.
async fn archive(app: &TestApp, admin: &tests::Staff, client: uuid::Uuid) {
    let session = admin.browser.cookie("portico_session").expect("a session");
    let origin = server::service::actor::Origin::default();
    let actor = app.portal.authenticate(&session.into(), origin).await;
    let actor = actor.expect("a readable session").expect("an admin");
    let archived = app.portal.archive_client(&actor, client).await;
    archived.expect("a client to archive");
}

#[tokio::test]
async fn portal_is_restarted_at_each_step() {
    let mut app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;

    let visitor = app.client();
    let page = visitor.browser.open(&link).await.expect(200);
    let browser = visitor.browser;
    app.restart().await;

    let visitor = app.client_at(browser);
    let dialog = visitor.continue_with_facebook(&page).await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let browser = visitor.browser;
    app.restart().await;

    let identity = browser.arrive(&callback).await;
    assert_eq!(identity.heading(), "Is this you?");
    app.restart().await;

    let progress = browser.press(&identity, "Yes, this is me").await;
    assert_eq!(progress.heading(), "Looking for your ad accounts");
    app.restart().await;
    app.run_jobs().await;
    app.restart().await;

    let choice = browser.open(&progress.path).await;
    let open = open_accounts(&choice);
    let turn = choice.form("Search").tick("account", &open[0]);
    browser.submit(&turn).await.expect(200);
    app.restart().await;

    let form = choice.form("Submit for approval").tick("account", &open[1]);
    let progress = browser.submit(&form).await;
    assert_eq!(progress.heading(), "Testing the accounts");
    app.restart().await;
    app.run_jobs().await;
    app.restart().await;

    let done = browser.open(&progress.path).await;
    done.must_say("Your part is done");
    assert_eq!(app.connection_of(client).await.state, "pending");
    // The callback once more, as from the browser's history: the same page.
    let again = browser.arrive(&callback).await;
    again.must_say("Your part is done");
}
