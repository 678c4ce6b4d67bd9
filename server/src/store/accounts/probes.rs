//! What test calls said of the accounts that a client chose.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{ANSWERED, VALUES};
use crate::{
    domain::agency::AgencyScope,
    store::entity::{
        ad_accounts::{ActiveModel, Column, Entity},
        grant_accounts,
    },
};

/// What a test call said.
#[derive(Clone, Debug)]
pub struct ProbeRow {
    /// `ok`, or the code of a failure.
    pub code: String,
    pub millis: Option<i64>,
    pub campaigns: Option<i64>,
}

/// Keeps what a test call said.
///
/// # Errors
/// When the database fails.
pub async fn set_probe(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    probe: ProbeRow,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Probe, Expr::value(probe.code))
        .col_expr(Column::ProbeMillis, Expr::value(probe.millis))
        .col_expr(Column::CampaignsCount, Expr::value(probe.campaigns))
        .col_expr(Column::ProbedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Notes that test calls to these accounts said the same as before.
///
/// # Errors
/// When the database fails.
pub async fn set_tested(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    ids: &[Uuid],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for ids in ids.chunks(VALUES) {
        Entity::update_many()
            .col_expr(Column::ProbedAt, Expr::value(now))
            .filter(Column::Id.is_in(ids.iter().copied()))
            .filter(Column::AgencyId.eq(scope.agency()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Keeps what the test calls of a login beside the connection said, for the accounts that are the same.
///
/// # Errors
/// When the database fails.
pub async fn take_probes(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    tested: &[grant_accounts::Model],
) -> Result<(), DbErr> {
    for account in tested {
        Entity::update_many()
            .col_expr(Column::Probe, Expr::value(account.probe.clone()))
            .col_expr(Column::ProbeMillis, Expr::value(account.probe_millis))
            .col_expr(Column::CampaignsCount, Expr::value(account.campaigns_count))
            .col_expr(Column::ProbedAt, Expr::value(account.probed_at))
            .filter(Column::Number.eq(account.number.as_str()))
            .filter(Column::ConnectionId.eq(connection))
            .filter(Column::AgencyId.eq(scope.agency()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Which test calls are forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forget {
    /// Every one: the token is another.
    All,
    /// Those of chosen accounts that did not answer: they are made anew. What did not answer and is no longer
    /// chosen is kept, so that the agency can see it.
    ChosenUnanswered,
}

/// Forgets what test calls said.
///
/// # Errors
/// When the database fails.
pub async fn forget_probes(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    forget: Forget,
) -> Result<(), DbErr> {
    let none = ActiveModel {
        probe: Set(None),
        probe_millis: Set(None),
        probed_at: Set(None),
        id: NotSet,
        ..Default::default()
    };
    let mut update = Entity::update_many()
        .set(none)
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.eq(connection));
    if forget == Forget::ChosenUnanswered {
        update = update
            .filter(Column::IsSelected.eq(true))
            .filter(Column::Probe.ne(ANSWERED));
    }
    update.exec(db).await.map(drop)
}
