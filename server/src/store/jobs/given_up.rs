//! Jobs that were given up, until a person runs them again or lets them be; and those that wait for a newer
//! version of Portico.

use std::collections::HashMap;

use app::model::JobKind;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    super::{
        Write,
        entity::{
            candidates, client_tokens, connections,
            jobs::{Column, Entity},
            mails,
        },
    },
    Model, bell, state,
};
use crate::domain::agency::AgencyScope;

fn given_up(scope: AgencyScope) -> Select<Entity> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::State.eq(state::DEAD))
}

/// Jobs that were given up, the last first, after one that was shown.
///
/// # Errors
/// When the database fails.
pub async fn list_given_up(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut select = given_up(scope);
    if let Some((finished_at, id)) = after {
        select = select.filter(
            Condition::any()
                .add(Column::FinishedAt.lt(finished_at))
                .add(
                    Condition::all()
                        .add(Column::FinishedAt.eq(finished_at))
                        .add(Column::Id.lt(id)),
                ),
        );
    }
    select
        .order_by_desc(Column::FinishedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// How many were given up.
///
/// # Errors
/// When the database fails.
pub async fn count_given_up(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<u64, DbErr> {
    given_up(scope).count(db).await
}

/// A job, wherever it stands.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// Puts what was given up back into the queue, as if it had never been tried: one job, or all that this version
/// can run. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn run_again(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    one: Option<Uuid>,
    known: &[&str],
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state::QUEUED))
        .col_expr(Column::RunAt, Expr::value(now))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::FinishedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::State.eq(state::DEAD))
        .filter(Column::Kind.is_in(known.iter().copied()));
    if let Some(id) = one {
        update = update.filter(Column::Id.eq(id));
    }
    let revived = update.exec(db).await?.rows_affected;
    bell::ring(db).await?;
    Ok(revived)
}

/// Lets a job that was given up be. [`Write::Conflict`] where it was run again, or dismissed before.
///
/// # Errors
/// When the database fails.
pub async fn dismiss(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let dismissed = Entity::update_many()
        .col_expr(Column::State, Expr::value(state::DISMISSED))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::State.eq(state::DEAD))
        .exec(db)
        .await?;
    Ok(Write::from_rows(dismissed.rows_affected))
}

/// Kinds of job that this version does not know, how many of each wait, and since when.
///
/// # Errors
/// When the database fails.
pub async fn unknown_kinds(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    known: &[&str],
) -> Result<Vec<(String, i64, DateTime<Utc>)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Kind)
        .column_as(Column::Id.count(), "jobs")
        .column_as(Column::CreatedAt.min(), "since")
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::State.is_in([state::QUEUED, state::RUNNING, state::DEAD]))
        .filter(Column::Kind.is_not_in(known.iter().copied()))
        .group_by(Column::Kind)
        .order_by_asc(Column::Kind)
        .into_tuple()
        .all(db)
        .await
}

/// The clients that the subjects of jobs of a kind belong to.
///
/// # Errors
/// When the database fails.
pub async fn clients_of(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    kind: JobKind,
    subjects: &[Uuid],
) -> Result<HashMap<Uuid, Uuid>, DbErr> {
    macro_rules! of {
        ($table:ident) => {
            $table::Entity::find()
                .select_only()
                .columns([$table::Column::Id, $table::Column::ClientId])
                .filter($table::Column::AgencyId.eq(scope.agency()))
                .filter($table::Column::Id.is_in(subjects.iter().copied()))
                .into_tuple::<(Uuid, Option<Uuid>)>()
                .all(db)
                .await?
        };
    }
    let found = match kind {
        JobKind::SendMail => of!(mails),
        JobKind::ReadAccounts | JobKind::ProbeAccounts => of!(connections),
        JobKind::ProbeCandidate => of!(candidates),
        JobKind::RevokeToken => of!(client_tokens),
        // What Meta told is of a person, not of one client.
        JobKind::MetaEvent
        | JobKind::ValidateTokens
        | JobKind::RefreshAccounts
        | JobKind::TidyAgency
        | JobKind::TidyInstallation => Vec::new(),
    };
    let with_client = |(id, client): (Uuid, Option<Uuid>)| Some((id, client?));
    Ok(found.into_iter().filter_map(with_client).collect())
}
