//! Who signs in, and what they allow.

use sea_orm::{EntityTrait as _, QueryOrder as _};
use server::store::entity::grants;
use tests::{Consent, TestApp, open_accounts, people};

#[tokio::test]
async fn declined_permission_is_named_and_asked_for_again() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let consent = Consent::of(people::MARTA).without("ads_read");
    let identity = visitor.sign_in(&link, &consent).await;
    identity
        .must_say("One permission is missing.")
        .must_say("ads (read)");
    assert_eq!(app.tokens_of(client).await[0].token_status, "limited");

    let dialog = visitor
        .press_to_dialog(&identity, "Ask Facebook again for this one")
        .await;
    let asked: Vec<_> = dialog.query_pairs().into_owned().collect();
    let of = |name: &str| {
        let found = asked.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(of("auth_type"), Some("rerequest"));
    assert_eq!(of("scope"), Some("ads_read"));
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let identity = visitor.browser.arrive(&callback).await;
    assert!(!identity.says("missing"), "{}", identity.text());
    let choice = visitor.confirm(&identity).await;
    choice.must_say("Kowalska Ceramics");

    let grants = grants::Entity::find()
        .order_by_asc(grants::Column::GrantedAt)
        .all(app.portal.db.reader())
        .await
        .expect("grants");
    let [first, second] = grants.try_into().expect("two grants");
    assert_eq!(first.scopes_declined, "ads_read");
    assert_eq!(
        (
            second.scopes_asked.as_str(),
            second.scopes_declined.as_str()
        ),
        ("ads_read", "")
    );
    assert!(second.scopes_granted.contains("business_management"));
    let tokens = app.tokens_of(client).await;
    let living: Vec<_> = tokens
        .iter()
        .filter(|token| token.destroyed_at.is_none())
        .collect();
    assert_eq!(living.len(), 1, "the first candidate was destroyed");
    assert_eq!(living[0].token_status, "active");
}

#[tokio::test]
async fn not_you_lets_another_person_sign_in() {
    let app = TestApp::start().await;
    let client = app.add_client("Al Noor").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    choice.must_say("Kowalska Ceramics");
    let dialog = visitor.press_to_dialog(&choice, "Not you?").await;
    assert!(
        dialog
            .query_pairs()
            .any(|(key, value)| key == "auth_type" && value == "reauthenticate")
    );
    let callback = visitor.agree(&dialog, &Consent::of(people::LAYLA)).await;
    let identity = visitor.browser.arrive(&callback).await;
    identity.must_say("Layla Nasser");
    let choice = visitor.confirm(&identity).await;
    choice.must_say("شركة النور للتجارة");
    assert!(!choice.says("Kowalska"), "{}", choice.text());

    let connection = app.connection_of(client).await;
    assert_eq!(connection.meta_user_id, people::LAYLA);
    let tokens = app.tokens_of(client).await;
    let (destroyed, living): (Vec<_>, Vec<_>) = tokens
        .into_iter()
        .partition(|token| token.destroyed_at.is_some());
    assert_eq!(living.len(), 1);
    assert_eq!(living[0].meta_user_id, people::LAYLA);
    assert!(destroyed.iter().all(|token| token.token_sealed.is_none()));
}

#[tokio::test]
async fn person_who_is_locked_out_by_facebook_is_told_so() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let person = sandbox::Target::Person(people::MARTA.to_owned());
    let state = app.sandbox.state();
    state.event(sandbox::Event::Block, &person).expect("Marta");
    let page = visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "Facebook has locked this login for now");
    assert_eq!(app.find_connection(app.scope, client).await, None);

    state
        .event(sandbox::Event::Unblock, &person)
        .expect("Marta");
    let dialog = visitor.continue_with_facebook(&page).await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let identity = visitor.browser.arrive(&callback).await;
    assert_eq!(identity.heading(), "Is this you?");
}

#[tokio::test]
async fn visit_that_another_device_has_overtaken_says_so() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (phone, desk) = (app.client(), app.client());
    let on_phone = phone.sign_in(&link, &Consent::of(people::MARTA)).await;
    desk.sign_in(&link, &Consent::of(people::MARTA)).await;
    let page = phone.browser.press(&on_phone, "Yes, this is me").await;
    assert_eq!(page.heading(), "Somebody went on elsewhere");
    desk.connect(&link, &Consent::of(people::MARTA))
        .await
        .must_say("Your part is done");
    let page = phone.browser.open(&on_phone.path).await;
    assert_eq!(page.heading(), "Somebody went on elsewhere");
    assert!(!page.has_button("Continue with Facebook"));
}

#[tokio::test]
async fn visit_that_was_overtaken_says_so_and_blames_nobody() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let marta = Consent::of(people::MARTA);
    let first = visitor.sign_in(&link, &marta).await;
    let second = visitor.start(&link).await;
    let late = visitor.start(&link).await;
    let callback = visitor.agree(&second, &marta).await;
    let identity = visitor.browser.arrive(&callback).await;

    // Another tab of this browser has signed in since: this one may do so again.
    let page = visitor.browser.open(&first.path).await;
    assert_eq!(page.heading(), "Somebody went on elsewhere");
    page.must_say("Continue with Facebook");

    let choice = visitor.confirm(&identity).await;
    let account = open_accounts(&choice)[..1].to_vec();
    visitor.submit(&choice, &account).await;
    let callback = visitor.agree(&late, &marta).await;
    for page in [
        visitor.browser.open(&first.path).await,
        visitor.browser.arrive(&callback).await,
    ] {
        assert_eq!(page.heading(), "Somebody went on elsewhere");
        assert!(!page.says("Continue with Facebook"), "{}", page.text());
        page.must_say("Open the link in your e-mail again");
    }
    assert_eq!(app.connection_of(client).await.state, "pending");
}
