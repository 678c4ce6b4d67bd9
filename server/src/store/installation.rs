//! The installation's own sealed keys, and what is known of the key ring.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use super::entity::{installation, vault_keys};

/// The one row.
const ID: i32 = 1;

/// The installation's sealed keys, once they are made.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &impl ConnectionTrait) -> Result<Option<installation::Model>, DbErr> {
    installation::Entity::find_by_id(ID).one(db).await
}

/// Keeps the installation's sealed keys. Two processes that start at once: the first wins, the other reads.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, mut row: installation::Model) -> Result<(), DbErr> {
    row.id = ID;
    installation::Entity::insert(installation::ActiveModel::from(row))
        .on_conflict_do_nothing_on([installation::Column::Id])
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Every key that was ever used here, by its id.
///
/// # Errors
/// When the database fails.
pub async fn keys(db: &impl ConnectionTrait) -> Result<Vec<vault_keys::Model>, DbErr> {
    vault_keys::Entity::find()
        .order_by_asc(vault_keys::Column::FirstSeenAt)
        .all(db)
        .await
}

/// Remembers a key of the ring, so that a wrong ring is recognised at the next start.
///
/// # Errors
/// When the database fails.
pub async fn remember_key(
    db: &impl ConnectionTrait,
    kid: &str,
    check_value: [u8; 32],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = vault_keys::ActiveModel {
        kid: Set(kid.to_owned()),
        check_value: Set(check_value.to_vec()),
        encryptions: Set(0),
        first_seen_at: Set(now),
    };
    vault_keys::Entity::insert(row)
        .on_conflict_do_nothing_on([vault_keys::Column::Kid])
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// Adds to the number of encryptions that a key has made.
///
/// # Errors
/// When the database fails.
pub async fn count_encryptions(
    db: &impl ConnectionTrait,
    kid: &str,
    more: u64,
) -> Result<(), DbErr> {
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    vault_keys::Entity::update_many()
        .col_expr(
            vault_keys::Column::Encryptions,
            Expr::col(vault_keys::Column::Encryptions).add(more),
        )
        .filter(vault_keys::Column::Kid.eq(kid))
        .exec(db)
        .await
        .map(drop)
}
