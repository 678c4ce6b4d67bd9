//! The evidence behind a grant: the accounts that it offered, and what Meta answered.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::{
    accounts::ProbeRow,
    entity::{ad_accounts, grant_accounts, grants, meta_answers},
};
use crate::domain::agency::AgencyScope;

pub use grant_accounts::Model as GrantAccount;
pub use grants::Model as Grant;
pub use meta_answers::Model as Answer;

/// Where the sealed text of an answer stands, for its seal.
pub const TABLE: &str = "meta_answers";
/// The column of the sealed text.
pub const COLUMN: &str = "body_sealed";

/// A grant of a client.
///
/// # Errors
/// When the database fails.
pub async fn grant(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    id: Uuid,
) -> Result<Option<Grant>, DbErr> {
    grants::Entity::find_by_id(id)
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .filter(grants::Column::ClientId.eq(client))
        .one(db)
        .await
}

/// These grants.
///
/// # Errors
/// When the database fails.
pub async fn grants(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    ids: &[Uuid],
) -> Result<Vec<Grant>, DbErr> {
    grants::Entity::find()
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .filter(grants::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await
}

/// Every grant of a client, newest first.
///
/// # Errors
/// When the database fails.
pub async fn grants_of_client(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
) -> Result<Vec<Grant>, DbErr> {
    grants::Entity::find()
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .filter(grants::Column::ClientId.eq(client))
        .order_by_desc(grants::Column::GrantedAt)
        .order_by_desc(grants::Column::Id)
        .all(db)
        .await
}

/// Makes a grant one of its connection: what waited beside it was taken over.
///
/// # Errors
/// When the database fails.
pub async fn take_over(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    grant: Uuid,
) -> Result<(), DbErr> {
    grants::Entity::update_many()
        .col_expr(grants::Column::CandidateId, Expr::value(None::<Uuid>))
        .filter(grants::Column::Id.eq(grant))
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps how a connection's accounts stand now as what a grant offered; what was kept before goes.
///
/// # Errors
/// When the database fails.
pub async fn keep_accounts(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    grant: Uuid,
    connection: Uuid,
    only_chosen: bool,
) -> Result<(), DbErr> {
    use ad_accounts::Column as Of;
    use grant_accounts::Column as To;
    grant_accounts::Entity::delete_many()
        .filter(To::GrantId.eq(grant))
        .filter(To::AgencyId.eq(scope.agency()))
        .exec(db)
        .await?;
    let mut select = Query::select();
    select
        .expr(Expr::value(grant))
        .columns([Of::Number, Of::AgencyId, Of::Name, Of::Currency])
        .columns([Of::AccountStatus])
        .columns([Of::BusinessName])
        .columns([Of::IsSelected])
        .columns([Of::Probe])
        .columns([Of::ProbeMillis, Of::CampaignsCount])
        .columns([Of::ProbedAt])
        .from(ad_accounts::Entity)
        .and_where(Of::AgencyId.eq(scope.agency()))
        .and_where(Of::ConnectionId.eq(connection));
    if only_chosen {
        select.and_where(Of::IsSelected.eq(true));
    }
    let insert = Query::insert()
        .into_table(grant_accounts::Entity)
        .columns([
            To::GrantId,
            To::Number,
            To::AgencyId,
            To::Name,
            To::Currency,
            To::AccountStatus,
            To::BusinessName,
            To::IsChosen,
            To::Probe,
            To::ProbeMillis,
            To::CampaignsCount,
            To::ProbedAt,
        ])
        .select_from(select)
        .map_err(|error| DbErr::Custom(error.to_string()))?
        .to_owned();
    db.execute(&insert).await.map(drop)
}

/// Forgets what the test calls said: they are made anew.
///
/// # Errors
/// When the database fails.
pub async fn clear_probes(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    grant: Uuid,
) -> Result<(), DbErr> {
    use grant_accounts::Column;
    grant_accounts::Entity::update_many()
        .col_expr(Column::Probe, Expr::value(None::<String>))
        .col_expr(Column::ProbeMillis, Expr::value(None::<i64>))
        .col_expr(Column::CampaignsCount, Expr::value(None::<i64>))
        .col_expr(Column::ProbedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::GrantId.eq(grant))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Keeps what a test call said.
///
/// # Errors
/// When the database fails.
pub async fn set_probe(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    grant: Uuid,
    number: &str,
    probe: ProbeRow,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use grant_accounts::Column;
    grant_accounts::Entity::update_many()
        .col_expr(Column::Probe, Expr::value(probe.code))
        .col_expr(Column::ProbeMillis, Expr::value(probe.millis))
        .col_expr(Column::CampaignsCount, Expr::value(probe.campaigns))
        .col_expr(Column::ProbedAt, Expr::value(now))
        .filter(Column::GrantId.eq(grant))
        .filter(Column::Number.eq(number))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// The accounts of a grant: those that were chosen, by name.
///
/// # Errors
/// When the database fails.
pub async fn chosen(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    grants: &[Uuid],
) -> Result<Vec<GrantAccount>, DbErr> {
    use grant_accounts::Column;
    grant_accounts::Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::GrantId.is_in(grants.iter().copied()))
        .filter(Column::IsChosen.eq(true))
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Number)
        .all(db)
        .await
}

/// One page of the accounts that a grant offered, the chosen first.
///
/// # Errors
/// When the database fails.
pub async fn offered(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    grant: Uuid,
    page: u64,
    per_page: u64,
) -> Result<Vec<GrantAccount>, DbErr> {
    use grant_accounts::Column;
    grant_accounts::Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::GrantId.eq(grant))
        .order_by_desc(Column::IsChosen)
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Number)
        .offset(page.saturating_sub(1) * per_page)
        .limit(per_page)
        .all(db)
        .await
}

/// How many accounts a grant offered, and how many of them were chosen.
///
/// # Errors
/// When the database fails.
pub async fn count(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    grant: Uuid,
) -> Result<(u64, u64), DbErr> {
    use grant_accounts::Column;
    let all = grant_accounts::Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::GrantId.eq(grant));
    let chosen = all.clone().filter(Column::IsChosen.eq(true));
    Ok((all.count(db).await?, chosen.count(db).await?))
}

/// Keeps what Meta answered.
///
/// # Errors
/// When the database fails.
pub async fn create_answers(db: &impl ConnectionTrait, rows: Vec<Answer>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    meta_answers::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// What Meta answered during a login of a client, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn answers(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    login: Uuid,
) -> Result<Vec<Answer>, DbErr> {
    meta_answers::Entity::find()
        .filter(meta_answers::Column::AgencyId.eq(scope.agency()))
        .filter(meta_answers::Column::ClientId.eq(client))
        .filter(meta_answers::Column::LoginId.eq(login))
        .order_by_asc(meta_answers::Column::AskedAt)
        .order_by_asc(meta_answers::Column::Id)
        .all(db)
        .await
}

/// The logins of a client that Meta's answers are kept of, each with the moment of its first answer.
///
/// # Errors
/// When the database fails.
pub async fn logins(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
) -> Result<HashMap<Uuid, DateTime<Utc>>, DbErr> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = meta_answers::Entity::find()
        .select_only()
        .column(meta_answers::Column::LoginId)
        .column(meta_answers::Column::AskedAt)
        .filter(meta_answers::Column::AgencyId.eq(scope.agency()))
        .filter(meta_answers::Column::ClientId.eq(client))
        .order_by_desc(meta_answers::Column::AskedAt)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Destroys the answers that are older than a moment.
///
/// # Errors
/// When the database fails.
pub async fn destroy_answers_before(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    moment: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let gone = meta_answers::Entity::delete_many()
        .filter(meta_answers::Column::AgencyId.eq(scope.agency()))
        .filter(meta_answers::Column::AskedAt.lt(moment))
        .exec(db)
        .await?;
    Ok(gone.rows_affected)
}
