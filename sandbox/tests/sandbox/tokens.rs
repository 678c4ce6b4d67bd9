//! Codes and tokens from birth to end.

use reqwest::StatusCode;
use sandbox::{Config, Event, Mint, Sandbox, Target, app_secret_proof};
use serde_json::json;

use crate::world::{
    APP_ID, MARTA, PORTAL, REDIRECT, SCOPES, SECRET, World, answer, code_in, codes, location,
    redemption, text,
};

#[tokio::test]
async fn a_login_from_dialog_to_revocation() {
    let world = World::start().await;
    let response = {
        let ticked = SCOPES
            .split(',')
            .map(|scope| ("scope", scope))
            .collect::<Vec<_>>();
        world.consent(MARTA, &ticked, &[]).await
    };
    let back = location(&response);
    assert_eq!(back.fragment(), Some("_=_"));
    assert!(back.as_str().starts_with(REDIRECT));
    assert!(
        back.query_pairs()
            .any(|pair| pair == ("state".into(), "st&te".into()))
    );

    let (status, short) = world.redeem(&code_in(&response)).await;
    assert_eq!(
        (status, text(&short["token_type"])),
        (StatusCode::OK, "bearer")
    );
    let expires_in = short["expires_in"].as_i64().unwrap_or(0);
    assert!((3599..7200).contains(&expires_in), "{expires_in}");
    let seen = world.debug(text(&short["access_token"])).await;
    assert!(seen.get("issued_at").is_none());
    assert_eq!(seen["expires_at"].as_i64().unwrap_or(1) % 3600, 0);

    let long = world.login(MARTA).await;
    assert!(long.starts_with("EAA"));
    let seen = world.debug(&long).await;
    assert_eq!(
        (
            text(&seen["app_id"]),
            text(&seen["type"]),
            &seen["is_valid"],
            text(&seen["user_id"])
        ),
        (APP_ID, "USER", &json!(true), MARTA)
    );
    let at = |key: &str| seen[key].as_i64().unwrap_or(0);
    assert_eq!(at("expires_at") - at("issued_at"), 5_184_000);
    assert!((at("data_access_expires_at") - at("issued_at") - 7_776_000).abs() <= 2);

    let fields = [("fields", "id,name,email,picture{url,is_silhouette}")];
    let (_, me) = world.graph(&long, "me", &fields).await;
    assert_eq!(
        (text(&me["id"]), text(&me["name"])),
        (MARTA, "Marta Kowalska")
    );
    assert_eq!(text(&me["email"]), "marta@kowalska.example");
    assert_eq!(me["picture"]["data"]["is_silhouette"], json!(false));
    assert_eq!(world.graph(&long, MARTA, &fields).await.1, me);

    let fields = [("fields", "name,account_status,business{id,name}")];
    let (_, accounts) = world.graph(&long, "me/adaccounts", &fields).await;
    let statuses: Vec<_> = accounts["data"].as_array().into_iter().flatten().collect();
    assert_eq!(statuses.len(), 3);
    assert_eq!(statuses[2]["account_status"], 101);

    let campaigns = format!("{}/campaigns", text(&statuses[0]["id"]));
    let query = [
        ("summary", "total_count"),
        ("limit", "1"),
        ("fields", "name,status"),
    ];
    let (_, page) = world.graph(&long, &campaigns, &query).await;
    assert_eq!(page["summary"]["total_count"], 7);
    assert_eq!(page["data"].as_array().map(Vec::len), Some(1));

    let revoke = world
        .http
        .delete(world.url("/v25.0/me/permissions"))
        .query(&[("appsecret_proof", app_secret_proof(SECRET, &long))])
        .bearer_auth(&long);
    let (_, revoked) = answer(revoke.send().await.expect("an answer")).await;
    assert_eq!(revoked, json!({ "success": true }));
    let (status, gone) = world.graph(&long, "me", &[]).await;
    assert_eq!(
        (status, codes(&gone)),
        (StatusCode::BAD_REQUEST, (190, Some(458)))
    );
    let seen = world.debug(&long).await;
    assert_eq!(
        (&seen["is_valid"], &seen["error"]["subcode"]),
        (&json!(false), &json!(458))
    );
}

#[tokio::test]
async fn a_code_works_once_for_ten_minutes_and_for_its_own_address_and_verifier() {
    let world = World::start().await;
    let code = world.code(MARTA).await;
    let change = |key: &'static str, value: &'static str| {
        let form = redemption(&code).into_iter();
        form.map(|pair| if pair.0 == key { (key, value) } else { pair })
            .collect::<Vec<_>>()
    };
    let cases = [
        (change("client_id", "9"), (101, None)),
        (change("client_secret", "wrong"), (1, None)),
        (change("redirect_uri", ""), (191, None)),
        (
            change("redirect_uri", "http://localhost:3000/"),
            (100, Some(36008)),
        ),
        (change("code", "AQnonsense"), (100, None)),
        (change("code_verifier", "wrong"), (100, None)),
        (change("code_verifier", ""), (100, None)),
    ];
    for (form, expected) in cases {
        let (status, body) = world.exchange(&form).await;
        assert_eq!(
            (status, codes(&body)),
            (StatusCode::BAD_REQUEST, expected),
            "{body}"
        );
    }
    assert_eq!(world.redeem(&code).await.0, StatusCode::OK);
    let again = world
        .http
        .post(world.url("/v25.0/oauth/access_token"))
        .form(&redemption(&code));
    let again = again.send().await.expect("an answer");
    let mirror = again.headers()["www-authenticate"]
        .to_str()
        .expect("text")
        .to_owned();
    let expected =
        r#"OAuth "Facebook Platform" "invalid_code" "This authorization code has been used.""#;
    assert_eq!(mirror, expected);
    assert_eq!(codes(&answer(again).await.1), (100, Some(36009)));

    let late = world.code(MARTA).await;
    world.sandbox.state().advance(601);
    assert_eq!(codes(&world.redeem(&late).await.1), (100, Some(36007)));
}

#[tokio::test]
async fn debug_token_tells_what_a_bad_token_is() {
    let world = World::start().await;
    let state = world.sandbox.state();
    let unreadable = world.debug("rubbish").await;
    assert_eq!(
        unreadable,
        json!({
            "error": { "code": 190, "message": "Invalid OAuth access token - Cannot parse access token" },
            "is_valid": false, "scopes": [],
        })
    );
    let app = world.debug(&format!("{APP_ID}|{SECRET}")).await;
    assert_eq!(
        (text(&app["type"]), &app["is_valid"]),
        ("APP", &json!(true))
    );
    let foreign = Mint {
        person: MARTA.into(),
        app_id: Some("77".into()),
        ..Mint::default()
    };
    let foreign = state.mint(foreign).expect("a person").access_token;
    assert_eq!(world.debug(&foreign).await["error"]["code"], 100);

    let cases = [
        (Event::Expire, 463),
        (Event::ChangePassword, 460),
        (Event::Invalidate, 466),
        (Event::LogOut, 467),
        (Event::RemoveApp, 458),
        (Event::Block, 459),
    ];
    for (event, subcode) in cases {
        let token = world.mint(MARTA);
        state
            .event(event, &Target::Person(MARTA.into()))
            .expect("a person");
        let seen = world.debug(&token).await;
        assert_eq!(
            (&seen["is_valid"], &seen["error"]["subcode"]),
            (&json!(false), &json!(subcode))
        );
        let (_, body) = world.graph(&token, "me", &[]).await;
        assert_eq!(codes(&body), (190, Some(subcode)));
        let changed = event == Event::ChangePassword;
        assert_eq!(seen["expires_at"] == 0, changed, "{event:?}");
    }
    let locked = world.consent(MARTA, &[], &[]).await;
    assert_eq!(locked.status(), StatusCode::BAD_REQUEST);
    state
        .event(Event::Unblock, &Target::Person(MARTA.into()))
        .expect("a person");

    let stale = world.mint(MARTA);
    state
        .event(Event::EndDataAccess, &Target::Token(stale.clone()))
        .expect("a token");
    assert_eq!(world.debug(&stale).await["is_valid"], json!(true));
    assert_eq!(
        codes(&world.graph(&stale, "me", &[]).await.1),
        (190, Some(493))
    );

    let url = world.url("/v25.0/debug_token");
    let nobody = world
        .http
        .get(url.clone())
        .query(&[("input_token", stale.as_str())]);
    let (status, body) = answer(nobody.send().await.expect("an answer")).await;
    assert_eq!(
        (status, codes(&body)),
        (StatusCode::BAD_REQUEST, (100, None))
    );
    let form = [
        ("input_token", stale.as_str()),
        ("access_token", "1234567890123456|wrong"),
    ];
    let forged = world.http.get(url).query(&form);
    assert_eq!(
        codes(&answer(forged.send().await.expect("an answer")).await.1),
        (190, None)
    );
}

#[tokio::test]
async fn time_passes_as_told() {
    let world = World::start().await;
    let token = world.login(MARTA).await;
    let (_, told) = world
        .control("clock", json!({ "advance_seconds": 5_184_001 }))
        .await;
    assert!(text(&told["now"]).ends_with('Z'));
    let (_, body) = world.graph(&token, "me", &[]).await;
    assert_eq!(codes(&body), (190, Some(463)));
    let message = text(&body["error"]["message"]);
    assert!(
        message.starts_with("Error validating access token: Session has expired on "),
        "{message}"
    );
    let extend = [
        ("grant_type", "fb_exchange_token"),
        ("client_id", APP_ID),
        ("client_secret", SECRET),
        ("fb_exchange_token", token.as_str()),
    ];
    assert_eq!(codes(&world.exchange(&extend).await.1), (190, Some(463)));
    world.control("clock", json!({ "real": true })).await;
    assert_eq!(world.graph(&token, "me", &[]).await.0, StatusCode::OK);
    let (_, told) = world
        .control("clock", json!({ "now": "2027-03-01T00:00:00Z" }))
        .await;
    assert!(text(&told["now"]).starts_with("2027-03-01T00:00:0"));
    assert_eq!(
        world.control("clock", json!({})).await.0,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn an_app_gets_its_own_token_and_a_gone_sandbox_lets_go() {
    let world = World::start().await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", APP_ID),
        ("client_secret", SECRET),
    ];
    let (_, body) = world.exchange(&form).await;
    assert_eq!(
        body,
        json!({ "access_token": format!("{APP_ID}|{SECRET}"), "token_type": "bearer" })
    );
    let config = Config::new(APP_ID, SECRET, PORTAL);
    let public = Sandbox::start(config, ([0, 0, 0, 0], 0).into()).await;
    assert_eq!(
        public.err().map(|error| error.kind()),
        Some(std::io::ErrorKind::InvalidInput)
    );
    let url = world.url("/");
    assert!(world.http.get(url.clone()).send().await.is_ok());
    world.sandbox.stop().await;
    assert!(world.http.get(url).send().await.is_err());
}
