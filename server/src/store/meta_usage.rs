//! How much of Meta's limits is used. Meta counts by app, business and ad account and knows no agencies: so the rows
//! belong to the installation, and an agency sees the shares of accounts that are its own.

use app::model::UsageBucket;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationDef,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use super::entity::{
    ad_accounts, clients, connections,
    meta_usage::{Column, Entity},
};
use crate::domain::agency::AgencyScope;

pub use super::entity::meta_usage::Model;

/// Rows of one statement.
const CHUNK: usize = 200;

/// Keeps what Meta last said. What another process has heard later stays.
///
/// # Errors
/// When the database fails.
pub async fn put(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), DbErr> {
    let mut rows = rows;
    // Everybody in the same order: two processes never wait for each other in a circle.
    rows.sort_unstable_by(|a, b| (&a.bucket, &a.meta_id).cmp(&(&b.bucket, &b.meta_id)));
    let known = Expr::col((Entity, Column::SeenAt));
    let is_newer = known.lte(Expr::col(("excluded", Column::SeenAt)));
    let newest = OnConflict::columns([Column::Bucket, Column::MetaId])
        .update_columns([Column::Percent, Column::StoppedUntil, Column::SeenAt])
        .action_and_where(is_newer)
        .to_owned();
    for chunk in rows.chunks(CHUNK) {
        let rows = chunk
            .iter()
            .cloned()
            .map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows)
            .on_conflict(newest.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// What was heard since a moment, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn heard_since(
    db: &impl ConnectionTrait,
    moment: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::SeenAt.gte(moment))
        .order_by_desc(Column::SeenAt)
        .limit(limit)
        .all(db)
        .await
}

/// The share of an app, which all agencies have in common.
///
/// # Errors
/// When the database fails.
pub async fn of_app(db: &impl ConnectionTrait, app: &str) -> Result<Option<Model>, DbErr> {
    of(UsageBucket::App)
        .filter(Column::MetaId.eq(app))
        .one(db)
        .await
}

/// An agency's ad accounts that have used the most of their shares, of those that were heard of since a moment.
///
/// # Errors
/// When the database fails.
pub async fn busiest_accounts(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let theirs = ad_accounts::Entity::find()
        .select_only()
        .column(ad_accounts::Column::Id)
        .filter(ad_accounts::Column::AgencyId.eq(scope.agency()))
        .filter(
            Expr::col((ad_accounts::Entity, ad_accounts::Column::Number))
                .equals((Entity, Column::MetaId)),
        )
        .into_query();
    of(UsageBucket::AdAccount)
        .filter(Column::SeenAt.gte(since))
        .filter(Expr::exists(theirs))
        .order_by_desc(Column::Percent)
        .order_by_asc(Column::MetaId)
        .limit(limit)
        .all(db)
        .await
}

/// An ad account, and the client through whom it is seen.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Owner {
    pub number: String,
    pub name: String,
    pub client_id: Uuid,
    pub client_name: String,
}

/// Whose these ad accounts are; one that several clients have stands there for each.
///
/// # Errors
/// When the database fails.
pub async fn owners(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    numbers: &[&str],
) -> Result<Vec<Owner>, DbErr> {
    let connection: RelationDef = ad_accounts::Entity::belongs_to(connections::Entity)
        .from(ad_accounts::Column::ConnectionId)
        .to(connections::Column::Id)
        .into();
    let client: RelationDef = connections::Entity::belongs_to(clients::Entity)
        .from(connections::Column::ClientId)
        .to(clients::Column::Id)
        .into();
    ad_accounts::Entity::find()
        .select_only()
        .columns([ad_accounts::Column::Number, ad_accounts::Column::Name])
        .column_as(clients::Column::Id, "client_id")
        .column_as(clients::Column::Name, "client_name")
        .join(JoinType::InnerJoin, connection)
        .join(JoinType::InnerJoin, client)
        .filter(ad_accounts::Column::AgencyId.eq(scope.agency()))
        .filter(ad_accounts::Column::Number.is_in(numbers.iter().copied()))
        .order_by_asc(clients::Column::SortName)
        .order_by_asc(clients::Column::Id)
        .into_model()
        .all(db)
        .await
}

fn of(bucket: UsageBucket) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::Bucket.eq(bucket.code()))
}

/// Forgets what was heard before a moment.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(db: &impl ConnectionTrait, moment: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::SeenAt.lt(moment))
        .exec(db)
        .await
        .map(drop)
}
