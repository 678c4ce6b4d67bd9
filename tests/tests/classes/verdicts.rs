//! What Meta says of a token itself, from its answer to the badge and the printed line: a client for each row of
//! the table, all checked in one go.

use std::collections::BTreeMap;

use app::{
    model::{AnswerClass, ClientFilter, Explanation, Role, TokenStatus, meta_code::known},
    routes,
    text::Lang,
};
use chrono::TimeDelta;
use sandbox::{Fault, Mint};
use serde_json::{Value, json};
use server::{
    domain::clock::{Clock as _, SystemClock},
    store::tokens,
};
use tests::{TestApp, people, process::Program};
use uuid::Uuid;

use super::words;
use crate::validation::crowd::{Crowd, Member, mint};

/// What a row has to lead to.
struct Row {
    what: String,
    member: Member,
    explanation: Explanation,
    status: TokenStatus,
    action: &'static str,
    valid: Option<bool>,
    code: Option<i64>,
    subcode: Option<i64>,
}

/// Every error that Meta tells of a token, as `debug_token` tells it.
async fn told(app: &TestApp, crowd: &Crowd<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for row in known() {
        let class = row.explanation.class();
        let is_blocked = class == AnswerClass::Blocked;
        if row.call.is_some() || !(is_blocked || class == AnswerClass::Relogin) {
            continue;
        }
        let member = crowd.member(mint(people::MARTA)).await;
        let mut error = json!({"message": row.says});
        if let Some(code) = row.code {
            error["code"] = code.into();
        }
        if let Some(subcode) = row.subcode {
            error["subcode"] = subcode.into();
        }
        let body = json!({"data": {"error": error, "is_valid": false, "scopes": []}});
        app.sandbox.state().fault(Fault {
            token: Some(member.secret.clone()),
            times: Fault::UNTIL_CLEARED,
            body: Some(body.to_string()),
            ..Fault::preset("debug_token", "lie").expect("a preset")
        });
        let status = match row.subcode {
            _ if is_blocked => TokenStatus::Blocked,
            Some(463 | 493) => TokenStatus::Expired,
            _ => TokenStatus::Revoked,
        };
        rows.push(Row {
            what: row.anchor(),
            member,
            explanation: row.explanation,
            status,
            action: if is_blocked { "wait" } else { "relogin" },
            valid: (!is_blocked).then_some(false),
            code: row.code,
            subcode: row.subcode,
        });
    }
    assert!(rows.len() > 12, "{}", rows.len());
    rows
}

/// What Portico sees in Meta's facts by itself.
async fn seen(app: &TestApp, crowd: &Crowd<'_>) -> Vec<Row> {
    use Explanation::{
        AnotherApp, AnotherPerson, DataEndsSoon, EndsSoon, Limited, LoginGone, Works,
    };
    use TokenStatus::{Active, Expiring, Revoked};
    let days = |days| Some((SystemClock.now() + TimeDelta::days(days)).timestamp());
    let ours = || mint(people::MARTA);
    let mut rows = Vec::new();
    for (minted, explanation, status, action, valid) in [
        (ours(), Works, Active, "none", true),
        (
            Mint {
                expires_at: days(10),
                ..ours()
            },
            EndsSoon,
            Expiring,
            "renew",
            true,
        ),
        (
            Mint {
                data_access_expires_at: days(10),
                ..ours()
            },
            DataEndsSoon,
            Expiring,
            "relogin",
            true,
        ),
        (
            Mint {
                scopes: Some(vec!["public_profile".to_owned()]),
                ..ours()
            },
            Limited,
            TokenStatus::Limited,
            "ask_permission",
            true,
        ),
        (
            Mint {
                app_id: Some("999".to_owned()),
                ..ours()
            },
            AnotherApp,
            Revoked,
            "fix_config",
            false,
        ),
    ] {
        let code = (explanation == AnotherApp).then_some(100);
        let member = crowd.member(minted).await;
        rows.push(row(
            format!("{explanation:?}"),
            member,
            explanation,
            status,
            action,
            valid,
            code,
        ));
    }
    let stranger = app.sandbox.state().mint(mint(people::TOMASZ));
    let stranger = stranger.expect("a person").access_token;
    for (what, secret, explanation, action, code) in [
        ("another person", stranger, AnotherPerson, "relogin", None),
        (
            "an app token",
            format!("1000000000000001|{}", tests::APP_SECRET),
            AnotherApp,
            "fix_config",
            None,
        ),
        (
            "no token at all",
            "x".repeat(40),
            LoginGone,
            "relogin",
            Some(190),
        ),
    ] {
        let member = crowd.keep(secret, people::MARTA).await;
        rows.push(row(
            what.to_owned(),
            member,
            explanation,
            Revoked,
            action,
            false,
            code,
        ));
    }
    rows
}

fn row(
    what: String,
    member: Member,
    explanation: Explanation,
    status: TokenStatus,
    action: &'static str,
    valid: bool,
    code: Option<i64>,
) -> Row {
    Row {
        what,
        member,
        explanation,
        status,
        action,
        valid: Some(valid),
        code,
        subcode: None,
    }
}

#[tokio::test]
async fn each_verdict_of_metas_reaches_database_badge_list_and_line() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    // The program has the real clock, so Meta has it, too.
    app.sandbox.state().set_now(SystemClock.now());
    let mut rows = told(&app, &crowd).await;
    rows.extend(seen(&app, &crowd).await);
    let program = Program::beside(&app);
    let ended = program
        .run(&["token", "check", "--all", "--json"])
        .await
        .expect(0);
    let lines: BTreeMap<Uuid, Value> = { ended.json_lines().into_iter() }
        .map(|line| {
            (
                line["token"]
                    .as_str()
                    .and_then(|id| id.parse().ok())
                    .expect("an id"),
                line,
            )
        })
        .collect();
    let viewer = app.staff(Role::Viewer).await;
    for row in &rows {
        let what = &row.what;
        line(row, &lines[&row.member.token]);
        let stored = tokens::get(app.portal.db.reader(), app.scope, row.member.token).await;
        let stored = stored.expect("a readable row").expect("a token");
        assert_eq!(stored.token_status, row.status.code(), "{what}");
        let client = app.client_row(row.member.client).await;
        assert_eq!(client.token_status, row.status.code(), "{what}");
        let badge = Lang::English.text(&format!("token-status-{}", row.status.code()), &[]);
        let page = viewer.client_page(row.member.client).await;
        page.must_say(&badge);
        if row.explanation != Explanation::Works {
            for words in words(row.explanation) {
                page.must_say(&words);
            }
        }
        let place = routes::help_errors(&row.explanation.anchor());
        assert!(page.body.contains(&place), "{what}: {place}");
    }
    for status in TokenStatus::ALL {
        let filter = ClientFilter {
            token: Some(*status),
            ..ClientFilter::default()
        };
        let list = viewer
            .browser
            .open(&routes::clients(&filter, Some(100), None))
            .await
            .expect(200);
        for row in rows.iter().filter(|row| row.status == *status) {
            let link = routes::client(row.member.client);
            assert!(
                list.body.contains(&link),
                "{}: not listed as {status:?}",
                row.what
            );
        }
    }
}

fn line(row: &Row, line: &Value) {
    let what = &row.what;
    assert_eq!(line["status"], row.status.code(), "{what}: {line}");
    assert_eq!(line["action"], row.action, "{what}: {line}");
    assert_eq!(line["valid"], json!(row.valid), "{what}: {line}");
    assert_eq!(line["code"], json!(row.code), "{what}: {line}");
    assert_eq!(line["subcode"], json!(row.subcode), "{what}: {line}");
    assert_eq!(
        line["message"],
        words(row.explanation).join(" "),
        "{what}: {line}"
    );
}
