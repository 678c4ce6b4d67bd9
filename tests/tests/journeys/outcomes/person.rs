//! Who it is that signs in.

use app::model::Role;
use tests::{Consent, TestApp, people};

use super::{Way, asked, steps};

#[tokio::test]
async fn another_person_than_last_time_is_told_and_so_is_the_admin() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let way = Way::to_dialog(&app, "Kowalska Ceramics").await;
    let first = way.agree(&Consent::of(people::MARTA)).await;
    assert!(!first.says("Last time"), "{}", first.text());

    let later = app.client();
    let identity = later.sign_in(&way.link, &Consent::of(people::TOMASZ)).await;
    identity
        .must_say("Last time, Marta Kowalska signed in for Kowalska Ceramics.")
        .must_say("Tomasz Zieliński");
    let choice = later.confirm(&identity).await;
    assert!(
        !choice.says("Kowalska Workshops"),
        "nothing of hers is left"
    );
    let accounts = tests::open_accounts(&choice);
    later
        .submit(&choice, &accounts)
        .await
        .must_say("Your part is done");
    let queue = admin.queue().await;
    queue.must_say("Last time, Marta Kowalska signed in for this client.");
    let tokens = app.tokens_of(way.client).await;
    for token in tokens
        .iter()
        .filter(|token| token.meta_user_id == people::MARTA)
    {
        assert_eq!(token.token_sealed, None, "her token was destroyed");
    }
}

#[tokio::test]
async fn person_who_is_connected_under_another_client_is_a_warning_that_names_it() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.pending("Kowalska Ceramics", people::MARTA).await;
    let way = Way::to_dialog(&app, "Al Noor").await;
    let identity = way.agree(&Consent::of(people::MARTA)).await;
    let done = way.finish(&identity).await;
    for page in [&identity, &done] {
        assert!(!page.says("Kowalska Ceramics is"), "{}", page.text());
        assert!(!page.says("already connected"), "{}", page.text());
    }
    let queue = admin.queue().await;
    queue.must_say(
        "This person is already connected, under Kowalska Ceramics. Is it the same client?",
    );
}

#[tokio::test]
async fn not_you_asks_for_the_password_again() {
    let app = TestApp::start().await;
    let way = Way::to_dialog(&app, "Al Noor").await;
    let identity = way.agree(&Consent::of(people::MARTA)).await;
    assert_eq!(asked(&way.dialog, "auth_type"), None);
    let button = "Not you? Use another account";
    let dialog = way.visitor.press_to_dialog(&identity, button).await;
    assert_eq!(
        asked(&dialog, "auth_type").as_deref(),
        Some("reauthenticate")
    );
    let nonce = asked(&dialog, "auth_nonce").expect("a nonce");
    let callback = way
        .visitor
        .agree(&dialog, &Consent::of(people::LAYLA))
        .await;
    let hers = way.visitor.browser.arrive(&callback).await;
    hers.must_say("Layla Nasser");

    // A nonce is for one login.
    let dialog = way.visitor.press_to_dialog(&hers, button).await;
    assert_ne!(asked(&dialog, "auth_nonce").expect("a nonce"), nonce);
    let forged = dialog
        .as_str()
        .replace(&asked(&dialog, "auth_nonce").expect("a nonce"), &nonce);
    let forged = forged.parse().expect("an address");
    let callback = way
        .visitor
        .agree(&forged, &Consent::of(people::MARTA))
        .await;
    let page = way.visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "This login does not fit");
    assert_eq!(steps(&page), ["Continue with Facebook"]);
    assert_eq!(
        app.connection_of(way.client).await.meta_user_id,
        people::LAYLA
    );
}

#[tokio::test]
async fn more_accounts_are_asked_for_with_rerequest() {
    let app = TestApp::start().await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let marta = Consent::of(people::MARTA);
    let identity = way.agree(&marta).await;
    let choice = way.visitor.confirm(&identity).await;
    choice.must_say("Is an account missing?");
    let dialog = way
        .visitor
        .press_to_dialog(&choice, "Choose more on Facebook")
        .await;
    assert_eq!(asked(&dialog, "auth_type").as_deref(), Some("rerequest"));
    assert_eq!(asked(&dialog, "scope"), asked(&way.dialog, "scope"));
    let callback = way.visitor.agree(&dialog, &marta).await;
    let identity = way.visitor.browser.arrive(&callback).await;
    way.finish(&identity).await;
}

#[tokio::test]
async fn token_of_another_person_or_app_is_not_kept() {
    let app = TestApp::start().await;
    let state = app.sandbox.state();
    let way = Way::to_dialog(&app, "Kowalska").await;
    let marta = Consent::of(people::MARTA);
    let odd = [
        sandbox::NextLogin {
            debug_user_id: Some(people::TOMASZ.to_owned()),
            ..Default::default()
        },
        sandbox::NextLogin {
            debug_app_id: Some("888".to_owned()),
            ..Default::default()
        },
    ];
    let mut page = way.visitor.browser.open(&way.link).await;
    for next in odd {
        state.next_login(people::MARTA, next).expect("Marta");
        page = way.again(&page, "Continue with Facebook", &marta).await;
        assert_eq!(page.heading(), "This login does not fit");
        page.must_say("so we did not keep it");
        assert_eq!(steps(&page), ["Continue with Facebook"]);
        assert_eq!(app.find_connection(app.scope, way.client).await, None);
        let token = state.tokens().last().expect("a token").access_token.clone();
        assert!(!app.database_holds(&token).await);
    }
    let held = "SELECT count(*) AS n FROM oauth_states WHERE held_sealed IS NOT NULL";
    assert_eq!(app.value::<i64>("n", held).await, 0);
    let identity = way.again(&page, "Continue with Facebook", &marta).await;
    way.finish(&identity).await;
}
