//! Ad accounts seen through a connection.

mod probes;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use super::{
    contains,
    entity::ad_accounts::{Column, Entity},
};
use crate::domain::agency::AgencyScope;

pub use super::entity::ad_accounts::Model;
pub use probes::{Forget, ProbeRow, forget_probes, set_probe, set_tested, take_probes};

/// Rows that go into one statement: SQLite takes 32,766 values in one.
const CHUNK: usize = 500;

/// Values that go into one list of a statement, for the same reason.
pub(super) const VALUES: usize = 10_000;

/// Adds accounts, or refreshes what is known of those that are there: a choice already made is kept.
///
/// # Errors
/// When the database fails.
pub async fn upsert(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), DbErr> {
    for chunk in rows.chunks(CHUNK) {
        let chunk = chunk
            .iter()
            .cloned()
            .map(IntoActiveModel::into_active_model);
        Entity::insert_many(chunk)
            .on_conflict(
                OnConflict::columns([Column::ConnectionId, Column::Number])
                    .update_columns([
                        Column::Name,
                        Column::SearchName,
                        Column::Currency,
                        Column::AccountStatus,
                        Column::TimezoneName,
                        Column::BusinessId,
                        Column::BusinessName,
                        Column::UpdatedAt,
                        Column::Tasks,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Forgets the accounts that were not seen in a read that began at this moment.
///
/// # Errors
/// When the database fails.
pub async fn forget_unseen(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    read_began: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.eq(connection))
        .filter(Column::UpdatedAt.lt(read_began))
        .exec(db)
        .await
        .map(drop)
}

/// Forgets all accounts of a connection: another person has signed in.
///
/// # Errors
/// When the database fails.
pub async fn forget_all(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.eq(connection))
        .exec(db)
        .await
        .map(drop)
}

/// One page of a connection's accounts that match the folded words, grouped by business.
///
/// # Errors
/// When the database fails.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    query: &str,
    page: u64,
    per_page: u64,
) -> Result<Vec<Model>, DbErr> {
    matching(scope, connection, query)
        // What belongs to no business comes last: the databases disagree on where NULL sorts.
        .order_by_asc(Expr::col(Column::BusinessId).is_null())
        .order_by_asc(Column::BusinessName)
        .order_by_asc(Column::BusinessId)
        .order_by_asc(Column::SearchName)
        .order_by_asc(Column::Number)
        .offset(page.saturating_sub(1) * per_page)
        .limit(per_page)
        .all(db)
        .await
}

/// How many accounts match.
///
/// # Errors
/// When the database fails.
pub async fn count(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    query: &str,
) -> Result<u64, DbErr> {
    matching(scope, connection, query).count(db).await
}

/// How many accounts of a connection are chosen, and how many of those answered their last test call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    pub chosen: i64,
    pub answered: i64,
}

/// [`Tested`] for each of these connections that has chosen accounts.
///
/// # Errors
/// When the database fails.
pub async fn tested_each(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<std::collections::HashMap<Uuid, Tested>, DbErr> {
    let rows: Vec<(Uuid, Option<String>, i64)> = Entity::find()
        .select_only()
        .columns([Column::ConnectionId, Column::Probe])
        .column_as(Column::Id.count(), "accounts")
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.is_in(connections.iter().copied()))
        .filter(Column::IsSelected.eq(true))
        .group_by(Column::ConnectionId)
        .group_by(Column::Probe)
        .into_tuple()
        .all(db)
        .await?;
    let mut each = std::collections::HashMap::<Uuid, Tested>::new();
    for (connection, probe, count) in rows {
        let tested = each.entry(connection).or_default();
        tested.chosen += count;
        if probe.as_deref() == Some(ANSWERED) {
            tested.answered += count;
        }
    }
    Ok(each)
}

/// The chosen accounts of these connections, by name.
///
/// # Errors
/// When the database fails.
pub async fn selected(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.is_in(connections.iter().copied()))
        .filter(Column::IsSelected.eq(true))
        .order_by_asc(Column::SearchName)
        .order_by_asc(Column::Number)
        .all(db)
        .await
}

/// The accounts of a connection with these numbers.
///
/// # Errors
/// When the database fails.
pub async fn numbered(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    numbers: &[&str],
) -> Result<Vec<Model>, DbErr> {
    let mut all = Vec::new();
    for numbers in numbers.chunks(VALUES) {
        let found = Entity::find()
            .filter(Column::AgencyId.eq(scope.agency()))
            .filter(Column::ConnectionId.eq(connection))
            .filter(Column::Number.is_in(numbers.iter().copied()))
            .all(db)
            .await?;
        all.extend(found);
    }
    Ok(all)
}

/// How many accounts of a connection are chosen.
///
/// # Errors
/// When the database fails.
pub async fn count_selected(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.eq(connection))
        .filter(Column::IsSelected.eq(true))
        .count(db)
        .await
}

/// Accounts of these connections that did not answer their last test call and are not chosen any more, by name.
///
/// # Errors
/// When the database fails.
pub async fn failed(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connections: &[Uuid],
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::ConnectionId.is_in(connections.iter().copied()))
        .filter(Column::IsSelected.eq(false))
        .filter(Column::Probe.ne(ANSWERED))
        .order_by_asc(Column::SearchName)
        .order_by_asc(Column::Number)
        .all(db)
        .await
}

/// The first accounts of a connection, by name.
///
/// # Errors
/// When the database fails.
pub async fn first(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    matching(scope, connection, "")
        .order_by_asc(Column::SearchName)
        .order_by_asc(Column::Number)
        .limit(limit)
        .all(db)
        .await
}

/// Chooses or drops accounts among those that were shown.
///
/// # Errors
/// When the database fails.
pub async fn choose(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    shown: &[String],
    chosen: &[String],
) -> Result<(), DbErr> {
    let dropped: Vec<&String> = shown.iter().filter(|n| !chosen.contains(n)).collect();
    for (numbers, is_selected) in [(dropped, false), (chosen.iter().collect(), true)] {
        if numbers.is_empty() {
            continue;
        }
        Entity::update_many()
            .col_expr(Column::IsSelected, Expr::value(is_selected))
            .filter(Column::AgencyId.eq(scope.agency()))
            .filter(Column::ConnectionId.eq(connection))
            .filter(Column::Number.is_in(numbers))
            .filter(Column::AccountStatus.ne(CLOSED))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Chooses or drops all accounts of one business (`None`: those of no business) that match the folded words.
///
/// # Errors
/// When the database fails.
pub async fn choose_all(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    query: &str,
    business: Option<&str>,
    is_selected: bool,
) -> Result<(), DbErr> {
    let of_business = match business {
        Some(id) => Column::BusinessId.eq(id),
        None => Column::BusinessId.is_null(),
    };
    Entity::update_many()
        .col_expr(Column::IsSelected, Expr::value(is_selected))
        .filter(that_match(scope, connection, query))
        .filter(of_business)
        .filter(Column::AccountStatus.ne(CLOSED))
        .exec(db)
        .await
        .map(drop)
}

/// How many accounts of each business (`None`: of no business) match and can be chosen.
///
/// # Errors
/// When the database fails.
pub async fn count_open_by_business(
    db: &impl ConnectionTrait,
    scope: AgencyScope,
    connection: Uuid,
    query: &str,
) -> Result<HashMap<Option<String>, i64>, DbErr> {
    let rows: Vec<(Option<String>, i64)> = matching(scope, connection, query)
        .select_only()
        .column(Column::BusinessId)
        .column_as(Column::Id.count(), "open")
        .filter(Column::AccountStatus.ne(CLOSED))
        .group_by(Column::BusinessId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// What a test call that answered is stored as; every other value is the code of a failure.
pub const ANSWERED: &str = "ok";

/// Meta's number for an account that is closed for good: it cannot be chosen.
const CLOSED: i32 = 101;

fn matching(scope: AgencyScope, connection: Uuid, query: &str) -> Select<Entity> {
    Entity::find().filter(that_match(scope, connection, query))
}

fn that_match(scope: AgencyScope, connection: Uuid, query: &str) -> Condition {
    let all = Condition::all()
        .add(Column::AgencyId.eq(scope.agency()))
        .add(Column::ConnectionId.eq(connection));
    if query.is_empty() {
        return all;
    }
    let mut words = Condition::any().add(contains(Column::SearchName, query));
    if let Some(digits) = number_in(query) {
        words = words.add(contains(Column::Number, &digits));
    }
    all.add(words)
}

/// The digits of a search for a number, however it was written: `1015 8800`, `1015-8800`, `act_10158800`. Digits
/// beside words are part of a name.
fn number_in(query: &str) -> Option<String> {
    let written = query.strip_prefix("act_").unwrap_or(query);
    let is_number = written
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '_'));
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    (is_number && !digits.is_empty()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for (query, expected) in [
            ("1015 8800", Some("10158800")),
            ("act_10158800", Some("10158800")),
            ("10-15", Some("1015")),
            ("branch 0042", None),
            ("0042 nord", None),
            ("nord", None),
            (" - ", None),
        ] {
            assert_eq!(number_in(query).as_deref(), expected, "{query}");
        }
    }
}
