//! The figures of health: each question is one number, or a few, out of an index.

use app::model::{ConnectionState, InvitationKind, TokenStanding, TokenStatus};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QuerySelect, QueryTrait, RelationDef,
    sea_query::{Expr, ExprTrait},
};

use super::{
    clients::{
        Stretch,
        ends::{held, in_use},
    },
    entity::{candidates, client_tokens, clients, connections, mails},
    mails::can_be_sent_again,
};
use crate::domain::agency::AgencyScope;

/// How many clients with a connection in use have a token of each status.
///
/// # Errors
/// When the database fails.
pub async fn token_statuses(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<Vec<(TokenStatus, u64)>, DbErr> {
    use clients::Column as Client;
    let connection: RelationDef = clients::Entity::belongs_to(connections::Entity)
        .from(Client::Id)
        .to(connections::Column::ClientId)
        .into();
    let rows: Vec<(String, i64)> = clients::Entity::find()
        .select_only()
        .column(Client::TokenStatus)
        .column_as(Client::Id.count(), "clients")
        .join(JoinType::InnerJoin, connection)
        .filter(Client::AgencyId.eq(scope.agency()))
        .filter(Client::ArchivedAt.is_null())
        .filter(in_use())
        .group_by(Client::TokenStatus)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(status, clients)| {
            let status = TokenStatus::from_code(&status).unwrap_or(TokenStatus::Unknown);
            (status, unsigned(clients))
        })
        .collect())
}

/// How many tokens in use, or their access to data, end in each of these stretches of time.
///
/// # Errors
/// When the database fails.
pub async fn ends(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    stretches: &[Stretch],
) -> Result<Vec<u64>, DbErr> {
    let connection: RelationDef = client_tokens::Entity::belongs_to(connections::Entity)
        .from(client_tokens::Column::ConnectionId)
        .to(connections::Column::Id)
        .into();
    let mut select = held(scope, TokenStanding::Primary)
        .join(JoinType::InnerJoin, connection)
        .filter(in_use());
    for (index, stretch) in stretches.iter().enumerate() {
        let is_in: Expr = Expr::case(stretch.holds(), 1).finally(0).into();
        select = select.column_as(is_in.sum(), format!("stretch_{index}"));
    }
    let row = db.query_one(&select.into_query()).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("sums".to_owned()))?;
    (0..stretches.len())
        // Of no token at all there is no sum.
        .map(|index| {
            Ok(unsigned(
                row.try_get_by_index::<Option<i64>>(index)?.unwrap_or(0),
            ))
        })
        .collect()
}

/// How much has waited for a decision since before a moment.
///
/// # Errors
/// When the database fails.
pub async fn waiting_since_before(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    moment: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let pending = ConnectionState::Pending.code();
    let connections = connections::Entity::find()
        .filter(connections::Column::AgencyId.eq(scope.agency()))
        .filter(connections::Column::State.eq(pending))
        .filter(connections::Column::SubmittedAt.lt(moment))
        .count(db)
        .await?;
    // A reconnection waits as its connection.
    let backups = candidates::Entity::find()
        .filter(candidates::Column::AgencyId.eq(scope.agency()))
        .filter(candidates::Column::State.eq(pending))
        .filter(candidates::Column::Kind.eq(InvitationKind::Backup.code()))
        .filter(candidates::Column::SubmittedAt.lt(moment))
        .count(db)
        .await?;
    Ok(connections + backups)
}

/// How many mails were given up and can be sent again.
///
/// # Errors
/// When the database fails.
pub async fn failed_mails(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<u64, DbErr> {
    mails::Entity::find()
        .filter(mails::Column::AgencyId.eq(scope.agency()))
        .filter(can_be_sent_again())
        .count(db)
        .await
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
