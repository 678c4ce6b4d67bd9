//! No ad account to choose: each cause has a page of its own, with the next step that fits it.

use sandbox::{AdAccount, Fault, Person};
use tests::{Answer, Consent, TestApp, open_accounts, people};

const LOOK: &str = "Look again";
const ASK: &str = "Ask Facebook again";

/// The page after *Yes, this is me*, for whoever agreed so.
async fn page_of(app: &TestApp, consent: &Consent) -> Answer {
    let client = app.add_client("Berg").await;
    let link = app.invite(client).await;
    app.client().accounts(&link, consent).await
}

fn expect(page: &Answer, heading: &str, button: &str) {
    assert_eq!(page.heading(), heading);
    assert!(page.has_button(button), "{button}: {}", page.text());
    // Whatever the cause: somebody else may be asked.
    page.must_say("Pass this on").must_say("Ask for help");
    assert!(page.has_button("Use another account"));
}

fn change(app: &TestApp, id: &str, change: impl Fn(&mut Person)) {
    let mut world = app.sandbox.state().world();
    let person = world.people.iter_mut().find(|person| person.id == id);
    change(person.expect("a person of the world"));
    app.sandbox.state().set_world(world).expect("a sound world");
}

#[tokio::test]
async fn no_role_anywhere() {
    let app = TestApp::start().await;
    let page = page_of(&app, &Consent::of(people::NINA)).await;
    expect(&page, "No ad account was found", LOOK);
}

#[tokio::test]
async fn permission_to_read_ads_was_not_given() {
    let app = TestApp::start().await;
    let page = page_of(&app, &Consent::of(people::NINA).without("ads_read")).await;
    expect(&page, "We may not look at your ads yet", ASK);
}

#[tokio::test]
async fn portfolio_may_not_be_looked_through() {
    let app = TestApp::start().await;
    let consent = Consent::of(people::PRIYA).without("business_management");
    let page = page_of(&app, &consent).await;
    expect(&page, "No ad account of your own", ASK);
}

#[tokio::test]
async fn no_account_was_ticked_on_facebooks_page() {
    let app = TestApp::start().await;
    let page = page_of(&app, &Consent::of(people::MARTA).only(&[])).await;
    expect(&page, "No ad account was ticked", ASK);
}

#[tokio::test]
async fn asking_again_brings_the_accounts_that_were_not_ticked() {
    let app = TestApp::start().await;
    let client = app.add_client("Berg").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let none = Consent::of(people::MARTA).only(&[]);
    let page = visitor.accounts(&link, &none).await;
    let dialog = visitor.press_to_dialog(&page, ASK).await;
    assert!(dialog.as_str().contains("auth_type=rerequest"), "{dialog}");
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let identity = visitor.browser.arrive(&callback).await;
    let choice = visitor.confirm(&identity).await;
    assert_eq!(open_accounts(&choice).len(), 2, "{}", choice.text());
}

#[tokio::test]
async fn accounts_that_were_ticked_are_not_to_be_reached_any_more() {
    let app = TestApp::start().await;
    let client = app.add_client("Berg").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let one = Consent::of(people::MARTA).only(&["1015880000000101"]);
    let identity = visitor.sign_in(&link, &one).await;
    // Taken from her between the dialog and the list.
    change(&app, people::MARTA, |marta| marta.accounts.clear());
    let page = visitor.confirm(&identity).await;
    expect(&page, "The ad accounts that you ticked cannot be read", ASK);
}

#[tokio::test]
async fn portfolio_holds_no_account() {
    let app = TestApp::start().await;
    change(&app, people::NINA, |nina| {
        nina.businesses = vec!["2018800000000002".to_owned()];
    });
    let page = page_of(&app, &Consent::of(people::NINA)).await;
    expect(&page, "Your portfolio holds no ad account", LOOK);
}

#[tokio::test]
async fn portfolio_does_not_show_its_accounts() {
    let app = TestApp::start().await;
    change(&app, people::NINA, |nina| {
        nina.businesses = vec!["2018800000000002".to_owned()];
    });
    app.sandbox.state().fault(Fault {
        status: 403,
        code: 200,
        is_transient: false,
        ..Fault::transient("owned_ad_accounts")
    });
    let page = page_of(&app, &Consent::of(people::NINA)).await;
    expect(
        &page,
        "Your portfolio does not show us its ad accounts",
        LOOK,
    );
}

#[tokio::test]
async fn list_is_refused_although_the_permission_was_given() {
    let app = TestApp::start().await;
    app.sandbox.state().fault(Fault {
        status: 403,
        code: 200,
        is_transient: false,
        ..Fault::transient("me/adaccounts")
    });
    let page = page_of(&app, &Consent::of(people::MARTA)).await;
    expect(&page, "Facebook does not show us your ad accounts", ASK);
}

#[tokio::test]
async fn every_account_is_closed() {
    let app = TestApp::start().await;
    change(&app, people::MARTA, |marta| {
        marta.accounts = vec!["1015880000000103".to_owned()];
    });
    let page = page_of(&app, &Consent::of(people::MARTA)).await;
    expect(&page, "Your ad accounts are closed", LOOK);
    page.must_say("Kowalska Ceramics (old)");
    assert!(!page.has_button("Submit for approval"));
}

#[tokio::test]
async fn list_that_cannot_be_read_is_read_once_more_on_demand() {
    let app = TestApp::start().await;
    let client = app.add_client("Berg").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    app.sandbox.state().fault(Fault {
        times: Fault::UNTIL_CLEARED,
        ..Fault::transient("me/adaccounts")
    });
    let mut page = visitor.confirm(&identity).await;
    for _ in 0..4 {
        app.advance(chrono::TimeDelta::seconds(30));
        app.run_jobs().await;
        page = visitor.browser.open(&page.path).await;
    }
    expect(&page, "The list could not be read", LOOK);
    app.sandbox.state().clear_faults(None);
    let progress = visitor.browser.press(&page, LOOK).await;
    app.run_jobs().await;
    let choice = visitor.browser.open(&progress.path).await;
    assert_eq!(open_accounts(&choice).len(), 2);
}

#[tokio::test]
async fn accounts_in_trouble_are_explained_and_can_be_chosen_but_for_closed_ones() {
    let app = TestApp::start().await;
    let mut world = app.sandbox.state().world();
    world.accounts.push(AdAccount {
        id: "1015880000000799".to_owned(),
        name: "Fernández Motos – closed".to_owned(),
        account_status: 101,
        ..AdAccount::default()
    });
    let diego = world.people.iter_mut().find(|p| p.id == people::DIEGO);
    diego
        .expect("Diego")
        .accounts
        .push("1015880000000799".to_owned());
    app.sandbox.state().set_world(world).expect("a sound world");
    let client = app.add_client("Fernández").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::DIEGO)).await;
    for words in [
        "Facebook has disabled it, so no ads run. You can share it",
        "A bill is unpaid",
        "Facebook is reviewing it.",
        "A payment is overdue",
        "It is being closed.",
        "It is closed for good, so it cannot be shared.",
    ] {
        choice.must_say(words);
    }
    let open = open_accounts(&choice);
    assert_eq!(open.len(), 5);
    let done = visitor.submit(&choice, &open).await;
    done.must_say("Your part is done");
}
