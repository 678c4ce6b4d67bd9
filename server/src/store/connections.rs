//! A client's Meta identity joined to the agency, and the grants behind it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    Write,
    entity::{client_tokens, connections, grants},
};
use crate::domain::agency::AgencyScope;
use app::model::{ConnectionState, TokenStanding};

pub use connections::Model;

/// A connection.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    connections::Entity::find_by_id(id)
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// The connection of a client.
///
/// # Errors
/// When the database fails.
pub async fn of_client(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
) -> Result<Option<Model>, DbErr> {
    connections::Entity::find()
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .filter(connections::Column::ClientId.eq(client))
        .one(db)
        .await
}

/// How many wait for a decision.
///
/// # Errors
/// When the database fails.
pub async fn count_waiting(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<u64, DbErr> {
    connections::Entity::find()
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .filter(connections::Column::State.eq(ConnectionState::Pending.code()))
        .count(db)
        .await
}

/// The connections of an agency that are alive and of a Meta user, also those that hold only a backup or a
/// candidate of theirs.
///
/// # Errors
/// When the database fails.
pub async fn alive_of_person(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    meta_user_id: &str,
) -> Result<Vec<Model>, DbErr> {
    alive(meta_user_id)
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .all(db)
        .await
}

/// States of a connection that somebody still stands behind.
pub const ALIVE: [ConnectionState; 4] = [
    ConnectionState::Draft,
    ConnectionState::Pending,
    ConnectionState::Approved,
    ConnectionState::Suspended,
];

/// Tokens of a Meta user that are held and count.
fn held_of(person: &str) -> Select<client_tokens::Entity> {
    client_tokens::Entity::find()
        .filter(client_tokens::Column::MetaUserId.eq(person))
        .filter(client_tokens::Column::DestroyedAt.is_null())
        .filter(client_tokens::Column::Standing.ne(TokenStanding::Superseded.code()))
}

/// What is alive of a Meta user, in whatever agency: `store::lookup` asks so, everybody else adds a scope.
pub(super) fn alive(meta_user_id: &str) -> Select<connections::Entity> {
    let held = held_of(meta_user_id)
        .select_only()
        .column(client_tokens::Column::ConnectionId)
        .into_query();
    let theirs = Condition::any()
        .add(connections::Column::MetaUserId.eq(meta_user_id))
        .add(connections::Column::Id.in_subquery(held));
    connections::Entity::find()
        .filter(theirs)
        .filter(connections::Column::State.is_in(ALIVE.map(ConnectionState::code)))
}

/// Adds a connection.
///
/// # Errors
/// When the database fails, also when another process has just added the client's.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    connections::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Writes a changed connection, if nobody has changed it since it was read. The row's `version` is the
/// one that was read; the stored one is one higher afterwards.
///
/// # Errors
/// When the database fails.
pub async fn save(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    mut row: Model,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let (id, read_version) = (row.id, row.version);
    row.version += 1;
    row.updated_at = now;
    let mut columns = sea_orm::ActiveModelTrait::reset_all(row.into_active_model());
    columns.id = sea_orm::ActiveValue::NotSet;
    columns.agency_id = sea_orm::ActiveValue::NotSet;
    let result = connections::Entity::update_many()
        .set(columns)
        .filter(connections::Column::Id.eq(id))
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .filter(connections::Column::Version.eq(read_version))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Notes how far a long read or test has come. Progress is no decision, so the version stays.
///
/// # Errors
/// When the database fails.
pub async fn set_progress(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    found: u64,
) -> Result<(), DbErr> {
    connections::Entity::update_many()
        .col_expr(
            connections::Column::ReadCount,
            Expr::value(i64::try_from(found).unwrap_or(i64::MAX)),
        )
        .filter(connections::Column::Id.eq(id))
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps the evidence of a consent.
///
/// # Errors
/// When the database fails.
pub async fn create_grant(db: &impl ConnectionTrait, row: grants::Model) -> Result<(), DbErr> {
    grants::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// The newest grant of each of these connections, but for those that wait or stand beside it.
///
/// # Errors
/// When the database fails.
pub async fn newest_grants(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<std::collections::HashMap<Uuid, grants::Model>, DbErr> {
    let all = grants_of(db, scope, connections).await?;
    Ok(all
        .into_iter()
        .map(|row| (row.connection_id, row))
        .collect())
}

/// The grants of these connections, oldest first, but for those that wait or stand beside.
///
/// # Errors
/// When the database fails.
pub async fn grants_of(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<Vec<grants::Model>, DbErr> {
    grants::Entity::find()
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .filter(grants::Column::ConnectionId.is_in(connections.iter().copied()))
        .filter(grants::Column::CandidateId.is_null())
        .order_by_asc(grants::Column::GrantedAt)
        .order_by_asc(grants::Column::Id)
        .all(db)
        .await
}

/// Those of these connections that are in use, or held for the time when they are again.
///
/// # Errors
/// When the database fails.
pub async fn live(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    ids: &[Uuid],
) -> Result<Vec<Uuid>, DbErr> {
    let states = { ConnectionState::ALL.iter() }.filter(|state| state.is_live());
    connections::Entity::find()
        .select_only()
        .column(connections::Column::Id)
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .filter(connections::Column::Id.is_in(ids.iter().copied()))
        .filter(connections::Column::State.is_in(states.map(|state| state.code())))
        .into_tuple()
        .all(db)
        .await
}

/// Drafts whose state began before a moment: nobody submitted them.
///
/// # Errors
/// When the database fails.
pub async fn drafts_since_before(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    moment: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    connections::Entity::find()
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .filter(connections::Column::State.eq(ConnectionState::Draft.code()))
        .filter(connections::Column::StateSince.lt(moment))
        .all(db)
        .await
}
