//! A client's story, told from the audit trail.

use app::model::{TimelineActor, TimelineEntry};
use serde_json::Value;
use uuid::Uuid;

use super::{Portal, Result, audit::CLIENT};
use crate::{domain::agency::AgencyScope, store};

impl Portal {
    /// The newest events about a client, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn story(
        &self,
        scope: AgencyScope,
        client: Uuid,
        limit: u64,
    ) -> Result<Vec<TimelineEntry>> {
        let db = self.db.reader();
        let events = store::audit::about(db, scope, CLIENT, client, limit).await?;
        let names = store::staff::names(db, scope).await?;
        Ok(events
            .into_iter()
            .map(|event| TimelineEntry {
                at: event.at,
                actor: match (event.actor_kind.as_str(), event.actor_id) {
                    ("staff", Some(id)) => {
                        TimelineActor::Staff(names.get(&id).cloned().unwrap_or_default())
                    }
                    ("client", _) => TimelineActor::Client,
                    _ => TimelineActor::System,
                },
                details: details(&event.details),
                refused: event.outcome == "refused",
                action: event.action,
            })
            .collect())
    }
}

fn details(stored: &str) -> Vec<(String, String)> {
    let Ok(Value::Object(map)) = serde_json::from_str(stored) else {
        return Vec::new();
    };
    map.into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => (name, text),
            other => (name, other.to_string()),
        })
        .collect()
}
