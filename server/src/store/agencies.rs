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
        second_factor_required: Set(false),
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

/// What its owner decides about an agency.
pub struct Face {
    pub name: String,
    pub support_email: Option<String>,
    /// As `app::model::Colour` writes it.
    pub colour: Option<String>,
    pub logo: Option<Logo>,
    pub logo_alt: Option<String>,
}

/// What pages need to know of a logo.
pub struct Logo {
    /// The name that it is served under.
    pub file: String,
    pub width: Option<i32>,
    pub height: Option<i32>,
}

/// Takes over what the owner has decided. From now on the configuration names the agency no more.
///
/// # Errors
/// When the database fails.
pub async fn set_face(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    face: Face,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (file, width, height) = match face.logo {
        Some(logo) => (Some(logo.file), logo.width, logo.height),
        None => (None, None, None),
    };
    let row = ActiveModel {
        id: Set(scope.agency()),
        name: Set(face.name),
        support_email: Set(face.support_email),
        colour: Set(face.colour),
        logo_file: Set(file),
        logo_width: Set(width),
        logo_height: Set(height),
        logo_alt: Set(face.logo_alt),
        settings_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update(row).exec(db).await.map(drop)
}

/// Takes over what the agency cannot do without: permissions, separated by commas, and whether a client may go
/// on without them.
///
/// # Errors
/// When the database fails.
pub async fn set_demands(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    required_scopes: &str,
    accepts_limited: bool,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(scope.agency()),
        required_scopes: Set(required_scopes.to_owned()),
        accepts_limited: Set(accepts_limited),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update(row).exec(db).await.map(drop)
}

/// Takes over how many hours there are from one check of a token to the next.
///
/// # Errors
/// When the database fails.
pub async fn set_validation_hours(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    hours: i32,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(scope.agency()),
        validation_hours: Set(hours),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update(row).exec(db).await.map(drop)
}

/// Whether nobody gets in with a password alone.
///
/// # Errors
/// When the database fails.
pub async fn require_second_factor(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    is_required: bool,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(scope.agency()),
        second_factor_required: Set(is_required),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update(row).exec(db).await.map(drop)
}

/// Holds the agency's row to the end of the transaction: what changes the team goes one after the other.
///
/// # Errors
/// When the database fails.
pub async fn hold(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(scope.agency()),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update(row).exec(db).await.map(drop)
}
