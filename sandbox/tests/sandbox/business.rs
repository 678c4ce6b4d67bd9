//! Login for Business: `config_id`, whole or not at all, and the token of a system user.

use reqwest::StatusCode;
use serde_json::json;

use crate::world::{
    APP_ID, ENDLESS, MARTA, PERSONAL, PRIYA, RAMAN, SECRET, SIXTY_DAYS, World, code_in, codes,
    location, text,
};

#[tokio::test]
async fn a_business_gives_a_token_without_end_for_delegated_accounts_alone() {
    let world = World::start().await;
    let form = [
        ("business", RAMAN),
        ("asset", "act_1015880000000403"),
        ("asset", "act_1015880000000401"),
        ("asset", "act_1015880000000101"),
    ];
    let login = world.consent(PRIYA, &form, &[("config_id", ENDLESS)]).await;
    let (status, answer) = world.redeem(&code_in(&login)).await;
    let token = text(&answer["access_token"]).to_owned();
    let expected = json!({ "access_token": token, "token_type": "bearer" });
    assert_eq!((status, answer), (StatusCode::OK, expected));

    let seen = world.debug(&token).await;
    assert_eq!(
        (
            text(&seen["type"]),
            text(&seen["app_id"]),
            &seen["is_valid"]
        ),
        ("SYSTEM_USER", APP_ID, &json!(true))
    );
    let ends = (&seen["expires_at"], &seen["data_access_expires_at"]);
    assert_eq!(ends, (&json!(0), &json!(0)));
    let scopes = json!(["ads_read", "business_management", "email", "public_profile"]);
    assert_eq!(seen["scopes"], scopes);
    let limited = json!({ "scope": "business_management", "target_ids": [RAMAN] });
    let granular = seen["granular_scopes"].as_array().expect("a list");
    assert!(granular.contains(&limited), "{granular:?}");

    let fields = [("fields", "id,name,email,client_business_id")];
    let (_, me) = world.graph(&token, "me", &fields).await;
    let system_user = text(&seen["user_id"]);
    let expected = json!({
        "id": system_user, "name": "Portico (sandbox) integration", "client_business_id": RAMAN,
    });
    assert_eq!(me, expected);
    assert_ne!(system_user, PRIYA);

    let (_, page) = world.graph(&token, "me/adaccounts", &[]).await;
    let ids = |page: &serde_json::Value| {
        let rows = page["data"].as_array().expect("a list").iter();
        rows.map(|row| text(&row["id"]).to_owned())
            .collect::<Vec<_>>()
    };
    // What is not the business's cannot be delegated.
    assert_eq!(ids(&page), ["act_1015880000000401", "act_1015880000000403"]);
    let edge = format!("{RAMAN}/client_ad_accounts");
    let (_, clients) = world.graph(&token, &edge, &[]).await;
    assert_eq!(ids(&clients), ["act_1015880000000403"]);
    let other = world.graph(&token, "act_1015880000000402", &[]).await;
    assert_eq!(codes(&other.1), (100, Some(33)));

    // It is the business's, not Priya's.
    let event = |event: &str, person: &str| json!({ "event": event, "person": person });
    world
        .control("events", event("change_password", PRIYA))
        .await;
    assert_eq!(world.graph(&token, "me", &[]).await.0, StatusCode::OK);
    world.sandbox.state().advance(400 * 86_400);
    assert_eq!(world.graph(&token, "me", &[]).await.0, StatusCode::OK);
    world
        .control("events", event("remove_app", system_user))
        .await;
    let gone = world.graph(&token, "me", &[]).await.1;
    assert_eq!(codes(&gone), (190, Some(458)));
}

#[tokio::test]
async fn sixty_days_are_renewed_only_by_asking_for_them() {
    let world = World::start().await;
    let answer = world.business_login(SIXTY_DAYS).await;
    assert_eq!(answer["expires_in"], 5_184_000);
    let token = text(&answer["access_token"]).to_owned();
    let exchange = |token: &str, more: Option<&'static str>| {
        let mut form = vec![
            ("grant_type", "fb_exchange_token".to_owned()),
            ("client_id", APP_ID.to_owned()),
            ("client_secret", SECRET.to_owned()),
            ("fb_exchange_token", token.to_owned()),
        ];
        form.extend(more.map(|more| ("set_token_expires_in_60_days", more.to_owned())));
        form
    };
    let ask = async |form: Vec<(&str, String)>| {
        let form: Vec<_> = form.iter().map(|(key, v)| (*key, v.as_str())).collect();
        world.exchange(&form).await
    };
    world.sandbox.state().advance(50 * 86_400);
    let (status, refused) = ask(exchange(&token, None)).await;
    assert_eq!(
        (status, codes(&refused)),
        (StatusCode::BAD_REQUEST, (100, None))
    );
    let (_, renewed) = ask(exchange(&token, Some("true"))).await;
    assert_eq!(renewed["expires_in"], 5_184_000);
    world.sandbox.state().advance(11 * 86_400);
    let old = world.graph(&token, "me", &[]).await.1;
    assert_eq!(codes(&old), (190, Some(463)));
    let renewed = text(&renewed["access_token"]);
    assert_eq!(world.graph(renewed, "me", &[]).await.0, StatusCode::OK);

    let endless = world.business_login(ENDLESS).await;
    let endless = text(&endless["access_token"]);
    let (_, again) = ask(exchange(endless, None)).await;
    assert!(again.get("expires_in").is_none() && again["access_token"] != endless);
    let (_, limited) = ask(exchange(endless, Some("true"))).await;
    assert_eq!(limited["expires_in"], 5_184_000);
    assert_eq!(world.graph(endless, "me", &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_person_chooses_one_of_their_businesses_and_all_of_the_permissions() {
    let world = World::start().await;
    let config = ("config_id", ENDLESS);
    let choose = world.page(&[config, ("person", PRIYA)]).await;
    assert!(choose.contains("name=\"business\" value=\"20188000000000001\""));
    assert!(choose.contains("Raman Family Office") && !choose.contains("type=\"checkbox\""));
    let chosen = [config, ("person", PRIYA), ("business", RAMAN)];
    let consent = world.page(&chosen).await;
    assert!(consent.contains("all of these or none") && consent.contains("Saffron Kitchen"));
    assert!(!consent.contains("name=\"scope\" value=\"ads_read\" checked"));

    // Of two businesses one must be named, and it must be theirs.
    for form in [vec![], vec![("business", "2018800000000003")]] {
        let response = world.consent(PRIYA, &form, &[config]).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    }
    let without = world.page(&[config, ("person", MARTA)]).await;
    assert!(without.contains("You have no business portfolio"));
    assert!(!without.contains(">Continue</button>") && without.contains(">Cancel</button>"));

    let refused = world
        .http
        .post(world.dialog_url(&[config]))
        .form(&[("person", PRIYA), ("action", "cancel")]);
    let back = location(&refused.send().await.expect("an answer"));
    let expected = "error=access_denied&error_code=200&error_description=Permissions+error\
                    &error_reason=user_denied&state=st%26te";
    assert_eq!(back.query(), Some(expected));
    assert!(world.sandbox.state().consent(PRIYA).is_none());

    let unknown = world.page(&[("config_id", "9")]).await;
    assert!(unknown.contains("Invalid config_id"));
}

#[tokio::test]
async fn a_persons_configuration_gives_a_persons_token_whole() {
    let world = World::start().await;
    let without = [("scope", "public_profile")];
    let login = world
        .consent(MARTA, &without, &[("config_id", PERSONAL)])
        .await;
    let (_, short) = world.redeem(&code_in(&login)).await;
    assert!(short["expires_in"].as_i64().is_some_and(|left| left < 7200));
    let seen = world.debug(text(&short["access_token"])).await;
    assert_eq!(
        (text(&seen["type"]), text(&seen["user_id"])),
        ("USER", MARTA)
    );
    let scopes = json!(["ads_read", "business_management", "email", "public_profile"]);
    assert_eq!(seen["scopes"], scopes);
}

#[tokio::test]
async fn a_configuration_is_set_by_control() {
    let world = World::start().await;
    let configuration = json!({
        "id": "9", "token_type": "system_user", "permissions": ["business_management"],
        "expiry": "60_days", "assets": [],
    });
    let (status, _) = world.control("configurations", configuration).await;
    assert_eq!(status, StatusCode::OK);
    let answer = world.business_login("9").await;
    let token = text(&answer["access_token"]);
    let seen = world.debug(token).await;
    let scopes = json!(["business_management", "public_profile"]);
    assert_eq!(seen["scopes"], scopes);
    let edge = format!("{RAMAN}/owned_ad_accounts");
    let (_, page) = world.graph(token, &edge, &[]).await;
    assert_eq!(page, json!({ "data": [] }));
    let people = world.sandbox.state().world().people;
    let made = people.iter().filter(|person| person.system_user.is_some());
    assert_eq!(made.count(), 1);
    world.business_login(ENDLESS).await;
    let people = world.sandbox.state().world().people;
    let made = people.iter().filter(|person| person.system_user.is_some());
    // One system user per business, however often it logs in; and it is nobody to log in as.
    assert_eq!(made.count(), 1);
    assert!(!world.page(&[]).await.contains("integration"));
}
