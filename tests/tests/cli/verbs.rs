//! Verbs that do one thing and end.

use serde_json::json;
use tests::{TestDatabase, process::Program};

use super::{must_have, program, text};

#[tokio::test]
async fn a_key_is_made_without_any_configuration() {
    for arguments in [
        ["keys", "generate"].as_slice(),
        &["keys", "generate", "--json"],
    ] {
        let ended = Program::bare().run(arguments).await.expect(0);
        assert_eq!(ended.stderr, "");
        let line = ended.stdout.strip_suffix('\n').expect("a whole line");
        let (kid, key) = line.split_once('/').expect("kid/base64");
        assert!(!kid.is_empty() && !kid.contains(','), "{line}");
        assert_eq!(base64(key).len(), 32, "{line}");
    }
}

fn base64(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    let standard = &base64::engine::general_purpose::STANDARD;
    standard.decode(text).expect("base64")
}

#[tokio::test]
async fn a_new_key_starts_a_new_installation() {
    let made = Program::bare().run(&["keys", "generate"]).await.expect(0);
    let database = TestDatabase::empty().await;
    let program = Program::over(&database).set("PORTICO_KEYS", made.stdout.trim());
    program.json(&["keys", "status"]).await;
}

#[tokio::test]
async fn migrate_names_what_it_applied() {
    let database = TestDatabase::empty().await;
    let program = Program::over(&database).without("PORTICO_KEYS");
    let first = program.json(&["migrate"]).await;
    must_have(&first, &["applied"]);
    let applied = first["applied"].as_array().expect("a list");
    assert!(applied.len() >= 6, "{first}");
    assert!(applied.iter().all(serde_json::Value::is_string), "{first}");
    assert_eq!(program.json(&["migrate"]).await, json!({"applied": []}));
}

#[tokio::test]
async fn the_default_database_makes_its_folder() {
    let program = Program::bare();
    program.json(&["migrate"]).await;
    assert!(program.folder().join("data/portico.db").is_file());
}

#[tokio::test]
async fn a_client_is_added_and_told_by_id() {
    let (program, _database) = program().await;
    let added = [
        "client",
        "add",
        "--name",
        "Kowalska Ceramics",
        "--email",
        "Marta@Kowalska.example",
        "--meta-account-name",
        "Kowalska",
    ];
    let added = program.json(&added).await;
    must_have(&added, &["id"]);
    uuid::Uuid::parse_str(text(&added, "id")).expect("an id");
}

#[tokio::test]
async fn an_address_is_taken_whatever_its_case() {
    let (program, _database) = program().await;
    let first = [
        "client",
        "add",
        "--name",
        "One",
        "--email",
        "marta@kowalska.example",
    ];
    program.json(&first).await;
    let second = [
        "client",
        "add",
        "--name",
        "Two",
        "--email",
        "MARTA@Kowalska.Example",
        "--json",
    ];
    let refused = program.run(&second).await;
    refused.must_refuse("--email: another client has this address");
}

#[tokio::test]
async fn values_that_cannot_be_are_refused_in_words() {
    let (program, _database) = program().await;
    let long = "x".repeat(201);
    for (name, email, words) in [
        ("One", "not an address", "--email: is not an e-mail address"),
        (
            long.as_str(),
            "a@b.example",
            "--name: is longer than 200 characters",
        ),
        (" ", "a@b.example", "--name: is needed"),
    ] {
        let ended = program
            .run(&["client", "add", "--name", name, "--email", email])
            .await;
        ended.must_refuse(words);
    }
}

#[tokio::test]
async fn bad_usage_ends_with_2_and_says_nothing_on_stdout() {
    for arguments in [
        ["dance"].as_slice(),
        &["client", "add", "--name", "One", "--json"],
        &["invite", "--client", "x", "--kind", "dance"],
        &[
            "admin",
            "create",
            "--email",
            "a@b.example",
            "--role",
            "king",
        ],
        &["worker", "--run-schedules"],
    ] {
        let ended = Program::bare().run(arguments).await.expect(2);
        assert_eq!(ended.stdout, "", "{ended:?}");
        assert!(
            ended.stderr.contains("Usage:") || ended.stderr.contains("possible values"),
            "{ended:?}"
        );
    }
}

#[tokio::test]
async fn keys_are_counted() {
    let (program, _database) = program().await;
    let status = program.json(&["keys", "status"]).await;
    must_have(&status, &["active", "keys"]);
    assert_eq!(status["active"], "test-1");
    let keys = status["keys"].as_array().expect("a list");
    assert_eq!(keys.len(), 1);
    must_have(&keys[0], &["kid", "values", "encryptions"]);
    assert_eq!(keys[0]["kid"], "test-1");
    // Those of the installation itself: fingerprints, audit, checkpoints.
    assert_eq!(keys[0]["values"], 3);
    assert_eq!(keys[0]["encryptions"], 3);
}

#[tokio::test]
async fn a_configuration_file_is_read_and_a_named_one_has_to_be_there() {
    let (program, _database) = program().await;
    let file = program.folder().join("other.toml");
    std::fs::write(&file, "[agency]\nname = \"Southlight\"\n").expect("a file");
    let program = program.without("PORTICO_AGENCY__NAME");
    program
        .run(&["--config", "other.toml", "keys", "status"])
        .await
        .expect(0)
        .stdout
        .clear();
    let missing = program
        .run(&["--config", "none.toml", "keys", "status"])
        .await;
    missing.must_refuse("none.toml");
}

#[tokio::test]
async fn a_ring_may_come_in_a_file_but_not_twice() {
    let (program, _database) = program().await;
    let file = program.folder().join("ring");
    std::fs::write(&file, format!("{}\n", tests::RING)).expect("a file");
    let file = file.display().to_string();
    let twice = program.set("PORTICO_KEYS_FILE", &file);
    twice
        .run(&["keys", "status"])
        .await
        .must_refuse("PORTICO_KEYS_FILE");
    let once = twice.without("PORTICO_KEYS");
    assert_eq!(once.json(&["keys", "status"]).await["active"], "test-1");
}

#[tokio::test]
async fn a_name_that_is_no_key_is_refused_with_the_one_that_was_meant() {
    let (program, _database) = program().await;
    let program = program.set("PORTICO_BASE_URI", "https://portal.agency.example");
    let refused = program.run(&["keys", "status", "--json"]).await;
    refused.must_refuse("did you mean PORTICO_BASE_URL?");
}
