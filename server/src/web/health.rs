//! For those who run Portico.

use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};

use super::Web;
use crate::service::installation::Readiness;

/// The process is alive.
pub async fn healthz() -> Json<Value> {
    Json(json!({"ok": true}))
}

/// Whether requests can be served: database, migrations, keys.
pub async fn readyz(State(web): State<Web>) -> (StatusCode, Json<Value>) {
    let Readiness {
        database,
        migrations,
        keys,
    } = web.portal.readiness().await;
    let ok = database && migrations && keys;
    let status = if ok {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({"ok": ok, "database": database, "migrations": migrations, "keys": keys});
    (status, Json(body))
}
