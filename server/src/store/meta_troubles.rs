//! What Meta has against an agency's app.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, sea_query::OnConflict};

use super::entity::meta_troubles::{Column, Entity};
use crate::domain::agency::AgencyScope;

pub use super::entity::meta_troubles::Model;

/// What is wrong now, if anything is.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(scope.agency()).one(db).await
}

/// Keeps what is wrong now, in place of what was.
///
/// # Errors
/// When the database fails.
pub async fn put(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    mut row: Model,
) -> Result<(), DbErr> {
    row.agency_id = scope.agency();
    let columns = [
        Column::Kind,
        Column::Endpoint,
        Column::Code,
        Column::Subcode,
        Column::FirstSeenAt,
        Column::LastSeenAt,
        Column::SeenCount,
    ];
    Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(Column::AgencyId)
                .update_columns(columns)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// It is mended. Whether anything was wrong.
///
/// # Errors
/// When the database fails.
pub async fn clear(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<bool, DbErr> {
    let gone = Entity::delete_by_id(scope.agency()).exec(db).await?;
    Ok(gone.rows_affected > 0)
}
