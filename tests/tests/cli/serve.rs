//! Starts that must not go on, and what the doctor says of them.

use sandbox::Sandbox;
use serde_json::Value;
use tests::{
    TestDatabase,
    process::{APP_ID, APP_SECRET, Ended, Program},
};

use super::{must_have, program, text};

/// Another key under the id of the usual ring.
const OTHER_KEY: &str = "test-1/HR4fAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=";
/// A ring without the key of the usual one.
const OTHER_KID: &str = "test-2/HR4fAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=";

#[tokio::test]
async fn without_keys_it_does_not_start_and_says_how_to_make_one() {
    let (program, _database) = program().await;
    let refused = program.without("PORTICO_KEYS").run(&["serve"]).await;
    refused.must_refuse("PORTICO_KEYS: is missing");
    refused.must_refuse("portico keys generate");
}

#[tokio::test]
async fn with_a_wrong_ring_it_does_not_start() {
    let (program, _database) = program().await;
    program.json(&["keys", "status"]).await;
    let program = program.set("PORTICO_KEYS", OTHER_KEY);
    for verb in [
        ["serve"].as_slice(),
        &["worker", "--until-idle"],
        &["keys", "status"],
    ] {
        let refused = program.run(verb).await;
        refused.must_refuse("\"test-1\" is not the one that this database was sealed with");
    }
    let program = program.set("PORTICO_KEYS", OTHER_KID);
    for verb in [
        ["serve"].as_slice(),
        &["worker", "--until-idle"],
        &["keys", "status"],
    ] {
        let refused = program.run(verb).await;
        refused.must_refuse("\"test-1\" has sealed values in this database but is not in the ring");
    }
    let both = format!("{OTHER_KID},{}", tests::RING);
    let status = program
        .set("PORTICO_KEYS", &both)
        .json(&["keys", "status"])
        .await;
    assert_eq!(status["active"], "test-2");
}

#[tokio::test]
async fn what_is_no_ring_is_refused_without_being_shown() {
    let (program, _database) = program().await;
    for ring in [
        "correct-horse-battery-staple",
        "test-1/c2hvcnQgb25l",
        "a/b/c",
    ] {
        let program = Program::bare()
            .set("PORTICO_KEYS", ring)
            .set("PORTICO_DATABASE_URL", "sqlite::memory:");
        let refused = program.run(&["keys", "status"]).await;
        refused.must_refuse("PORTICO_KEYS");
        assert!(!refused.stderr.contains(ring), "{refused:?}");
    }
    drop(program);
}

#[tokio::test]
async fn behind_its_migrations_it_serves_only_after_them() {
    let database = TestDatabase::empty().await;
    let program = Program::over(&database);
    let refused = program.run(&["serve", "--no-migrate"]).await;
    refused.must_refuse("the database is behind this program");
    program.json(&["migrate"]).await;
    program.serve(&["--no-migrate"]).await.stop().await;
}

#[tokio::test]
async fn plain_http_is_for_this_machine_only() {
    let (program, _database) = program().await;
    let program = program.set("PORTICO_BASE_URL", "http://portal.agency.example");
    let refused = program.run(&["serve"]).await;
    refused.must_refuse("PORTICO_BASE_URL: has to be https outside localhost; example: ");
    assert_eq!(refused.stderr.lines().count(), 1, "one line: {refused:?}");
    let program = program.set("PORTICO_BASE_URL", "https://portal.agency.example");
    program.serve(&[]).await.stop().await;
}

#[tokio::test]
async fn without_a_meta_app_it_does_not_serve() {
    let (program, _database) = program().await;
    let refused = program
        .without("PORTICO_META__APP_SECRET")
        .run(&["serve"])
        .await;
    refused.must_refuse("PORTICO_META__APP_SECRET");
}

#[tokio::test]
async fn a_server_that_serves_is_alive_and_ready() {
    let (program, _database) = program().await;
    let server = program.serve(&[]).await;
    let browser = program.browser();
    drop(browser.get("/healthz").await.expect(200));
    let ready = browser.get("/readyz").await.expect(200);
    let ready: Value = serde_json::from_str(&ready.body).expect("JSON");
    must_have(&ready, &["ok", "database", "migrations", "keys"]);
    assert_eq!(ready["ok"], true);
    server.stop().await;
}

fn checks(ended: &Ended) -> Vec<(String, bool)> {
    let report = ended.json();
    must_have(&report, &["ok", "checks"]);
    let checks = report["checks"].as_array().expect("a list");
    let all: Vec<_> = checks
        .iter()
        .map(|check| {
            must_have(check, &["name", "ok", "message"]);
            assert!(!text(check, "message").is_empty());
            (text(check, "name").to_owned(), check["ok"] == true)
        })
        .collect();
    assert_eq!(
        report["ok"] == true,
        all.iter().all(|(_, ok)| *ok),
        "{report}"
    );
    assert_eq!(ended.code, i32::from(report["ok"] != true), "{ended:?}");
    all
}

/// The first check that fails, with what it says.
fn failing(ended: &Ended) -> String {
    let failed = checks(ended).into_iter().find(|(_, ok)| !ok);
    failed.expect("a check that fails").0
}

const DOCTOR: [&str; 2] = ["doctor", "--json"];

#[tokio::test]
async fn the_doctor_finds_nothing_where_all_is_well() {
    let (program, _database) = program().await;
    let config = sandbox::Config::new(APP_ID, APP_SECRET, "http://localhost:3000");
    let meta = Sandbox::start(config, ([127, 0, 0, 1], 0).into()).await;
    let meta = meta.expect("the sandbox starts");
    let program = program.set("PORTICO_META__GRAPH_URL", &meta.url());
    let ended = program.run(&DOCTOR).await;
    let names: Vec<String> = checks(&ended).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "configuration",
            "mail",
            "database",
            "migrations",
            "keys",
            "meta",
            "webhook"
        ]
    );
    // Nothing is wrong without a verify token, but it is said.
    assert!(
        ended.stdout.contains("there is no verify token"),
        "{ended:?}"
    );
    let word = ("PORTICO_META__WEBHOOK_VERIFY_TOKEN", "a-word-of-ours");
    let program = program.set(word.0, word.1);
    let with = program.run(&DOCTOR).await;
    assert!(with.stdout.contains("so Meta can subscribe"), "{with:?}");
    assert!(
        !with.stdout.contains(word.1) && !with.stderr.contains(word.1),
        "{with:?}"
    );
    assert_eq!(ended.code, 0, "{ended:?}");

    let wrong = program.set(
        "PORTICO_META__APP_SECRET",
        "00000000000000000000000000000000",
    );
    assert_eq!(failing(&wrong.run(&DOCTOR).await), "meta");
    meta.stop().await;
}

#[tokio::test]
async fn the_doctor_names_what_is_wrong() {
    let (program, _database) = program().await;
    program.json(&["keys", "status"]).await;
    let program = program.set("PORTICO_KEYS", OTHER_KEY);
    assert_eq!(failing(&program.run(&DOCTOR).await), "keys");
    let program = program.without("PORTICO_KEYS");
    assert_eq!(failing(&program.run(&DOCTOR).await), "keys");
    let program = program.set("PORTICO_LISTEN", "everywhere");
    assert_eq!(failing(&program.run(&DOCTOR).await), "configuration");

    let empty = TestDatabase::empty().await;
    assert_eq!(
        failing(&Program::over(&empty).run(&DOCTOR).await),
        "migrations"
    );
    let nowhere =
        Program::over(&empty).set("PORTICO_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    assert_eq!(failing(&nowhere.run(&DOCTOR).await), "database");
}
