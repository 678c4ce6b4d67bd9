//! Checks of tokens against Meta, as they were made.

use std::ops::Range;

use app::model::AnswerClass;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::entity::validations::{Column, Entity};
use crate::domain::agency::AgencyScope;

pub use super::entity::validations::Model;

/// Rows that are forgotten in one statement, so that nobody waits long for the writer's place.
const AT_ONCE: u64 = 5_000;

/// Keeps what checks against Meta said.
///
/// # Errors
/// When the database fails.
pub async fn create_many(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// The last checks of a token, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_token(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    token: Uuid,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::TokenId.eq(token))
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Checks that said the same, newest first: of all time, or made since one moment and before another; after one
/// that was shown.
///
/// # Errors
/// When the database fails.
pub async fn of_class(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    class: AnswerClass,
    made: Option<Range<DateTime<Utc>>>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut select = Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Class.eq(class.code()));
    if let Some(made) = made {
        select = select
            .filter(Column::Id.gte(first_id_at(made.start)))
            .filter(Column::Id.lt(first_id_at(made.end)));
    }
    if let Some(after) = after {
        select = select.filter(Column::Id.lt(after));
    }
    // Ids begin with the time they were made.
    select.order_by_desc(Column::Id).limit(limit).all(db).await
}

/// Forgets some of the checks that were made before a moment; how many. Ids begin with the time they were made,
/// so the table's own order serves.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    moment: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let old = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.lt(first_id_at(moment)))
        .filter(Column::AgencyId.eq(scope.agency()))
        .limit(AT_ONCE)
        .into_query();
    let gone = Entity::delete_many()
        .filter(Column::Id.in_subquery(old))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await?;
    Ok(gone.rows_affected)
}

/// No id that was made at this moment or later is smaller (RFC 9562, UUID version 7).
fn first_id_at(moment: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(moment.timestamp_millis()).unwrap_or_default();
    Uuid::from_u64_pair(millis << 16, 0)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::rng::{SystemRng, new_id};

    #[test]
    fn ids_made_before_a_moment_are_smaller_than_its_first() {
        let moment = DateTime::from_timestamp(1_795_428_000, 0).unwrap();
        let first = first_id_at(moment);
        assert!(new_id(&SystemRng, moment) >= first);
        assert!(new_id(&SystemRng, moment - TimeDelta::milliseconds(1)) < first);
    }
}
