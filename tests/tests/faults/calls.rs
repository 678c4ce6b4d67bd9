//! What the sandbox's log of calls proves.

use std::collections::BTreeMap;

use sandbox::Call;
use tests::{TestApp, open_accounts, people};

use super::{
    step::{Call as Edge, Login},
    way::Way,
};

const EXCHANGE: &str = Edge::Code.edge();

/// Of every call, whatever else went wrong: nothing secret in an address where the API takes a body, the
/// proof with every token, and each code sent once.
pub fn assert_sound(calls: &[Call], dialogs: usize) {
    for call in calls {
        assert!(!call.secret_in_url && !call.code_in_url, "{call:?}");
        // Meta takes a token that is to be inspected in the query alone (docs: reference/debug_token).
        assert_eq!(call.token_in_url, call.edge == "debug_token", "{call:?}");
        assert!(call.proof, "{call:?}");
        if call.edge == EXCHANGE {
            let sent = |key: &str| call.form_keys.iter().any(|known| known == key);
            let all = ["client_secret", "code", "code_verifier"];
            assert!(
                call.method == "POST" && all.into_iter().all(sent),
                "{call:?}"
            );
        }
    }
    let exchanges = calls.iter().filter(|call| call.edge == EXCHANGE);
    assert_eq!(exchanges.count(), dialogs, "one exchange for each code");
}

/// Of a way on which nothing went wrong: nothing is asked twice, but for the pages of a list.
fn assert_nothing_twice(calls: &[Call]) {
    let mut seen = BTreeMap::new();
    for call in calls {
        let is_next_page = call.query_keys.iter().any(|key| key == "after");
        let asked = (&call.method, &call.path, &call.query_keys, &call.form_keys);
        let before = seen.insert(asked, ()).is_some();
        assert!(!before || is_next_page, "asked twice: {call:?}");
    }
}

fn count(calls: &[Call]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for call in calls {
        *counts.entry(call.edge.as_str()).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn calls_of_a_whole_way_are_few_and_keep_their_secrets() {
    for login in [Login::Person, Login::Partner, Login::Business] {
        let app = login.set(TestApp::builder()).start().await;
        let way = Way::begin(&app, login).await;
        let done = way.whole().await;
        // Back, forward, reload: nobody asks Meta again.
        for _ in 0..2 {
            way.visitor.browser.open(&done.path).await.expect(200);
        }
        let calls = app.sandbox.state().calls();
        assert_sound(&calls, 1);
        assert_nothing_twice(&calls);
        assert!(calls.iter().all(|call| call.status == 200), "{calls:?}");
        let count = count(&calls);
        let lengthened = count.get("oauth/access_token:fb_exchange_token");
        assert_eq!(lengthened.is_some(), login != Login::Business, "{count:?}");
        assert!(calls.len() <= 15, "{count:?}");
    }
}

#[tokio::test]
async fn calls_of_a_callback_that_comes_twice_are_made_once() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    let callback = visitor.agree(&dialog, &Login::Person.consent()).await;
    let identity = visitor.browser.arrive(&callback).await.expect(200);
    let calls = app.sandbox.state().calls();
    assert_sound(&calls, 1);
    for _ in 0..2 {
        let again = visitor.browser.arrive(&callback).await.expect(200);
        assert_eq!(again.heading(), identity.heading());
    }
    assert_eq!(app.sandbox.state().calls(), calls);
}

/// Sixty accounts of his own, which his business owns, too; three are chosen.
#[tokio::test]
async fn calls_for_sixty_accounts_are_at_most_twenty_five() {
    let app = TestApp::start().await;
    let mut world = app.sandbox.state().world();
    let henrik = world
        .people
        .iter_mut()
        .find(|person| person.id == people::HENRIK);
    henrik.expect("Henrik").businesses = vec!["2018800000000003".to_owned()];
    app.sandbox.state().set_world(world).expect("a sound world");
    let link = app.invite(app.add_client("Nordkæde").await).await;
    let visitor = app.client();
    let consent = tests::Consent::of(people::HENRIK);
    let choice = visitor.accounts(&link, &consent).await;
    choice.must_say("60 accounts");
    let chosen = open_accounts(&choice)[..3].to_vec();
    let done = visitor.submit(&choice, &chosen).await;
    done.must_say("Your part is done");
    let calls = app.sandbox.state().calls();
    assert_sound(&calls, 1);
    assert_nothing_twice(&calls);
    let count = count(&calls);
    assert_eq!(count["campaigns"], 3);
    assert_eq!(count["owned_ad_accounts"], 1);
    assert!(calls.len() <= 25, "{}: {count:?}", calls.len());
}
