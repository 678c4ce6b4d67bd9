//! What Meta says about its limits is obeyed: the sandbox's log of calls proves that none came during a stop.

use chrono::{DateTime, TimeDelta, Utc};
use sandbox::{Call, Mint, Quotas};
use secrecy::SecretString;
use server::domain::clock::Clock as _;
use server::meta::{AccountRef, BusinessEdge, Fault, Graph, MetaError};
use tests::{TestApp, people};

/// Calls that fit into what is allowed.
const QUOTA: u64 = 20;
/// What passes between two calls of these tests.
const STEP: TimeDelta = TimeDelta::seconds(15);

fn token_of(app: &TestApp, person: &str) -> SecretString {
    let mint = Mint {
        person: person.to_owned(),
        ..Mint::default()
    };
    let token = app.sandbox.state().mint(mint).expect("a person");
    token.access_token.into()
}

/// A stop as the portal was told of it, in Meta's seconds.
struct Stop {
    from: i64,
    until: i64,
}

/// Asks every few seconds for two hours. The stops that it was told of, and how many calls were held back.
async fn ask_for_two_hours<T>(
    app: &TestApp,
    graph: &Graph,
    ask: impl AsyncFn() -> Result<T, MetaError>,
) -> (Vec<Stop>, usize) {
    let state = app.sandbox.state();
    let (mut stops, mut held) = (Vec::<Stop>::new(), 0);
    let mut spent = TimeDelta::zero();
    while spent < TimeDelta::hours(2) {
        if let Err(error) = ask().await {
            if error.fault == Fault::Held {
                held += 1;
                assert!(error.retry_at.is_some());
            } else {
                assert!(error.retry_at.is_some(), "refused without a stop: {error}");
            }
        }
        let now = state.now().timestamp();
        let known = |until: i64| stops.iter().any(|stop| stop.until == until);
        let until = stop_of(graph).map(|until| now + (until - app.clock.now()).num_seconds());
        if let Some(until) = until.filter(|until| *until > now && !known(*until)) {
            stops.push(Stop { from: now, until });
        }
        app.advance(STEP);
        spent += STEP;
    }
    (stops, held)
}

fn stop_of(graph: &Graph) -> Option<DateTime<Utc>> {
    let report = graph.usage_report();
    report.iter().filter_map(|row| row.stopped_until).max()
}

/// None between the call that told of a stop and its end.
fn assert_none_during(stops: &[Stop], calls: &[Call]) {
    assert!(stops.len() > 1, "there was more than one stop");
    for stop in stops {
        // A second is as exact as the log is.
        let during = |call: &&Call| call.at > stop.from && call.at < stop.until - 1;
        let came: Vec<_> = calls.iter().filter(during).collect();
        assert!(came.is_empty(), "{}–{}: {came:?}", stop.from, stop.until);
    }
    let last = stops.last().map_or(0, |stop| stop.until);
    let resumed = calls.iter().any(|call| call.at >= last - 1);
    assert!(
        resumed || last > calls.last().map_or(0, |call| call.at),
        "calls went on"
    );
}

#[tokio::test]
async fn none_comes_during_a_stop_of_the_app() {
    let app = TestApp::start().await;
    let state = app.sandbox.state();
    state.set_quotas(Quotas {
        app: QUOTA,
        ..Quotas::default()
    });
    let token = token_of(&app, people::MARTA);
    let graph = app.portal.graph().expect("a Graph client");
    let (stops, held) = ask_for_two_hours(&app, graph, async || graph.me(&token).await).await;
    let calls = state.calls();
    assert_none_during(&stops, &calls);
    assert!(held > 100, "{held} were held back");
    // The app's limit tells no end: what is left is tried for ever more seldom, five times an hour.
    let refused = calls
        .iter()
        .filter(|call| call.error_code == Some(4))
        .count();
    assert!(refused <= 10, "{refused} were refused");
}

#[tokio::test]
async fn none_comes_during_a_stop_of_an_ad_account() {
    let app = TestApp::start().await;
    let state = app.sandbox.state();
    state.set_quotas(Quotas {
        account: QUOTA,
        ..Quotas::default()
    });
    let token = token_of(&app, people::MARTA);
    let graph = app.portal.graph().expect("a Graph client");
    let page = graph.ad_accounts(&token, None).await.expect("accounts");
    let (one, other) = (&page.items[0].number, &page.items[1].number);
    state.clear_calls();
    let ask = async || graph.campaigns_count(&token, one).await;
    let (stops, held) = ask_for_two_hours(&app, graph, ask).await;
    let calls = state.calls();
    assert_none_during(&stops, &calls);
    assert!(held > 10, "{held} were held back");
    assert!(
        calls.iter().all(|call| call.error_code.is_none()),
        "none was refused"
    );

    // One stopped account takes nothing from the others, in a batch neither.
    while graph.campaigns_count(&token, one).await.is_ok() {}
    let each = [one, other].map(|number| AccountRef {
        token: &token,
        number,
    });
    let both = graph.campaigns_counts(&each).await;
    assert_eq!(both[0].as_ref().expect_err("stopped").fault, Fault::Held);
    assert!(both[1].is_ok());
}

#[tokio::test]
async fn none_comes_during_a_stop_of_a_business() {
    let app = TestApp::start().await;
    let state = app.sandbox.state();
    state.set_quotas(Quotas {
        ads_management: QUOTA,
        ..Quotas::default()
    });
    let token = token_of(&app, people::PRIYA);
    let graph = app.portal.graph().expect("a Graph client");
    let ask = async || {
        let edge = BusinessEdge::Owned;
        graph
            .business_accounts(&token, people::RAMAN, edge, None)
            .await
    };
    let (stops, held) = ask_for_two_hours(&app, graph, ask).await;
    let calls = state.calls();
    assert_none_during(&stops, &calls);
    assert!(held > 100, "{held} were held back");
    assert!(
        calls.iter().all(|call| call.error_code.is_none()),
        "none was refused"
    );
}
