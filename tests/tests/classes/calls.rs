//! Whatever comes in place of Meta's word on a token: each fault that the sandbox knows, on the very call that asks.
//! None changes a status; the line says that nothing is known, and what to do.

use std::{collections::BTreeSet, time::Duration};

use app::{
    model::{Explanation, Role, TokenStatus},
    text::Lang,
};
use chrono::TimeDelta;
use sandbox::{Fault, FaultKind, Preset, presets};
use serde_json::{Value, json};
use server::{cli::token::Line, meta::http::Limits, service::actor::Who};
use tests::{TestApp, people};

use super::words;
use crate::validation::{
    checks,
    crowd::{Crowd, Member, mint},
    token,
};

/// What only the exchange of a login's code is told.
const OF_A_LOGIN: [&str; 5] = [
    "code_used",
    "code_expired",
    "code_redirect_mismatch",
    "code_malformed",
    "wrong_secret",
];

/// The `action` of a line, by what the sandbox's list says that a client does about a fault. Whoever asks about a
/// token is the app: no person mends what it is refused.
fn action(preset: &Preset) -> &'static str {
    match preset.action {
        "retry" => "retry",
        // A list that is begun again is what a later try is.
        "restart" if preset.name == "bad_cursor" => "retry",
        "wait" => "wait",
        // 190 here is about the app's own token, whatever its subcode.
        "blocked" if preset.code != 190 => "wait",
        _ => "fix_config",
    }
}

async fn check(app: &TestApp, member: &Member) -> Value {
    let ids = [member.token];
    let checked = app
        .portal
        .check_stored(app.scope, &ids, &Who::Operator)
        .await;
    let checked = checked.expect("a check that was made");
    let [checked] = checked.as_slice() else {
        panic!("{} checks of one token", checked.len());
    };
    serde_json::to_value(Line::of(None, checked)).expect("a line")
}

#[tokio::test]
async fn no_fault_changes_a_status_and_each_says_what_to_do() {
    let limits = Limits {
        retry: Duration::from_millis(1),
        ..Limits::REAL
    };
    let app = TestApp::builder().limits(limits).start().await;
    let crowd = Crowd::of(&app).await;
    let member = crowd.member(mint(people::MARTA)).await;
    assert_eq!(check(&app, &member).await["status"], "active");
    let before = token(&app, member.token).await;
    let viewer = app.staff(Role::Viewer).await;
    let unknown = Lang::English.text("token-status-unknown", &[]);
    // How long Meta is waited for is tested where calls are made; `null` is there within batches only.
    let waits = [FaultKind::Hang, FaultKind::Slow, FaultKind::Null];
    let (mut count, mut told) = (0, BTreeSet::new());
    let fits =
        |preset: &&Preset| !waits.contains(&preset.kind) && !OF_A_LOGIN.contains(&preset.name);
    for preset in presets().filter(fits) {
        let what = preset.name;
        app.sandbox.state().fault(Fault {
            token: Some(member.secret.clone()),
            times: Fault::UNTIL_CLEARED,
            ..Fault::preset("debug_token", what).expect("a preset")
        });
        // Every pause that the last one led to is over.
        app.advance(TimeDelta::hours(2));
        let line = check(&app, &member).await;
        app.sandbox.state().clear_faults(None);
        assert_eq!(line["valid"], Value::Null, "{what}: {line}");
        assert_eq!(
            line["status"],
            TokenStatus::Unknown.code(),
            "{what}: {line}"
        );
        assert_eq!(line["action"], action(preset), "{what}: {line}");
        if preset.kind == FaultKind::Error && preset.code != 0 {
            let subcode = (preset.subcode != 0).then_some(preset.subcode);
            assert_eq!(line["code"], preset.code, "{what}: {line}");
            assert_eq!(line["subcode"], json!(subcode), "{what}: {line}");
        }
        let row = token(&app, member.token).await;
        assert_eq!(row.token_status, before.token_status, "{what}");
        assert_eq!(row.last_validated_at, before.last_validated_at, "{what}");
        let kept = checks(&app, member.token).await.pop().expect("a check");
        assert_eq!(kept.action, action(preset), "{what}");
        assert_eq!(kept.status, TokenStatus::Unknown.code(), "{what}");
        let message = line["message"].as_str().expect("words").to_owned();
        // What is said leads to what is to be done.
        let said = { Explanation::ALL.iter() }.find(|said| words(**said).join(" ") == message);
        let said = said.unwrap_or_else(|| panic!("{what}: {message}"));
        assert_eq!(said.class().action(), action(preset), "{what}: {said:?}");
        // Pages are drawn from the words alone: each once.
        if told.insert(message.clone()) {
            drop(viewer.sign_in_at(&viewer.browser).await.expect(200));
            let page = viewer.client_page(member.client).await;
            page.must_say("Active");
            page.must_say(&unknown);
            page.must_say(&message);
        }
        count += 1;
    }
    assert!(
        count > 90 && told.len() > 8,
        "{count} faults, {} explanations",
        told.len()
    );
}
