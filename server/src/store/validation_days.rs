//! Validations counted by day and class.

use app::model::AnswerClass;
use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::entity::validation_days::{Column, Entity, Model};
use crate::domain::agency::AgencyScope;

/// Counts validations of a day (in UTC) by what they said, in the transaction that keeps them. Call it late there:
/// whoever counts the same class waits for the commit.
///
/// # Errors
/// When the database fails.
pub async fn count_validations(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    day: NaiveDate,
    counts: &[(AnswerClass, u64)],
) -> Result<(), DbErr> {
    let mut counts: Vec<_> = { counts.iter() }.filter(|(_, count)| *count > 0).collect();
    if counts.is_empty() {
        return Ok(());
    }
    // Everybody in the same order: two who count the same classes never wait for each other in a circle.
    counts.sort_unstable_by_key(|(class, _)| class.code());
    let rows = counts.into_iter().map(|(class, count)| {
        let row = Model {
            agency_id: scope.agency(),
            day,
            class: class.code().to_owned(),
            validations: i64::try_from(*count).unwrap_or(i64::MAX),
        };
        row.into_active_model()
    });
    let known = Expr::col((Entity, Column::Validations));
    let new = Expr::col(("excluded", Column::Validations));
    Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([Column::AgencyId, Column::Day, Column::Class])
                .value(Column::Validations, known.add(new))
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// How many validations of each class there were on each day from this one on, in order.
///
/// # Errors
/// When the database fails.
pub async fn since(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    day: NaiveDate,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Day.gte(day))
        .order_by_asc(Column::Day)
        .order_by_asc(Column::Class)
        .all(db)
        .await
}

/// How many validations of each class there ever were.
///
/// # Errors
/// When the database fails.
pub async fn in_all(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<Vec<(String, i64)>, DbErr> {
    let sum = Expr::col(Column::Validations).sum().cast_as("bigint");
    Entity::find()
        .select_only()
        .column(Column::Class)
        .column_as(sum, "validations")
        .filter(Column::AgencyId.eq(scope.agency()))
        .group_by(Column::Class)
        .into_tuple()
        .all(db)
        .await
}
