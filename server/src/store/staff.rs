//! Staff and their one-time links.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    Write,
    entity::{sign_in_links, staff},
};
use crate::domain::agency::AgencyScope;

/// A member of staff.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<staff::Model>, DbErr> {
    staff::Entity::find_by_id(id)
        .filter(staff::Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// A member of staff by folded address.
///
/// # Errors
/// When the database fails.
pub async fn by_email(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    email_folded: &str,
) -> Result<Option<staff::Model>, DbErr> {
    staff::Entity::find()
        .filter(staff::Column::AgencyId.eq(scope.agency()))
        .filter(staff::Column::EmailFolded.eq(email_folded))
        .one(db)
        .await
}

/// All who work here and are not disabled.
///
/// # Errors
/// When the database fails.
pub async fn active(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<Vec<staff::Model>, DbErr> {
    staff::Entity::find()
        .filter(staff::Column::AgencyId.eq(scope.agency()))
        .filter(staff::Column::DisabledAt.is_null())
        .all(db)
        .await
}

/// All who ever worked here, by address.
///
/// # Errors
/// When the database fails.
pub async fn all(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<Vec<staff::Model>, DbErr> {
    staff::Entity::find()
        .filter(staff::Column::AgencyId.eq(scope.agency()))
        .order_by_asc(staff::Column::EmailFolded)
        .all(db)
        .await
}

/// E-mail addresses by id, disabled people too: for showing who did what.
///
/// # Errors
/// When the database fails.
pub async fn names(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<std::collections::HashMap<Uuid, String>, DbErr> {
    let all = all(db, scope).await?;
    Ok(all.into_iter().map(|row| (row.id, row.email)).collect())
}

/// Adds a member of staff.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: staff::Model) -> Result<staff::Model, DbErr> {
    staff::Entity::insert(row.into_active_model())
        .exec_with_returning(db)
        .await
}

/// Changes a role.
///
/// # Errors
/// When the database fails.
pub async fn set_role(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    role: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    staff::Entity::update_many()
        .col_expr(staff::Column::Role, Expr::value(role))
        .col_expr(staff::Column::UpdatedAt, Expr::value(now))
        .filter(staff::Column::Id.eq(id))
        .filter(staff::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Sets a password.
///
/// # Errors
/// When the database fails.
pub async fn set_password(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    hash: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    staff::Entity::update_many()
        .col_expr(staff::Column::PasswordHash, Expr::value(hash))
        .col_expr(staff::Column::UpdatedAt, Expr::value(now))
        .filter(staff::Column::Id.eq(id))
        .filter(staff::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps a one-time link.
///
/// # Errors
/// When the database fails.
pub async fn create_link(
    db: &impl ConnectionTrait,
    row: sign_in_links::Model,
) -> Result<(), DbErr> {
    sign_in_links::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Uses up a one-time link, once.
///
/// # Errors
/// When the database fails.
pub async fn use_link(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let result = sign_in_links::Entity::update_many()
        .col_expr(sign_in_links::Column::UsedAt, Expr::value(now))
        .filter(sign_in_links::Column::Id.eq(id))
        .filter(sign_in_links::Column::AgencyId.eq(scope.agency()))
        .filter(sign_in_links::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Uses up every open one-time link of a person.
///
/// # Errors
/// When the database fails.
pub async fn end_links(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    staff: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    sign_in_links::Entity::update_many()
        .col_expr(sign_in_links::Column::UsedAt, Expr::value(now))
        .filter(sign_in_links::Column::StaffId.eq(staff))
        .filter(sign_in_links::Column::AgencyId.eq(scope.agency()))
        .filter(sign_in_links::Column::UsedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Disables a person, or lets them in again.
///
/// # Errors
/// When the database fails.
pub async fn set_disabled(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    since: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    staff::Entity::update_many()
        .col_expr(staff::Column::DisabledAt, Expr::value(since))
        .col_expr(staff::Column::UpdatedAt, Expr::value(now))
        .filter(staff::Column::Id.eq(id))
        .filter(staff::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}
