//! What was not ticked.

use app::{model::Role, routes};
use tests::{Answer, Consent, TestApp, people};
use uuid::Uuid;

use super::{Way, asked, steps};

const ASK: &str = "Ask Facebook again for this one";
const YES: &str = "Yes, this is me";
const OTHER: &str = "Not you? Use another account";

fn without_business() -> Consent {
    Consent::of(people::MARTA).without("business_management")
}

async fn demanding(accepts_limited: &str) -> TestApp {
    TestApp::builder()
        .set("PORTICO_AGENCY__REQUIRED_SCOPES", "business_management")
        .set("PORTICO_AGENCY__ACCEPTS_LIMITED", accepts_limited)
        .start()
        .await
}

/// The page by which a visit is known: `/connect/{visit}`.
fn visit_of(page: &Answer) -> Uuid {
    let id = page.path.rsplit('/').next().expect("an id");
    id.parse().expect("a visit's page")
}

#[tokio::test]
async fn unticked_once_is_named_with_its_reason_and_asked_again() {
    let app = demanding("true").await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let page = way.agree(&without_business()).await;
    page.must_say("One permission is missing.")
        .must_say(
            "business accounts: without it we can’t see ad accounts that belong to a company.",
        )
        .must_say("Northlight Studio needs what is missing for its work.");
    assert_eq!(steps(&page), [ASK, OTHER], "there is no way around it yet");
    // Whoever knows the address gets no further either.
    let confirm = routes::visit_confirm(visit_of(&page));
    way.visitor.browser.post(&confirm, &[]).await;
    let same = way.visitor.browser.open(&page.path).await;
    assert_eq!(steps(&same), [ASK, OTHER]);
    assert_eq!(app.connection_of(way.client).await.confirmed_at, None);

    let dialog = way.visitor.press_to_dialog(&page, ASK).await;
    assert_eq!(asked(&dialog, "auth_type").as_deref(), Some("rerequest"));
    assert_eq!(
        asked(&dialog, "scope").as_deref(),
        Some("business_management")
    );
    let callback = way
        .visitor
        .agree(&dialog, &Consent::of(people::MARTA))
        .await;
    let identity = way.visitor.browser.arrive(&callback).await;
    assert!(!identity.says("missing"), "{}", identity.text());
    assert_eq!(steps(&identity), [YES, OTHER]);
    way.finish(&identity).await;
    assert_eq!(app.tokens_of(way.client).await[0].token_status, "active");
}

#[tokio::test]
async fn unticked_twice_may_go_on_limited_and_the_admin_sees_what_is_missing() {
    let app = demanding("true").await;
    let admin = app.staff(Role::Admin).await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let page = way.agree(&without_business()).await;
    let page = way.again(&page, ASK, &without_business()).await;
    page.must_say("One permission is missing.")
        .must_say("You can go on without, but then Northlight Studio gets a limited connection.");
    assert_eq!(steps(&page), [ASK, YES, OTHER]);
    let done = way.finish(&page).await;
    assert!(!done.says("business"), "{}", done.text());

    let missing =
        "The permission “business accounts” was not given. The connection would be limited.";
    let queue = admin.queue().await;
    queue.must_say(missing);
    let off = queue.texts(".case .tag.off").join(" ");
    assert!(off.contains("business"), "{off}");
    let connection = app.connection_of(way.client).await;
    admin
        .approve(&queue, connection.id)
        .await
        .must_say("was approved");
    let page = admin.client_page(way.client).await;
    assert!(
        page.texts(".tag.off").join(" ").contains("business"),
        "{}",
        page.text()
    );
    page.must_say("Limited");
    let token = app.tokens_of(way.client).await.remove(0);
    assert_eq!(
        (token.standing.as_str(), token.token_status.as_str()),
        ("primary", "limited")
    );
    assert_eq!(app.client_row(way.client).await.token_status, "limited");
}

#[tokio::test]
async fn unticked_for_ever_ends_where_the_agency_takes_no_less() {
    let app = demanding("false").await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let mut page = way.agree(&without_business()).await;
    for _ in 0..2 {
        page = way.again(&page, ASK, &without_business()).await;
        page.must_say("Northlight Studio cannot work without what is missing.")
            .must_say("your link still works");
        assert_eq!(steps(&page), [ASK, OTHER]);
    }
    let confirm = routes::visit_confirm(visit_of(&page));
    way.visitor.browser.post(&confirm, &[]).await;
    assert_eq!(app.connection_of(way.client).await.confirmed_at, None);
    // And it is no dead end: whenever they think better of it, they go on.
    let identity = way.again(&page, ASK, &Consent::of(people::MARTA)).await;
    way.finish(&identity).await;
}

/// Twice is twice in front of this browser: a new visit begins by asking once more.
#[tokio::test]
async fn refusals_of_an_earlier_visit_do_not_count() {
    let app = demanding("true").await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let page = way.agree(&without_business()).await;
    way.again(&page, ASK, &without_business()).await;
    app.advance(chrono::TimeDelta::minutes(31));
    let later = app.client();
    let page = later.sign_in(&way.link, &without_business()).await;
    assert_eq!(steps(&page), [ASK, OTHER]);
}

#[tokio::test]
async fn what_the_agency_can_do_without_holds_nobody_up() {
    let app = TestApp::start().await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let consent = Consent::of(people::MARTA).without("email");
    let page = way.agree(&consent).await;
    page.must_say("e-mail address: it tells us that we talk to the right person.");
    assert!(!page.says("limited"), "{}", page.text());
    assert_eq!(steps(&page), [ASK, YES, OTHER]);
    way.finish(&page).await;
    assert_eq!(app.tokens_of(way.client).await[0].token_status, "active");
}

#[tokio::test]
async fn without_ads_read_there_is_nothing_to_choose_from() {
    let app = TestApp::start().await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let consent = Consent::of(people::MARTA).without("ads_read");
    let page = way.agree(&consent).await;
    page.must_say("ads (read): without it we can’t see any ad account or result.")
        .must_say(
            "Without it Facebook shows us no ad account, so there is nothing to choose from.",
        );
    assert_eq!(app.tokens_of(way.client).await[0].token_status, "limited");
    let nothing = way.visitor.confirm(&page).await;
    assert_eq!(nothing.heading(), "We may not look at your ads yet");
    let identity = way
        .again(&nothing, "Ask Facebook again", &Consent::of(people::MARTA))
        .await;
    way.finish(&identity).await;
}
