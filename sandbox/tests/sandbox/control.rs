//! The control API, faults and holds.

use reqwest::StatusCode;
use sandbox::Fault;
use serde_json::json;

use crate::world::{MARTA, PRIYA, SECRET, World, answer, codes, text};

#[tokio::test]
async fn the_control_api_sets_the_scene() {
    let world = World::start().await;
    let account = json!({ "id": "act_42", "name": "New", "campaigns": 2 });
    assert_eq!(world.control("accounts", account).await.1["id"], "42");
    let person = json!([{ "id": "7", "name": "New", "accounts": ["42"] }]);
    assert_eq!(world.control("people", person).await.0, StatusCode::OK);
    let changed = json!({ "id": "7", "name": "Newer" });
    assert_eq!(
        world.control("people", changed).await.1["accounts"],
        json!(["42"])
    );
    let dangling = json!({ "id": "7", "accounts": ["43"] });
    assert_eq!(
        world.control("people", dangling).await.0,
        StatusCode::BAD_REQUEST
    );

    let token = json!({
        "person": "7", "expires_at": "2030-01-01T00:00:00Z", "data_access_expires_at": 0,
        "scopes": ["public_profile", "ads_read"],
    });
    let (_, token) = world.control("tokens", token).await;
    assert_eq!(
        (&token["expires_at"], &token["data_access_expires_at"]),
        (&json!(1_893_456_000), &json!(0))
    );
    let secret = text(&token["access_token"]).to_owned();
    let (_, page) = world.graph(&secret, "me/adaccounts", &[]).await;
    assert_eq!(page["data"].as_array().map(Vec::len), Some(1));
    let system = json!({ "person": PRIYA, "type": "SYSTEM_USER" });
    let (_, system) = world.control("tokens", system).await;
    let seen = world.debug(text(&system["access_token"])).await;
    assert_eq!(
        (text(&seen["type"]), &seen["expires_at"]),
        ("SYSTEM_USER", &json!(0))
    );

    world
        .control("accounts", json!({ "id": "42", "remove": true }))
        .await;
    assert_eq!(
        world.graph(&secret, "me/adaccounts", &[]).await.1,
        json!({ "data": [] })
    );
    let event = json!({ "event": "change_password", "token": secret });
    assert_eq!(world.control("events", event).await.0, StatusCode::OK);
    assert_eq!(
        codes(&world.graph(&secret, "me", &[]).await.1),
        (190, Some(460))
    );

    assert_eq!(world.control("reset", json!({})).await.0, StatusCode::OK);
    let state = world
        .http
        .get(world.url("/_control/state"))
        .send()
        .await
        .expect("an answer");
    let (_, state) = answer(state).await;
    assert_eq!(
        (&state["tokens"], state["people"].as_array().map(Vec::len)),
        (&json!([]), Some(10))
    );
    assert!(!state.to_string().contains(SECRET));
    let calls = world
        .http
        .get(world.url("/_control/calls"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer(calls).await.1, json!({ "calls": [] }));
}

#[tokio::test]
async fn faults_hit_as_often_as_told() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let fault = json!({
        "edge": "me", "times": 2, "status": 400, "code": 17, "subcode": 2_446_079,
        "message": "User request limit reached", "is_transient": true,
    });
    world.control("faults", fault).await;
    for expected in [(17, Some(2_446_079)), (17, Some(2_446_079)), (0, None)] {
        assert_eq!(codes(&world.graph(&token, "me", &[]).await.1), expected);
    }
    world.sandbox.state().fault(Fault::transient("campaigns"));
    let (status, body) = world
        .graph(&token, "act_1015880000000101/campaigns", &[])
        .await;
    assert_eq!(
        (status, &body["error"]["is_transient"]),
        (StatusCode::INTERNAL_SERVER_ERROR, &json!(true))
    );
    assert_eq!(
        world.control("faults", json!({ "hold": true })).await.0,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_held_call_has_happened_but_is_not_answered() {
    let world = World::start().await;
    let code = world.code(MARTA).await;
    let hold = world.sandbox.hold("oauth/access_token:code");
    let exchange = world.redeem(&code);
    let rest = async {
        hold.arrived().await;
        assert_eq!(world.sandbox.state().tokens().len(), 1);
        assert_eq!(
            world.sandbox.state().calls()[0].edge,
            "oauth/access_token:code"
        );
        hold.release();
    };
    let ((status, _), ()) = tokio::join!(exchange, rest);
    assert_eq!(status, StatusCode::OK);

    world
        .control("faults", json!({ "edge": "debug_token", "hold": true }))
        .await;
    let token = world.mint(MARTA);
    let hold = world.sandbox.hold("debug_token");
    let clear = async {
        hold.arrived().await;
        hold.release();
        world.control("faults", json!({ "clear": true })).await;
    };
    let (seen, ()) = tokio::join!(world.debug(&token), clear);
    assert_eq!(seen["is_valid"], json!(true));
    world.sandbox.stop().await;
}
