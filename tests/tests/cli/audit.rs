//! `audit verify`, and what changes behind its back.

use sea_orm::ConnectionTrait as _;
use secrecy::SecretString;
use serde_json::json;
use server::store;

use super::{must_have, program, text};

#[tokio::test]
async fn a_whole_trail_is_whole_and_an_edited_one_is_broken() {
    let (program, database) = program().await;
    for name in ["one", "two", "three"] {
        let email = format!("{name}@client.example");
        program
            .json(&["client", "add", "--name", name, "--email", &email])
            .await;
    }
    let verify = ["audit", "verify"];
    let whole = program.json(&verify).await;
    assert_eq!(
        whole,
        json!({"ok": true, "events": 3, "broken_at": null, "reason": null})
    );

    let db = store::connect(&SecretString::from(database.url.as_str()))
        .await
        .expect("the database");
    let edit = "UPDATE audit_events SET action = 'client.praised' WHERE seq = 2";
    let edited = db
        .reader()
        .execute_unprepared(edit)
        .await
        .expect("an update");
    assert_eq!(edited.rows_affected(), 1);
    db.close().await;

    let ended = program.run(&["audit", "verify", "--json"]).await.expect(1);
    let broken = ended.json();
    must_have(&broken, &["ok", "events", "broken_at", "reason"]);
    assert_eq!(broken["ok"], false);
    assert_eq!(broken["broken_at"], 2);
    assert!(!text(&broken, "reason").is_empty());
}
