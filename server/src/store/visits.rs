//! The way of a browser from a guided link on, and its logins in flight.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    Write,
    entity::{oauth_states, visits},
};
use crate::domain::agency::AgencyScope;

/// Begins a visit.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: visits::Model) -> Result<(), DbErr> {
    visits::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// A visit by its id, within its agency.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<visits::Model>, DbErr> {
    visits::Entity::find_by_id(id)
        .filter(visits::Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// Keeps where the picture of the person who signed in can be seen, until the visit ends.
///
/// # Errors
/// When the database fails.
pub async fn set_picture(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    url: Option<String>,
) -> Result<(), DbErr> {
    visits::Entity::update_many()
        .col_expr(visits::Column::PictureUrl, Expr::value(url))
        .filter(visits::Column::Id.eq(id))
        .filter(visits::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Puts a login in flight.
///
/// # Errors
/// When the database fails.
pub async fn create_state(
    db: &impl ConnectionTrait,
    row: oauth_states::Model,
) -> Result<(), DbErr> {
    oauth_states::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Claims a login: the first callback works on it, every later one sees what became of it.
///
/// # Errors
/// When the database fails.
pub async fn claim_state(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let result = oauth_states::Entity::update_many()
        .col_expr(oauth_states::Column::ClaimedAt, Expr::value(now))
        .filter(oauth_states::Column::Id.eq(id))
        .filter(oauth_states::Column::AgencyId.eq(scope.agency()))
        .filter(oauth_states::Column::ClaimedAt.is_null())
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Keeps what a login led to, for its replays.
///
/// # Errors
/// When the database fails.
pub async fn finish_state(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    outcome: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    oauth_states::Entity::update_many()
        .col_expr(oauth_states::Column::FinishedAt, Expr::value(now))
        .col_expr(oauth_states::Column::Outcome, Expr::value(outcome))
        .filter(oauth_states::Column::Id.eq(id))
        .filter(oauth_states::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// The newest login of a visit.
///
/// # Errors
/// When the database fails.
pub async fn newest_state(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    visit: Uuid,
) -> Result<Option<oauth_states::Model>, DbErr> {
    oauth_states::Entity::find()
        .filter(oauth_states::Column::AgencyId.eq(scope.agency()))
        .filter(oauth_states::Column::VisitId.eq(visit))
        .order_by_desc(oauth_states::Column::CreatedAt)
        .order_by_desc(oauth_states::Column::Id)
        .one(db)
        .await
}

/// Ends the visits of a client: their link was revoked.
///
/// # Errors
/// When the database fails.
pub async fn end_of_client(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    visits::Entity::update_many()
        .col_expr(visits::Column::ExpiresAt, Expr::value(now))
        .filter(visits::Column::AgencyId.eq(scope.agency()))
        .filter(visits::Column::ClientId.eq(client))
        .filter(visits::Column::ExpiresAt.gt(now))
        .exec(db)
        .await
        .map(drop)
}
