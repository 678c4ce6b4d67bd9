//! The pictures of the agencies' logos, one an agency. What pages need to know of one stands in the agency's row.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, sea_query::OnConflict};

use super::entity::logos::{Column, Entity};
use crate::domain::agency::AgencyScope;

pub use super::entity::logos::Model;

/// Puts a logo in the place of the one that was there.
///
/// # Errors
/// When the database fails.
pub async fn put(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    mut row: Model,
) -> Result<(), DbErr> {
    row.agency_id = scope.agency();
    let replace = OnConflict::column(Column::AgencyId)
        .update_columns([Column::File, Column::Kind, Column::Bytes])
        .to_owned();
    Entity::insert(row.into_active_model())
        .on_conflict(replace)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Takes the logo away.
///
/// # Errors
/// When the database fails.
pub async fn remove(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<(), DbErr> {
    Entity::delete_by_id(scope.agency())
        .exec(db)
        .await
        .map(drop)
}
