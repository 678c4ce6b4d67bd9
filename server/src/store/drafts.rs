//! Refused forms, sealed and bound to who typed them, for 30 minutes.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use super::entity::form_drafts::{Column, Entity};

pub use super::entity::form_drafts::Model;

/// Where the sealed body stands, for its seal.
pub const TABLE: &str = "form_drafts";
/// The column of the sealed body.
pub const COLUMN: &str = "body_sealed";

/// Keeps a refused form.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// A refused form of this owner that is not over.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    id: Uuid,
    owner_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::OwnerHash.eq(owner_hash))
        .filter(Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

/// Hands the forms of one owner to another: the same person, with a new cookie.
///
/// # Errors
/// When the database fails.
pub async fn hand_over(
    db: &impl ConnectionTrait,
    from_hash: &[u8],
    to_hash: &[u8],
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::OwnerHash, Expr::value(to_hash))
        .filter(Column::OwnerHash.eq(from_hash))
        .exec(db)
        .await
        .map(drop)
}
