//! The choice of ad accounts, and the test call to each.

use reqwest::StatusCode;
use sandbox::Fault;
use tests::{Answer, Consent, TestApp, open_accounts, people};
use uuid::Uuid;

#[tokio::test]
async fn sixty_accounts_are_searched_and_paged_and_keep_what_was_ticked() {
    let app = TestApp::start().await;
    let client = app.add_client("Nordkaede").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let first = visitor.accounts(&link, &Consent::of(people::HENRIK)).await;
    first.must_say("60 accounts").must_say("Page 1 of 3");
    let on_first = open_accounts(&first);
    assert_eq!(on_first.len(), 25);

    let turn = first.form("Next").tick("account", &on_first[3]);
    let second = visitor.browser.submit(&turn).await;
    second
        .must_say("Page 2 of 3")
        .must_say("1 more on another page");
    let on_second = open_accounts(&second);
    assert!(on_second.iter().all(|number| !on_first.contains(number)));

    let search = second
        .form("Search")
        .tick("account", &on_second[0])
        .fill("query", "AARHUS");
    let found = visitor.browser.submit(&search).await;
    found.must_say("10 of 60 accounts match");
    let in_aarhus = open_accounts(&found);
    assert_eq!(in_aarhus.len(), 10);
    assert!(
        found
            .texts("label.pick strong")
            .iter()
            .all(|name| name.contains("Aarhus"))
    );
    let third = in_aarhus
        .into_iter()
        .find(|number| *number != on_first[3] && *number != on_second[0])
        .expect("another account");

    let back = visitor.browser.open(&first.path).await;
    assert_eq!(ticked(&back), [on_first[3].as_str()]);
    let done = visitor.submit(&found, std::slice::from_ref(&third)).await;
    assert_eq!(
        done.heading(),
        "Thank you, Henrik Sørensen. Your part is done."
    );
    let mut expected = [on_first[3].clone(), on_second[0].clone(), third];
    expected.sort();
    assert_eq!(chosen(&app, client).await, expected);
}

#[tokio::test]
async fn all_of_a_business_are_chosen_with_one_press_on_every_page_and_dropped_again() {
    let app = TestApp::start().await;
    let client = app.add_client("Nordkaede").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let first = visitor.accounts(&link, &Consent::of(people::HENRIK)).await;
    let second = visitor.browser.press(&first, "Next").await;

    let all = visitor.browser.press(&second, "Select all 60").await;
    all.must_say("Page 2 of 3")
        .must_say("35 more on other pages");
    assert_eq!(ticked(&all).len(), 25);
    assert_eq!(chosen(&app, client).await.len(), 60);

    // What is searched for is what is meant, and what was ticked on the page beside it is kept.
    let search = all.form("Search").fill("query", "AARHUS");
    let found = visitor.browser.submit(&search).await;
    let none = found.form("None");
    let found = visitor.browser.submit(&none).await;
    found.must_say("10 of 60 accounts match");
    assert_eq!(ticked(&found), Vec::<String>::new());
    assert_eq!(chosen(&app, client).await.len(), 50);
}

#[tokio::test]
async fn accounts_held_through_a_business_are_found() {
    let app = TestApp::start().await;
    let client = app.add_client("Saffron Kitchen").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::PRIYA)).await;
    choice
        .must_say("Raman & Partners Media")
        .must_say("5 accounts");
    let done = visitor
        .submit(&choice, &["1015880000000403".to_owned()])
        .await;
    done.must_say("Your part is done");
    assert_eq!(chosen(&app, client).await, ["1015880000000403"]);
}

#[tokio::test]
async fn accounts_none_found_says_why_and_what_to_do() {
    let app = TestApp::start().await;
    let client = app.add_client("Berg").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let page = visitor.accounts(&link, &Consent::of(people::NINA)).await;
    assert_eq!(page.heading(), "No ad account was found");
    // A colleague gave her a role meanwhile.
    let mut world = app.sandbox.state().world();
    let nina = world
        .people
        .iter_mut()
        .find(|person| person.id == people::NINA);
    nina.expect("Nina").accounts = vec!["1015880000000101".to_owned()];
    app.sandbox.state().set_world(world).expect("a sound world");
    let progress = visitor.browser.press(&page, "Look again").await;
    app.run_jobs().await;
    let choice = visitor.browser.open(&progress.path).await;
    assert_eq!(open_accounts(&choice), ["1015880000000101"]);
}

#[tokio::test]
async fn accounts_without_the_business_permission_says_which_is_missing() {
    let app = TestApp::start().await;
    let client = app.add_client("Saffron Kitchen").await;
    let link = app.invite(client).await;
    let consent = Consent::of(people::PRIYA).without("business_management");
    let page = app.client().accounts(&link, &consent).await;
    assert_eq!(page.heading(), "No ad account of your own");
    assert!(page.has_button("Ask Facebook again"));
}

#[tokio::test]
async fn accounts_that_meta_does_not_list_for_a_while_are_read_by_a_later_try() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    app.sandbox.state().fault(Fault {
        times: 6,
        ..Fault::transient("me/adaccounts")
    });
    let waiting = visitor.confirm(&identity).await;
    assert_eq!(waiting.heading(), "Looking for your ad accounts");
    app.sandbox.state().clear_faults(None);
    app.advance(chrono::TimeDelta::minutes(1));
    app.run_jobs().await;
    let choice = visitor.browser.open(&waiting.path).await;
    assert_eq!(open_accounts(&choice).len(), 2);
}

#[tokio::test]
async fn submission_without_a_tick_is_refused() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    let again = visitor.browser.press(&choice, "Submit for approval").await;
    again.must_say("Tick at least one ad account.");
    assert_eq!(app.connection_of(client).await.state, "draft");
}

#[tokio::test]
async fn submission_of_a_number_that_was_not_offered_is_ignored() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    // Somebody else's account, and one of her own that is closed.
    for number in ["1015880000000403", "1015880000000103"] {
        let form = choice
            .form("Submit for approval")
            .tick("account", number)
            .tick("shown", number);
        let again = visitor.browser.submit(&form).await;
        app.run_jobs().await;
        let again = visitor.browser.open(&again.path).await;
        assert_eq!(
            app.connection_of(client).await.state,
            "draft",
            "{}",
            again.text()
        );
    }
    assert_eq!(chosen(&app, client).await, Vec::<String>::new());
}

#[tokio::test]
async fn probe_that_fails_is_told_and_lets_the_others_go_on() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    let numbers = open_accounts(&choice);
    app.sandbox.state().fault(Fault {
        status: 403,
        code: 200,
        is_transient: false,
        ..Fault::transient("campaigns")
    });
    let told = visitor.submit(&choice, &numbers).await;
    told.must_say("Facebook does not let you read this account.");
    assert_eq!(app.connection_of(client).await.state, "draft");
    let left = ticked(&told);
    assert_eq!(left.len(), 1, "the one that failed is no longer ticked");
    let done = visitor.submit(&told, &[]).await;
    assert_eq!(done.status, StatusCode::OK);
    done.must_say("Your part is done");
    assert_eq!(chosen(&app, client).await, left);
}

fn no_access(account: &str) -> Fault {
    Fault {
        status: 403,
        code: 200,
        is_transient: false,
        account: Some(account.to_owned()),
        ..Fault::transient("campaigns")
    }
}

#[tokio::test]
async fn probes_that_fail_are_a_result_that_client_and_agency_see() {
    let app = TestApp::start().await;
    let admin = app.staff(app::model::Role::Admin).await;
    let client = app.add_client("Nordkaede").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::HENRIK)).await;
    let numbers = open_accounts(&choice);
    let (good, bad) = (numbers[0].clone(), numbers[1].clone());
    let bad_name = choice.texts("label.pick strong").swap_remove(1);
    app.sandbox.state().fault(no_access(&bad));
    let told = visitor.submit(&choice, &[good.clone(), bad.clone()]).await;
    told.must_say("1 account did not answer our test")
        .must_say("The other one is fine. Submit it alone")
        .must_say("Facebook does not let you read this account.");
    assert_eq!(ticked(&told), [good.as_str()]);
    // What failed is named above the list wherever the list is.
    let searched = told.form("Search").fill("query", "nothing like it");
    let searched = visitor.browser.submit(&searched).await;
    searched
        .must_say("1 account did not answer our test")
        .must_say(&bad_name);

    app.sandbox.state().clear_calls();
    let done = visitor.submit(&told, &[]).await;
    done.must_say("Your part is done");
    assert_eq!(chosen(&app, client).await, [good]);
    let calls = app.sandbox.state().calls();
    assert!(
        calls.is_empty(),
        "the one that answered is not asked again: {calls:?}"
    );
    let queue = admin.queue().await;
    queue
        .must_say("1 more was chosen, and could not be read")
        .must_say("no access");
    let page = admin.client_page(client).await;
    page.must_say("Chosen, but not readable")
        .must_say(&bad_name);
}

#[tokio::test]
async fn probes_that_all_fail_let_the_client_choose_anew() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    let numbers = open_accounts(&choice);
    app.sandbox.state().fault(no_access(&numbers[0]));
    let told = visitor.submit(&choice, &numbers[..1]).await;
    told.must_say("Choose others, or ask whoever manages these");
    assert_eq!(ticked(&told), Vec::<String>::new());
    // The same again, which answers now: what it said before is forgotten.
    let done = visitor.submit(&told, &numbers).await;
    done.must_say("Your part is done");
    let ids = [app.connection_of(client).await.id];
    let failed = server::store::accounts::failed(app.portal.db.reader(), app.scope, &ids);
    assert_eq!(failed.await.expect("rows"), []);
}

#[tokio::test]
async fn probe_whose_login_has_ended_leads_to_facebook_again() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    let person = sandbox::Target::Person(people::MARTA.to_owned());
    let state = app.sandbox.state();
    state.event(sandbox::Event::LogOut, &person).expect("Marta");
    let told = visitor.submit(&choice, &open_accounts(&choice)).await;
    told.must_say("2 accounts did not answer our test")
        .must_say("Your Facebook login ended");
    let dialog = visitor.press_to_dialog(&told, "Sign in again").await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let identity = visitor.browser.arrive(&callback).await;
    let choice = visitor.confirm(&identity).await;
    assert!(!choice.says("did not answer"), "that was another token");
    let done = visitor.submit(&choice, &open_accounts(&choice)).await;
    done.must_say("Your part is done");
}

fn ticked(choice: &Answer) -> Vec<String> {
    choice.attributes("input[name=account][checked]", "value")
}

async fn chosen(app: &TestApp, client: Uuid) -> Vec<String> {
    let connection = app.connection_of(client).await.id;
    let db = app.portal.db.reader();
    let rows = server::store::accounts::selected(db, app.scope, &[connection]).await;
    let mut numbers: Vec<_> = rows
        .expect("rows")
        .into_iter()
        .map(|row| row.number)
        .collect();
    numbers.sort();
    numbers
}
