//! The tenants.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use uuid::Uuid;

use super::entity::agencies::{ActiveModel, Entity, Model};
use crate::domain::agency::AgencyScope;

/// The agency itself.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(scope.agency()).one(db).await
}

/// Adds an agency.
///
/// # Errors
/// When the database fails.
pub async fn create(
    db: &impl ConnectionTrait,
    id: Uuid,
    name: &str,
    support_email: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        support_email: Set(support_email.map(str::to_owned)),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Takes over name and support address from the configuration.
///
/// # Errors
/// When the database fails.
pub async fn rename(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    name: &str,
    support_email: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(scope.agency()),
        name: Set(name.to_owned()),
        support_email: Set(support_email.map(str::to_owned)),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update(row).exec(db).await.map(drop)
}
