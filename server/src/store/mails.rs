//! The outbox.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::entity::mails::{Column, Entity};
use crate::{domain::agency::AgencyScope, vault::Sealed};
use app::model::{MailFilter, MailState};

pub use super::entity::mails::Model;

/// Where the sealed body of a mail stands, for its seal.
pub const TABLE: &str = "mails";
/// The column of the sealed body.
pub const COLUMN: &str = "body_sealed";

/// A mail.
///
/// # Errors
/// When the database fails.
pub async fn get(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::AgencyId.eq(scope.agency()))
        .one(db)
        .await
}

/// Mails that a filter lets through, newest first, after one that was shown.
///
/// # Errors
/// When the database fails.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    filter: MailFilter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut select = Entity::find().filter(Column::AgencyId.eq(scope.agency()));
    select = match filter {
        MailFilter::All => select,
        MailFilter::In(state) => select.filter(Column::State.eq(state.code())),
        MailFilter::ToSendAgain => select.filter(can_be_sent_again()),
    };
    if let Some((created_at, id)) = after {
        select = select.filter(
            Condition::any().add(Column::CreatedAt.lt(created_at)).add(
                Condition::all()
                    .add(Column::CreatedAt.eq(created_at))
                    .add(Column::Id.lt(id)),
            ),
        );
    }
    select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// Mails that were given up, and whose text is still there.
pub(super) fn can_be_sent_again() -> Condition {
    Condition::all()
        .add(Column::State.eq(MailState::Failed.code()))
        .add(Column::BodySealed.is_not_null())
}

/// How many mails are in each state.
///
/// # Errors
/// When the database fails.
pub async fn count_each(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
) -> Result<Vec<(String, i64)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "mails")
        .filter(Column::AgencyId.eq(scope.agency()))
        .group_by(Column::State)
        .into_tuple()
        .all(db)
        .await
}

/// Whether a mail is in this state.
///
/// # Errors
/// When the database fails.
pub async fn is_any(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    state: MailState,
) -> Result<bool, DbErr> {
    let found: Option<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::State.eq(state.code()))
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Puts a mail into the outbox.
///
/// # Errors
/// When the database fails.
pub async fn create(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .map(drop)
}

/// How many mails of a template went to a client since a moment.
///
/// # Errors
/// When the database fails.
pub async fn count_to_client_since(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    client: Uuid,
    template: &str,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ClientId.eq(client))
        .filter(Column::Template.eq(template))
        .filter(Column::CreatedAt.gt(since))
        .count(db)
        .await
}

/// What the last try to send a mail led to.
#[derive(Clone, Debug)]
pub struct Tried {
    pub state: MailState,
    pub attempts: i32,
    pub error: Option<String>,
    pub sent_at: Option<DateTime<Utc>>,
    pub next_try_at: Option<DateTime<Utc>>,
}

/// Keeps what the last try to send a mail led to.
///
/// # Errors
/// When the database fails.
pub async fn set_tried(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    id: Uuid,
    tried: Tried,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(tried.state.code()))
        .col_expr(Column::Attempts, Expr::value(tried.attempts))
        .col_expr(Column::LastError, Expr::value(tried.error))
        .col_expr(Column::SentAt, Expr::value(tried.sent_at))
        .col_expr(Column::NextTryAt, Expr::value(tried.next_try_at))
        .filter(Column::Id.eq(id))
        .filter(Column::AgencyId.eq(scope.agency()))
        .exec(db)
        .await
        .map(drop)
}

/// Destroys the bodies of mails that were delivered, or kept for reading, before one moment, and of those
/// that were given up and written before another.
///
/// # Errors
/// When the database fails.
pub async fn destroy_bodies(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    delivered_before: DateTime<Utc>,
    failed_before: DateTime<Utc>,
) -> Result<(), DbErr> {
    let delivered = [MailState::Sent, MailState::Kept].map(MailState::code);
    let is_over = Condition::any()
        .add(
            Condition::all()
                .add(Column::State.is_in(delivered))
                .add(Column::SentAt.lt(delivered_before)),
        )
        .add(
            Condition::all()
                .add(Column::State.eq(MailState::Failed.code()))
                .add(Column::CreatedAt.lt(failed_before)),
        );
    Entity::update_many()
        .col_expr(Column::BodySealed, Expr::value(None::<Sealed>))
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::BodySealed.is_not_null())
        .filter(is_over)
        .exec(db)
        .await
        .map(drop)
}
