//! Usage headers, quotas and versions.

use reqwest::{Response, StatusCode};
use sandbox::{Fault, Quotas, app_secret_proof};
use serde_json::{Value, json};

use crate::world::{APP_ID, MARTA, PRIYA, SECRET, World, answer, codes, text};

const ACCOUNT: &str = "act_1015880000000101";

async fn get(world: &World, token: &str, path: &str) -> Response {
    let proof = app_secret_proof(SECRET, token);
    let request = world.http.get(world.url(path)).bearer_auth(token);
    let request = request.query(&[("appsecret_proof", proof)]);
    request.send().await.expect("an answer")
}

fn header(response: &Response, name: &str) -> Value {
    let header = response.headers().get(name);
    let value = header
        .and_then(|value| value.to_str().ok())
        .unwrap_or("null");
    serde_json::from_str(value).unwrap_or_else(|_| json!(value))
}

#[tokio::test]
async fn the_apps_usage_rises_until_it_is_throttled_and_falls_within_the_hour() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let (_, quotas) = world.control("quotas", json!({ "app": 4 })).await;
    assert_eq!(
        (&quotas["app"], &quotas["account"]),
        (&json!(4), &json!(9000))
    );
    for expected in [25, 50, 75, 100] {
        let response = get(&world, &token, "/v25.0/me").await;
        let usage = header(&response, "x-app-usage");
        assert_eq!(
            usage,
            json!({ "call_count": expected, "total_time": expected, "total_cputime": expected })
        );
        assert_eq!(response.status(), StatusCode::OK);
    }
    let full = get(&world, &token, "/v25.0/me").await;
    assert_eq!(header(&full, "x-app-usage")["call_count"], 100);
    let (status, body) = answer(full).await;
    assert_eq!((status, codes(&body)), (StatusCode::BAD_REQUEST, (4, None)));
    assert_eq!(body["error"]["is_transient"], true);
    assert_eq!(
        codes(&world.exchange(&[("client_id", APP_ID)]).await.1).0,
        191,
        "a login goes on"
    );

    world.sandbox.state().advance(3601);
    let later = get(&world, &token, "/v25.0/me").await;
    assert_eq!(header(&later, "x-app-usage")["call_count"], 25);
    world
        .control("quotas", json!({ "forget": true, "usual": true }))
        .await;
    let again = get(&world, &token, "/v25.0/me").await;
    assert_eq!(header(&again, "x-app-usage")["call_count"], 0);
    for wrong in [json!({ "app": 0 }), json!({ "surprise": 1 })] {
        assert_eq!(
            world.control("quotas", wrong).await.0,
            StatusCode::BAD_REQUEST
        );
    }
}

#[tokio::test]
async fn an_ad_account_has_a_score_and_its_use_cases() {
    let world = World::start().await;
    let state = world.sandbox.state();
    let token = world.mint(MARTA);
    let path = format!("/v25.0/{ACCOUNT}/campaigns");
    state.set_quotas(Quotas {
        account: 3,
        ads_management: 4,
        ..Quotas::default()
    });
    let first = get(&world, &token, &path).await;
    let usage = header(&first, "x-ad-account-usage");
    assert_eq!(
        (
            &usage["acc_id_util_pct"],
            text(&usage["ads_api_access_tier"])
        ),
        (&json!(33.33), "standard_access")
    );
    let case = &header(&first, "x-business-use-case-usage")["1015880000000101"][0];
    assert_eq!(
        (text(&case["type"]), &case["call_count"]),
        ("ads_management", &json!(25))
    );
    get(&world, &token, &path).await;
    get(&world, &token, &path).await;
    let full = get(&world, &token, &path).await;
    let usage = header(&full, "x-ad-account-usage");
    assert_eq!(usage["acc_id_util_pct"], 100.0);
    assert!((290..=300).contains(&usage["reset_time_duration"].as_i64().expect("seconds")));
    let (_, body) = answer(full).await;
    assert_eq!(codes(&body), (17, Some(2_446_079)));
    assert_eq!(
        text(&body["error"]["error_user_title"]),
        "Ad Account Has Too Many API Calls"
    );
    let other = get(&world, &token, "/v25.0/act_12015880000000102").await;
    assert_eq!(
        other.status(),
        StatusCode::OK,
        "another account has a score of its own"
    );

    state.advance(301);
    assert_eq!(get(&world, &token, &path).await.status(), StatusCode::OK);
    let full = get(&world, &token, &path).await;
    let case = &header(&full, "x-business-use-case-usage")["1015880000000101"][0];
    assert_eq!(case["call_count"], 100);
    assert!(
        (50..=60).contains(
            &case["estimated_time_to_regain_access"]
                .as_i64()
                .expect("minutes")
        )
    );
    let (_, body) = answer(full).await;
    assert_eq!(codes(&body), (80_004, Some(2_446_079)));

    state.set_quotas(Quotas {
        ads_insights: 1,
        ..Quotas::default()
    });
    let insights = format!("/v25.0/{ACCOUNT}/insights");
    let one = get(&world, &token, &insights).await;
    assert_eq!(
        header(&one, "x-fb-ads-insights-throttle")["acc_id_util_pct"],
        100
    );
    assert_eq!(
        codes(&answer(get(&world, &token, &insights).await).await.1).0,
        80_000
    );
    let priya = world.mint(PRIYA);
    let owned = get(&world, &priya, "/v25.0/20188000000000001/owned_ad_accounts").await;
    assert!(header(&owned, "x-business-use-case-usage")["20188000000000001"].is_array());
    assert!(owned.headers().get("x-ad-account-usage").is_none());
}

#[tokio::test]
async fn each_item_of_a_batch_counts() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    world.sandbox.state().set_quotas(Quotas {
        app: 2,
        ..Quotas::default()
    });
    let proof = app_secret_proof(SECRET, &token);
    let item =
        json!({ "relative_url": format!("me?access_token={token}&appsecret_proof={proof}") });
    let form = [
        ("access_token", format!("{APP_ID}|{SECRET}")),
        ("batch", json!([item, item, item]).to_string()),
    ];
    let response = world
        .http
        .post(world.url("/v25.0/"))
        .form(&form)
        .send()
        .await;
    let (_, rows) = answer(response.expect("an answer")).await;
    let statuses: Vec<_> = (0..3).map(|at| rows[at]["code"].as_i64()).collect();
    assert_eq!(statuses, [Some(200), Some(200), Some(400)]);
}

#[tokio::test]
async fn throttling_on_demand_fills_its_header() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let path = format!("/v25.0/{ACCOUNT}");
    let fault = |preset: &str| {
        let fault = Fault::preset("account", preset).expect("a preset");
        world.sandbox.state().fault(fault);
    };
    fault("throttled_app");
    let response = get(&world, &token, &path).await;
    assert_eq!(header(&response, "x-app-usage")["call_count"], 100);
    fault("throttled_ad_account");
    let response = get(&world, &token, &path).await;
    assert_eq!(
        header(&response, "x-ad-account-usage")["acc_id_util_pct"],
        100.0
    );
    fault("throttled_ads_management");
    let response = get(&world, &token, &path).await;
    let case = &header(&response, "x-business-use-case-usage")["1015880000000101"][0];
    assert!(
        case["estimated_time_to_regain_access"]
            .as_i64()
            .expect("minutes")
            > 0
    );
}

#[tokio::test]
async fn versions_end() {
    let world = World::start().await;
    let state = world.sandbox.state();
    state.set_now("2026-11-23T12:00:00Z".parse().expect("a time"));
    let token = world.mint(MARTA);
    for (asked, told) in [
        ("/v25.0", "v25.0"),
        ("/v20.0", "v21.0"),
        ("/v2.10", "v21.0"),
        ("", "v25.0"),
    ] {
        let response = get(&world, &token, &format!("{asked}/me")).await;
        assert_eq!(
            (response.status(), header(&response, "facebook-api-version")),
            (StatusCode::OK, json!(told))
        );
    }
    let old = get(&world, &token, "/v24.0/me/adaccounts").await;
    assert!(old.headers().contains_key("x-ad-api-version-warning"));
    let (status, body) = answer(old).await;
    assert_eq!((status, codes(&body).0), (StatusCode::BAD_REQUEST, 2635));
    state.set_now("2026-10-05T12:00:00Z".parse().expect("a time"));
    assert_eq!(
        get(&world, &token, "/v24.0/me/adaccounts").await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn every_error_is_mirrored_in_a_header() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let mirrors = [
        (
            "me?access_token=EAAx",
            r#""invalid_token" "The access token could not be decrypted""#,
        ),
        (
            "nobody",
            r#""not_found" "(#803) Some of the aliases you requested do not exist: nobody""#,
        ),
        (
            "me?fields=x",
            r#""invalid_request" "(#100) Tried accessing"#,
        ),
        (
            "act_9",
            r#""invalid_request" "Unsupported get request. Object with ID 'act_9'"#,
        ),
    ];
    for (path, mirror) in mirrors {
        let response = get(&world, &token, &format!("/v25.0/{path}")).await;
        let header = response.headers()["www-authenticate"]
            .to_str()
            .expect("text");
        assert!(
            header.starts_with(&format!(r#"OAuth "Facebook Platform" {mirror}"#)),
            "{header}"
        );
    }
}
