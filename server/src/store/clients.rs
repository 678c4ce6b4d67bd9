//! Customers of an agency.

pub(crate) mod ends;
mod list;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Select, SqlErr, sea_query::Expr,
};
use uuid::Uuid;

use super::entity::clients::{Column, Entity, Model};
use crate::domain::agency::AgencyScope;
use app::model::TokenStatus;

pub use ends::Stretch;
pub use list::{Listed, Narrowed, count, list};

/// Where a page of the list begins: after this client in the list's order.
#[derive(Clone, Debug)]
pub struct After {
    pub sort_name: String,
    pub id: Uuid,
}

/// A client.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    scoped(scope).filter(Column::Id.eq(id)).one(db).await
}

/// A client by folded address.
///
/// # Errors
/// When the database fails.
pub async fn by_email(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    email_folded: &str,
) -> Result<Option<Model>, DbErr> {
    scoped(scope)
        .filter(Column::EmailFolded.eq(email_folded))
        .one(db)
        .await
}

/// These clients.
///
/// # Errors
/// When the database fails.
pub async fn many(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    ids: &[Uuid],
) -> Result<Vec<Model>, DbErr> {
    scoped(scope)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await
}

/// Whether the agency has, or once had, a client.
///
/// # Errors
/// When the database fails.
pub async fn is_any(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<bool, DbErr> {
    let found: Option<Uuid> = scoped(scope)
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The outcome of adding a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Done,
    EmailTaken,
}

/// Adds a client.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<Added, DbErr> {
    match Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
    {
        Ok(_) => Ok(Added::Done),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Ok(Added::EmailTaken)
        }
        Err(error) => Err(error),
    }
}

/// What a validation or an approval says of the client as a whole: the columns that the owner reads with SQL.
#[derive(Clone, Copy, Debug)]
pub struct Health {
    pub token_status: app::model::TokenStatus,
    pub validated_at: DateTime<Utc>,
    pub campaigns: i64,
}

/// Keeps what is known of the client's token.
///
/// # Errors
/// When the database fails.
pub async fn set_health(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    health: Health,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::TokenStatus, Expr::value(health.token_status.code()))
        .col_expr(
            Column::LastTokenValidation,
            Expr::value(health.validated_at),
        )
        .col_expr(Column::CampaignsCount, Expr::value(health.campaigns))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Notes how the client's token stands, where nobody has asked Meta anew.
///
/// # Errors
/// When the database fails.
pub async fn set_token_status(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    status: TokenStatus,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::TokenStatus, Expr::value(status.code()))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps what a check said of the primary tokens of these clients.
///
/// # Errors
/// When the database fails.
pub async fn set_validated(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    clients: &[Uuid],
    status: app::model::TokenStatus,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::TokenStatus, Expr::value(status.code()))
        .col_expr(Column::LastTokenValidation, Expr::value(now))
        .filter(Column::Id.is_in(clients.iter().copied()))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps how many campaigns a client's chosen ad accounts have.
///
/// # Errors
/// When the database fails.
pub async fn set_campaigns(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    campaigns: i64,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::CampaignsCount, Expr::value(campaigns))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps how a client is called at Meta, if what is kept is still this, or nothing.
///
/// # Errors
/// When the database fails.
pub async fn name_at_meta(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    before: Option<&str>,
    name: &str,
) -> Result<(), DbErr> {
    let is_before = match before {
        Some(before) => Column::MetaAccountName.eq(before),
        None => Column::MetaAccountName.is_null(),
    };
    Entity::update_many()
        .col_expr(Column::MetaAccountName, Expr::value(name))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(is_before)
        .exec(db)
        .await
        .map(drop)
}

/// Puts a client away.
///
/// # Errors
/// When the database fails.
pub async fn archive(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ArchivedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

fn scoped(scope: AgencyScope) -> Select<Entity> {
    Entity::find().filter(Column::AgencyId.eq(scope.agency()))
}
