//! The erasure of a person from what a client's connection left behind.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::entity::{
    client_tokens, grant_accounts, grants, invitation_links, invitations, meta_answers, validations,
};
use crate::domain::agency::AgencyScope;

/// How the name of an erased person begins. Meta's ids are digits.
pub const PSEUDONYM: &str = "erased-";

/// Who is erased, and what they are called from then on.
#[derive(Clone, Copy, Debug)]
pub struct Erased<'a> {
    pub meta_user_id: &'a str,
    pub pseudonym: &'a str,
    /// What is as late as this stays: the person signed in again.
    pub before: Option<DateTime<Utc>>,
}

impl Erased<'_> {
    fn until(&self, column: impl ColumnTrait) -> Condition {
        match self.before {
            Some(before) => Condition::all().add(column.lt(before)),
            None => Condition::all(),
        }
    }
}

/// Every grant of a client.
///
/// # Errors
/// When the database fails.
pub async fn grants_of_client(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
) -> Result<Vec<grants::Model>, DbErr> {
    grants::Entity::find()
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .filter(grants::Column::ClientId.eq(client))
        .all(db)
        .await
}

/// Keeps where a grant came from under another key.
///
/// # Errors
/// When the database fails.
pub async fn set_origin(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    grant: Uuid,
    sealed: Vec<u8>,
) -> Result<(), DbErr> {
    grants::Entity::update_many()
        .col_expr(grants::Column::OriginSealed, Expr::value(sealed))
        .filter(grants::Column::Id.eq(grant))
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Whether a login was one of somebody who is erased by now: what is still heard of it is not kept.
///
/// # Errors
/// When the database fails.
pub async fn is_login_erased(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    login: Uuid,
) -> Result<bool, DbErr> {
    let grant = grants::Entity::find()
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .filter(grants::Column::ClientId.eq(client))
        .filter(grants::Column::LoginId.eq(login))
        .filter(grants::Column::MetaUserId.starts_with(PSEUDONYM))
        .one(db)
        .await?;
    Ok(grant.is_some())
}

/// The name of the person on links of a client that they passed on. Called before [`grants`], which forgets it.
///
/// # Errors
/// When the database fails.
pub async fn forwarders(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    person: &Erased<'_>,
) -> Result<(), DbErr> {
    use invitation_links::Column;
    let names = grants::Entity::find()
        .select_only()
        .column(grants::Column::MetaUserName)
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .filter(grants::Column::ClientId.eq(client))
        .filter(grants::Column::MetaUserId.eq(person.meta_user_id));
    let theirs = invitations::Entity::find()
        .select_only()
        .column(invitations::Column::Id)
        .filter(invitations::Column::AgencyId.eq(scope.agency()))
        .filter(invitations::Column::ClientId.eq(client));
    invitation_links::Entity::update_many()
        .col_expr(Column::ForwardedBy, Expr::value(None::<String>))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::InvitationId.in_subquery(theirs.into_query()))
        .filter(Column::ForwardedBy.in_subquery(names.into_query()))
        .filter(person.until(Column::CreatedAt))
        .exec(db)
        .await
        .map(drop)
}

/// The grants of the person at a connection: that there was one, of what and when, stays; who and from where goes, and
/// so do the ad accounts that Meta listed for them.
///
/// # Errors
/// When the database fails.
pub async fn grants(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    person: &Erased<'_>,
) -> Result<(), DbErr> {
    use grants::Column;
    let theirs = Condition::all()
        .add(Column::AgencyId.eq(scope.agency()))
        .add(Column::ConnectionId.eq(connection))
        .add(Column::MetaUserId.eq(person.meta_user_id))
        .add(person.until(Column::GrantedAt));
    let ids = grants::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(theirs.clone());
    grant_accounts::Entity::delete_many()
        .filter(grant_accounts::Column::AgencyId.eq(scope.agency()))
        .filter(grant_accounts::Column::GrantId.in_subquery(ids.into_query()))
        .exec(db)
        .await?;
    grants::Entity::update_many()
        .col_expr(Column::MetaUserId, Expr::value(person.pseudonym))
        .col_expr(Column::MetaUserName, Expr::value(""))
        .col_expr(Column::OriginSealed, Expr::value(None::<Vec<u8>>))
        .filter(theirs)
        .exec(db)
        .await
        .map(drop)
}

/// What Meta answered during logins of a client, but those that somebody else came out of, or the person themselves
/// later: of a login that failed nobody knows whose it was. Called after [`grants`], which renames theirs.
///
/// # Errors
/// When the database fails.
pub async fn answers(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    person: &Erased<'_>,
) -> Result<(), DbErr> {
    use meta_answers::Column;
    let others: Select<grants::Entity> = grants::Entity::find()
        .select_only()
        .column(grants::Column::LoginId)
        .filter(grants::Column::AgencyId.eq(scope.agency()))
        .filter(grants::Column::ClientId.eq(client))
        .filter(grants::Column::LoginId.is_not_null())
        .filter(grants::Column::MetaUserId.ne(person.pseudonym));
    meta_answers::Entity::delete_many()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ClientId.eq(client))
        .filter(Column::LoginId.not_in_subquery(others.into_query()))
        .filter(person.until(Column::AskedAt))
        .exec(db)
        .await
        .map(drop)
}

/// What is known of the person's erased tokens at a connection: dates and scopes stay, the name goes, what the scopes
/// were limited to, and what Meta said in words.
///
/// # Errors
/// When the database fails.
pub async fn tokens(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    person: &Erased<'_>,
) -> Result<(), DbErr> {
    use client_tokens::Column;
    let theirs = Condition::all()
        .add(Column::AgencyId.eq(scope.agency()))
        .add(Column::ConnectionId.eq(connection))
        .add(Column::MetaUserId.eq(person.meta_user_id))
        .add(Column::DestroyedAt.is_not_null());
    let ids = client_tokens::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(theirs.clone());
    validations::Entity::update_many()
        .col_expr(validations::Column::Message, Expr::value(None::<String>))
        .filter(validations::Column::AgencyId.eq(scope.agency()))
        .filter(validations::Column::TokenId.in_subquery(ids.into_query()))
        .exec(db)
        .await?;
    client_tokens::Entity::update_many()
        .col_expr(Column::MetaUserId, Expr::value(person.pseudonym))
        .col_expr(Column::GranularScopes, Expr::value(None::<String>))
        .filter(theirs)
        .exec(db)
        .await
        .map(drop)
}
