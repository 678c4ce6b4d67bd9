//! The job queue: a job is enqueued in the transaction that causes it, claimed by compare-and-set,
//! and leased, so that the work of a killed process is taken up by the next.

mod figures;
mod given_up;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    Write, bell,
    entity::jobs::{Column, Entity},
};
use crate::domain::{agency::AgencyScope, urgency::Urgency};
use app::model::{JobKind, JobTrouble};

pub use super::entity::jobs::Model;
pub use figures::{Figures, figures};
pub use given_up::{
    clients_of, count_given_up, dismiss, get, list_given_up, run_again, unknown_kinds,
};

/// Where a job stands.
pub mod state {
    pub const QUEUED: &str = "queued";
    pub const RUNNING: &str = "running";
    pub const DONE: &str = "done";
    /// Given up after the last try.
    pub const DEAD: &str = "dead";
    /// Given up, and a person says that this is well.
    pub const DISMISSED: &str = "dismissed";
}

/// How long a worker may be silent before another one takes its job up.
pub const LEASE: Duration = Duration::seconds(30);

/// A job that is to be put into the queue.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    pub id: Uuid,
    pub kind: &'a str,
    pub subject: Option<Uuid>,
    pub urgency: Urgency,
    pub run_at: DateTime<Utc>,
}

/// Puts a job into the queue, and rings for it in other processes.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    new: New<'_>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = Model {
        id: new.id,
        agency_id: scope.agency(),
        kind: new.kind.to_owned(),
        subject_id: new.subject,
        state: state::QUEUED.to_owned(),
        priority: new.urgency.priority(),
        run_at: new.run_at,
        attempts: 0,
        lease_until: None,
        lease_owner: None,
        last_error: None,
        trouble: None,
        created_at: now,
        finished_at: None,
    };
    Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await?;
    bell::ring(db).await
}

/// Whether a job of this kind about this subject waits or runs.
///
/// # Errors
/// When the database fails.
pub async fn is_open(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    kind: JobKind,
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
    kind: JobKind,
    subject: Uuid,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Kind.eq(kind.code()))
        .filter(Column::SubjectId.eq(subject))
        .filter(Column::State.is_in([state::QUEUED, state::RUNNING]))
        .count(db)
        .await
}

/// What a worker looks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The kinds that it knows. Others are neither claimed nor counted down.
    pub kinds: &'a [&'a str],
    /// What is less urgent stays.
    pub least: Urgency,
}

impl Wanted<'_> {
    /// The jobs of this urgency whose worker has been silent for too long.
    fn left_behind(&self, now: DateTime<Utc>) -> Condition {
        self.known()
            .add(Column::State.eq(state::RUNNING))
            .add(Column::Priority.lte(self.least.priority()))
            .add(Column::LeaseUntil.lt(now))
    }

    fn due(&self, urgency: Urgency, now: DateTime<Utc>) -> Condition {
        self.known()
            .add(Column::State.eq(state::QUEUED))
            .add(Column::Priority.eq(urgency.priority()))
            .add(Column::RunAt.lte(now))
    }

    fn known(&self) -> Condition {
        Condition::all().add(Column::Kind.is_in(self.kinds.iter().copied()))
    }

    fn urgencies(&self) -> impl Iterator<Item = Urgency> {
        let least = self.least;
        Urgency::ALL
            .into_iter()
            .filter(move |urgency| *urgency <= least)
    }
}

/// Claims the most urgent job that is due, of those the one that has waited longest. What was left behind by
/// a worker that died comes first: it has been claimed before.
///
/// Each urgency is asked for by itself: so each question is one range of the index, whatever waits in others.
///
/// # Errors
/// When the database fails.
pub async fn claim(
    db: &impl ConnectionTrait,
    owner: Uuid,
    wanted: Wanted<'_>,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let due = wanted.urgencies().map(|urgency| wanted.due(urgency, now));
    for condition in std::iter::once(wanted.left_behind(now)).chain(due) {
        if let Some(job) = claim_of(db, owner, condition, now).await? {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

/// Claims the first that nobody else was quicker to claim.
async fn claim_of(
    db: &impl ConnectionTrait,
    owner: Uuid,
    condition: Condition,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let candidates = Entity::find()
        .filter(condition.clone())
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .limit(8)
        .all(db)
        .await?;
    for mut job in candidates {
        let claimed = Entity::update_many()
            .col_expr(Column::State, Expr::value(state::RUNNING))
            .col_expr(Column::LeaseUntil, Expr::value(now + LEASE))
            .col_expr(Column::LeaseOwner, Expr::value(owner))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::Id.eq(job.id))
            .filter(Column::Attempts.eq(job.attempts))
            .filter(condition.clone())
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

/// When a worker has to look again, if nobody rings before: the next time that a job is due or a lease ends.
///
/// # Errors
/// When the database fails.
pub async fn next_at(
    db: &impl ConnectionTrait,
    wanted: Wanted<'_>,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let known = || Entity::find().filter(wanted.known());
    let mut next: Option<DateTime<Utc>> = known()
        .select_only()
        .column_as(Column::LeaseUntil.min(), "next")
        .filter(Column::State.eq(state::RUNNING))
        .filter(Column::Priority.lte(wanted.least.priority()))
        .into_tuple()
        .one(db)
        .await?
        .flatten();
    for urgency in wanted.urgencies() {
        let due: Option<DateTime<Utc>> = known()
            .select_only()
            .column(Column::RunAt)
            .filter(Column::State.eq(state::QUEUED))
            .filter(Column::Priority.eq(urgency.priority()))
            .order_by_asc(Column::RunAt)
            .into_tuple()
            .one(db)
            .await?;
        next = next.into_iter().chain(due).min();
    }
    Ok(next)
}

/// The same run of the same job: a worker that comes back after its lease must not speak for the next one.
fn is_ours(job: &Model) -> Condition {
    Condition::all()
        .add(Column::Id.eq(job.id))
        .add(Column::State.eq(state::RUNNING))
        .add(Column::LeaseOwner.eq(job.lease_owner))
        .add(Column::Attempts.eq(job.attempts))
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
        .filter(is_ours(job))
        .exec(db)
        .await
        .map(drop)
}

/// What went wrong in a run.
#[derive(Clone, Debug)]
pub struct Failure {
    /// For people.
    pub trouble: JobTrouble,
    /// For whoever mends it.
    pub error: String,
}

/// How a run ended.
#[derive(Clone, Debug)]
pub enum Ending {
    Done,
    /// Later, by its own plan or because Meta asked for a pause: this try does not count.
    Again {
        at: DateTime<Utc>,
    },
    Retry {
        at: DateTime<Utc>,
        failure: Failure,
    },
    Dead {
        failure: Failure,
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
    let (to, run_at, failure) = match ending {
        Ending::Done => (state::DONE, None, None),
        Ending::Again { at } => (state::QUEUED, Some(at), None),
        Ending::Retry { at, failure } => (state::QUEUED, Some(at), Some(failure)),
        Ending::Dead { failure } => (state::DEAD, None, Some(failure)),
    };
    let uncounted = run_at.is_some() && failure.is_none();
    let finished_at = run_at.is_none().then_some(now);
    let trouble = failure.as_ref().map(|failure| failure.trouble.code());
    let result = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::RunAt, Expr::value(run_at.unwrap_or(job.run_at)))
        .col_expr(
            Column::Attempts,
            Expr::value(job.attempts - i32::from(uncounted)),
        )
        .col_expr(
            Column::LastError,
            Expr::value(failure.map(|failure| failure.error)),
        )
        .col_expr(Column::Trouble, Expr::value(trouble))
        .col_expr(Column::FinishedAt, Expr::value(finished_at))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(is_ours(job))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Forgets jobs that were done, or dismissed by a person, before a moment.
///
/// # Errors
/// When the database fails.
pub async fn forget_ended_before(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    moment: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::State.is_in([state::DONE, state::DISMISSED]))
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
    kind: JobKind,
    subject: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(now))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Kind.eq(kind.code()))
        .filter(Column::SubjectId.eq(subject))
        .filter(Column::State.eq(state::QUEUED))
        .exec(db)
        .await
        .map(drop)
}
