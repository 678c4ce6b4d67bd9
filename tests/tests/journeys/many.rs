//! Many accounts: three thousand of one person, sixty through businesses, and what they cost at Meta.

use std::{collections::HashSet, time::Instant};

use sandbox::{AdAccount, Business};
use tests::{Answer, Consent, TestApp, open_accounts, people};

#[tokio::test]
async fn three_thousand_accounts_are_read_searched_and_paged_and_picks_are_kept() {
    let app = TestApp::start().await;
    let state = app.sandbox.state();
    let client = app.add_client("Sonnenschein").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::AURORA)).await;
    let progress = visitor.browser.press(&identity, "Yes, this is me").await;
    assert_eq!(progress.heading(), "Looking for your ad accounts");

    // The list is read, and what it holds is not yet looked through: progress is told meanwhile.
    let held = state.hold("me/businesses");
    let looks = async {
        held.arrived().await;
        let so_far = visitor.browser.open(&progress.path).await;
        so_far.must_say("3000 accounts found so far.");
        held.release();
    };
    let began = Instant::now();
    tokio::join!(app.run_jobs(), looks);
    let read_in = began.elapsed();

    let timed = |page: Answer, began: Instant| (page, began.elapsed());
    let began = Instant::now();
    let (first, first_in) = timed(visitor.browser.open(&progress.path).await, began);
    first.must_say("3000 accounts").must_say("Page 1 of 120");
    let on_first = open_accounts(&first);
    assert_eq!(first.texts("label.pick").len(), 25);

    let began = Instant::now();
    let search = first
        .form("Search")
        .tick("account", &on_first[0])
        .fill("query", "PIEKARNIA Słońce");
    let (found, found_in) = timed(visitor.browser.submit(&search).await, began);
    found
        .must_say("300 of 3000 accounts match")
        .must_say("1 more on another page");
    let bakeries = open_accounts(&found);

    let turn = found.form("Next").tick("account", &bakeries[7]);
    let second = visitor.browser.submit(&turn).await;
    second
        .must_say("Page 2 of 12")
        .must_say("2 more on other pages");

    let narrow = second.form("Search").fill("query", "الإسكندرية 0013");
    let narrow = visitor.browser.submit(&narrow).await;
    let [one] = open_accounts(&narrow).try_into().expect("one account");

    let last = format!("{}?page=120", progress.path);
    let began = Instant::now();
    let (last, last_in) = timed(visitor.browser.open(&last).await, began);
    assert_eq!(last.texts("label.pick").len(), 25);
    eprintln!(
        "3,000 accounts: read in {read_in:?}, first page in {first_in:?}, search in {found_in:?}, \
         last page in {last_in:?}"
    );

    let done = visitor.submit(&narrow, std::slice::from_ref(&one)).await;
    done.must_say("Your part is done");
    let connection = app.connection_of(client).await.id;
    let db = app.portal.db.reader();
    let rows = server::store::accounts::selected(db, app.scope, &[connection]).await;
    let chosen: HashSet<_> = rows.expect("rows").into_iter().map(|a| a.number).collect();
    let expected = [on_first[0].clone(), bakeries[7].clone(), one];
    assert_eq!(chosen, HashSet::from(expected));
}

fn account(number: usize) -> AdAccount {
    AdAccount {
        id: format!("30158800{number:08}"),
        name: format!("Branch {number:04} {}", ["Nord", "Syd", "Øst"][number % 3]),
        campaigns: 1,
        ..AdAccount::default()
    }
}

#[tokio::test]
async fn capture_of_sixty_accounts_through_businesses_takes_at_most_25_calls() {
    let app = TestApp::start().await;
    let state = app.sandbox.state();
    let mut world = state.world();
    let accounts: Vec<_> = (1..=60).map(account).collect();
    let ids: Vec<_> = accounts.iter().map(|a| a.id.clone()).collect();
    world.accounts.extend(accounts);
    let businesses: Vec<_> = ids
        .chunks(10)
        .enumerate()
        .map(|(index, held)| Business {
            id: format!("40158800{index:08}"),
            name: format!("Portfolio {index}"),
            owned: held[..5].to_vec(),
            client: held[5..].to_vec(),
            ..Business::default()
        })
        .collect();
    let nina = world.people.iter_mut().find(|p| p.id == people::NINA);
    nina.expect("Nina").businesses = businesses.iter().map(|b| b.id.clone()).collect();
    world.businesses.extend(businesses);
    state.set_world(world).expect("a sound world");

    let client = app.add_client("Berg").await;
    let link = app.invite(client).await;
    state.clear_calls();
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::NINA)).await;
    choice.must_say("60 accounts");
    let three = open_accounts(&choice)[..3].to_vec();
    visitor
        .submit(&choice, &three)
        .await
        .must_say("Your part is done");

    let calls = state.calls();
    let edges: Vec<_> = calls.iter().map(|call| call.edge.as_str()).collect();
    eprintln!("{} calls for 60 accounts in 6 businesses", calls.len());
    assert!(calls.len() <= 25, "{} calls: {edges:?}", calls.len());
    assert_eq!(edges.iter().filter(|edge| **edge == "campaigns").count(), 3);
    let mut asked = HashSet::new();
    for call in &calls {
        assert!(!call.secret_in_url && !call.code_in_url, "{call:?}");
        assert!(call.status == 200, "{call:?}");
        let is_read = call.edge != "oauth/access_token:code"
            && call.edge != "oauth/access_token:fb_exchange_token";
        if is_read {
            assert!(
                asked.insert((call.path.clone(), call.query_keys.clone())),
                "asked twice: {call:?}"
            );
        }
    }
}
