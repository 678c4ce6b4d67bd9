//! Refused forms, sealed and bound to who typed them, for 30 minutes.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};
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
