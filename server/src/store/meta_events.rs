//! What Meta told of people. An event names a person and no agency, so each agency that knows the person has a part
//! of it, with a job of its own.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use super::entity::{
    meta_event_parts::{self as parts, Column as Part},
    meta_events::{self as events, Column},
};
use crate::domain::agency::AgencyScope;

pub use events::Model;
pub use parts::Model as PartModel;

/// What an event tells, as stored.
pub mod kind {
    /// The person removed the app.
    pub const DEAUTHORIZED: &str = "deauthorized";
    /// The person wants their data deleted.
    pub const DELETION: &str = "deletion";
    /// The person gave or took back permissions.
    pub const PERMISSIONS: &str = "permissions";
}

/// Keeps an event with a part for each of these agencies. `false` where it is known already: Meta tells some things
/// twice.
///
/// # Errors
/// When the database fails.
pub async fn create(
    db: &impl ConnectionTrait,
    row: Model,
    agencies: &[AgencyScope],
) -> Result<bool, DbErr> {
    let id = row.id;
    let once = OnConflict::column(Column::Digest).do_nothing().to_owned();
    let inserted = events::Entity::insert(row.into_active_model())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    if inserted == 0 {
        return Ok(false);
    }
    for agency in agencies {
        let part = parts::ActiveModel {
            event_id: Set(id),
            agency_id: Set(agency.agency()),
            connections: Set(0),
            handled_at: Set(None),
        };
        parts::Entity::insert(part)
            .exec_without_returning(db)
            .await?;
    }
    Ok(true)
}

/// An event that the agency has still to do something about.
///
/// # Errors
/// When the database fails.
pub async fn open(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    let part = parts::Entity::find_by_id((id, scope.agency()))
        .filter(Part::HandledAt.is_null())
        .one(db)
        .await?;
    match part {
        Some(_) => events::Entity::find_by_id(id).one(db).await,
        None => Ok(None),
    }
}

/// Counts a connection at which an agency has done something about an event.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &impl ConnectionTrait, scope: AgencyScope, id: Uuid) -> Result<(), DbErr> {
    parts::Entity::update_many()
        .col_expr(Part::Connections, Expr::col(Part::Connections).add(1))
        .filter(Part::EventId.eq(id))
        .filter(Part::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// The agency is done with an event. With the last of them the event is, and the person's id goes.
///
/// # Errors
/// When the database fails.
pub async fn finish(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    // The event's row first: two agencies that end at the same time wait for each other here, and the second one
    // sees the first one's end.
    events::Entity::update_many()
        .col_expr(Column::ReceivedAt, Expr::col(Column::ReceivedAt))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    parts::Entity::update_many()
        .col_expr(Part::HandledAt, Expr::value(now))
        .filter(Part::EventId.eq(id))
        .filter(Part::AgencyId.eq(scope.agency()))
        .filter(Part::HandledAt.is_null())
        .exec(db)
        .await?;
    let open = parts::Entity::find()
        .filter(Part::EventId.eq(id))
        .filter(Part::HandledAt.is_null())
        .count(db)
        .await?;
    if open > 0 {
        return Ok(());
    }
    events::Entity::update_many()
        .col_expr(Column::HandledAt, Expr::value(now))
        .col_expr(Column::MetaUserId, Expr::value(None::<String>))
        .filter(Column::Id.eq(id))
        .filter(Column::HandledAt.is_null())
        .exec(db)
        .await
        .map(drop)
}
