//! How a dialog ends when Meta or the app's dashboard has its say, and logins that are odd.

use reqwest::StatusCode;
use sandbox::{AppMode, CancelForm, DialogError, NextLogin, Outcome, Settings, WithoutRole};
use serde_json::{Value, json};

use crate::world::{APP_ID, MARTA, NINA, SECRET, TOMASZ, World, code_in, codes, location, text};

/// The query of the address that a person who agrees is sent to.
async fn back(world: &World, person: &str) -> String {
    let response = world.consent(person, &[("scope", "ads_read")], &[]).await;
    location(&response).query().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn an_app_in_development_knows_people_with_a_role_only() {
    let world = World::start().await;
    let change = json!({ "app_mode": "development", "app_roles": [MARTA] });
    let (status, settings) = world.control("settings", change).await;
    assert_eq!(
        (status, text(&settings["without_role"])),
        (StatusCode::OK, "denied")
    );
    assert!(back(&world, MARTA).await.starts_with("code=AQ"));
    let denied = "error=access_denied&error_code=200&error_description=Permissions+error\
                  &error_reason=user_denied&state=st%26te";
    assert_eq!(back(&world, NINA).await, denied);
    // Nobody is shown what to agree to who cannot.
    let shown = world.http.get(world.dialog_url(&[("person", NINA)]));
    let shown = location(&shown.send().await.expect("an answer"));
    assert_eq!(shown.query(), Some(denied));

    world
        .control("settings", json!({ "without_role": "error_code" }))
        .await;
    let sent = back(&world, NINA).await;
    assert!(
        sent.starts_with("error_code=901&error_message=This+app+is+in+sandbox+mode."),
        "{sent}"
    );
    assert!(!sent.contains("state=") && !sent.contains("error="));

    world
        .control("settings", json!({ "without_role": "page" }))
        .await;
    let kept = world.consent(NINA, &[], &[]).await;
    assert_eq!(kept.status(), StatusCode::BAD_REQUEST);
    assert!(kept.text().await.expect("a page").contains("App Not Setup"));
    let outcomes: Vec<_> = world.sandbox.state().dialogs();
    let outcomes: Vec<_> = outcomes.iter().map(|dialog| dialog.outcome).collect();
    assert_eq!(outcomes[0], Outcome::Granted);
    assert!(
        outcomes[1..]
            .iter()
            .all(|outcome| *outcome == Outcome::Refused)
    );
}

#[tokio::test]
async fn an_inactive_app_lets_nobody_in_and_nothing_out() {
    let world = World::start().await;
    let code = world.code(MARTA).await;
    let token = world.mint(MARTA);
    world
        .control("settings", json!({ "app_mode": "inactive" }))
        .await;
    assert!(world.page(&[]).await.contains("App not active"));
    let form = [("person", MARTA), ("action", "cancel")];
    let cancelled = world.http.post(world.dialog_url(&[])).form(&form).send();
    let cancelled = cancelled.await.expect("an answer");
    assert_eq!(cancelled.status(), StatusCode::BAD_REQUEST);
    let (status, refused) = world.redeem(&code).await;
    assert_eq!(
        (status, codes(&refused)),
        (StatusCode::BAD_REQUEST, (200, None))
    );
    assert!(text(&refused["error"]["message"]).starts_with("API access deactivated."));
    assert_eq!(codes(&world.graph(&token, "me", &[]).await.1), (200, None));
    world
        .control("settings", json!({ "app_mode": "live" }))
        .await;
    assert_eq!(world.redeem(&code).await.0, StatusCode::OK);
}

#[tokio::test]
async fn errors_come_in_the_forms_of_the_documentation_too() {
    let world = World::start().await;
    let state = world.sandbox.state();
    state.set_settings(Settings {
        cancel: CancelForm::Documented,
        ..Settings::default()
    });
    let cancel = world.http.post(world.dialog_url(&[]));
    let cancel = cancel.form(&[("person", MARTA), ("action", "cancel")]);
    let documented =
        "error_reason=user_denied&error=access_denied&error_description=Permissions+error.";
    let answer = location(&cancel.send().await.expect("an answer"));
    assert_eq!(answer.query(), Some(documented));

    let error = DialogError {
        error_code: 1_349_052,
        error_message: "Try later".to_owned(),
        state: true,
    };
    state.set_settings(Settings {
        dialog_error: Some(error),
        ..Settings::default()
    });
    let expected = "error_code=1349052&error_message=Try+later&state=st%26te";
    assert_eq!(back(&world, MARTA).await, expected);
    assert!(state.consent(MARTA).is_none());
    state.reset();
    assert_eq!(state.settings().app_mode, AppMode::Live);
    assert_eq!(state.settings().without_role, WithoutRole::Denied);
    let (status, _) = world.control("settings", json!({ "surprise": 1 })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_known_person_gives_the_password_again_when_asked_to() {
    let world = World::start().await;
    let fresh = [
        ("auth_type", "reauthenticate"),
        ("auth_nonce", "n1"),
        ("person", MARTA),
    ];
    let page = world.page(&fresh).await;
    assert!(page.contains("type=\"password\"") && !page.contains("name=\"scope\""));
    let post = async |form: &[(&str, &str)]| {
        let url = world.dialog_url(&fresh[..2]);
        let request = world.http.post(url).form(form);
        request.send().await.expect("an answer")
    };
    let empty = [("person", MARTA), ("action", "password"), ("password", "")];
    let again = post(&empty).await;
    assert_eq!(again.status(), StatusCode::BAD_REQUEST);
    assert!(
        again
            .text()
            .await
            .expect("a page")
            .contains("Enter your password.")
    );
    let given = [("person", MARTA), ("action", "password"), ("password", "x")];
    let consent = post(&given).await.text().await.expect("a page");
    assert!(consent.contains("name=\"reauthenticated\" value=\"1\""));
    assert!(consent.contains("value=\"ads_read\" checked") && !consent.contains("\"x\""));
    // The link to another person does not carry the password over.
    let other = consent.split("href=\"").nth(2).expect("a link");
    assert!(
        !other
            .split('"')
            .next()
            .unwrap_or_default()
            .contains("reauthenticated")
    );

    let agreed = [
        ("person", MARTA),
        ("reauthenticated", "1"),
        ("action", "continue"),
    ];
    let (_, short) = world.redeem(&code_in(&post(&agreed).await)).await;
    let seen = world.debug(text(&short["access_token"])).await;
    let metadata = json!({ "auth_type": "reauthenticate", "auth_nonce": "n1" });
    assert_eq!(seen["metadata"], metadata);
    // A script needs no page.
    code_in(&world.consent(MARTA, &[], &fresh[..1]).await);
    let url = world.url("/_control/dialogs");
    let log = world.http.get(url).send().await.expect("an answer");
    let log: Value = log.json().await.expect("JSON");
    let gave = |at: usize| &log["dialogs"][at]["password_given"];
    assert_eq!((gave(0), gave(1)), (&json!(true), &json!(false)));
    assert_eq!(log["dialogs"][0]["auth_type"], "reauthenticate");
}

#[tokio::test]
async fn accounts_are_asked_for_again_with_rerequest() {
    let world = World::start().await;
    let one = [("scope", "ads_read"), ("asset", "act_12015880000000102")];
    code_in(&world.consent(MARTA, &one, &[]).await);
    let again = [("auth_type", "rerequest"), ("person", MARTA)];
    let page = world.page(&again).await;
    assert!(page.contains("value=\"act_12015880000000102\" checked"));
    assert!(page.contains("value=\"act_1015880000000101\"><span>"));
    let two = [
        ("scope", "ads_read"),
        ("asset", "act_12015880000000102"),
        ("asset", "act_1015880000000101"),
    ];
    let login = world.consent(MARTA, &two, &again[..1]).await;
    let (_, short) = world.redeem(&code_in(&login)).await;
    let token = text(&short["access_token"]);
    let (_, page) = world.graph(token, "me/adaccounts", &[]).await;
    assert_eq!(page["data"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn the_next_login_is_odd_as_told_and_the_one_after_is_not() {
    let world = World::start().await;
    let state = world.sandbox.state();
    let soon = state.now().timestamp() + 86_400;
    let odd = json!({
        "person": TOMASZ, "debug_user_id": "999", "debug_app_id": "888",
        "short_life_only": true, "data_access_expires_at": soon,
    });
    assert_eq!(world.control("logins", odd).await.0, StatusCode::OK);
    let (_, short) = world.redeem(&world.code(TOMASZ).await).await;
    let extend = [
        ("grant_type", "fb_exchange_token"),
        ("client_id", APP_ID),
        ("client_secret", SECRET),
        ("fb_exchange_token", text(&short["access_token"])),
    ];
    let (status, long) = world.exchange(&extend).await;
    assert_eq!(status, StatusCode::OK);
    assert!(long["expires_in"].as_i64().is_some_and(|left| left < 7200));
    let token = text(&long["access_token"]);
    let seen = world.debug(token).await;
    assert_eq!(
        (text(&seen["user_id"]), text(&seen["app_id"])),
        ("999", "888")
    );
    assert_eq!(seen["data_access_expires_at"], json!(soon));
    let short = world.debug(text(&short["access_token"])).await;
    assert_eq!(seen["expires_at"], short["expires_at"]);
    let (_, me) = world.graph(token, "me", &[]).await;
    assert_eq!(text(&me["id"]), TOMASZ);

    let usual = world.login(TOMASZ).await;
    let seen = world.debug(&usual).await;
    assert_eq!(
        (text(&seen["user_id"]), text(&seen["app_id"])),
        (TOMASZ, APP_ID)
    );
    assert!(state.next_login("1", NextLogin::default()).is_err());
    for wrong in [
        json!({ "person": "1" }),
        json!({ "person": TOMASZ, "x": 1 }),
    ] {
        let (status, _) = world.control("logins", wrong).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
}
