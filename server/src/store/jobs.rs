//! The job queue: a job is enqueued in the transaction that causes it, claimed by compare-and-set,
//! and leased, so that the work of a killed process is taken up by the next.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    Write,
    entity::jobs::{Column, Entity},
};
use crate::domain::agency::AgencyScope;

pub use super::entity::jobs::Model;

/// Where a job stands.
pub mod state {
    pub const QUEUED: &str = "queued";
    pub const RUNNING: &str = "running";
    pub const DONE: &str = "done";
    /// Given up after the last try.
    pub const DEAD: &str = "dead";
}

/// How long a worker may be silent before another one takes its job up.
pub const LEASE: Duration = Duration::seconds(30);

/// Puts a job into the queue.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    kind: &str,
    subject: Option<Uuid>,
    run_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = Model {
        id,
        agency_id: scope.agency(),
        kind: kind.to_owned(),
        subject_id: subject,
        state: state::QUEUED.to_owned(),
        run_at,
        attempts: 0,
        lease_until: None,
        lease_owner: None,
        last_error: None,
        created_at: now,
        finished_at: None,
    };
    Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Whether a job of this kind about this subject waits or runs.
///
/// # Errors
/// When the database fails.
pub async fn is_open(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    kind: &str,
    subject: Uuid,
) -> Result<bool, DbErr> {
    Ok(count_open(db, scope, kind, subject).await? > 0)
}

/// How many jobs of this kind about this subject wait or run.
///
/// # Errors
/// When the database fails.
pub async fn count_open(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    kind: &str,
    subject: Uuid,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Kind.eq(kind))
        .filter(Column::SubjectId.eq(subject))
        .filter(Column::State.is_in([state::QUEUED, state::RUNNING]))
        .count(db)
        .await
}

/// Claims the job that has waited longest: one that is due, or one whose worker has died.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    db: &impl ConnectionTrait,
    owner: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let due = Condition::any()
        .add(
            Condition::all()
                .add(Column::State.eq(state::QUEUED))
                .add(Column::RunAt.lte(now)),
        )
        .add(
            Condition::all()
                .add(Column::State.eq(state::RUNNING))
                .add(Column::LeaseUntil.lt(now)),
        );
    let candidates = Entity::find()
        .filter(due.clone())
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .limit(8)
        .all(db)
        .await?;
    for mut job in candidates {
        let lease_until = now + LEASE;
        let claimed = Entity::update_many()
            .col_expr(Column::State, Expr::value(state::RUNNING))
            .col_expr(Column::LeaseUntil, Expr::value(lease_until))
            .col_expr(Column::LeaseOwner, Expr::value(owner))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::Id.eq(job.id))
            .filter(Column::Attempts.eq(job.attempts))
            .filter(due.clone())
            .exec(db)
            .await?;
        if claimed.rows_affected == 1 {
            job.attempts += 1;
            job.lease_owner = Some(owner);
            return Ok(Some(job));
        }
    }
    Ok(None)
}

/// Keeps the lease of a job that is still being worked on.
///
/// # Errors
/// When the database fails.
pub async fn renew(
    db: &impl ConnectionTrait,
    job: &Model,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(now + LEASE))
        .filter(Column::Id.eq(job.id))
        .filter(Column::State.eq(state::RUNNING))
        .filter(Column::LeaseOwner.eq(job.lease_owner))
        .exec(db)
        .await
        .map(drop)
}

/// How a run ended.
#[derive(Clone, Debug)]
pub enum Ending {
    Done,
    /// Later, by its own plan: the count of tries begins anew.
    Again {
        at: DateTime<Utc>,
    },
    Retry {
        at: DateTime<Utc>,
        error: String,
    },
    Dead {
        error: String,
    },
}

/// Notes how a run ended, if the lease is still ours.
///
/// # Errors
/// When the database fails.
pub async fn finish(
    db: &impl ConnectionTrait,
    job: &Model,
    ending: Ending,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let (to, run_at, error, finished) = match ending {
        Ending::Done => (state::DONE, job.run_at, None, Some(now)),
        Ending::Again { at } => (state::QUEUED, at, None, None),
        Ending::Retry { at, error } => (state::QUEUED, at, Some(error), None),
        Ending::Dead { error } => (state::DEAD, job.run_at, Some(error), Some(now)),
    };
    let result = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::RunAt, Expr::value(run_at))
        .col_expr(Column::LastError, Expr::value(error))
        .col_expr(Column::FinishedAt, Expr::value(finished))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(job.id))
        .filter(Column::State.eq(state::RUNNING))
        .filter(Column::LeaseOwner.eq(job.lease_owner))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Forgets jobs that were done before a moment.
///
/// # Errors
/// When the database fails.
pub async fn forget_done_before(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    moment: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::State.eq(state::DONE))
        .filter(Column::FinishedAt.lt(moment))
        .exec(db)
        .await
        .map(drop)
}

/// Makes a waiting job due at once.
///
/// # Errors
/// When the database fails.
pub async fn hasten(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    kind: &str,
    subject: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(now))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Kind.eq(kind))
        .filter(Column::SubjectId.eq(subject))
        .filter(Column::State.eq(state::QUEUED))
        .exec(db)
        .await
        .map(drop)
}
