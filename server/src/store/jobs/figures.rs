//! How much work there is, for the health page and for Prometheus.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::{
    super::entity::jobs::{Column, Entity},
    state,
};
use crate::domain::agency::AgencyScope;

/// How much work there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Due, and not begun.
    pub queued_due: u64,
    /// Since when the one that has waited longest is due.
    pub oldest_due: Option<DateTime<Utc>>,
    pub running: u64,
    /// Given up.
    pub dead: u64,
    /// Enqueued by a newer version, which alone can run them.
    pub unknown: u64,
}

/// How much work there is for an agency.
///
/// # Errors
/// When the database fails.
pub async fn figures(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    known: &[&str],
    now: DateTime<Utc>,
) -> Result<Figures, DbErr> {
    let in_state = |state: &str| {
        Entity::find()
            .filter(Column::AgencyId.eq(scope.agency()))
            .filter(Column::State.eq(state))
    };
    let known = known.iter().copied();
    let due: Option<(i64, Option<DateTime<Utc>>)> = in_state(state::QUEUED)
        .filter(Column::RunAt.lte(now))
        .filter(Column::Kind.is_in(known.clone()))
        .select_only()
        .column_as(Column::Id.count(), "jobs")
        .column_as(Column::RunAt.min(), "since")
        .into_tuple()
        .one(db)
        .await?;
    let (queued_due, oldest_due) = due.unwrap_or_default();
    Ok(Figures {
        queued_due: u64::try_from(queued_due).unwrap_or_default(),
        oldest_due,
        running: in_state(state::RUNNING).count(db).await?,
        dead: in_state(state::DEAD).count(db).await?,
        unknown: in_state(state::QUEUED)
            .filter(Column::Kind.is_not_in(known))
            .count(db)
            .await?,
    })
}
