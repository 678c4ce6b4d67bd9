//! The one place with finders that have no scope: they start from a secret's hash, or from the worker,
//! and give a scope. `tests/arch` lists them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    entity::{
        agencies, client_tokens, connections, form_drafts, installation, invitation_links,
        invitations, logos, mails, meta_answers, meta_event_parts, meta_events, oauth_states,
        person_keys, second_factors, sessions, sign_in_links, staff, visits,
    },
    meta_events::kind,
};
use crate::{
    domain::{
        agency::AgencyScope,
        numbers::{META_EVENTS_KEPT, VISIT_LIFE},
    },
    vault::Sealed,
};

/// The session behind a cookie's hash.
///
/// # Errors
/// When the database fails.
pub async fn session(
    db: &impl ConnectionTrait,
    secret_hash: &[u8],
) -> Result<Option<(AgencyScope, sessions::Model)>, DbErr> {
    let row = sessions::Entity::find()
        .filter(sessions::Column::SecretHash.eq(secret_hash))
        .one(db)
        .await?;
    Ok(row.map(|row| (AgencyScope::of(row.agency_id), row)))
}

/// The one-time sign-in link behind a hash.
///
/// # Errors
/// When the database fails.
pub async fn sign_in_link(
    db: &impl ConnectionTrait,
    secret_hash: &[u8],
) -> Result<Option<(AgencyScope, sign_in_links::Model)>, DbErr> {
    let row = sign_in_links::Entity::find()
        .filter(sign_in_links::Column::SecretHash.eq(secret_hash))
        .one(db)
        .await?;
    Ok(row.map(|row| (AgencyScope::of(row.agency_id), row)))
}

/// The members of staff with a folded address: one in each agency at most.
///
/// # Errors
/// When the database fails.
pub async fn staff_by_email(
    db: &impl ConnectionTrait,
    email_folded: &str,
) -> Result<Vec<(AgencyScope, staff::Model)>, DbErr> {
    let rows = staff::Entity::find()
        .filter(staff::Column::EmailFolded.eq(email_folded))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (AgencyScope::of(row.agency_id), row))
        .collect())
}

/// The guided link behind a hash, with its invitation: every opening of a link asks for both.
///
/// # Errors
/// When the database fails.
pub async fn invitation_link(
    db: &impl ConnectionTrait,
    secret_hash: &[u8],
) -> Result<Option<(AgencyScope, invitation_links::Model, invitations::Model)>, DbErr> {
    use invitation_links::Column as Link;
    use invitations::Column as Of;
    let invitation: RelationDef = invitation_links::Entity::belongs_to(invitations::Entity)
        .from((Link::AgencyId, Link::InvitationId))
        .to((Of::AgencyId, Of::Id))
        .into();
    let found = invitation_links::Entity::find()
        .join(JoinType::InnerJoin, invitation)
        .select_also(invitations::Entity)
        .filter(Link::SecretHash.eq(secret_hash))
        .one(db)
        .await?;
    Ok(found.and_then(|(link, invitation)| {
        let scope = AgencyScope::of(link.agency_id);
        Some((scope, link, invitation?))
    }))
}

/// A visit by its id, whoever asks: the caller compares the browser.
///
/// # Errors
/// When the database fails.
pub async fn visit(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(AgencyScope, visits::Model)>, DbErr> {
    let row = visits::Entity::find_by_id(id).one(db).await?;
    Ok(row.map(|row| (AgencyScope::of(row.agency_id), row)))
}

/// The visits of a browser that are not over.
///
/// # Errors
/// When the database fails.
pub async fn visits_of_browser(
    db: &impl ConnectionTrait,
    browser_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Vec<(AgencyScope, visits::Model)>, DbErr> {
    let rows = visits::Entity::find()
        .filter(visits::Column::BrowserHash.eq(browser_hash))
        .filter(visits::Column::ExpiresAt.gt(now))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (AgencyScope::of(row.agency_id), row))
        .collect())
}

/// The connections of a Meta user that are alive, whosever they are: their tokens would die with a revocation
/// at Meta, which knows one app and no agencies.
///
/// # Errors
/// When the database fails.
pub async fn alive_of_person(
    db: &impl ConnectionTrait,
    meta_user_id: &str,
) -> Result<Vec<Uuid>, DbErr> {
    super::connections::alive(meta_user_id)
        .select_only()
        .column(connections::Column::Id)
        .into_tuple()
        .all(db)
        .await
}

/// Who of these Meta users is known, and to which agencies: a call of Meta's names a person of the app, and no
/// agency. Whatever is known of a person came with a token, which keeps the name that Meta gave them.
///
/// # Errors
/// When the database fails.
pub async fn agencies_of_people(
    db: &impl ConnectionTrait,
    people: &[&str],
) -> Result<Vec<(String, AgencyScope)>, DbErr> {
    use client_tokens::Column;
    let people: Vec<&str> = BTreeSet::from_iter(people.iter().copied())
        .into_iter()
        .collect();
    let mut found = Vec::new();
    for chunk in people.chunks(500) {
        let rows: Vec<(String, Uuid)> = client_tokens::Entity::find()
            .select_only()
            .columns([Column::MetaUserId, Column::AgencyId])
            .distinct()
            .filter(Column::MetaUserId.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    let known = { found.into_iter() }.map(|(person, agency)| (person, AgencyScope::of(agency)));
    Ok(known.collect())
}

/// The deletion behind the hash of its confirmation code, with the part of each agency.
///
/// # Errors
/// When the database fails.
pub async fn deletion(
    db: &impl ConnectionTrait,
    code_hash: &[u8],
) -> Result<Option<(meta_events::Model, Vec<DeletionPart>)>, DbErr> {
    let event = meta_events::Entity::find()
        .filter(meta_events::Column::CodeHash.eq(code_hash))
        .one(db)
        .await?;
    let Some(event) = event else { return Ok(None) };
    let parts = meta_event_parts::Entity::find()
        .filter(meta_event_parts::Column::EventId.eq(event.id))
        .order_by_asc(meta_event_parts::Column::AgencyId)
        .all(db)
        .await?;
    let parts = { parts.into_iter() }.map(|part| (AgencyScope::of(part.agency_id), part));
    Ok(Some((event, parts.collect())))
}

/// What one agency has done about a deletion.
pub type DeletionPart = (AgencyScope, meta_event_parts::Model);

/// The login in flight behind the hash of its state.
///
/// # Errors
/// When the database fails.
pub async fn oauth_state(
    db: &impl ConnectionTrait,
    state_hash: &[u8],
) -> Result<Option<(AgencyScope, oauth_states::Model)>, DbErr> {
    let row = oauth_states::Entity::find()
        .filter(oauth_states::Column::StateHash.eq(state_hash))
        .one(db)
        .await?;
    Ok(row.map(|row| (AgencyScope::of(row.agency_id), row)))
}

/// The logo that is served under a name: everybody may see it who knows the name, as on every page and in every mail.
///
/// # Errors
/// When the database fails.
pub async fn logo(db: &impl ConnectionTrait, file: &str) -> Result<Option<logos::Model>, DbErr> {
    logos::Entity::find()
        .filter(logos::Column::File.eq(file))
        .one(db)
        .await
}

/// Every agency, for the worker's schedules and for the command line.
///
/// # Errors
/// When the database fails.
pub async fn agencies(db: &impl ConnectionTrait) -> Result<Vec<AgencyScope>, DbErr> {
    let rows = agencies::Entity::find().all(db).await?;
    Ok(rows.iter().map(|row| AgencyScope::of(row.id)).collect())
}

/// Forgets what is over, whosever it is: sessions, one-time links, logins, visits, refused forms and what Meta told.
///
/// # Errors
/// When the database fails.
pub async fn forget_expired(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let yesterday = now - chrono::Duration::days(1);
    sessions::Entity::delete_many()
        .filter(sessions::Column::ExpiresAt.lt(now))
        .exec(db)
        .await?;
    sign_in_links::Entity::delete_many()
        .filter(sign_in_links::Column::ExpiresAt.lt(yesterday))
        .exec(db)
        .await?;
    // What a login held back can be of use to its visit only.
    oauth_states::Entity::update_many()
        .col_expr(oauth_states::Column::Held, Expr::value(None::<String>))
        .col_expr(
            oauth_states::Column::HeldSealed,
            Expr::value(None::<Sealed>),
        )
        .filter(oauth_states::Column::CreatedAt.lt(now - VISIT_LIFE))
        .filter(oauth_states::Column::HeldSealed.is_not_null())
        .exec(db)
        .await?;
    // A visit's own day lets a page opened too late still say so.
    let over: Vec<Uuid> = visits::Entity::find()
        .filter(visits::Column::ExpiresAt.lt(yesterday))
        .all(db)
        .await?
        .into_iter()
        .map(|visit| visit.id)
        .collect();
    for chunk in over.chunks(500) {
        oauth_states::Entity::delete_many()
            .filter(oauth_states::Column::VisitId.is_in(chunk.iter().copied()))
            .exec(db)
            .await?;
        visits::Entity::delete_many()
            .filter(visits::Column::Id.is_in(chunk.iter().copied()))
            .exec(db)
            .await?;
    }
    form_drafts::Entity::delete_many()
        .filter(form_drafts::Column::ExpiresAt.lt(now))
        .exec(db)
        .await?;
    forget_meta_events(db, now - META_EVENTS_KEPT).await
}

/// What Meta told and was done about; a deletion stays, so that its page does.
async fn forget_meta_events(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    let old: Vec<Uuid> = meta_events::Entity::find()
        .select_only()
        .column(meta_events::Column::Id)
        .filter(meta_events::Column::Kind.is_in([kind::DEAUTHORIZED, kind::PERMISSIONS]))
        .filter(meta_events::Column::HandledAt.lt(before))
        .into_tuple()
        .all(db)
        .await?;
    for chunk in old.chunks(500) {
        meta_event_parts::Entity::delete_many()
            .filter(meta_event_parts::Column::EventId.is_in(chunk.iter().copied()))
            .exec(db)
            .await?;
        meta_events::Entity::delete_many()
            .filter(meta_events::Column::Id.is_in(chunk.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Every sealed value of the installation, to be counted by key or sealed anew.
///
/// # Errors
/// When the database fails.
pub async fn sealed_values(db: &impl ConnectionTrait) -> Result<Vec<Sealed>, DbErr> {
    let mut all = Vec::new();
    for row in installation::Entity::find().all(db).await? {
        all.extend([row.fingerprint_key, row.audit_key, row.checkpoint_key]);
    }
    all.extend(column::<client_tokens::Entity>(db, client_tokens::Column::TokenSealed).await?);
    all.extend(column::<mails::Entity>(db, mails::Column::BodySealed).await?);
    all.extend(column::<person_keys::Entity>(db, person_keys::Column::KeySealed).await?);
    all.extend(column::<oauth_states::Entity>(db, oauth_states::Column::VerifierSealed).await?);
    all.extend(column::<meta_answers::Entity>(db, meta_answers::Column::BodySealed).await?);
    all.extend(column::<oauth_states::Entity>(db, oauth_states::Column::HeldSealed).await?);
    all.extend(column::<form_drafts::Entity>(db, form_drafts::Column::BodySealed).await?);
    all.extend(column::<second_factors::Entity>(db, second_factors::Column::SecretSealed).await?);
    Ok(all)
}

async fn column<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
) -> Result<impl Iterator<Item = Sealed>, DbErr> {
    let rows: Vec<Option<Sealed>> = E::find()
        .select_only()
        .column(column)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().flatten())
}

/// The agency whose name the sign-in page bears: the first of this installation.
///
/// # Errors
/// When the database fails.
pub async fn first_agency(
    db: &impl ConnectionTrait,
) -> Result<Option<(AgencyScope, agencies::Model)>, DbErr> {
    let row = agencies::Entity::find()
        .order_by_asc(agencies::Column::CreatedAt)
        .one(db)
        .await?;
    Ok(row.map(|row| (AgencyScope::of(row.id), row)))
}

/// The agency that a job works for.
#[must_use]
pub fn job_scope(job: &super::jobs::Model) -> AgencyScope {
    AgencyScope::of(job.agency_id)
}
