//! Counted tries: what protects accounts and links is counted here, for all replicas.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityName, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::entity::rate_windows::{Column, Entity, Model};

/// Counts a try in a fixed window and says how many there were in it, this one too, and when it began.
///
/// # Errors
/// When the database fails.
pub async fn count(
    db: &impl ConnectionTrait,
    bucket: &str,
    window: Duration,
    now: DateTime<Utc>,
) -> Result<(i32, DateTime<Utc>), DbErr> {
    let row = Model {
        bucket: bucket.to_owned(),
        window_start: now,
        hits: 1,
    };
    let is_over = Expr::col((Entity, Column::WindowStart)).lte(now - window);
    let mut counting = Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(Column::Bucket)
                .value(
                    Column::Hits,
                    Expr::case(is_over.clone(), 1)
                        .finally(Expr::col((Entity, Column::Hits)).add(1)),
                )
                .value(
                    Column::WindowStart,
                    Expr::case(is_over, now).finally(Expr::col((Entity, Column::WindowStart))),
                )
                .to_owned(),
        )
        .into_query();
    // In one statement on both databases; SeaORM's own asks SQLite twice.
    let row = db.query_one(counting.returning_all()).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound(Entity.table_name().to_owned()))?;
    let row = Model::from_query_result(&row, "")?;
    Ok((row.hits, row.window_start))
}

/// Forgets the count of a bucket: the right password was given.
///
/// # Errors
/// When the database fails.
pub async fn clear(db: &impl ConnectionTrait, bucket: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(bucket).exec(db).await.map(drop)
}

/// Forgets windows that began before a moment.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(db: &impl ConnectionTrait, moment: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::WindowStart.lt(moment))
        .exec(db)
        .await
        .map(drop)
}
