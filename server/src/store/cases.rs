//! What the queue reads: of many rows at once, and of each row no more than is shown or told from it. A column
//! that is not read is not decoded, and there are a hundred rows of each kind.

use app::model::{ConnectionState, InvitationKind, TokenStanding};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationDef, Select,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    accounts::{ANSWERED, VALUES},
    connections::ALIVE,
    entity::{
        ad_accounts, candidates, client_tokens, clients, connections, grants, invitation_links,
    },
};
use crate::domain::agency::AgencyScope;

/// A connection with its client.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Case {
    pub id: Uuid,
    pub version: i64,
    pub state_since: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub meta_user_id: String,
    pub meta_user_name: String,
    pub link_id: Option<Uuid>,
    pub client_id: Uuid,
    pub client_name: String,
    /// The client's name, folded.
    pub search_name: String,
    pub meta_account_name: Option<String>,
    /// How many accounts there are to choose from.
    pub offered: i64,
}

/// The connections that wait for a decision, oldest first, but for those that wait because of a reconnection.
///
/// # Errors
/// When the database fails.
pub async fn waiting(db: &impl ConnectionTrait, scope: AgencyScope) -> Result<Vec<Case>, DbErr> {
    let reconnections = Query::select()
        .column(candidates::Column::ConnectionId)
        .from(candidates::Entity)
        .and_where(candidates::Column::AgencyId.eq(scope.agency()))
        .and_where(candidates::Column::State.eq(ConnectionState::Pending.code()))
        .and_where(candidates::Column::Kind.eq(InvitationKind::Reconnect.code()))
        .take();
    all(scope)
        .filter(connections::Column::State.eq(ConnectionState::Pending.code()))
        .filter(connections::Column::Id.not_in_subquery(reconnections))
        .order_by_asc(connections::Column::SubmittedAt)
        .order_by_asc(connections::Column::Id)
        .into_model()
        .all(db)
        .await
}

/// These connections.
///
/// # Errors
/// When the database fails.
pub async fn of_connections(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    ids: &[Uuid],
) -> Result<Vec<Case>, DbErr> {
    all(scope)
        .filter(connections::Column::Id.is_in(ids.iter().copied()))
        .into_model()
        .all(db)
        .await
}

fn all(scope: AgencyScope) -> Select<connections::Entity> {
    use connections::Column;
    let offered = Query::select()
        .expr(ad_accounts::Column::Id.count())
        .from(ad_accounts::Entity)
        // The connection is the agency's, and so are its accounts. Named here, the agency would have SQLite count
        // all of them for each connection.
        .and_where(
            Expr::col((ad_accounts::Entity, ad_accounts::Column::ConnectionId))
                .equals((connections::Entity, Column::Id)),
        )
        .take();
    with_client(scope)
        .column_as(Expr::from(offered), "offered")
        .columns([Column::Id, Column::Version, Column::StateSince])
        .columns([Column::SubmittedAt, Column::LinkId, Column::ClientId])
        .columns([Column::MetaUserId, Column::MetaUserName])
        .column_as(clients::Column::Name, "client_name")
        .columns([
            clients::Column::SearchName,
            clients::Column::MetaAccountName,
        ])
}

/// Connections, each joined to its client, and nothing selected of them yet.
fn with_client(scope: AgencyScope) -> Select<connections::Entity> {
    let client: RelationDef = connections::Entity::belongs_to(clients::Entity)
        .from((connections::Column::AgencyId, connections::Column::ClientId))
        .to((clients::Column::AgencyId, clients::Column::Id))
        .into();
    connections::Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, client)
        .filter(connections::Column::AgencyId.eq(scope.agency()))
}

/// A connection that is alive, with the name of its client, found by what it shares with another: a Meta user's id,
/// or an account's number.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Sharing {
    pub id: Uuid,
    pub client_name: String,
    pub shared: String,
}

/// The connections that are alive and of these Meta users, also those that hold only a backup or a candidate of
/// theirs.
///
/// # Errors
/// When the database fails.
pub async fn of_people(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    people: &[&str],
) -> Result<Vec<Sharing>, DbErr> {
    use client_tokens::Column as Token;
    let own = alive(scope)
        .column_as(connections::Column::MetaUserId, "shared")
        .filter(connections::Column::MetaUserId.is_in(people.iter().copied()))
        .into_model()
        .all(db)
        .await?;
    let token: RelationDef = connections::Entity::belongs_to(client_tokens::Entity)
        .from(connections::Column::Id)
        .to(Token::ConnectionId)
        .into();
    // What its own person has given was found already.
    let of_another = Expr::col((client_tokens::Entity, Token::MetaUserId)).ne(Expr::col((
        connections::Entity,
        connections::Column::MetaUserId,
    )));
    let held = alive(scope)
        .distinct()
        .join(JoinType::InnerJoin, token)
        .column_as(Token::MetaUserId, "shared")
        .filter(Token::MetaUserId.is_in(people.iter().copied()))
        .filter(Token::DestroyedAt.is_null())
        .filter(Token::Standing.ne(TokenStanding::Superseded.code()))
        .filter(of_another)
        .into_model()
        .all(db)
        .await?;
    Ok([own, held].concat())
}

/// The connections that are alive and under which one of these accounts is chosen, where it is chosen under several.
///
/// # Errors
/// When the database fails.
pub async fn of_accounts(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    numbers: &[&str],
) -> Result<Vec<Sharing>, DbErr> {
    use ad_accounts::Column;
    let account: RelationDef = connections::Entity::belongs_to(ad_accounts::Entity)
        .from(connections::Column::Id)
        .to(Column::ConnectionId)
        .into();
    let mut all = Vec::new();
    for chunk in numbers.chunks(VALUES) {
        let shared = Query::select()
            .column(Column::Number)
            .from(ad_accounts::Entity)
            .and_where(Column::AgencyId.eq(scope.agency()))
            .and_where(Column::Number.is_in(chunk.iter().copied()))
            .and_where(Column::IsSelected.eq(true))
            .group_by_col(Column::Number)
            .and_having(Column::ConnectionId.count().gt(1))
            .take();
        let found: Vec<Sharing> = alive(scope)
            .join(JoinType::InnerJoin, account.clone())
            .column_as(Column::Number, "shared")
            .filter(Column::AgencyId.eq(scope.agency()))
            .filter(Column::IsSelected.eq(true))
            .filter(Column::Number.in_subquery(shared))
            .order_by_asc(Column::Number)
            .order_by_asc(connections::Column::Id)
            .into_model()
            .all(db)
            .await?;
        all.extend(found);
    }
    Ok(all)
}

fn alive(scope: AgencyScope) -> Select<connections::Entity> {
    with_client(scope)
        .column(connections::Column::Id)
        .column_as(clients::Column::Name, "client_name")
        .filter(connections::Column::State.is_in(ALIVE.map(ConnectionState::code)))
}

/// A grant of a connection.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Grant {
    pub id: Uuid,
    pub connection_id: Uuid,
    pub meta_user_id: String,
    pub meta_user_name: String,
    pub scopes_asked: String,
    pub scopes_granted: String,
}

/// The grants of these connections, oldest first, but for those that wait or stand beside.
///
/// # Errors
/// When the database fails.
pub async fn grants(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<Vec<Grant>, DbErr> {
    use grants::Column;
    grants::Entity::find()
        .select_only()
        .columns([Column::Id, Column::ConnectionId])
        .columns([Column::MetaUserId, Column::MetaUserName])
        .columns([Column::ScopesAsked, Column::ScopesGranted])
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.is_in(connections.iter().copied()))
        .filter(Column::CandidateId.is_null())
        .order_by_asc(Column::GrantedAt)
        .order_by_asc(Column::Id)
        .into_model()
        .all(db)
        .await
}

/// An account that was chosen, or that was and did not answer.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Account {
    pub connection_id: Uuid,
    pub number: String,
    pub name: String,
    /// Its name, folded.
    pub search_name: String,
    pub business_name: Option<String>,
    pub is_selected: bool,
    pub probe: Option<String>,
    pub probe_millis: Option<i64>,
    pub campaigns_count: Option<i64>,
}

/// The accounts of these connections that are chosen, or that did not answer their last test call, by name.
///
/// # Errors
/// When the database fails.
pub async fn accounts(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<Vec<Account>, DbErr> {
    use ad_accounts::Column;
    let chosen_or_failed = Condition::any()
        .add(Column::IsSelected.eq(true))
        .add(Column::Probe.ne(ANSWERED));
    ad_accounts::Entity::find()
        .select_only()
        .columns([Column::ConnectionId, Column::Number, Column::Name])
        .columns([Column::SearchName, Column::BusinessName])
        .columns([Column::IsSelected, Column::Probe])
        .columns([Column::ProbeMillis, Column::CampaignsCount])
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.is_in(connections.iter().copied()))
        .filter(chosen_or_failed)
        .order_by_asc(Column::SearchName)
        .order_by_asc(Column::Number)
        .into_model()
        .all(db)
        .await
}

/// How long a token lives, without the token.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Token {
    pub id: Uuid,
    pub connection_id: Uuid,
    pub standing: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub data_access_expires_at: Option<DateTime<Utc>>,
}

/// The tokens of these connections, newest first.
///
/// # Errors
/// When the database fails.
pub async fn tokens(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<Vec<Token>, DbErr> {
    use client_tokens::Column;
    client_tokens::Entity::find()
        .select_only()
        .columns([Column::Id, Column::ConnectionId, Column::Standing])
        .columns([Column::CreatedAt, Column::ExpiresAt])
        .column(Column::DataAccessExpiresAt)
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.is_in(connections.iter().copied()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .into_model()
        .all(db)
        .await
}

/// A link that was passed on: by whom, where they said so, and when.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Forwarded {
    pub id: Uuid,
    pub forwarded_by: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// Those of these links that clients have passed on.
///
/// # Errors
/// When the database fails.
pub async fn forwarded(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    links: &[Uuid],
) -> Result<Vec<Forwarded>, DbErr> {
    use invitation_links::Column;
    invitation_links::Entity::find()
        .select_only()
        .columns([Column::Id, Column::ForwardedBy, Column::CreatedAt])
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Id.is_in(links.iter().copied()))
        .filter(Column::ForwardedVisit.is_not_null())
        .into_model()
        .all(db)
        .await
}
