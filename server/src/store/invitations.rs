//! Guided links.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::entity::{invitation_links as links, invitations};
use crate::domain::agency::AgencyScope;

/// An invitation.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<invitations::Model>, DbErr> {
    invitations::Entity::find_by_id(id)
        .filter(invitations::Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// A client's invitations, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_client(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
) -> Result<Vec<invitations::Model>, DbErr> {
    invitations::Entity::find()
        .filter(invitations::Column::AgencyId.eq(scope.agency()))
        .filter(invitations::Column::ClientId.eq(client))
        .order_by_desc(invitations::Column::CreatedAt)
        .order_by_desc(invitations::Column::Id)
        .all(db)
        .await
}

/// How far an invitation has come, and nothing else of it.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    pub client_id: Uuid,
    pub expires_at: DateTime<Utc>,
    pub opened_count: i64,
    pub started_at: Option<DateTime<Utc>>,
    pub spent_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

impl From<&invitations::Model> for Course {
    fn from(row: &invitations::Model) -> Self {
        Self {
            client_id: row.client_id,
            expires_at: row.expires_at,
            opened_count: row.opened_count,
            started_at: row.started_at,
            spent_at: row.spent_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// How far the invitations of these clients have come, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn courses(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    clients: &[Uuid],
) -> Result<Vec<Course>, DbErr> {
    use invitations::Column;
    type Moment = Option<DateTime<Utc>>;
    // By position: see the list of clients.
    let rows: Vec<(Uuid, DateTime<Utc>, i64, Moment, Moment, Moment)> = invitations::Entity::find()
        .select_only()
        .columns([Column::ClientId, Column::ExpiresAt, Column::OpenedCount])
        .columns([Column::StartedAt, Column::SpentAt, Column::RevokedAt])
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ClientId.is_in(clients.iter().copied()))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let course = |(client_id, expires_at, opened_count, started_at, spent_at, revoked_at)| Course {
        client_id,
        expires_at,
        opened_count,
        started_at,
        spent_at,
        revoked_at,
    };
    Ok(rows.into_iter().map(course).collect())
}

/// Adds an invitation.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: invitations::Model) -> Result<(), DbErr> {
    invitations::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// The links of these invitations that clients have passed on, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn passed_on(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    invitations: &[Uuid],
) -> Result<Vec<links::Model>, DbErr> {
    links::Entity::find()
        .filter(links::Column::AgencyId.eq(scope.agency()))
        .filter(links::Column::InvitationId.is_in(invitations.iter().copied()))
        .filter(links::Column::ForwardedVisit.is_not_null())
        .order_by_asc(links::Column::CreatedAt)
        .order_by_asc(links::Column::Id)
        .all(db)
        .await
}

/// Adds a link secret to an invitation.
///
/// # Errors
/// When the database fails.
pub async fn create_link(db: &impl ConnectionTrait, row: links::Model) -> Result<(), DbErr> {
    links::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Ends every invitation of this kind that still leads somewhere, with its links. Says how many there were.
///
/// # Errors
/// When the database fails.
pub async fn revoke_live(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    kind: Option<&str>,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let mut select = invitations::Entity::find()
        .filter(invitations::Column::AgencyId.eq(scope.agency()))
        .filter(invitations::Column::ClientId.eq(client))
        .filter(invitations::Column::SpentAt.is_null())
        .filter(invitations::Column::RevokedAt.is_null());
    if let Some(kind) = kind {
        select = select.filter(invitations::Column::Kind.eq(kind));
    }
    let ids: Vec<Uuid> = select
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    if ids.is_empty() {
        return Ok(0);
    }
    let revoked = invitations::Entity::update_many()
        .col_expr(invitations::Column::RevokedAt, Expr::value(now))
        .filter(invitations::Column::Id.is_in(ids.iter().copied()))
        .filter(invitations::Column::SpentAt.is_null())
        .exec(db)
        .await?;
    links::Entity::update_many()
        .col_expr(links::Column::EndedAt, Expr::value(now))
        .filter(links::Column::InvitationId.is_in(ids))
        .filter(links::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(revoked.rows_affected)
}

/// Counts an opening: the only thing that a GET changes.
///
/// # Errors
/// When the database fails.
pub async fn count_opening(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use invitations::Column;
    invitations::Entity::update_many()
        .col_expr(Column::OpenedCount, Expr::col(Column::OpenedCount).add(1))
        .col_expr(
            Column::FirstOpenedAt,
            Expr::col(Column::FirstOpenedAt).if_null(Expr::value(now)),
        )
        .col_expr(Column::LastOpenedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Notes that somebody pressed the button, the first time.
///
/// # Errors
/// When the database fails.
pub async fn mark_started(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    invitations::Entity::update_many()
        .col_expr(invitations::Column::StartedAt, Expr::value(now))
        .filter(invitations::Column::Id.eq(id))
        .filter(invitations::Column::AgencyId.eq(scope.agency()))
        .filter(invitations::Column::StartedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// Spends an invitation: its connection was submitted.
///
/// # Errors
/// When the database fails.
pub async fn spend(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    invitations::Entity::update_many()
        .col_expr(invitations::Column::SpentAt, Expr::value(now))
        .filter(invitations::Column::Id.eq(id))
        .filter(invitations::Column::AgencyId.eq(scope.agency()))
        .filter(invitations::Column::SpentAt.is_null())
        .exec(db)
        .await
        .map(drop)
}
