//! What the sandbox calls on the portal's side: signed, logged, repeated as told.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::StatusCode;
use sandbox::{Config, DeliveryKind, DeliveryState, Event, Settings, Target};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::portal::Portal;
use crate::world::{APP_ID, ENDLESS, MARTA, PORTAL, SCOPES, SECRET, World, code_in, text};

fn mac(message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// The payload of a form's `signed_request`, whose signature must be right.
fn payload(form: &str) -> Value {
    let signed = form.strip_prefix("signed_request=").expect("the field");
    let (signature, encoded) = signed.split_once('.').expect("two parts");
    let expected = URL_SAFE_NO_PAD.encode(mac(encoded.as_bytes()));
    assert_eq!(signature, expected);
    let payload = URL_SAFE_NO_PAD.decode(encoded).expect("base64url");
    serde_json::from_slice(&payload).expect("JSON")
}

async fn event(world: &World, event: &str) {
    let body = json!({ "event": event, "person": MARTA });
    assert_eq!(world.control("events", body).await.0, StatusCode::OK);
    world.sandbox.state().deliveries_settled().await;
}

/// Subscribes to webhooks.
async fn subscribe(portal: &Portal, world: &World) {
    portal.answer(StatusCode::OK, "1158201444");
    let body = json!({ "verify_token": "t&ken" });
    let (_, answer) = world.control("webhook", body).await;
    assert_eq!(answer, json!({ "subscribed": true }));
}

#[tokio::test]
async fn a_removed_app_is_told_in_a_signed_form() {
    let (portal, world) = Portal::start().await;
    world.mint(MARTA);
    event(&world, "remove_app").await;
    let got = portal.got();
    assert_eq!(got.len(), 1);
    assert_eq!(
        (got[0].method.as_str(), got[0].target.as_str()),
        ("POST", "/meta/deauthorize")
    );
    let kind = got[0].headers["content-type"].to_str().expect("text");
    assert_eq!(kind, "application/x-www-form-urlencoded");
    let told = payload(&got[0].body);
    let now = world.sandbox.state().now().timestamp();
    assert!(told["issued_at"].as_i64().is_some_and(|at| now - at < 5));
    assert_eq!(
        (text(&told["user_id"]), text(&told["algorithm"])),
        (MARTA, "HMAC-SHA256")
    );

    // A system user's removal and one by the API are not told, nor is anything when switched off.
    let business = world.business_login(ENDLESS).await;
    let seen = world.debug(text(&business["access_token"])).await;
    let state = world.sandbox.state();
    let user = Target::Person(text(&seen["user_id"]).to_owned());
    state.event(Event::RemoveApp, &user).expect("a system user");
    state.set_settings(Settings::default());
    event(&world, "remove_app").await;
    assert_eq!(portal.got().len(), 1);
}

#[tokio::test]
async fn a_deletion_request_keeps_what_the_portal_promised() {
    let (portal, world) = Portal::start().await;
    let token = world.mint(MARTA);
    event(&world, "remove_app").await;
    portal.answer(
        StatusCode::OK,
        r#"{"url":"https://p.example/d/abc","confirmation_code":"abc"}"#,
    );
    event(&world, "request_deletion").await;
    let got = portal.got();
    // Removed before, so that is not told twice.
    assert_eq!(
        (got.len(), got[1].target.as_str()),
        (2, "/meta/data-deletion")
    );
    let told = payload(&got[1].body);
    let at = |key: &str| told[key].as_i64().expect("a time");
    assert_eq!(at("expires") - at("issued_at"), 3600);
    assert_eq!(text(&told["user_id"]), MARTA);
    assert_eq!(world.debug(&token).await["error"]["subcode"], 458);

    let log = world.sandbox.state().deliveries();
    let answer = log[1].attempts[0].answer.clone().expect("an answer");
    assert_eq!(
        (answer.url.as_str(), answer.confirmation_code.as_str()),
        ("https://p.example/d/abc", "abc")
    );
    // An answer without the two is none, and Meta does not ask again.
    world.mint(MARTA);
    event(&world, "request_deletion").await;
    let log = world.sandbox.state().deliveries();
    let last: Vec<_> = log[2..].iter().map(|one| (one.kind, one.state)).collect();
    let expected = [
        (DeliveryKind::Deauthorization, DeliveryState::Delivered),
        (DeliveryKind::DataDeletion, DeliveryState::Failed),
    ];
    assert_eq!(last, expected);
}

#[tokio::test]
async fn webhooks_are_sent_once_the_challenge_is_answered() {
    let (portal, world) = Portal::start().await;
    code_in(&world.consent(MARTA, &[], &[]).await);
    for (status, answer) in [
        (StatusCode::FORBIDDEN, "1158201444"),
        (StatusCode::OK, "\"1158201444\""),
    ] {
        portal.answer(status, answer);
        let body = json!({ "verify_token": "t&ken" });
        let (_, answer) = world.control("webhook", body).await;
        assert_eq!(answer, json!({ "subscribed": false }));
    }
    code_in(&world.consent(MARTA, &[("scope", "email")], &[]).await);
    assert_eq!(portal.got().len(), 2);
    let asked =
        "/meta/webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=t%26ken";
    assert_eq!(portal.got()[0].target, asked);

    subscribe(&portal, &world).await;
    world.sandbox.state().reset();
    subscribe(&portal, &world).await;
    let form = [("scope", "ads_read"), ("asset", "act_1015880000000101")];
    code_in(&world.consent(MARTA, &form, &[]).await);
    let state = world.sandbox.state();
    state.deliveries_settled().await;
    let told = |at: usize| {
        let got = portal.got()[at].clone();
        let signature = got.headers["x-hub-signature-256"].to_str().expect("text");
        let hex: String = mac(got.body.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(signature, format!("sha256={hex}"));
        serde_json::from_str::<Value>(&got.body).expect("JSON")
    };
    let first = told(4);
    let entry = &first["entry"][0];
    assert_eq!(
        (
            text(&first["object"]),
            text(&entry["id"]),
            text(&entry["uid"])
        ),
        ("permissions", MARTA, MARTA)
    );
    let granted = json!({
        "field": "ads_read", "value": { "verb": "granted", "target_ids": ["1015880000000101"] },
    });
    let connected = json!({ "field": "connected", "verb": "granted" });
    let profile = json!({ "field": "public_profile", "value": { "verb": "granted" } });
    assert_eq!(entry["changes"], json!([connected, granted, profile]));

    let body = json!({ "person": MARTA, "revoke": "ads_read" });
    world.control("permissions", body).await;
    state.deliveries_settled().await;
    let revoked = json!([{ "field": "ads_read", "value": { "verb": "revoked" } }]);
    assert_eq!(told(5)["entry"][0]["changes"], revoked);
    state
        .event(Event::RemoveApp, &Target::Person(MARTA.to_owned()))
        .expect("a person");
    state.deliveries_settled().await;
    let got = portal.got();
    let mut last: Vec<_> = got[6..].iter().map(|got| got.target.as_str()).collect();
    last.sort_unstable();
    assert_eq!(last, ["/meta/deauthorize", "/meta/webhook"]);
    world
        .control("webhook", json!({ "unsubscribe": true }))
        .await;
    code_in(&world.consent(MARTA, &[], &[]).await);
    assert_eq!(portal.got().len(), 8);
}

#[tokio::test]
async fn a_webhook_that_fails_is_repeated_byte_for_byte() {
    let (portal, world) = Portal::start().await;
    world
        .control("settings", json!({ "retry_seconds": [0, 0] }))
        .await;
    let content = json!({ "object": "ad_account", "entry": [{ "name": "Zoë/🐘" }] });
    for _ in 0..2 {
        portal.answer(StatusCode::INTERNAL_SERVER_ERROR, "");
    }
    let body = json!({ "send": content });
    let (_, sent) = world.control("webhook", body).await;
    let url = world.url("/_control/deliveries?wait=1");
    let log = world.http.get(url).send().await.expect("an answer");
    let log: Value = log.json().await.expect("JSON");
    let delivery = &log["deliveries"][0];
    assert_eq!(delivery["id"], sent["id"]);
    assert_eq!(delivery["state"], "delivered");
    let statuses: Vec<_> = (0..3)
        .map(|at| delivery["attempts"][at]["status"].clone())
        .collect();
    assert_eq!(json!(statuses), json!([500, 500, 200]));
    let escaped = r#"{"entry":[{"name":"Zo\u00eb\/\ud83d\udc18"}],"object":"ad_account"}"#;
    assert_eq!(portal.got()[2].body, escaped);

    let again = json!({ "redeliver": sent["id"] });
    assert_eq!(world.control("deliveries", again).await.0, StatusCode::OK);
    world.sandbox.state().deliveries_settled().await;
    let got = portal.got();
    assert_eq!(got.len(), 4);
    assert!(got.iter().all(|got| got.body == escaped));
    let unknown = json!({ "redeliver": "1" });
    let (status, _) = world.control("deliveries", unknown).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    for _ in 0..3 {
        portal.answer(StatusCode::FOUND, "");
    }
    world.control("webhook", json!({ "send": {} })).await;
    world.sandbox.state().deliveries_settled().await;
    let log = world.sandbox.state().deliveries();
    assert_eq!(log[1].state, DeliveryState::Failed);
    assert_eq!(log[1].attempts.len(), 3);
}

#[tokio::test]
async fn a_portal_that_is_not_there_is_given_up() {
    let (portal, world) = Portal::start().await;
    drop(portal);
    subscribe_in_vain(&world).await;
    let ticked: Vec<_> = SCOPES.split(',').map(|scope| ("scope", scope)).collect();
    code_in(&world.consent(MARTA, &ticked, &[]).await);
    event(&world, "remove_app").await;
    let log = world.sandbox.state().deliveries();
    assert_eq!(log.len(), 2);
    assert!(log.iter().all(|one| one.state == DeliveryState::Failed));
    assert_eq!(log[1].attempts[0].status, None);
}

#[tokio::test]
async fn no_graph_call_waits_for_a_portal_that_is_silent() {
    // Connections are made, since the machine takes them, and nobody ever answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let config = Config {
        callback_url: format!("http://{}", silent.local_addr().expect("an address")),
        send_callbacks: true,
        ..Config::new(APP_ID, SECRET, PORTAL)
    };
    let world = World::with(config).await;
    world.login(MARTA).await;
    let body = json!({ "event": "remove_app", "person": MARTA });
    assert_eq!(world.control("events", body).await.0, StatusCode::OK);
    let token = world.login(MARTA).await;
    let (status, me) = world.graph(&token, "me", &[]).await;
    assert_eq!((status, text(&me["id"])), (StatusCode::OK, MARTA));
    let log = world.sandbox.state().deliveries();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].state, DeliveryState::Waiting);
}

async fn subscribe_in_vain(world: &World) {
    let body = json!({ "verify_token": "t" });
    let (_, answer) = world.control("webhook", body).await;
    assert_eq!(answer, json!({ "subscribed": false }));
}
