//! Tokens, sealed, and what was learnt of them.

mod checks;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::entity::client_tokens;
use crate::{domain::agency::AgencyScope, vault::Sealed};
use app::model::{TokenStanding, TokenStatus};

pub use checks::{
    Learnt, Next, claim_due, claim_for_refresh, claim_refresh_of, claim_these, learn, make_due,
    put_off, set_missing_account, settle_refresh, settle_told, settle_untold,
};
pub use client_tokens::Model;

/// Where the sealed copy of a token stands, for its seal.
pub const TABLE: &str = "client_tokens";
/// The column of the sealed copy.
pub const COLUMN: &str = "token_sealed";

/// A token.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    client_tokens::Entity::find_by_id(id)
        .filter(client_tokens::Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// These tokens.
///
/// # Errors
/// When the database fails.
pub async fn many(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    ids: &[Uuid],
) -> Result<Vec<Model>, DbErr> {
    client_tokens::Entity::find()
        .filter(client_tokens::Column::AgencyId.eq(scope.agency()))
        .filter(client_tokens::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await
}

/// So many living tokens after this one, in the order of their ids: those alone.
///
/// # Errors
/// When the database fails.
pub async fn ids_after(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Uuid>, DbErr> {
    use client_tokens::Column;
    client_tokens::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::DestroyedAt.is_null())
        .filter(Column::Id.gt(after.unwrap_or(Uuid::nil())))
        .order_by_asc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await
}

/// The tokens of a connection, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_connection(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
) -> Result<Vec<Model>, DbErr> {
    of_connections(db, scope, &[connection]).await
}

/// The tokens of these connections, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_connections(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<Vec<Model>, DbErr> {
    client_tokens::Entity::find()
        .filter(client_tokens::Column::AgencyId.eq(scope.agency()))
        .filter(client_tokens::Column::ConnectionId.is_in(connections.iter().copied()))
        .order_by_desc(client_tokens::Column::CreatedAt)
        .order_by_desc(client_tokens::Column::Id)
        .all(db)
        .await
}

/// Every token that a Meta user has given to an agency, also those that are destroyed.
///
/// # Errors
/// When the database fails.
pub async fn of_person(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    meta_user_id: &str,
) -> Result<Vec<Model>, DbErr> {
    client_tokens::Entity::find()
        .filter(client_tokens::Column::MetaUserId.eq(meta_user_id))
        .filter(client_tokens::Column::AgencyId.eq(scope.agency()))
        .all(db)
        .await
}

/// A token that is held, without its sealed copy.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Held {
    pub connection_id: Uuid,
    pub standing: String,
    pub expires_at: Option<DateTime<Utc>>,
    pub data_access_expires_at: Option<DateTime<Utc>>,
}

/// The tokens that are held for these connections, newest first.
///
/// # Errors
/// When the database fails.
pub async fn held(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<Vec<Held>, DbErr> {
    use client_tokens::Column;
    client_tokens::Entity::find()
        .select_only()
        .columns([Column::ConnectionId, Column::Standing])
        .columns([Column::ExpiresAt, Column::DataAccessExpiresAt])
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.is_in(connections.iter().copied()))
        .filter(Column::DestroyedAt.is_null())
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .into_model()
        .all(db)
        .await
}

/// The living token of a connection with this standing.
///
/// # Errors
/// When the database fails.
pub async fn standing(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    standing: TokenStanding,
) -> Result<Option<Model>, DbErr> {
    client_tokens::Entity::find()
        .filter(client_tokens::Column::AgencyId.eq(scope.agency()))
        .filter(client_tokens::Column::ConnectionId.eq(connection))
        .filter(client_tokens::Column::Standing.eq(standing.code()))
        .filter(client_tokens::Column::DestroyedAt.is_null())
        .order_by_desc(client_tokens::Column::CreatedAt)
        .one(db)
        .await
}

/// Keeps a token.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    client_tokens::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Gives the living tokens of a connection with one standing another one.
///
/// # Errors
/// When the database fails.
pub async fn restand(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    from: TokenStanding,
    to: TokenStanding,
) -> Result<u64, DbErr> {
    let result = client_tokens::Entity::update_many()
        .col_expr(client_tokens::Column::Standing, Expr::value(to.code()))
        .col_expr(
            client_tokens::Column::Version,
            Expr::col(client_tokens::Column::Version).add(1),
        )
        .filter(client_tokens::Column::AgencyId.eq(scope.agency()))
        .filter(client_tokens::Column::ConnectionId.eq(connection))
        .filter(client_tokens::Column::Standing.eq(from.code()))
        .filter(client_tokens::Column::DestroyedAt.is_null())
        .exec(db)
        .await?;
    Ok(result.rows_affected)
}

/// Gives one living token another standing.
///
/// # Errors
/// When the database fails.
pub async fn stand(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    standing: TokenStanding,
) -> Result<(), DbErr> {
    use client_tokens::Column;
    client_tokens::Entity::update_many()
        .col_expr(Column::Standing, Expr::value(standing.code()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::DestroyedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Notes that an active token does not reach all that it should.
///
/// # Errors
/// When the database fails.
pub async fn limit(db: &impl ConnectionTrait, scope: AgencyScope, id: Uuid) -> Result<(), DbErr> {
    use client_tokens::Column;
    client_tokens::Entity::update_many()
        .col_expr(Column::MissingAccount, Expr::value(true))
        .col_expr(
            Column::TokenStatus,
            Expr::case(
                Column::TokenStatus.eq(TokenStatus::Active.code()),
                TokenStatus::Limited.code(),
            )
            .finally(Expr::col(Column::TokenStatus))
            .into(),
        )
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// The token that speaks for a connection: the living primary one, else the candidate, else the newest.
#[must_use]
pub fn main(tokens: &[Model]) -> Option<&Model> {
    let living = |standing: TokenStanding| {
        tokens
            .iter()
            .find(|token| token.destroyed_at.is_none() && token.standing == standing.code())
    };
    living(TokenStanding::Primary)
        .or_else(|| living(TokenStanding::Candidate))
        .or_else(|| tokens.first())
}

/// Erases the sealed copy of a token.
///
/// # Errors
/// When the database fails.
pub async fn destroy(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use client_tokens::Column;
    client_tokens::Entity::update_many()
        .col_expr(Column::TokenSealed, Expr::value(None::<Sealed>))
        .col_expr(Column::KeyId, Expr::value(None::<String>))
        .col_expr(
            Column::Standing,
            Expr::value(TokenStanding::Superseded.code()),
        )
        .col_expr(Column::DestroyedAt, Expr::value(now))
        .col_expr(Column::NextValidationAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::NextRefreshAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::DestroyedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Notes that Meta takes these tokens no more.
///
/// # Errors
/// When the database fails.
pub async fn revoked(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    ids: &[Uuid],
) -> Result<(), DbErr> {
    use client_tokens::Column;
    client_tokens::Entity::update_many()
        .col_expr(
            Column::TokenStatus,
            Expr::value(TokenStatus::Revoked.code()),
        )
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Notes that a token was used for a call to Meta.
///
/// # Errors
/// When the database fails.
pub async fn touch(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    client_tokens::Entity::update_many()
        .col_expr(client_tokens::Column::LastUsed, Expr::value(now))
        .filter(client_tokens::Column::Id.eq(id))
        .filter(client_tokens::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}
