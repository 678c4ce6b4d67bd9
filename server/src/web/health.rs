//! For those who run Portico.

use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};

use super::Web;
use crate::{boot::migrations, service::installation};

/// The process is alive.
pub async fn healthz() -> Json<Value> {
    Json(json!({"ok": true}))
}

/// Whether requests can be served: database, migrations, keys.
pub async fn readyz(State(web): State<Web>) -> (StatusCode, Json<Value>) {
    let pending = migrations::pending(&web.portal.db).await;
    let database = pending.is_ok();
    let migrated = pending.is_ok_and(|pending| pending.is_empty());
    let portal = &web.portal;
    let keys = migrated
        && installation::open_keys(&portal.db, &portal.vault, &*portal.rng, &*portal.clock)
            .await
            .is_ok();
    let ok = database && migrated && keys;
    let status = if ok {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({"ok": ok, "database": database, "migrations": migrated, "keys": keys});
    (status, Json(body))
}
