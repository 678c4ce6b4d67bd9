//! What is sent again, what is held back, and what is noticed on the way.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

use super::{fake::Answer, *};
use crate::domain::clock::Clock;

/// A clock that the test moves.
#[derive(Default)]
struct HandClock(AtomicI64);

impl HandClock {
    fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        let seconds = 1_795_000_000 + self.0.load(Ordering::SeqCst);
        DateTime::from_timestamp(seconds, 0).expect("a moment")
    }
}

fn clocked(fake: &Fake, limits: Limits) -> (Graph, Arc<HandClock>) {
    let clock = Arc::new(HandClock::default());
    let rng = Arc::new(TestRng::default());
    let graph = Graph::new(config(&fake.base), limits, clock.clone(), rng);
    (graph, clock)
}

fn person() -> Answer {
    Answer::json(r#"{"id":"77"}"#)
}

fn trouble() -> Answer {
    Answer::of(
        500,
        "application/json",
        r#"{"error":{"message":"An unknown error occurred","type":"OAuthException","code":1}}"#,
    )
}

fn html() -> Answer {
    Answer::of(502, "text/html", "<html>502 Bad Gateway</html>")
}

#[tokio::test]
async fn a_read_that_failed_for_the_moment_is_made_three_times_at_most() {
    let fake = Fake::new([trouble(), html(), person()]).await;
    graph(&fake).me(&token()).await.expect("a person");
    assert_eq!(fake.asked().len(), 3);

    let fake = Fake::new([trouble(), trouble(), trouble(), person()]).await;
    let error = graph(&fake).me(&token()).await.expect_err("trouble");
    assert_eq!((error.class, error.code), (AnswerClass::Retry, Some(1)));
    assert_eq!(fake.asked().len(), 3);
}

#[tokio::test]
async fn what_will_not_pass_is_asked_once() {
    for body in [
        r#"{"error":{"message":"x","code":190,"error_subcode":463}}"#,
        r#"{"error":{"message":"x","code":17}}"#,
        r#"{"error":{"message":"x","code":10}}"#,
        r#"{"error":{"message":"x","code":3}}"#,
        r#"{"error":{"message":"(#2642) Invalid cursors values","code":2642}}"#,
    ] {
        let fake = Fake::new([Answer::json(body), person()]).await;
        graph(&fake).me(&token()).await.expect_err(body);
        assert_eq!(fake.asked().len(), 1, "{body}");
    }
}

#[tokio::test]
async fn what_changes_something_at_meta_is_sent_once() {
    let fake = Fake::new([trouble(), trouble(), trouble(), trouble()]).await;
    let graph = graph(&fake);
    let verifier = SecretString::from("the-verifier");
    let code = graph.exchange_code("the-code".into(), &verifier).await;
    code.expect_err("trouble");
    let longer = graph.exchange_long_lived(&token()).await;
    longer.expect_err("trouble");
    graph.revoke(&token(), "77").await.expect_err("trouble");
    graph.revoke_token(&token()).await.expect_err("trouble");
    assert_eq!(fake.asked().len(), 4);
}

#[tokio::test]
async fn a_throttle_holds_the_next_calls_until_its_end() {
    let body = r#"{"error":{"message":"(#4) Application request limit reached","code":4}}"#;
    let throttle = Answer::of(400, "application/json", body);
    let fake = Fake::new([throttle, person()]).await;
    let (graph, clock) = clocked(&fake, LIMITS);
    let until = clock.now() + TimeDelta::minutes(1);
    let told = graph.me(&token()).await.expect_err("a throttle");
    assert_eq!((told.fault, told.retry_at), (Fault::Graph, Some(until)));
    for _ in 0..3 {
        let held = graph.permissions(&token()).await.expect_err("held");
        assert_eq!((held.fault, held.class), (Fault::Held, AnswerClass::Wait));
        assert_eq!(held.retry_at, Some(until));
    }
    assert_eq!(fake.asked().len(), 1);
    clock.advance(TimeDelta::minutes(1));
    graph.me(&token()).await.expect("a person");
}

#[tokio::test]
async fn headers_are_obeyed_whatever_the_answer_says() {
    let full = (
        "x-business-use-case-usage",
        r#"{"42":[{"type":"ads_management","call_count":100,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":7}]}"#,
    );
    let count = Answer::json(r#"{"data":[],"summary":{"total_count":3}}"#).with(full.0, full.1);
    let refused = r#"{"error":{"message":"x","code":100,"error_subcode":33}}"#;
    let refused = Answer::of(400, "application/json", refused).with(full.0, full.1);
    for answer in [count, refused] {
        let fake = Fake::new([answer, person()]).await;
        let (graph, clock) = clocked(&fake, LIMITS);
        let _ = graph.campaigns_count(&token(), "42").await;
        let held = graph.campaigns_count(&token(), "42").await;
        let held = held.expect_err("the account's share is used");
        assert_eq!(held.fault, Fault::Held);
        assert_eq!(held.retry_at, Some(clock.now() + TimeDelta::minutes(7)));
        graph.me(&token()).await.expect("another share");
        let account = Bucket::AdAccount("42".to_owned());
        let report = graph.usage_report();
        assert_eq!((&report[0].bucket, report[0].percent), (&account, 100.0));

        let (fresh, _) = clocked(&fake, LIMITS);
        fresh.seed_usage(report);
        let held = fresh.campaigns_count(&token(), "42").await;
        assert_eq!(held.expect_err("told before").fault, Fault::Held);
        assert_eq!(fake.asked().len(), 2);
    }
}

#[tokio::test]
async fn a_host_that_does_not_answer_is_left_alone() {
    let limits = Limits { trips: 6, ..LIMITS };
    let answers = std::iter::repeat_with(html).take(6).chain([person()]);
    let fake = Fake::new(answers).await;
    let (graph, clock) = clocked(&fake, limits);
    for _ in 0..2 {
        graph.me(&token()).await.expect_err("no answer of Meta's");
    }
    let held = graph.me(&token()).await.expect_err("held");
    assert_eq!((held.fault, held.class), (Fault::Held, AnswerClass::Retry));
    assert!(held.retry_at.is_some_and(|at| at > clock.now()));
    let code = graph.exchange_code("the-code".into(), &token()).await;
    assert_eq!(code.expect_err("the code is still good").fault, Fault::Held);
    assert_eq!(fake.asked().len(), 6);
    clock.advance(TimeDelta::seconds(5));
    graph.me(&token()).await.expect("Meta is back");
    assert_eq!(fake.asked().len(), 7);
}

#[tokio::test]
async fn another_version_than_the_one_asked_for_is_noticed() {
    let drifted = person().with("facebook-api-version", "v26.0");
    let warned = person().with("facebook-api-version", "v25.0").with(
        "x-ad-api-version-warning",
        "You are calling a deprecated version",
    );
    let right = person().with("facebook-api-version", "v25.0");
    let fake = Fake::new([person(), drifted, warned, right]).await;
    let graph = graph(&fake);
    let mut seen = Vec::new();
    for _ in 0..4 {
        graph.me(&token()).await.expect("a person");
        let drift = graph.drift();
        seen.push(drift.map(|drift| (drift.answered, drift.warning.is_some())));
    }
    let expected = [
        None,
        Some(("v26.0".to_owned(), false)),
        Some(("v25.0".to_owned(), true)),
        None,
    ];
    assert_eq!(seen, expected);
}
