//! The dialog: pages for a person, one POST for a script, and what each consent means.

use reqwest::StatusCode;
use sandbox::app_secret_proof;
use serde_json::json;

use crate::world::{
    APP_ID, CHALLENGE, MARTA, REDIRECT, SCOPES, SECRET, TOMASZ, World, answer, code_in, codes,
    location, text,
};

#[tokio::test]
async fn cancel_comes_back_in_the_form_of_the_field() {
    let world = World::start().await;
    let request = world
        .http
        .post(world.dialog_url(&[]))
        .form(&[("action", "cancel")]);
    let url = location(&request.send().await.expect("an answer"));
    let expected = "error=access_denied&error_code=200&error_description=Permissions+error\
                    &error_reason=user_denied&state=st%26te";
    assert_eq!((url.query(), url.fragment()), (Some(expected), Some("_=_")));
}

#[tokio::test]
async fn a_wrong_app_or_address_gets_a_page_and_no_redirect() {
    let world = World::start().await;
    let cases = [
        (
            vec![
                ("client_id", APP_ID),
                ("redirect_uri", "http://localhost:3000/evil"),
            ],
            "URL Blocked",
        ),
        (
            vec![("client_id", APP_ID), ("redirect_uri", "/relative")],
            "absolute URI",
        ),
        (
            vec![("client_id", APP_ID)],
            "Missing redirect_uri parameter.",
        ),
        (
            vec![("client_id", "1"), ("redirect_uri", REDIRECT)],
            "Invalid App ID",
        ),
        (
            vec![
                ("client_id", APP_ID),
                ("redirect_uri", REDIRECT),
                ("scope", "fly"),
            ],
            "Invalid Scopes",
        ),
        (
            vec![
                ("client_id", APP_ID),
                ("redirect_uri", REDIRECT),
                ("code_challenge", CHALLENGE),
            ],
            "code_challenge_method",
        ),
    ];
    for (query, expected) in cases {
        let url = world.url("/v25.0/dialog/oauth");
        let get = world.http.get(url.clone()).query(&query);
        let form = [("person", MARTA), ("action", "continue")];
        let post = world.http.post(url).query(&query).form(&form);
        for request in [get, post] {
            let response = request.send().await.expect("an answer");
            assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{expected}");
            let page = response.text().await.expect("a page");
            assert!(page.contains(expected), "{expected}: {page}");
        }
    }
}

#[tokio::test]
async fn a_person_is_led_through_pages_without_script_or_inline_style() {
    let world = World::start().await;
    let response = world
        .http
        .get(world.dialog_url(&[]))
        .send()
        .await
        .expect("an answer");
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .expect("text")
        .to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"));
    let choose = response.text().await.expect("a page");
    assert!(choose.contains("Marta Kowalska") && choose.contains("type=\"radio\""));
    assert!(choose.contains("&lt;b&gt;Ltd&lt;") && !choose.contains("<b>Ltd"));
    let url = world.dialog_url(&[("person", MARTA)]);
    let consent = world
        .http
        .get(url)
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a page");
    assert!(consent.contains("name=\"scope\" value=\"ads_read\" checked"));
    assert!(consent.contains("name=\"asset\" value=\"act_1015880000000101\" checked"));
    for page in [choose, consent] {
        assert!(!page.contains("style=") && !page.contains("<script"));
        assert!(page.contains(">Continue</button>") && page.contains(">Cancel</button>"));
    }
    let nobody = world
        .http
        .post(world.dialog_url(&[]))
        .form(&[("action", "continue")]);
    assert_eq!(
        nobody.send().await.expect("an answer").status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_declined_permission_is_asked_again_only_on_rerequest() {
    let world = World::start().await;
    let without = [
        ("scope", "public_profile"),
        ("scope", "business_management"),
    ];
    let response = world.consent(TOMASZ, &without, &[]).await;
    let (_, short) = world.redeem(&code_in(&response)).await;
    let token = text(&short["access_token"]).to_owned();
    let (_, permissions) = world.graph(&token, "me/permissions", &[]).await;
    let declined = json!({ "permission": "ads_read", "status": "declined" });
    let rows = permissions["data"].as_array().cloned().unwrap_or_default();
    assert!(rows.contains(&declined) && rows.len() == 4, "{permissions}");
    assert_eq!(
        codes(&world.graph(&token, "me/adaccounts", &[]).await.1),
        (200, None)
    );
    let account = world.graph(&token, "act_1015880000000101", &[]).await;
    assert_eq!(
        (account.0, codes(&account.1)),
        (StatusCode::FORBIDDEN, (200, None))
    );

    let page = |more: &'static [(&str, &str)]| {
        let mut query = vec![("person", TOMASZ)];
        query.extend_from_slice(more);
        world.http.get(world.dialog_url(&query)).send()
    };
    let plain = page(&[])
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a page");
    assert!(!plain.contains("value=\"ads_read\""));
    let again = page(&[("auth_type", "rerequest")])
        .await
        .expect("an answer");
    assert!(
        again
            .text()
            .await
            .expect("a page")
            .contains("value=\"ads_read\" checked")
    );

    let all = SCOPES
        .split(',')
        .map(|scope| ("scope", scope))
        .collect::<Vec<_>>();
    let still = code_in(&world.consent(TOMASZ, &all, &[]).await);
    let (_, still) = world.redeem(&still).await;
    let seen = world.debug(text(&still["access_token"])).await;
    assert_eq!(
        seen["scopes"],
        json!(["business_management", "public_profile"])
    );
    let now = world
        .consent(TOMASZ, &all, &[("auth_type", "rerequest")])
        .await;
    let (_, now) = world.redeem(&code_in(&now)).await;
    let token = text(&now["access_token"]).to_owned();
    assert_eq!(
        world.graph(&token, "me/adaccounts", &[]).await.0,
        StatusCode::OK
    );
    // The permission is there, the address is not: the field is left out.
    let (_, me) = world.graph(&token, "me", &[("fields", "id,email")]).await;
    assert_eq!(me, json!({ "id": TOMASZ }));

    let proof = app_secret_proof(SECRET, &token);
    let url = world.url(&format!("/v25.0/{TOMASZ}/permissions/ads_read"));
    let revoke = world
        .http
        .delete(url)
        .query(&[("appsecret_proof", &proof)])
        .bearer_auth(&token);
    assert_eq!(
        answer(revoke.send().await.expect("an answer")).await.1,
        json!({ "success": true })
    );
    assert_eq!(
        codes(&world.graph(&token, "me/adaccounts", &[]).await.1),
        (200, None)
    );
}

#[tokio::test]
async fn picked_accounts_limit_what_the_token_sees() {
    let world = World::start().await;
    let mut form = SCOPES
        .split(',')
        .map(|scope| ("scope", scope))
        .collect::<Vec<_>>();
    form.push(("asset", "act_12015880000000102"));
    let (_, short) = world
        .redeem(&code_in(&world.consent(MARTA, &form, &[]).await))
        .await;
    let token = text(&short["access_token"]).to_owned();
    let (_, page) = world.graph(&token, "me/adaccounts", &[]).await;
    let only = json!([{ "id": "act_12015880000000102", "account_id": "12015880000000102" }]);
    assert_eq!(page["data"], only);
    let (_, other) = world.graph(&token, "act_1015880000000101", &[]).await;
    assert_eq!(codes(&other), (100, Some(33)));
    let seen = world.debug(&token).await;
    let limited = json!({ "scope": "ads_read", "target_ids": ["12015880000000102"] });
    assert!(
        seen["granular_scopes"]
            .as_array()
            .is_some_and(|scopes| scopes.contains(&limited))
    );

    let mut none = SCOPES
        .split(',')
        .map(|scope| ("scope", scope))
        .collect::<Vec<_>>();
    none.push(("assets_shown", "1"));
    let (_, short) = world
        .redeem(&code_in(&world.consent(MARTA, &none, &[]).await))
        .await;
    let (_, page) = world
        .graph(text(&short["access_token"]), "me/adaccounts", &[])
        .await;
    assert_eq!(page, json!({ "data": [] }));
}
