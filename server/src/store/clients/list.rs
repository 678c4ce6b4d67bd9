//! The list of clients: narrowed, by name, page by page.

use app::model::{ConnectionState, StateFilter, TokenStanding, TokenStatus};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationDef, Select,
};
use uuid::Uuid;

use super::{
    After, Stretch,
    ends::{ends_within, held, in_use},
    scoped,
};
use crate::{
    domain::agency::AgencyScope,
    store::{
        contains,
        entity::{
            client_tokens,
            clients::{Column, Entity},
            connections,
        },
    },
};

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Narrowed {
    /// Folded words in the name or in the address.
    pub query: String,
    pub state: Option<StateFilter>,
    pub token: Option<TokenStatus>,
    /// A token in use, or its access to data, whichever comes first, that ends then.
    pub ends: Option<Stretch>,
    /// Approved and critical, and without a backup that Meta takes.
    pub lacks_backup: bool,
}

/// A client in the list, with their connection.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub token_status: String,
    pub connection_id: Option<Uuid>,
    pub state: Option<String>,
}

/// Clients that match, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    narrowed: &Narrowed,
    after: Option<&After>,
    limit: u64,
) -> Result<Vec<Listed>, DbErr> {
    let mut select = matching(scope, narrowed);
    if let Some(after) = after {
        select = select.filter(
            Condition::any()
                .add(Column::SortName.gt(&after.sort_name))
                .add(
                    Condition::all()
                        .add(Column::SortName.eq(&after.sort_name))
                        .add(Column::Id.gt(after.id)),
                ),
        );
    }
    // By position: a thousand rows are read, and each value would be looked up by its name.
    type Row = (Uuid, String, String, String, Option<Uuid>, Option<String>);
    let rows: Vec<Row> = select
        .select_only()
        .columns([Column::Id, Column::Name, Column::Email, Column::TokenStatus])
        .column_as(connections::Column::Id, "connection_id")
        .column_as(connections::Column::State, "state")
        .order_by_asc(Column::SortName)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let listed = |(id, name, email, token_status, connection_id, state)| Listed {
        id,
        name,
        email,
        token_status,
        connection_id,
        state,
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// How many clients match.
///
/// # Errors
/// When the database fails.
pub async fn count(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    narrowed: &Narrowed,
) -> Result<u64, DbErr> {
    let count: Option<i64> = matching(scope, narrowed)
        .select_only()
        .column_as(Column::Id.count(), "matching")
        .into_tuple()
        .one(db)
        .await?;
    Ok(count
        .and_then(|n| u64::try_from(n).ok())
        .unwrap_or_default())
}

/// A client has one connection at most, so that the join adds no row.
fn matching(scope: AgencyScope, narrowed: &Narrowed) -> Select<Entity> {
    let connection: RelationDef = Entity::belongs_to(connections::Entity)
        .from(Column::Id)
        .to(connections::Column::ClientId)
        .into();
    let mut select = scoped(scope)
        .join(JoinType::LeftJoin, connection)
        .filter(Column::ArchivedAt.is_null());
    if !narrowed.query.is_empty() {
        select = select.filter(
            Condition::any()
                .add(contains(Column::SearchName, &narrowed.query))
                .add(contains(Column::EmailFolded, &narrowed.query)),
        );
    }
    select = match narrowed.state {
        None => select,
        Some(StateFilter::Nobody) => select.filter(connections::Column::Id.is_null()),
        Some(StateFilter::In(state)) => select.filter(connections::Column::State.eq(state.code())),
    };
    if let Some(status) = narrowed.token {
        select = select
            .filter(Column::TokenStatus.eq(status.code()))
            .filter(in_use());
    }
    if let Some(stretch) = narrowed.ends {
        select = select.filter(ends_within(scope, stretch));
    }
    if narrowed.lacks_backup {
        select = select.filter(lacks_backup(scope));
    }
    select
}

/// Critical clients whose approved connection has nothing to fall back on.
fn lacks_backup(scope: AgencyScope) -> Condition {
    use client_tokens::Column as Token;
    let taken = [
        TokenStatus::Active,
        TokenStatus::Expiring,
        TokenStatus::Limited,
    ];
    let backed = held(scope, TokenStanding::Backup)
        .column(Token::ConnectionId)
        .filter(Token::TokenStatus.is_in(taken.map(TokenStatus::code)))
        .into_query();
    Condition::all()
        .add(Column::IsCritical.eq(true))
        .add(connections::Column::State.eq(ConnectionState::Approved.code()))
        .add(connections::Column::Id.not_in_subquery(backed))
}
