//! Logins that wait beside a live connection: reconnections and backups.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, Select,
};
use uuid::Uuid;

use super::{
    Write,
    entity::candidates::{Column, Entity},
};
use crate::domain::agency::AgencyScope;
use app::model::{ConnectionState, InvitationKind};

pub use super::entity::candidates::Model;

/// A candidate.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    of_agency(scope).filter(Column::Id.eq(id)).one(db).await
}

/// The newest candidate that a visit has captured.
///
/// # Errors
/// When the database fails.
pub async fn of_visit(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    visit: Uuid,
) -> Result<Option<Model>, DbErr> {
    of_agency(scope)
        .filter(Column::VisitId.eq(visit))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

/// The newest candidate that an invitation has led to.
///
/// # Errors
/// When the database fails.
pub async fn of_invitation(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    invitation: Uuid,
) -> Result<Option<Model>, DbErr> {
    of_agency(scope)
        .filter(Column::InvitationId.eq(invitation))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

/// The candidates of a connection in one state, newest first; of one kind, or of both.
///
/// # Errors
/// When the database fails.
pub async fn of_connection(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    kind: Option<InvitationKind>,
    state: ConnectionState,
) -> Result<Vec<Model>, DbErr> {
    let mut select = of_agency(scope)
        .filter(Column::ConnectionId.eq(connection))
        .filter(Column::State.eq(state.code()));
    if let Some(kind) = kind {
        select = select.filter(Column::Kind.eq(kind.code()));
    }
    select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

/// Every candidate of a connection that a Meta user has signed in for.
///
/// # Errors
/// When the database fails.
pub async fn of_person(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    meta_user_id: &str,
) -> Result<Vec<Model>, DbErr> {
    of_agency(scope)
        .filter(Column::ConnectionId.eq(connection))
        .filter(Column::MetaUserId.eq(meta_user_id))
        .all(db)
        .await
}

/// What waits for a decision, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<Vec<Model>, DbErr> {
    of_agency(scope)
        .filter(Column::State.eq(ConnectionState::Pending.code()))
        .order_by_asc(Column::SubmittedAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// How many backups wait for a decision. A reconnection waits as its connection.
///
/// # Errors
/// When the database fails.
pub async fn count_waiting_backups(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<u64, DbErr> {
    of_agency(scope)
        .filter(Column::State.eq(ConnectionState::Pending.code()))
        .filter(Column::Kind.eq(InvitationKind::Backup.code()))
        .count(db)
        .await
}

/// The reconnection of a connection that was decided last.
///
/// # Errors
/// When the database fails.
pub async fn last_decided(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
) -> Result<Option<Model>, DbErr> {
    of_agency(scope)
        .filter(Column::ConnectionId.eq(connection))
        .filter(Column::Kind.eq(InvitationKind::Reconnect.code()))
        .filter(Column::DecidedAt.is_not_null())
        .order_by_desc(Column::DecidedAt)
        .one(db)
        .await
}

/// Those that nobody submitted, and that began before a moment.
///
/// # Errors
/// When the database fails.
pub async fn drafts_since_before(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    moment: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    of_agency(scope)
        .filter(Column::State.eq(ConnectionState::Draft.code()))
        .filter(Column::StateSince.lt(moment))
        .all(db)
        .await
}

/// Adds a candidate.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Writes a changed candidate, if nobody has changed it since it was read: as `connections::save`.
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
    let result = Entity::update_many()
        .set(columns)
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Version.eq(read_version))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

fn of_agency(scope: AgencyScope) -> Select<Entity> {
    Entity::find().filter(Column::AgencyId.eq(scope.agency()))
}
