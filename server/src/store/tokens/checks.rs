//! Tokens as the checks see them: claimed when due, and written in bulk what came of it.
//!
//! A claim moves the next check to the end of a lease, which names it: what comes of the check is written only
//! where that moment still stands. So nothing late overwrites what a later check, another worker or a person did,
//! and a destroyed token, which has no next check, stays destroyed. A worker that dies leaves tokens that come due
//! again.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, UpdateMany,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType},
};
use uuid::Uuid;

use super::Model;
use crate::{
    domain::agency::AgencyScope,
    store::entity::client_tokens::{Column, Entity},
};

/// Claims tokens whose check is due, the longest due first. No two callers get the same one.
///
/// # Errors
/// When the database fails.
pub async fn claim_due(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    limit: u64,
    lease: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    claim(db, scope, Column::NextValidationAt, limit, lease, now).await
}

/// As [`claim_due`], for what is to be learnt of a token's ad accounts.
///
/// # Errors
/// When the database fails.
pub async fn claim_for_refresh(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    limit: u64,
    lease: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    claim(db, scope, Column::NextRefreshAt, limit, lease, now).await
}

async fn claim(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    due: Column,
    limit: u64,
    lease: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    let mut first = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(due.lte(now))
        .order_by_asc(due)
        .limit(limit)
        .into_query();
    if db.get_database_backend() == DbBackend::Postgres {
        // Others that claim at the same time take the next ones and do not wait for these.
        first.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let claimed = of_agency(scope)
        .col_expr(due, Expr::value(lease))
        .filter(Column::Id.in_subquery(first))
        .filter(due.lte(now));
    returning(db, claimed).await
}

/// Claims these tokens, whenever their check is due and whoever is about to make it. Destroyed ones are left out.
///
/// # Errors
/// When the database fails.
pub async fn claim_these(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    ids: &[Uuid],
    lease: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    let claimed = of_agency(scope)
        .col_expr(Column::NextValidationAt, Expr::value(lease))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::DestroyedAt.is_null());
    returning(db, claimed).await
}

/// Claims what is to be learnt of the ad accounts of this token, whenever that is due.
///
/// # Errors
/// When the database fails.
pub async fn claim_refresh_of(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    lease: DateTime<Utc>,
) -> Result<Vec<Model>, DbErr> {
    let claimed = of_agency(scope)
        .col_expr(Column::NextRefreshAt, Expr::value(lease))
        .filter(Column::Id.eq(id))
        .filter(Column::DestroyedAt.is_null());
    returning(db, claimed).await
}

async fn returning(
    db: &impl ConnectionTrait,
    update: UpdateMany<Entity>,
) -> Result<Vec<Model>, DbErr> {
    let mut update = update.into_query();
    let rows = db.query_all(update.returning_all()).await?;
    { rows.iter() }
        .map(|row| Model::from_query_result(row, ""))
        .collect()
}

/// Makes the check of every living token of a Meta user due. One that is under way is made once more: what it heard
/// may be older than what made this due.
///
/// # Errors
/// When the database fails.
pub async fn make_due(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    meta_user_id: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    of_agency(scope)
        .col_expr(Column::NextValidationAt, Expr::value(now))
        .filter(Column::MetaUserId.eq(meta_user_id))
        .filter(Column::DestroyedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}

/// A token, and when it is checked next.
pub type Next = (Uuid, DateTime<Utc>);

/// Notes that Meta said how these tokens stand. Gives those that were still ours to write.
///
/// # Errors
/// When the database fails.
pub async fn settle_told(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    lease: DateTime<Utc>,
    next: &[Next],
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, DbErr> {
    let settled = leased(scope, Column::NextValidationAt, lease, next)
        .col_expr(Column::LastUsed, Expr::value(now))
        .col_expr(Column::LastValidatedAt, Expr::value(now))
        .col_expr(Column::ChecksFailed, Expr::value(0));
    settle(db, settled, next).await
}

/// Notes that Meta could not say how these tokens stand. Gives those that were still ours to write.
///
/// # Errors
/// When the database fails.
pub async fn settle_untold(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    lease: DateTime<Utc>,
    next: &[Next],
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, DbErr> {
    let settled = leased(scope, Column::NextValidationAt, lease, next)
        .col_expr(Column::LastUsed, Expr::value(now))
        .col_expr(Column::ChecksFailed, Expr::col(Column::ChecksFailed).add(1));
    settle(db, settled, next).await
}

/// Puts off the checks of tokens that were claimed and not asked about.
///
/// # Errors
/// When the database fails.
pub async fn put_off(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    lease: DateTime<Utc>,
    next: &[Next],
) -> Result<(), DbErr> {
    let put_off = leased(scope, Column::NextValidationAt, lease, next);
    settle(db, put_off, next).await.map(drop)
}

/// Notes when the ad accounts of these tokens are looked at next. Gives those that were still ours to write.
///
/// # Errors
/// When the database fails.
pub async fn settle_refresh(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    lease: DateTime<Utc>,
    next: &[Next],
) -> Result<Vec<Uuid>, DbErr> {
    settle(db, leased(scope, Column::NextRefreshAt, lease, next), next).await
}

/// Notes whether a chosen account cannot be reached with a token.
///
/// # Errors
/// When the database fails.
pub async fn set_missing_account(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    is_missing: bool,
) -> Result<(), DbErr> {
    of_agency(scope)
        .col_expr(Column::MissingAccount, Expr::value(is_missing))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

async fn settle(
    db: &impl ConnectionTrait,
    update: UpdateMany<Entity>,
    next: &[Next],
) -> Result<Vec<Uuid>, DbErr> {
    if next.is_empty() {
        return Ok(Vec::new());
    }
    let mut update = update.into_query();
    let rows = db.query_all(update.returning_col(Column::Id)).await?;
    rows.iter().map(|row| row.try_get("", "id")).collect()
}

/// These tokens, as far as the claim still stands, each with its next check.
fn leased(
    scope: AgencyScope,
    due: Column,
    lease: DateTime<Utc>,
    next: &[Next],
) -> UpdateMany<Entity> {
    let mut each = sea_orm::sea_query::CaseStatement::new();
    for (id, at) in next {
        each = each.case(Column::Id.eq(*id), Expr::value(*at));
    }
    let ids = next.iter().map(|(id, _)| *id);
    of_agency(scope)
        .col_expr(due, each.into())
        .filter(Column::Id.is_in(ids))
        .filter(due.eq(lease))
        .filter(Column::DestroyedAt.is_null())
}

fn of_agency(scope: AgencyScope) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::AgencyId.eq(scope.agency()))
}

/// What a check found to be another than what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learnt {
    pub token_status: String,
    pub scopes: String,
    pub granular_scopes: Option<String>,
    pub issued_at: Option<DateTime<Utc>>,
    pub expires_at: Option<DateTime<Utc>>,
    pub data_access_expires_at: Option<DateTime<Utc>>,
}

impl Learnt {
    /// What is stored.
    #[must_use]
    pub fn of(row: &Model) -> Self {
        Self {
            token_status: row.token_status.clone(),
            scopes: row.scopes.clone(),
            granular_scopes: row.granular_scopes.clone(),
            issued_at: row.issued_at,
            expires_at: row.expires_at,
            data_access_expires_at: row.data_access_expires_at,
        }
    }
}

/// Keeps what was learnt of a token that has just been settled in the same transaction.
///
/// # Errors
/// When the database fails.
pub async fn learn(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    learnt: &Learnt,
) -> Result<(), DbErr> {
    of_agency(scope)
        .col_expr(
            Column::TokenStatus,
            Expr::value(learnt.token_status.as_str()),
        )
        .col_expr(Column::Scopes, Expr::value(learnt.scopes.as_str()))
        .col_expr(
            Column::GranularScopes,
            Expr::value(learnt.granular_scopes.clone()),
        )
        .col_expr(Column::IssuedAt, Expr::value(learnt.issued_at))
        .col_expr(Column::ExpiresAt, Expr::value(learnt.expires_at))
        .col_expr(
            Column::DataAccessExpiresAt,
            Expr::value(learnt.data_access_expires_at),
        )
        .filter(Column::Id.eq(id))
        .filter(Column::DestroyedAt.is_null())
        .exec(db)
        .await
        .map(drop)
}
