//! The names that trouble has.

use sandbox::{FaultKind, presets};
use serde_json::json;

use crate::faults::{me_with, once};
use crate::world::{MARTA, World, answer, codes, text};

#[tokio::test]
async fn every_error_preset_is_answered_as_it_is_listed() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let listed = world
        .http
        .get(world.url("/_control/faults/presets"))
        .send()
        .await;
    let (_, listed) = answer(listed.expect("an answer")).await;
    let names: Vec<_> = presets().map(|preset| json!(preset.name)).collect();
    let told: Vec<_> = listed["presets"].as_array().into_iter().flatten().collect();
    assert_eq!(
        told.iter()
            .map(|preset| &preset["name"])
            .collect::<Vec<_>>(),
        names.iter().collect::<Vec<_>>()
    );
    for preset in presets().filter(|preset| preset.kind == FaultKind::Error) {
        let response = me_with(&world, &token, once(preset.name))
            .await
            .expect("an answer");
        let mirror = response.headers().get("www-authenticate").cloned();
        let (status, body) = answer(response).await;
        let error = &body["error"];
        assert_eq!(status.as_u16(), preset.status, "{}", preset.name);
        assert_eq!(codes(&body).0, preset.code, "{}", preset.name);
        assert_eq!(
            codes(&body).1.unwrap_or(0),
            preset.subcode,
            "{}",
            preset.name
        );
        assert_eq!(text(&error["message"]), preset.message);
        assert_eq!(text(&error["type"]), preset.error_type);
        assert_eq!(error["error_user_title"].as_str(), preset.user_title);
        assert_eq!(error["error_user_msg"].as_str(), preset.user_message);
        assert_eq!(error["is_transient"] == json!(true), preset.is_transient);
        assert!(mirror.is_some(), "{} is mirrored", preset.name);
    }
    let own = json!({
        "edge": "me", "times": 1, "status": 418, "code": 7, "subcode": 8, "type": "Exception",
        "message": "m", "error_user_title": "t", "error_user_msg": "u", "is_transient": false,
    });
    let (status, body) = answer(me_with(&world, &token, own).await.expect("an answer")).await;
    assert_eq!((status.as_u16(), codes(&body)), (418, (7, Some(8))));
    let error = &body["error"];
    assert_eq!(
        [
            &error["type"],
            &error["message"],
            &error["error_user_title"],
            &error["error_user_msg"]
        ],
        ["Exception", "m", "t", "u"]
    );
}

#[test]
fn the_readme_lists_the_presets() {
    let readme = include_str!("../../README.md");
    let mut table =
        String::from("| preset | error | HTTP | what a client does |\n|---|---|---|---|\n");
    for preset in presets() {
        let error = match (preset.kind, preset.code, preset.subcode) {
            (FaultKind::Error, 0, _) => "no code".to_owned(),
            (FaultKind::Error, code, 0) => code.to_string(),
            (FaultKind::Error, code, subcode) => format!("{code}/{subcode}"),
            (kind, ..) => format!("kind `{}`", text(&json!(kind))),
        };
        let status = match preset.status {
            0 => "–".to_owned(),
            status => status.to_string(),
        };
        table += &format!(
            "| `{}` | {error} | {status} | {} |\n",
            preset.name, preset.action
        );
    }
    assert!(
        readme.contains(&table),
        "the README wants this table:\n{table}"
    );
}
