//! Second factors and recovery codes of staff.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    Write,
    entity::{
        recovery_codes,
        second_factors::{Column, Entity},
    },
};
use crate::domain::agency::AgencyScope;

pub use super::entity::{recovery_codes::Model as RecoveryCode, second_factors::Model};

/// Where the sealed secret stands, for its seal.
pub const TABLE: &str = "second_factors";
/// The column of the sealed secret.
pub const COLUMN: &str = "secret_sealed";

/// The second factor of a person, confirmed or not.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    staff: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::StaffId.eq(staff))
        .filter(Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// Who of the agency has a second factor that works.
///
/// # Errors
/// When the database fails.
pub async fn confirmed(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<HashSet<Uuid>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConfirmedAt.is_not_null())
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.staff_id).collect())
}

/// Keeps a new secret that waits for its first code.
///
/// # Errors
/// When the database fails, or the person has one already.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Takes the first code of a new secret: from now on it counts.
///
/// # Errors
/// When the database fails.
pub async fn confirm(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    step: i64,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let result = Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::value(now))
        .col_expr(Column::LastStep, Expr::value(step))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConfirmedAt.is_null())
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Takes the code of a step, once: an earlier step or the same one is a conflict.
///
/// # Errors
/// When the database fails.
pub async fn take_step(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    step: i64,
) -> Result<Write, DbErr> {
    let result = Entity::update_many()
        .col_expr(Column::LastStep, Expr::value(step))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::LastStep.lt(step))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Takes a person's second factor away, with its recovery codes.
///
/// # Errors
/// When the database fails.
pub async fn remove(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    staff: Uuid,
) -> Result<(), DbErr> {
    remove_codes(db, scope, staff).await?;
    Entity::delete_many()
        .filter(Column::StaffId.eq(staff))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Puts new recovery codes in the place of the old ones.
///
/// # Errors
/// When the database fails.
pub async fn replace_codes(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    staff: Uuid,
    codes: Vec<RecoveryCode>,
) -> Result<(), DbErr> {
    remove_codes(db, scope, staff).await?;
    let codes = codes.into_iter().map(IntoActiveModel::into_active_model);
    recovery_codes::Entity::insert_many::<recovery_codes::ActiveModel, _>(codes)
        .exec_without_returning(db)
        .await
        .map(drop)
}

async fn remove_codes(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    staff: Uuid,
) -> Result<(), DbErr> {
    recovery_codes::Entity::delete_many()
        .filter(recovery_codes::Column::StaffId.eq(staff))
        .filter(recovery_codes::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Uses up a recovery code, once.
///
/// # Errors
/// When the database fails.
pub async fn use_code(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    staff: Uuid,
    code_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let result = recovery_codes::Entity::update_many()
        .col_expr(recovery_codes::Column::UsedAt, Expr::value(now))
        .filter(recovery_codes::Column::StaffId.eq(staff))
        .filter(recovery_codes::Column::AgencyId.eq(scope.agency()))
        .filter(recovery_codes::Column::CodeHash.eq(code_hash))
        .filter(recovery_codes::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// How many recovery codes a person still has.
///
/// # Errors
/// When the database fails.
pub async fn codes_left(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    staff: Uuid,
) -> Result<u64, DbErr> {
    recovery_codes::Entity::find()
        .filter(recovery_codes::Column::StaffId.eq(staff))
        .filter(recovery_codes::Column::AgencyId.eq(scope.agency()))
        .filter(recovery_codes::Column::UsedAt.is_null())
        .count(db)
        .await
}
