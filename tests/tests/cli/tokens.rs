//! `token check`, and the script around it.

use std::process::Stdio;

use chrono::TimeDelta;
use sandbox::{Event, Fault, Mint, Target};
use server::domain::clock::{Clock as _, SystemClock};
use tests::{TestApp, people, process::Program};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use super::must_have;
use crate::validation::crowd::{Crowd, mint};

const KEYS: [&str; 12] = [
    "line",
    "token",
    "valid",
    "status",
    "action",
    "code",
    "subcode",
    "expires_at",
    "data_access_expires_at",
    "scopes",
    "meta_user_id",
    "message",
];

/// A portal, its Meta with the real clock, and the program beside it.
async fn scene() -> (TestApp, Program) {
    let app = TestApp::start().await;
    app.sandbox.state().set_now(SystemClock.now());
    let program = Program::beside(&app);
    (app, program)
}

fn minted(app: &TestApp, mint: Mint) -> String {
    let token = app.sandbox.state().mint(mint);
    token.expect("a person").access_token
}

#[tokio::test]
async fn tokens_from_stdin_are_told_line_by_line_and_nothing_of_them_is_kept() {
    let (app, program) = scene().await;
    let end = SystemClock.now() + TimeDelta::days(30);
    let good = minted(
        &app,
        Mint {
            expires_at: Some(end.timestamp()),
            ..mint(people::MARTA)
        },
    );
    let gone = minted(&app, mint(people::TOMASZ));
    let target = Target::Token(gone.clone());
    let event = app.sandbox.state().event(Event::ChangePassword, &target);
    event.expect("a token");
    let verb = ["token", "check", "--stdin", "--json"];
    // What every start of the program leaves is there already.
    assert_eq!(program.run_with(&verb, b"\n \n").await.expect(0).stdout, "");
    let before = app.everything().await;

    let long = "x".repeat(5_000);
    let input = format!("\n  {good}\t\r\n\n{gone}\nno token at all\n{long}\n{good}");
    let ended = program.run_with(&verb, input.as_bytes()).await.expect(0);
    let lines = ended.json_lines();
    let of = |number: usize| lines[number].clone();
    let numbers: Vec<_> = lines.iter().map(|line| line["line"].clone()).collect();
    assert_eq!(numbers, [2, 4, 5, 6, 7]);
    for line in &lines {
        must_have(line, &KEYS);
        assert!(line["token"].is_null(), "{line}");
    }
    // The order of the keys is part of what people read.
    let order: Vec<_> = { ended.stdout.lines().next().expect("a line") }
        .split('"')
        .filter(|part| KEYS.contains(part))
        .collect();
    assert_eq!(order, KEYS);
    assert_eq!(of(0)["status"], "active");
    assert_eq!(of(0)["valid"], true);
    assert_eq!(of(0)["meta_user_id"], people::MARTA);
    let until = end.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(of(0)["expires_at"], until);
    assert!(
        of(0)["scopes"]
            .as_array()
            .is_some_and(|scopes| scopes.contains(&"ads_read".into()))
    );
    assert_eq!(
        (&of(1)["status"], &of(1)["action"]),
        (&"revoked".into(), &"relogin".into())
    );
    assert_eq!(
        (&of(1)["code"], &of(1)["subcode"]),
        (&190.into(), &460.into())
    );
    for line in [of(2), of(3)] {
        assert_eq!(
            (&line["status"], &line["action"]),
            (&"revoked".into(), &"relogin".into())
        );
        assert_eq!(line["valid"], false);
    }
    assert_eq!(of(4)["status"], "active");

    let after = app.everything().await;
    let changed: Vec<_> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
    for secret in [&good, &gone] {
        assert!(
            !ended.stdout.contains(secret.as_str()),
            "a token was printed"
        );
        assert!(
            !ended.stderr.contains(secret.as_str()),
            "a token was printed"
        );
        assert!(!app.database_holds(secret).await, "a token was stored");
    }
    // The longest line was never sent anywhere.
    let asked = app.sandbox.state().calls();
    let asked = asked.iter().filter(|call| call.edge == "debug_token");
    assert_eq!(asked.count(), 4);
}

/// Each answer is there before the next token comes: nothing waits for the end of the input.
#[tokio::test]
async fn stdin_is_a_stream() {
    let (app, program) = scene().await;
    let token = minted(&app, mint(people::MARTA));
    let mut command = program.command(&["token", "check", "--stdin", "--json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let mut input = child.stdin.take().expect("its stdin");
    let mut lines = BufReader::new(child.stdout.take().expect("its stdout")).lines();
    for number in 1..=3 {
        let given = input.write_all(format!("{token}\n").as_bytes()).await;
        given.expect("a program that reads");
        let line = lines.next_line().await.expect("text").expect("a line");
        assert!(line.starts_with(&format!("{{\"line\":{number},")), "{line}");
    }
    drop(input);
    assert!(lines.next_line().await.expect("text").is_none());
    assert!(child.wait().await.expect("an end").success());
}

#[tokio::test]
async fn more_tokens_than_one_batch_come_in_their_order() {
    let (app, program) = scene().await;
    let good = minted(&app, mint(people::MARTA));
    let input: String = (0..260)
        .map(|number| {
            if number % 7 == 0 {
                "nonsense\n".to_owned()
            } else {
                format!("{good}\n")
            }
        })
        .collect();
    let verb = ["token", "check", "--stdin", "--json"];
    let lines = program
        .run_with(&verb, input.as_bytes())
        .await
        .expect(0)
        .json_lines();
    assert_eq!(lines.len(), 260);
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(line["line"], index + 1);
        assert_eq!(line["valid"], index % 7 != 0, "{line}");
    }
}

#[tokio::test]
async fn tokens_of_a_client_and_of_all_are_checked_and_that_is_kept() {
    let (app, program) = scene().await;
    let crowd = Crowd::of(&app).await;
    let members = crowd.members(60).await;
    let target = Target::Token(members[7].secret.clone());
    let event = app.sandbox.state().event(Event::LogOut, &target);
    event.expect("a token");
    let all = program
        .run(&["token", "check", "--all", "--json"])
        .await
        .expect(0)
        .json_lines();
    assert_eq!(all.len(), 61);
    let ids: Vec<_> = all
        .iter()
        .map(|line| line["token"].as_str().expect("an id"))
        .collect();
    assert!(ids.is_sorted(), "{ids:?}");
    for line in &all {
        must_have(line, &KEYS);
        assert!(line["line"].is_null(), "{line}");
    }
    let gone = members[7].token.to_string();
    let line = all
        .iter()
        .find(|line| line["token"] == gone.as_str())
        .expect("a line");
    assert_eq!(
        (&line["status"], &line["subcode"]),
        (&"revoked".into(), &467.into())
    );
    let stored = crate::validation::token(&app, members[7].token).await;
    assert_eq!(stored.token_status, "revoked");
    let story = app.story(members[7].client).await;
    assert!(
        story.iter().any(|what| what == "token.status_changed"),
        "{story:?}"
    );

    let email = app.client_row(members[7].client).await.email;
    for client in [email.to_uppercase(), members[7].client.to_string()] {
        let verb = ["token", "check", "--client", &client, "--json"];
        let line = program.run(&verb).await.expect(0).json();
        assert_eq!(
            (&line["token"], &line["status"]),
            (&gone.as_str().into(), &"revoked".into())
        );
    }
    let before = app.everything().await;
    assert!(!before.is_empty());
}

#[tokio::test]
async fn people_are_told_in_a_table() {
    let (app, program) = scene().await;
    let crowd = Crowd::of(&app).await;
    let gone = crowd.member(mint(people::TOMASZ)).await;
    let target = Target::Token(gone.secret.clone());
    let event = app.sandbox.state().event(Event::ChangePassword, &target);
    event.expect("a token");
    let told = program
        .run(&["token", "check", "--all"])
        .await
        .expect(0)
        .stdout;
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].starts_with("Client "), "{told}");
    assert!(
        lines[1].starts_with("Kowalska ") && lines[1].contains(" Active "),
        "{told}"
    );
    assert!(lines[2].contains(" New login needed "), "{told}");
    assert!(lines[2].contains("The password was changed"), "{told}");
    assert_eq!(
        lines[4], "Checked: 2. Active: 1, New login needed: 1.",
        "{told}"
    );
    assert!(!told.contains("460"), "numbers are for programs: {told}");
}

#[tokio::test]
async fn a_check_that_says_nothing_was_made_and_one_that_could_not_be_made_fails() {
    let (app, program) = scene().await;
    let crowd = Crowd::of(&app).await;
    let client = app.add_client("Nobody yet").await.to_string();
    let all = ["token", "check", "--all", "--json"];
    app.sandbox.state().fault(Fault {
        times: Fault::UNTIL_CLEARED,
        ..Fault::preset("debug_token", "throttled_app").expect("a preset")
    });
    let line = program.run(&all).await.expect(0).json();
    assert_eq!(
        (&line["status"], &line["action"]),
        (&"unknown".into(), &"wait".into())
    );
    app.sandbox.state().clear_faults(None);

    let none = program
        .run(&["token", "check", "--client", &client, "--json"])
        .await;
    none.must_refuse("has no token");
    let unknown = [
        "token",
        "check",
        "--client",
        "nobody@client.example",
        "--json",
    ];
    program
        .run(&unknown)
        .await
        .must_refuse("there is no client");
    let nowhere = Program::beside(&app).without("PORTICO_META__APP_ID");
    nowhere.run(&all).await.must_refuse("PORTICO_META__APP_ID");
    let nowhere = Program::beside(&app).set("PORTICO_DATABASE_URL", "sqlite:///none/none.db");
    nowhere.run(&all).await.must_refuse("");

    // A token whose sealed copy was moved opens nowhere: it is told, and the others are checked all the same.
    let member = crowd.member(mint(people::MARTA)).await;
    let other = crowd.member(mint(people::MARTA)).await;
    let (from, to) = (app.sql_id(other.token), app.sql_id(member.token));
    app.execute(&format!(
        "UPDATE client_tokens SET token_sealed = \
         (SELECT token_sealed FROM client_tokens WHERE id = {from}) WHERE id = {to}"
    ))
    .await;
    let ended = program.run(&all).await.expect(1);
    let lines = ended.json_lines();
    let shut = lines
        .iter()
        .find(|line| line["token"] == member.token.to_string().as_str());
    let shut = shut.expect("a line");
    assert_eq!(
        (&shut["status"], &shut["action"]),
        (&"unknown".into(), &"fix_config".into())
    );
    assert_eq!(lines.iter().filter(|line| line["valid"] == true).count(), 2);
    assert!(
        ended.stderr.contains("1 tokens were not checked"),
        "{ended:?}"
    );
}

#[tokio::test]
async fn the_script_passes_on_what_is_asked_and_fails_on_what_is_named() {
    let (app, program) = scene().await;
    let crowd = Crowd::of(&app).await;
    let good = minted(&app, mint(people::MARTA));
    let script = async |arguments: &[&str], input: &str| {
        program
            .script("validate-tokens.sh", arguments, input.as_bytes())
            .await
    };
    let ended = script(&["--stdin"], &good).await.expect(0);
    assert_eq!(ended.json()["line"], 1);
    let all = script(&[], "").await.expect(0);
    assert_eq!(all.json()["status"], "active");
    let fail_on = "--fail-on=expired,revoked,blocked,limited";
    drop(script(&[fail_on], "").await.expect(0));
    let ended = script(&[fail_on, "--stdin"], &format!("{good}\nnonsense\n"))
        .await
        .expect(3);
    assert_eq!(ended.json_lines().len(), 2, "all is passed on: {ended:?}");
    let revoked = script(&["--fail-on=expired", "--stdin"], "nonsense").await;
    drop(revoked.expect(0));
    // What portico says of itself comes first.
    let ended = script(&[fail_on, "--client", "nobody@client.example"], "")
        .await
        .expect(1);
    assert!(ended.stderr.contains("there is no client"), "{ended:?}");
    drop(script(&["--client"], "").await.expect(2));
    drop(script(&["--fail-on=dance"], "").await.expect(2));
    let member = crowd.member(mint(people::TOMASZ)).await;
    let target = Target::Token(member.secret);
    let event = app.sandbox.state().event(Event::LogOut, &target);
    event.expect("a token");
    drop(script(&[fail_on], "").await.expect(3));
}
