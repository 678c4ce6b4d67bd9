//! The way of a browser from a guided link on, and its logins in flight.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{
    Write,
    entity::{
        oauth_states::{self, Column},
        visits,
    },
};
use crate::{domain::agency::AgencyScope, vault::Sealed};

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
        .col_expr(Column::ClaimedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ClaimedAt.is_null())
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Claims a login once more, to go on with what it holds, unless somebody did since it was read. A code is let
/// go with that: whatever happens next, it is not sent twice.
///
/// # Errors
/// When the database fails.
pub async fn claim_again(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    read: &oauth_states::Model,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let mut update = oauth_states::Entity::update_many()
        .col_expr(Column::ClaimedAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::Outcome, Expr::value(None::<String>));
    if read.held.as_deref() == Some(oauth_states::HELD_CODE) {
        update = forgetting(update);
    }
    let result = update
        .filter(Column::Id.eq(read.id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ClaimedAt.eq(read.claimed_at))
        .filter(Column::HeldSealed.is_not_null())
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Keeps what a login has got of Meta so far, so that it can go on from there.
///
/// # Errors
/// When the database fails.
pub async fn hold(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    claim: &oauth_states::Model,
    kind: &str,
    sealed: Sealed,
) -> Result<Write, DbErr> {
    let result = oauth_states::Entity::update_many()
        .col_expr(Column::Held, Expr::value(kind))
        .col_expr(Column::HeldSealed, Expr::value(sealed))
        .filter(Column::Id.eq(claim.id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ClaimedAt.eq(claim.claimed_at))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Forgets what the logins of a visit hold: a new one begins.
///
/// # Errors
/// When the database fails.
pub async fn drop_held(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    visit: Uuid,
) -> Result<(), DbErr> {
    forgetting(oauth_states::Entity::update_many())
        .filter(Column::VisitId.eq(visit))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps what a login led to, for its replays. What it holds is kept where it can go on.
/// A conflict: somebody took it up since it was claimed.
///
/// # Errors
/// When the database fails.
pub async fn finish_state(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    claim: &oauth_states::Model,
    outcome: &str,
    can_go_on: bool,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let mut update = oauth_states::Entity::update_many()
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::Outcome, Expr::value(outcome));
    if !can_go_on {
        update = forgetting(update);
    }
    let result = update
        .filter(Column::Id.eq(claim.id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ClaimedAt.eq(claim.claimed_at))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

type Update = sea_orm::UpdateMany<oauth_states::Entity>;

fn forgetting(update: Update) -> Update {
    update
        .col_expr(Column::Held, Expr::value(None::<String>))
        .col_expr(Column::HeldSealed, Expr::value(None::<Sealed>))
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
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::VisitId.eq(visit))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

/// Forgets who signed in during the visits of a client: their pictures, and what their logins hold.
///
/// # Errors
/// When the database fails.
pub async fn forget_people(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
) -> Result<(), DbErr> {
    forgetting(oauth_states::Entity::update_many())
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::VisitId.in_subquery(of_client(scope, client)))
        .exec(db)
        .await?;
    visits::Entity::update_many()
        .col_expr(visits::Column::PictureUrl, Expr::value(None::<String>))
        .filter(visits::Column::AgencyId.eq(scope.agency()))
        .filter(visits::Column::ClientId.eq(client))
        .exec(db)
        .await
        .map(drop)
}

fn of_client(scope: AgencyScope, client: Uuid) -> SelectStatement {
    visits::Entity::find()
        .select_only()
        .column(visits::Column::Id)
        .filter(visits::Column::AgencyId.eq(scope.agency()))
        .filter(visits::Column::ClientId.eq(client))
        .into_query()
}

/// Ends the visits of a client: their link was revoked. What their logins hold is of no use any more.
///
/// # Errors
/// When the database fails.
pub async fn end_of_client(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    forgetting(oauth_states::Entity::update_many())
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::VisitId.in_subquery(of_client(scope, client)))
        .exec(db)
        .await?;
    visits::Entity::update_many()
        .col_expr(visits::Column::ExpiresAt, Expr::value(now))
        .filter(visits::Column::AgencyId.eq(scope.agency()))
        .filter(visits::Column::ClientId.eq(client))
        .filter(visits::Column::ExpiresAt.gt(now))
        .exec(db)
        .await
        .map(drop)
}
