//! Sessions of staff.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    Write,
    entity::{
        second_factors,
        sessions::{ActiveModel, Column, Entity},
    },
};
use crate::domain::agency::AgencyScope;

pub use super::entity::sessions::Model;

/// A session that opens everything its person may do.
pub const FULL: &str = "full";
/// A session whose person has shown the password and nothing more yet.
pub const SECOND_FACTOR: &str = "second_factor";

/// Opens a session.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Notes that a session was used.
///
/// # Errors
/// When the database fails.
pub async fn touch(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        last_seen_at: Set(now),
        ..Default::default()
    };
    Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// The sessions of an agency that were used since `seen_after` and are not over, the last used first.
///
/// # Errors
/// When the database fails.
pub async fn open(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    seen_after: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Stage.eq(FULL))
        .filter(Column::ExpiresAt.gt(now))
        .filter(Column::LastSeenAt.gt(seen_after))
        .order_by_desc(Column::LastSeenAt)
        .all(db)
        .await
}

/// A session of an agency.
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

/// Ends a session, once.
///
/// # Errors
/// When the database fails.
pub async fn end(db: &impl ConnectionTrait, scope: AgencyScope, id: Uuid) -> Result<Write, DbErr> {
    let result = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Ends every session of a person, but for one if they keep it.
///
/// # Errors
/// When the database fails.
pub async fn end_all_of(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    staff: Uuid,
    keep: Option<Uuid>,
) -> Result<(), DbErr> {
    let mut ended = Entity::delete_many()
        .filter(Column::StaffId.eq(staff))
        .filter(Column::AgencyId.eq(scope.agency()));
    if let Some(keep) = keep {
        ended = ended.filter(Column::Id.ne(keep));
    }
    ended.exec(db).await.map(drop)
}

/// Ends the sessions of everybody who got in with a password alone.
///
/// # Errors
/// When the database fails.
pub async fn end_without_second_factor(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<(), DbErr> {
    let protected = second_factors::Entity::find()
        .select_only()
        .column(second_factors::Column::StaffId)
        .filter(second_factors::Column::AgencyId.eq(scope.agency()))
        .filter(second_factors::Column::ConfirmedAt.is_not_null())
        .into_query();
    Entity::delete_many()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::StaffId.not_in_subquery(protected))
        .exec(db)
        .await
        .map(drop)
}
