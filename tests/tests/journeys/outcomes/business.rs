//! Facebook Login for Business: the whole or nothing, and the token of a business.

use app::model::Role;
use tests::{Consent, TestApp, people};

use super::{Way, asked, calls, steps};

const WITHOUT_END: &str = "702";
const SIXTY_DAYS: &str = "703";
const ENDLESS: &str = "does not end by itself";

async fn configured(id: &str) -> TestApp {
    TestApp::builder()
        .set("PORTICO_META__LOGIN_CONFIG_ID", id)
        .start()
        .await
}

fn priya() -> Consent {
    Consent::of(people::PRIYA).for_business(people::RAMAN)
}

#[tokio::test]
async fn business_that_is_refused_is_refused_whole() {
    let app = configured(WITHOUT_END).await;
    let way = Way::to_dialog(&app, "Raman Media").await;
    assert_eq!(
        asked(&way.dialog, "config_id").as_deref(),
        Some(WITHOUT_END)
    );
    assert_eq!(asked(&way.dialog, "scope"), None);
    let callback = way.visitor.cancel(&way.dialog).await;
    let page = way.visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "Facebook did not connect your business");
    page.must_say("all permissions belong together")
        .must_say("your link still works");
    assert_eq!(steps(&page), ["Continue with Facebook"]);
    let identity = way.again(&page, "Continue with Facebook", &priya()).await;
    assert_eq!(identity.heading(), "Is this your business?");
}

#[tokio::test]
async fn business_without_end_is_shown_as_what_it_is() {
    let app = configured(WITHOUT_END).await;
    let admin = app.staff(Role::Admin).await;
    let way = Way::to_dialog(&app, "Raman Media").await;
    let identity = way.agree(&priya()).await;
    assert_eq!(identity.heading(), "Is this your business?");
    identity
        .must_say("Raman & Partners Media")
        .must_say("This permission does not end by itself.");
    assert!(!identity.says("integration"), "{}", identity.text());
    assert!(!identity.says("missing"), "{}", identity.text());
    let choice = way.visitor.confirm(&identity).await;
    let done = way
        .visitor
        .submit(&choice, &tests::open_accounts(&choice)[..1])
        .await;
    done.must_say(ENDLESS).must_say("When you say so");
    assert_eq!(calls(&app, "oauth/access_token:fb_exchange_token"), 0);

    let token = app.tokens_of(way.client).await.remove(0);
    assert_eq!(
        (token.kind.as_str(), token.expires_at),
        ("system_user", None)
    );
    assert_eq!(token.token_status, "active");
    let connection = app.connection_of(way.client).await;
    assert_eq!(connection.meta_user_name, "Raman & Partners Media");
    assert_eq!(connection.meta_business_id.as_deref(), Some(people::RAMAN));
    let queue = admin.queue().await;
    queue.must_say("Token never ends by itself");
    admin.approve(&queue, connection.id).await;
    admin
        .client_page(way.client)
        .await
        .must_say(people::RAMAN)
        .must_say("Token never ends by itself")
        .must_say("Business system user");
}

#[tokio::test]
async fn business_of_sixty_days_is_said_to_end() {
    let app = configured(SIXTY_DAYS).await;
    let admin = app.staff(Role::Admin).await;
    let way = Way::to_dialog(&app, "Raman Media").await;
    let identity = way.agree(&priya()).await;
    assert_eq!(identity.heading(), "Is this your business?");
    assert!(!identity.says(ENDLESS), "{}", identity.text());
    let done = way.finish(&identity).await;
    assert!(!done.says(ENDLESS), "{}", done.text());
    done.must_say("Facebook wants you to confirm again")
        .must_say("in Meta’s business settings");
    assert_eq!(calls(&app, "oauth/access_token:fb_exchange_token"), 0);
    let token = app.tokens_of(way.client).await.remove(0);
    let life = token.expires_at.expect("an end") - token.created_at;
    assert_eq!((token.kind.as_str(), life.num_days()), ("system_user", 60));
    admin.queue().await.must_say("Token until");
}
