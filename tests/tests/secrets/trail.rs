//! The audit trail shows tampering.

use app::model::Role;
use tests::{TestApp, people};

#[tokio::test]
async fn trail_that_was_changed_is_found_out() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (_, connection) = app.pending("Kowalska", people::MARTA).await;
    admin
        .approve(&admin.queue().await, connection)
        .await
        .must_say("approved");
    let broken_at = || async {
        let verified = app
            .portal
            .verify_audit(app.scope)
            .await
            .expect("a readable chain");
        assert_eq!(verified.broken_at.is_some(), verified.reason.is_some());
        verified.broken_at
    };
    assert_eq!(broken_at().await, None);
    let last: i64 = app
        .value("seq", "SELECT MAX(seq) AS seq FROM audit_events")
        .await;
    assert!(last > 8, "{last}");

    // Edited: whatever the column.
    for (column, value) in [
        ("action", "'client.deleted'"),
        ("outcome", "'refused'"),
        ("details", "'{}'"),
        ("actor_kind", "'operator'"),
        ("actor_id", "NULL"),
        ("object_id", "NULL"),
        ("origin_sealed", "NULL"),
        ("at", "(SELECT MIN(created_at) FROM agencies)"),
    ] {
        let sql = "SELECT MIN(seq) AS seq FROM audit_events WHERE action = 'login.captured'";
        let seq: i64 = app.value("seq", sql).await;
        app.execute("CREATE TABLE kept AS SELECT * FROM audit_events")
            .await;
        app.execute(&format!(
            "UPDATE audit_events SET {column} = {value} WHERE seq = {seq}"
        ))
        .await;
        assert_eq!(broken_at().await, Some(seq), "{column}");
        app.execute(&format!("UPDATE audit_events SET {column} = (SELECT {column} FROM kept WHERE seq = {seq}) WHERE seq = {seq}")).await;
        app.execute("DROP TABLE kept").await;
        assert_eq!(broken_at().await, None, "{column}");
    }
    // Reordered.
    for (from, to) in [(3, -1), (4, 3), (-1, 4)] {
        app.execute(&format!(
            "UPDATE audit_events SET seq = {to} WHERE seq = {from}"
        ))
        .await;
    }
    assert_eq!(broken_at().await, Some(3));
    for (from, to) in [(3, -1), (4, 3), (-1, 4)] {
        app.execute(&format!(
            "UPDATE audit_events SET seq = {to} WHERE seq = {from}"
        ))
        .await;
    }
    assert_eq!(broken_at().await, None);
    // Truncated: the head keeps the count, and the head itself is signed.
    app.execute(&format!("DELETE FROM audit_events WHERE seq = {last}"))
        .await;
    assert_eq!(broken_at().await, Some(last));
    let head = format!("(SELECT hash FROM audit_events WHERE seq = {})", last - 1);
    app.execute(&format!(
        "UPDATE audit_heads SET seq = seq - 1, hash = {head}"
    ))
    .await;
    assert!(broken_at().await.is_some(), "a head that nobody signed");
    // Deleted in the middle.
    app.execute("DELETE FROM audit_events WHERE seq = 2").await;
    assert_eq!(broken_at().await, Some(2));
}
