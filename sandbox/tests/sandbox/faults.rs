//! Trouble on demand: what it does and whom it hits.

use std::error::Error;
use std::time::{Duration, Instant};

use reqwest::{Response, StatusCode};
use sandbox::{Fault, app_secret_proof};
use serde_json::{Value, json};

use crate::world::{HENRIK, MARTA, SECRET, World, answer, codes, text};

const ACCOUNT: &str = "act_1015880000000101";

/// `GET /me` as it comes, or the error of the connection.
async fn me(world: &World, token: &str) -> reqwest::Result<Response> {
    let proof = app_secret_proof(SECRET, token);
    let request = world.http.get(world.url("/v25.0/me")).bearer_auth(token);
    request.query(&[("appsecret_proof", proof)]).send().await
}

pub async fn me_with(world: &World, token: &str, fault: Value) -> reqwest::Result<Response> {
    let (status, told) = world.control("faults", fault).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    me(world, token).await
}

pub fn once(preset: &str) -> Value {
    json!({ "edge": "me", "preset": preset, "times": 1 })
}

/// Whether an error has a cause of this kind somewhere below.
fn is_io(error: &(dyn Error + 'static), kind: std::io::ErrorKind) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == kind)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

#[tokio::test]
async fn answers_that_are_no_answers() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let page = me_with(&world, &token, once("html")).await.expect("a page");
    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert!(page.headers().get("x-app-usage").is_none());
    assert!(
        page.text()
            .await
            .expect("a page")
            .contains("<h1>502 Bad Gateway</h1>")
    );

    let plain = me_with(&world, &token, once("text")).await.expect("text");
    assert_eq!(plain.status(), StatusCode::OK);
    assert_eq!(plain.text().await.expect("text"), "Service Unavailable");
    let empty = me_with(&world, &token, once("empty"))
        .await
        .expect("nothing");
    assert_eq!(
        (empty.status(), empty.content_length()),
        (StatusCode::OK, Some(0))
    );

    let lie = me_with(&world, &token, once("lie")).await.expect("a lie");
    assert_eq!(
        answer(lie).await,
        (StatusCode::OK, json!({ "data": { "unexpected": true } }))
    );
    let body = json!({ "edge": "me", "kind": "lie", "times": 1, "body": { "id": "9" } });
    let lie = me_with(&world, &token, body).await.expect("a lie");
    assert_eq!(answer(lie).await.1, json!({ "id": "9" }));

    let whole = me(&world, &token).await.expect("an answer");
    let whole = whole.text().await.expect("text");
    let cut = me_with(&world, &token, once("cut_off"))
        .await
        .expect("headers");
    assert_eq!(
        (cut.status(), cut.content_length()),
        (StatusCode::OK, Some(whole.len() as u64))
    );
    assert!(cut.text().await.is_err(), "the body breaks off");
    let short = me_with(&world, &token, once("truncated"))
        .await
        .expect("an answer");
    let short = short.text().await.expect("a whole answer");
    assert!(whole.starts_with(&short) && !short.is_empty() && short.len() < whole.len());
    assert!(
        me(&world, &token).await.is_ok(),
        "every fault was for one call"
    );
}

#[tokio::test]
async fn connections_that_break_hang_and_drag() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let reset = me_with(&world, &token, once("reset"))
        .await
        .expect_err("a reset");
    assert!(
        is_io(&reset, std::io::ErrorKind::ConnectionReset),
        "{reset:?}"
    );
    let closed = me_with(&world, &token, once("close"))
        .await
        .expect_err("an end");
    assert!(
        !is_io(&closed, std::io::ErrorKind::ConnectionReset),
        "{closed:?}"
    );
    let statuses: Vec<_> = world
        .sandbox
        .state()
        .calls()
        .iter()
        .map(|call| call.status)
        .collect();
    assert_eq!(statuses, [0, 0]);

    world
        .control("faults", json!({ "edge": "me", "preset": "hang" }))
        .await;
    let waited = tokio::time::timeout(Duration::from_millis(50), me(&world, &token)).await;
    assert!(waited.is_err(), "it does not answer");
    let hold = world.sandbox.hold("me");
    let clear = async {
        hold.arrived().await;
        hold.release();
        world
            .control("faults", json!({ "edge": "me", "clear": true }))
            .await;
    };
    let (hung, ()) = tokio::join!(me(&world, &token), clear);
    assert!(hung.is_err(), "it ends without an answer");

    let slow = json!({ "edge": "me", "preset": "slow", "latency_ms": 40, "times": 1 });
    let begin = Instant::now();
    let late = me_with(&world, &token, slow).await.expect("an answer");
    assert_eq!(answer(late).await.1["id"], MARTA);
    assert!(begin.elapsed() >= Duration::from_millis(40));
}

#[tokio::test]
async fn a_fault_after_the_work_leaves_the_work_done() {
    let world = World::start().await;
    let code = world.code(MARTA).await;
    let state = world.sandbox.state();
    let exchange = || {
        let url = world.url("/v25.0/oauth/access_token");
        world
            .http
            .post(url)
            .form(&crate::world::redemption(&code))
            .send()
    };
    state.fault(Fault::preset("oauth/access_token:code", "reset").expect("a preset"));
    assert!(exchange().await.is_err());
    assert!(state.tokens().is_empty(), "nothing happened");
    state.fault(Fault {
        after_work: true,
        ..Fault::preset("oauth/access_token:code", "reset").expect("a preset")
    });
    assert!(exchange().await.is_err());
    assert_eq!(state.tokens().len(), 1, "the token was made");
    let (_, again) = world.redeem(&code).await;
    assert_eq!(codes(&again), (100, Some(36009)), "and the code is spent");
}

#[tokio::test]
async fn a_fault_hits_its_person_token_or_account() {
    let world = World::start().await;
    let (marta, henrik, other) = (world.mint(MARTA), world.mint(HENRIK), world.mint(MARTA));
    let code = |token: String, path: &'static str| {
        let world = &world;
        async move { codes(&world.graph(&token, path, &[]).await.1).0 }
    };
    let by_person = json!({ "edge": "*", "person": MARTA, "preset": "checkpoint" });
    world.control("faults", by_person).await;
    assert_eq!(code(marta.clone(), "me").await, 190);
    assert_eq!(code(other.clone(), "me/businesses").await, 190);
    assert_eq!(code(henrik.clone(), "me").await, 0);
    let (_, refused) = world.redeem(&world.code(MARTA).await).await;
    assert_eq!(
        codes(&refused),
        (190, Some(459)),
        "a code is its person's too"
    );
    world.control("faults", json!({ "clear": true })).await;

    let by_token = json!({ "edge": "*", "token": marta, "preset": "token_expired" });
    world.control("faults", by_token).await;
    assert_eq!(
        (code(marta.clone(), "me").await, code(other, "me").await),
        (190, 0)
    );
    world.control("faults", json!({ "clear": true })).await;

    let by_account =
        json!({ "edge": "campaigns", "account": ACCOUNT, "preset": "account_permission" });
    world.control("faults", by_account).await;
    assert_eq!(
        code(marta.clone(), "act_1015880000000101/campaigns").await,
        200
    );
    assert_eq!(code(marta.clone(), "act_1015880000000101").await, 0);
    assert_eq!(code(marta, "act_12015880000000102/campaigns").await, 0);
}

#[tokio::test]
async fn faults_last_as_told() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let hits = async |calls: usize| {
        let mut hits = String::new();
        for _ in 0..calls {
            let (_, body) = world.graph(&token, "me", &[]).await;
            hits.push(if codes(&body).0 == 0 { '.' } else { 'x' });
        }
        hits
    };
    world
        .control(
            "faults",
            json!({ "edge": "me", "preset": "throttled_app", "times": 2 }),
        )
        .await;
    assert_eq!(hits(3).await, "xx.");
    world
        .control(
            "faults",
            json!({ "edge": "me", "preset": "throttled_app", "share": 0.25 }),
        )
        .await;
    assert_eq!(hits(9).await, "...x...x.");
    world
        .control("faults", json!({ "edge": "me", "clear": true }))
        .await;
    world
        .control("faults", json!({ "edge": "me", "preset": "throttled_app" }))
        .await;
    assert_eq!(hits(5).await, "xxxxx", "no times: until it is cleared");
    world
        .control("faults", json!({ "edge": "me", "clear": true }))
        .await;
    assert_eq!(hits(2).await, "..");
    for wrong in [
        json!({ "edge": "me", "preset": "nonsense" }),
        json!({ "edge": "me", "share": 1.5 }),
        json!({ "edge": "me", "times": 0 }),
        json!({ "edge": "me", "surprise": 1 }),
        json!({ "preset": "html" }),
    ] {
        let (status, told) = world.control("faults", wrong.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{wrong}");
        assert!(!text(&told["error"]).is_empty());
    }
}
