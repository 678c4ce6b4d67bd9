//! Lists, reach, proof and headers of Graph.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::StatusCode;
use sandbox::app_secret_proof;
use serde_json::{Value, json};

use crate::world::{AURORA, HENRIK, MARTA, NINA, PRIYA, SECRET, World, answer, codes, text};

#[tokio::test]
async fn sixty_accounts_come_on_pages_whose_links_hold_the_token() {
    let world = World::start().await;
    let token = world.login(HENRIK).await;
    let mut after = String::new();
    let mut ids = Vec::new();
    loop {
        let mut query = vec![("limit", "25"), ("summary", "true")];
        if !after.is_empty() {
            query.push(("after", after.as_str()));
        }
        let (_, page) = world.graph(&token, "me/adaccounts", &query).await;
        assert_eq!(page["summary"]["total_count"], 60);
        let rows = page["data"].as_array().into_iter().flatten();
        ids.extend(rows.map(|row| text(&row["id"]).to_owned()));
        after = text(&page["paging"]["cursors"]["after"]).to_owned();
        let Some(next) = page["paging"]["next"].as_str() else {
            break;
        };
        assert!(next.starts_with(&world.sandbox.url()) && next.contains(&token));
    }
    assert_eq!(ids.len(), 60);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 60);
    let (_, bad) = world
        .graph(&token, "me/adaccounts", &[("after", "bad")])
        .await;
    assert_eq!(codes(&bad).0, 2642);
}

#[tokio::test]
async fn three_thousand_accounts_come_five_hundred_at_a_time() {
    let world = World::start().await;
    let token = world.login(AURORA).await;
    let mut after = String::new();
    let mut sizes = Vec::new();
    let mut statuses = BTreeMap::new();
    let mut ids = BTreeSet::new();
    loop {
        let mut query = vec![
            ("limit", "5000"),
            ("summary", "true"),
            ("fields", "name,account_status"),
        ];
        if !after.is_empty() {
            query.push(("after", after.as_str()));
        }
        let (_, page) = world.graph(&token, "me/adaccounts", &query).await;
        assert_eq!(page["summary"]["total_count"], 3000);
        let rows = page["data"].as_array().expect("a list");
        sizes.push(rows.len());
        for row in rows {
            ids.insert(text(&row["id"]).to_owned());
            *statuses.entry(row["account_status"].as_i64()).or_insert(0) += 1;
        }
        after = text(&page["paging"]["cursors"]["after"]).to_owned();
        if page["paging"]["next"].is_null() {
            break;
        }
    }
    assert_eq!((sizes, ids.len()), (vec![500; 6], 3000));
    let kinds: Vec<_> = statuses.keys().copied().flatten().collect();
    assert_eq!(kinds, [1, 2, 3, 7, 8, 9, 100, 101]);
    assert!(statuses[&Some(1)] > 2000, "{statuses:?}");
}

#[tokio::test]
async fn accounts_of_a_business_are_reached_through_it_only() {
    let world = World::start().await;
    let token = world.login(PRIYA).await;
    assert_eq!(
        world.graph(&token, "me/adaccounts", &[]).await.1,
        json!({ "data": [] })
    );
    let (_, businesses) = world.graph(&token, "me/businesses", &[]).await;
    let business = text(&businesses["data"][0]["id"]).to_owned();
    let count = |page: &Value| page["data"].as_array().map_or(0, Vec::len);
    let fields = [("fields", "name,business{name}")];
    let (_, owned) = world
        .graph(&token, &format!("{business}/owned_ad_accounts"), &fields)
        .await;
    let (_, client) = world
        .graph(&token, &format!("{business}/client_ad_accounts"), &[])
        .await;
    assert_eq!((count(&owned), count(&client)), (2, 3));
    assert_eq!(
        text(&owned["data"][0]["business"]["name"]),
        "Raman & Partners Media"
    );
    let account = text(&client["data"][0]["id"]);
    assert_eq!(world.graph(&token, account, &[]).await.0, StatusCode::OK);
    let (_, foreign) = world.graph(&token, "act_1015880000000101", &[]).await;
    assert_eq!(codes(&foreign), (100, Some(33)));
    let nina = world.login(NINA).await;
    assert_eq!(
        world.graph(&nina, "me/businesses", &[]).await.1,
        json!({ "data": [] })
    );
    assert_eq!(
        codes(&world.graph(&nina, &business, &[]).await.1),
        (100, Some(33))
    );
}

#[tokio::test]
async fn a_call_needs_a_token_and_its_proof() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let ask = |query: Vec<(&'static str, String)>| {
        let request = world.http.get(world.url("/v25.0/me")).query(&query);
        async move { answer(request.send().await.expect("an answer")).await }
    };
    let (status, body) = ask(vec![("access_token", token.clone())]).await;
    assert_eq!(
        (status, codes(&body)),
        (StatusCode::BAD_REQUEST, (100, None))
    );
    let missing = "API calls from the server require an appsecret_proof argument";
    assert_eq!(text(&body["error"]["message"]), missing);
    assert_eq!(text(&body["error"]["type"]), "GraphMethodException");
    let wrong = vec![
        ("access_token", token.clone()),
        ("appsecret_proof", "00".to_owned()),
    ];
    let (_, body) = ask(wrong).await;
    assert_eq!(
        text(&body["error"]["message"]),
        "Invalid appsecret_proof provided in the API argument"
    );
    assert_eq!(codes(&ask(Vec::new()).await.1), (2500, None));
    assert_eq!(
        codes(
            &ask(vec![("access_token", "EAAnonsense".to_owned())])
                .await
                .1
        ),
        (190, None)
    );

    world
        .control("state", json!({ "require_proof": false }))
        .await;
    assert_eq!(ask(vec![("access_token", token)]).await.0, StatusCode::OK);
    let calls = world.sandbox.state().calls();
    assert!(calls[0].token_in_url && !calls[0].proof && calls[1].proof);
    assert_eq!((calls[0].status, calls[0].error_code), (400, Some(100)));
}

#[tokio::test]
async fn every_answer_carries_metas_headers() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let request = world
        .http
        .get(world.url("/v26.0/act_1015880000000101/campaigns"))
        .query(&[("appsecret_proof", app_secret_proof(SECRET, &token))])
        .bearer_auth(&token);
    let response = request.send().await.expect("an answer");
    let header = |name: &str| {
        response.headers()[name]
            .to_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(header("facebook-api-version"), "v26.0");
    assert!(header("x-app-usage").contains("call_count"));
    assert!(header("x-ad-account-usage").contains("acc_id_util_pct"));
    assert!(header("x-business-use-case-usage").starts_with("{\"1015880000000101\":["));
    assert!(!header("x-fb-trace-id").is_empty());
    assert_eq!(response.status(), StatusCode::OK);
}
