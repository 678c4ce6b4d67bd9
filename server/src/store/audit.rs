//! The audit trail as stored: events, the head of each chain, and the keys of people.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    Write,
    entity::{audit_events, audit_heads, person_keys},
};
use crate::domain::agency::AgencyScope;

pub use audit_events::Model as EventRow;
pub use audit_heads::Model as HeadRow;

/// The end of the agency's chain.
///
/// # Errors
/// When the database fails.
pub async fn head(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<Option<HeadRow>, DbErr> {
    audit_heads::Entity::find_by_id(scope.agency())
        .one(db)
        .await
}

/// Begins the chain of a new agency.
///
/// # Errors
/// When the database fails.
pub async fn create_head(db: &impl ConnectionTrait, row: HeadRow) -> Result<(), DbErr> {
    audit_heads::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Moves the head on, if it still stands where it was read.
///
/// # Errors
/// When the database fails.
pub async fn advance_head(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    read_seq: i64,
    row: &HeadRow,
) -> Result<Write, DbErr> {
    let result = audit_heads::Entity::update_many()
        .col_expr(audit_heads::Column::Seq, Expr::value(row.seq))
        .col_expr(audit_heads::Column::Hash, Expr::value(row.hash.clone()))
        .col_expr(audit_heads::Column::Mac, Expr::value(row.mac.clone()))
        .filter(audit_heads::Column::AgencyId.eq(scope.agency()))
        .filter(audit_heads::Column::Seq.eq(read_seq))
        .exec(db)
        .await?;
    Ok(Write::from_rows(result.rows_affected))
}

/// Adds an event.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: EventRow) -> Result<(), DbErr> {
    audit_events::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Events after a sequence number, in their order.
///
/// # Errors
/// When the database fails.
pub async fn after(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    seq: i64,
    limit: u64,
) -> Result<Vec<EventRow>, DbErr> {
    audit_events::Entity::find()
        .filter(audit_events::Column::AgencyId.eq(scope.agency()))
        .filter(audit_events::Column::Seq.gt(seq))
        .order_by_asc(audit_events::Column::Seq)
        .limit(limit)
        .all(db)
        .await
}

/// The newest events about one object.
///
/// # Errors
/// When the database fails.
pub async fn about(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    object_kind: &str,
    object_id: Uuid,
    limit: u64,
) -> Result<Vec<EventRow>, DbErr> {
    audit_events::Entity::find()
        .filter(audit_events::Column::AgencyId.eq(scope.agency()))
        .filter(audit_events::Column::ObjectKind.eq(object_kind))
        .filter(audit_events::Column::ObjectId.eq(object_id))
        .order_by_desc(audit_events::Column::Seq)
        .limit(limit)
        .all(db)
        .await
}

/// What was done of these actions, newest first, before an event that was shown.
///
/// # Errors
/// When the database fails.
pub async fn done_of(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    actions: &[&str],
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<EventRow>, DbErr> {
    let mut select = audit_events::Entity::find()
        .filter(audit_events::Column::AgencyId.eq(scope.agency()))
        .filter(audit_events::Column::Action.is_in(actions.iter().copied()))
        .filter(audit_events::Column::Outcome.eq("done"));
    if let Some(seq) = before {
        select = select.filter(audit_events::Column::Seq.lt(seq));
    }
    select
        .order_by_desc(audit_events::Column::Seq)
        .limit(limit)
        .all(db)
        .await
}

/// The key that seals where a person came from.
///
/// # Errors
/// When the database fails.
pub async fn person_key(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    person: Uuid,
) -> Result<Option<person_keys::Model>, DbErr> {
    person_keys::Entity::find_by_id(person)
        .filter(person_keys::Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// Keeps the key of a person. If another process has just done so, that one stays.
///
/// # Errors
/// When the database fails.
pub async fn create_person_key(
    db: &impl ConnectionTrait,
    row: person_keys::Model,
) -> Result<(), DbErr> {
    person_keys::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([person_keys::Column::Id])
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Destroys the key of a person, and with it whatever was sealed under it.
///
/// # Errors
/// When the database fails.
pub async fn destroy_person_key(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    person: Uuid,
) -> Result<(), DbErr> {
    person_keys::Entity::delete_many()
        .filter(person_keys::Column::Id.eq(person))
        .filter(person_keys::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}
