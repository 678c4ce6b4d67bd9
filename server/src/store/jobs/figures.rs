//! How much work there is, for the health page and for Prometheus.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    Select,
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

impl Figures {
    /// How long the job has waited that has waited longest, in seconds.
    #[must_use]
    pub fn oldest_due_seconds(&self, now: DateTime<Utc>) -> u64 {
        let age = self.oldest_due.map_or(0, |due| (now - due).num_seconds());
        u64::try_from(age).unwrap_or_default()
    }
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
    let jobs = Entity::find().filter(Column::AgencyId.eq(scope.agency()));
    of(db, &jobs, known, now).await
}

/// Of all agencies: see [`lookup::job_figures`](crate::store::lookup::job_figures).
pub(in crate::store) async fn of_all(
    db: &impl ConnectionTrait,
    known: &[&str],
    now: DateTime<Utc>,
) -> Result<Figures, DbErr> {
    of(db, &Entity::find(), known, now).await
}

async fn of(
    db: &impl ConnectionTrait,
    jobs: &Select<Entity>,
    known: &[&str],
    now: DateTime<Utc>,
) -> Result<Figures, DbErr> {
    let in_state = |state: &str| jobs.clone().filter(Column::State.eq(state));
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
