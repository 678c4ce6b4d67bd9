//! When connections end, for the list and for the figures.

use app::model::{ConnectionState, TokenStanding};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    domain::agency::AgencyScope,
    store::entity::{
        client_tokens::{Column, Entity},
        connections,
    },
};

/// A stretch of time: from after one moment, or from ever, up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub after: Option<DateTime<Utc>>,
    pub until: DateTime<Utc>,
}

impl Stretch {
    /// That the first end of a token lies in it.
    pub(crate) fn holds(self) -> Expr {
        let until = first_end().lte(self.until);
        match self.after {
            Some(after) => first_end().gt(after).and(until),
            None => until,
        }
    }
}

/// When a token, or its access to data, ends: whichever comes first; nothing where neither does.
fn first_end() -> Expr {
    let (token, data) = (
        Expr::col((Entity, Column::ExpiresAt)),
        Expr::col((Entity, Column::DataAccessExpiresAt)),
    );
    let token_first = data.clone().is_null().or(token.clone().lte(data.clone()));
    Expr::case(token.clone().is_null(), data.clone())
        .case(token_first, token)
        .finally(data)
        .into()
}

/// The tokens of a standing that an agency holds.
pub(crate) fn held(scope: AgencyScope, standing: TokenStanding) -> Select<Entity> {
    Entity::find()
        .select_only()
        .filter(Column::AgencyId.eq(scope.agency()))
        .filter(Column::Standing.eq(standing.code()))
        .filter(Column::DestroyedAt.is_null())
}

/// Connections whose token is in use, or held for the time when it is again.
pub(crate) fn in_use() -> Expr {
    let live = { ConnectionState::ALL.iter() }
        .filter(|state| state.is_live())
        .map(|state| state.code());
    connections::Column::State.is_in(live)
}

/// Connections whose primary token, or its access to data, ends within a stretch of time.
pub(super) fn ends_within(scope: AgencyScope, stretch: Stretch) -> Condition {
    let ending = held(scope, TokenStanding::Primary)
        .column(Column::ConnectionId)
        .filter(stretch.holds());
    let ending = sea_orm::QueryTrait::into_query(ending);
    Condition::all()
        .add(in_use())
        .add(connections::Column::Id.in_subquery(ending))
}
