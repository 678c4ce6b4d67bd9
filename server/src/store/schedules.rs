//! What happens again and again: when it is due next. One row for the whole installation, so that it fires
//! once however many workers look.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    TryInsertResult,
    sea_query::{Expr, OnConflict},
};

use super::{
    Write,
    entity::schedules::{Column, Entity},
};

pub use super::entity::schedules::Model;

/// When a schedule is due. One that nobody has seen before is due at once.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    name: &str,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    if let Some(known) = Entity::find_by_id(name).one(db).await? {
        return Ok(known);
    }
    let new = Model {
        name: name.to_owned(),
        next_at: now,
        fired_at: None,
    };
    let inserted = Entity::insert(new.clone().into_active_model())
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(db)
        .await?;
    match inserted {
        TryInsertResult::Inserted(1) => Ok(new),
        // Another worker was quicker.
        _ => Entity::find_by_id(name)
            .one(db)
            .await?
            .ok_or_else(|| DbErr::RecordNotFound(name.to_owned())),
    }
}

/// Moves a schedule on to its next time. [`Write::Conflict`] where another worker has fired it since it was read.
///
/// # Errors
/// When the database fails.
pub async fn fire(
    db: &impl ConnectionTrait,
    read: &Model,
    next_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Write, DbErr> {
    let fired = Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(next_at))
        .col_expr(Column::FiredAt, Expr::value(now))
        .filter(Column::Name.eq(&read.name))
        .filter(Column::NextAt.eq(read.next_at))
        .exec(db)
        .await?;
    Ok(Write::from_rows(fired.rows_affected))
}
