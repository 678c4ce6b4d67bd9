//! `invite`, and the mail that the worker sends for it.

use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use serde_json::json;
use server::{
    domain::{
        clock::{Clock as _, SystemClock},
        urgency::Urgency,
    },
    store::{self, entity::jobs, lookup},
};
use tests::{TestDatabase, process::Program};
use uuid::Uuid;

use super::{must_be_ahead, must_have, program, text};

const EMAIL: &str = "marta@kowalska.example";

async fn add(program: &Program) -> String {
    let added = program
        .json(&["client", "add", "--name", "Kowalska", "--email", EMAIL])
        .await;
    text(&added, "id").to_owned()
}

#[tokio::test]
async fn a_client_is_invited_by_id_or_address() {
    let (program, _database) = program().await;
    let id = add(&program).await;
    for (client, mail) in [
        (id.as_str(), true),
        (EMAIL, false),
        ("MARTA@kowalska.example", false),
    ] {
        let mut verb = vec!["invite", "--client", client];
        if !mail {
            verb.push("--no-mail");
        }
        let sent = program.json(&verb).await;
        must_have(
            &sent,
            &["client_id", "invitation_id", "url", "expires_at", "mailed"],
        );
        assert_eq!(sent["client_id"], id.as_str());
        assert_eq!(sent["mailed"], mail);
        assert!(
            text(&sent, "url").starts_with(&format!("{}i/", program.origin())),
            "{sent}"
        );
        must_be_ahead(&sent, "expires_at", 7 * 24);
    }
}

#[tokio::test]
async fn whom_nobody_knows_is_not_invited() {
    let (program, _database) = program().await;
    add(&program).await;
    for client in [
        "nobody@kowalska.example",
        "01936a00-0000-7000-8000-000000000000",
        "%",
    ] {
        let refused = program.run(&["invite", "--client", client, "--json"]).await;
        refused.must_refuse("there is no client");
    }
}

#[tokio::test]
async fn kinds_that_lead_nowhere_are_refused_in_words() {
    let (program, _database) = program().await;
    add(&program).await;
    for (kind, words) in [
        ("backup", "approved or suspended"),
        ("upload", "sends no links of this kind"),
    ] {
        let verb = ["invite", "--client", EMAIL, "--kind", kind, "--json"];
        program.run(&verb).await.must_refuse(words);
    }
    let verb = [
        "invite",
        "--client",
        EMAIL,
        "--kind",
        "reconnect",
        "--no-mail",
    ];
    program.json(&verb).await;
}

#[tokio::test]
async fn a_second_link_ends_the_first() {
    let (program, _database) = program().await;
    add(&program).await;
    let invite = ["invite", "--client", EMAIL, "--no-mail"];
    let first = program.json(&invite).await;
    let second = program.json(&invite).await;
    let (first, second) = (text(&first, "url"), text(&second, "url"));
    let server = program.serve(&[]).await;
    let browser = program.browser();
    drop(browser.open(first).await.expect(410));
    let page = browser.open(second).await.expect(200);
    assert!(page.has_button("Continue with Facebook"));
    let log = server.stop().await;
    program.assert_silent(&log);
    for link in [first, second] {
        let secret = link.rsplit('/').next().expect("a secret");
        assert!(!log.contains(secret), "a link's secret was logged: {log}");
    }
}

#[tokio::test]
async fn the_worker_mails_the_link_and_then_has_nothing_to_do() {
    let (program, _database) = program().await;
    let folder = program.folder().join("mails");
    std::fs::create_dir(&folder).expect("a folder");
    let program = program.set("PORTICO_MAIL__URL", &format!("file://{}", folder.display()));
    add(&program).await;
    let sent = program.json(&["invite", "--client", EMAIL]).await;
    let worker = ["worker", "--until-idle"];
    assert_eq!(program.json(&worker).await, json!({"ran": 1, "failed": 0}));
    assert_eq!(program.json(&worker).await, json!({"ran": 0, "failed": 0}));
    let mails = std::fs::read_dir(&folder).expect("a folder");
    let mails: Vec<_> = mails.map(|entry| entry.expect("a file").path()).collect();
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(
        mails[0].extension().and_then(|name| name.to_str()),
        Some("eml")
    );
    let raw = std::fs::read(&mails[0]).expect("the mail");
    let mail = mailparse::parse_mail(&raw).expect("a mail");
    let plain = mail.subparts[0].get_body().expect("a text");
    assert!(plain.contains(text(&sent, "url")), "{plain}");
}

#[tokio::test]
async fn a_job_that_dies_ends_the_worker_with_1() {
    let (program, database) = program().await;
    add(&program).await;
    // It says no mail that could be sent.
    enqueue(&database, "send_mail", "attempts = 19").await;
    let ended = program
        .run(&["worker", "--until-idle", "--json"])
        .await
        .expect(1);
    assert_eq!(ended.json(), json!({"ran": 1, "failed": 1}));
    assert!(ended.stderr.contains("a job about nothing"), "{ended:?}");
}

/// It was enqueued by a newer version that has since been rolled back, and waits for its return.
#[tokio::test]
async fn a_job_of_an_unknown_kind_is_left_as_it_is() {
    let (program, database) = program().await;
    add(&program).await;
    enqueue(&database, "dance", "run_at = created_at").await;
    let worker = ["worker", "--until-idle"];
    assert_eq!(program.json(&worker).await, json!({"ran": 0, "failed": 0}));
    let db = database.open().await;
    let job = jobs::Entity::find().one(db.reader()).await.expect("rows");
    let job = job.expect("a job");
    assert_eq!((job.state.as_str(), job.attempts), ("queued", 0));
    db.close().await;
}

/// A job about nothing, changed by a piece of SQL.
async fn enqueue(database: &TestDatabase, kind: &str, change: &str) {
    let db = database.open().await;
    let scope = lookup::agencies(db.reader()).await.expect("agencies")[0];
    let now = SystemClock.now();
    let new = store::jobs::New {
        id: Uuid::from_u128(7),
        kind,
        subject: None,
        urgency: Urgency::Soon,
        run_at: now,
    };
    let enqueued = store::jobs::enqueue(db.reader(), scope, new, now).await;
    enqueued.expect("a job");
    let update = format!("UPDATE jobs SET {change} WHERE kind = '{kind}'");
    let updated = db.reader().execute_unprepared(&update).await;
    assert_eq!(updated.expect("an update").rows_affected(), 1);
    db.close().await;
}
