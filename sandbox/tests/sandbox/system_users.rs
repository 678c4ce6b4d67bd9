//! System users by the API: made, given the app, given tokens; and a token's end by the app.

use reqwest::StatusCode;
use serde_json::json;

use crate::world::{APP_ID, ENDLESS, MARTA, PRIYA, RAMAN, SECRET, World, codes, text};

#[tokio::test]
async fn an_admin_makes_a_system_user_and_tokens_for_it() {
    let world = World::start().await;
    let admin = world.mint(PRIYA);
    let users = format!("{RAMAN}/system_users");
    let form = [("name", "Reports"), ("role", "ADMIN")];
    let (status, made) = world.graph_post(&admin, &users, &form).await;
    assert_eq!(status, StatusCode::OK, "{made}");
    let user = text(&made["id"]);
    let (_, list) = world.graph(&admin, &users, &[]).await;
    let expected = json!([{ "id": user, "name": "Reports", "role": "ADMIN" }]);
    assert_eq!(list["data"], expected);

    let tokens = format!("{user}/access_tokens");
    let form = [
        ("business_app", APP_ID),
        ("scope", "ads_read,business_management"),
    ];
    let (_, early) = world.graph_post(&admin, &tokens, &form).await;
    assert_eq!(codes(&early), (100, None));
    let install = format!("{user}/applications");
    let app = [("business_app", APP_ID)];
    let (_, installed) = world.graph_post(&admin, &install, &app).await;
    assert_eq!(installed, json!(true));
    let (_, endless) = world.graph_post(&admin, &tokens, &form).await;
    let token = text(&endless["access_token"]);
    let seen = world.debug(token).await;
    assert_eq!(
        (
            text(&seen["type"]),
            &seen["expires_at"],
            text(&seen["user_id"])
        ),
        ("SYSTEM_USER", &json!(0), user)
    );
    let owned = format!("{RAMAN}/owned_ad_accounts");
    let (_, page) = world.graph(token, &owned, &[]).await;
    assert_eq!(page["data"].as_array().map(Vec::len), Some(2));

    let strict = json!({ "id": RAMAN, "requires_expiring_tokens": true });
    world.control("businesses", strict).await;
    let (_, refused) = world.graph_post(&admin, &tokens, &form).await;
    assert_eq!(codes(&refused), (100, None));
    let mut form = form.to_vec();
    form.push(("set_token_expires_in_60_days", "true"));
    let (_, ending) = world.graph_post(&admin, &tokens, &form).await;
    let seen = world.debug(text(&ending["access_token"])).await;
    let life = |key: &str| seen[key].as_i64().unwrap_or(0);
    assert_eq!(life("expires_at") - life("issued_at"), 5_184_000);

    let stranger = world.mint(MARTA);
    let (_, refused) = world.graph_post(&stranger, &tokens, &form).await;
    assert_eq!(codes(&refused), (100, Some(33)));
    let (_, refused) = world.graph(&stranger, &users, &[]).await;
    assert_eq!(codes(&refused), (100, Some(33)));
    let edges: Vec<_> = world.sandbox.state().calls().into_iter().collect();
    let edge = |name: &str| edges.iter().any(|call| call.edge == name);
    assert!(edge("system_users") && edge("system_users:create"));
    assert!(edge("applications:install") && edge("access_tokens"));
}

#[tokio::test]
async fn a_client_business_hands_out_more_tokens_with_proof() {
    let world = World::start().await;
    let answer = world.business_login(ENDLESS).await;
    let token = text(&answer["access_token"]);
    let edge = format!("{RAMAN}/system_user_access_tokens");
    let (_, fetched) = world
        .graph_post(token, &edge, &[("fetch_only", "true")])
        .await;
    assert_eq!(fetched, json!({ "access_token": token }));
    let form = [
        ("scope", "ads_read"),
        ("asset", "1015880000000401"),
        ("set_token_expires_in_60_days", "true"),
    ];
    let (_, made) = world.graph_post(token, &edge, &form).await;
    let narrow = text(&made["access_token"]);
    let seen = world.debug(narrow).await;
    assert_eq!(seen["scopes"], json!(["ads_read"]));
    assert!(seen["expires_at"].as_i64().is_some_and(|end| end > 0));
    let (_, page) = world.graph(narrow, "me/adaccounts", &[]).await;
    assert_eq!(page["data"].as_array().map(Vec::len), Some(1));

    let more = [("scope", "ads_management")];
    let (_, refused) = world.graph_post(token, &edge, &more).await;
    assert_eq!(codes(&refused), (200, None));
    let foreign = [("asset", "1015880000000101")];
    let (_, refused) = world.graph_post(token, &edge, &foreign).await;
    assert_eq!(codes(&refused), (100, Some(33)));
    world.sandbox.state().set_require_proof(false);
    let request = world
        .http
        .post(world.url(&format!("/v25.0/{edge}")))
        .form(&[("access_token", token)]);
    let (_, refused) = crate::world::answer(request.send().await.expect("an answer")).await;
    assert_eq!(codes(&refused), (100, None));
    assert!(text(&refused["error"]["message"]).contains("require an appsecret_proof"));
}

#[tokio::test]
async fn the_app_revokes_one_token() {
    let world = World::start().await;
    let (one, other) = (world.mint(MARTA), world.mint(MARTA));
    let app = format!("{APP_ID}|{SECRET}");
    let revoke = async |revoked: &str, by: &str, secret: &str| {
        let form = [
            ("client_id", APP_ID),
            ("client_secret", secret),
            ("revoke_token", revoked),
            ("access_token", by),
        ];
        let request = world.http.post(world.url("/v25.0/oauth/revoke"));
        let response = request.form(&form).send().await.expect("an answer");
        crate::world::answer(response).await.1
    };
    assert_eq!(codes(&revoke(&one, &app, "wrong").await), (1, None));
    assert_eq!(
        codes(&revoke("EAAnonsense", &app, SECRET).await),
        (100, None)
    );
    assert_eq!(
        revoke(&one, &app, SECRET).await,
        json!({ "success": "true" })
    );
    let gone = world.graph(&one, "me", &[]).await.1;
    assert_eq!(codes(&gone), (190, Some(466)));
    assert_eq!(world.graph(&other, "me", &[]).await.0, StatusCode::OK);
    let calls = world.sandbox.state().calls();
    let last = calls.iter().rfind(|call| call.edge == "oauth/revoke");
    assert!(last.is_some_and(|call| !call.token_in_url && !call.secret_in_url));
}
