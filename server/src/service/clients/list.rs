//! The list of clients: found, narrowed, a page at a time, with how far each has come.

use std::collections::HashMap;

use app::model::{
    BackupFilter, CLIENT_ROWS, CLIENT_ROWS_MAX, ClientFilter, ClientRow, ClientsView,
    ConnectionState, Ends, EndsFilter, TokenStanding, TokenStatus,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    domain::{
        agency::AgencyScope,
        client::fold_name,
        numbers::EXPIRY_WARNING,
        progress::{Facts, progress},
        role::Permission,
    },
    service::{
        Portal, Result,
        actor::StaffActor,
        invitations::{is_live, state},
    },
    store::{
        self,
        accounts::Tested,
        clients::{After, Listed, Narrowed, Stretch},
        invitations::Course,
        tokens::Held,
    },
};

/// What *within 60 days* means.
const SIXTY_DAYS: TimeDelta = TimeDelta::days(60);

impl Portal {
    /// The list of clients: by name or address, narrowed, one page of so many rows.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn clients(
        &self,
        actor: &StaffActor,
        filter: ClientFilter,
        rows: Option<u64>,
        after: Option<&str>,
    ) -> Result<ClientsView> {
        actor.require(Permission::ReadDesk)?;
        let (scope, db) = (actor.scope, self.db.reader());
        let limit = rows.unwrap_or(CLIENT_ROWS).clamp(1, CLIENT_ROWS_MAX);
        let narrowed = narrowed(&filter, self.now());
        let after = match after.and_then(|id| id.parse().ok()) {
            Some(id) => store::clients::get(db, scope, id).await?.map(|row| After {
                sort_name: row.sort_name,
                id: row.id,
            }),
            None => None,
        };
        let after = after.as_ref();
        let mut listed = store::clients::list(db, scope, &narrowed, after, limit + 1).await?;
        let has_more = listed.len() as u64 > limit;
        listed.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let next = listed.last().filter(|_| has_more);
        // Where nothing comes before and after, there are as many as are shown.
        let total = match (after, has_more) {
            (None, false) => listed.len() as u64,
            _ => store::clients::count(db, scope, &narrowed).await?,
        };
        Ok(ClientsView {
            next: next.map(|row| row.id.to_string()),
            total,
            rows: self.client_rows(scope, listed).await?,
            filter,
            limit,
            may_add: actor.may(Permission::ManageClients),
        })
    }

    /// How many clients a filter of the list lets through.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::service) async fn count_clients(
        &self,
        scope: AgencyScope,
        filter: &ClientFilter,
    ) -> Result<u64> {
        let narrowed = narrowed(filter, self.now());
        Ok(store::clients::count(self.db.reader(), scope, &narrowed).await?)
    }

    async fn client_rows(&self, scope: AgencyScope, listed: Vec<Listed>) -> Result<Vec<ClientRow>> {
        let beside = self.beside_clients(scope, &listed).await?;
        let now = self.now();
        Ok(listed.into_iter().map(|row| beside.row(row, now)).collect())
    }

    /// What stands beside listed clients: one query for each kind of it, however many clients there are.
    async fn beside_clients(&self, scope: AgencyScope, listed: &[Listed]) -> Result<Beside> {
        let db = self.db.reader();
        let clients: Vec<Uuid> = listed.iter().map(|row| row.id).collect();
        let connections: Vec<Uuid> = listed.iter().filter_map(|row| row.connection_id).collect();
        let mut invitations: HashMap<Uuid, Vec<Course>> = HashMap::new();
        for row in store::invitations::courses(db, scope, &clients).await? {
            invitations.entry(row.client_id).or_default().push(row);
        }
        let mut tokens: HashMap<Uuid, Vec<Held>> = HashMap::new();
        for token in store::tokens::held(db, scope, &connections).await? {
            tokens.entry(token.connection_id).or_default().push(token);
        }
        Ok(Beside {
            invitations,
            tokens,
            tested: store::accounts::tested_each(db, scope, &connections).await?,
        })
    }
}

/// What stands beside listed clients.
struct Beside {
    /// By client, oldest first.
    invitations: HashMap<Uuid, Vec<Course>>,
    /// By connection, newest first.
    tokens: HashMap<Uuid, Vec<Held>>,
    /// By connection.
    tested: HashMap<Uuid, Tested>,
}

impl Beside {
    fn row(&self, row: Listed, now: DateTime<Utc>) -> ClientRow {
        let invitations = self.invitations.get(&row.id).map_or(&[][..], Vec::as_slice);
        let tokens = row.connection_id.and_then(|id| self.tokens.get(&id));
        let tokens = tokens.map_or(&[][..], Vec::as_slice);
        let tested = row.connection_id.and_then(|id| self.tested.get(&id));
        let connection = row.state.as_deref().and_then(ConnectionState::from_code);
        let is_backup = |token: &Held| token.standing == TokenStanding::Backup.code();
        let facts = Facts {
            connection,
            has_backup: tokens.iter().any(is_backup),
            ..links_and_tests(invitations, tested.copied().unwrap_or_default(), now)
        };
        ClientRow {
            id: row.id,
            name: row.name,
            email: row.email,
            connection,
            token_status: TokenStatus::from_code(&row.token_status).unwrap_or(TokenStatus::Unknown),
            invitation: invitations.last().map(|newest| state(*newest, now)),
            ends_at: speaking(tokens).and_then(ends_first),
            progress: progress(&facts),
        }
    }
}

/// What links and accounts say of a client's way.
pub(super) fn links_and_tests(invitations: &[Course], tested: Tested, now: DateTime<Utc>) -> Facts {
    let live = || invitations.iter().filter(|row| is_live(**row, now));
    Facts {
        has_live_link: live().next().is_some(),
        is_opened: live().any(|row| row.opened_count > 0 || row.started_at.is_some()),
        chosen: tested.chosen,
        answered: tested.answered,
        ..Facts::default()
    }
}

fn narrowed(filter: &ClientFilter, now: DateTime<Utc>) -> Narrowed {
    Narrowed {
        query: fold_name(&filter.query),
        state: filter.state,
        token: filter.token,
        ends: filter.ends.map(|ends| stretch(ends, now)),
        lacks_backup: filter.backup == Some(BackupFilter::Missing),
    }
}

/// From when to when a filter of the list reaches.
pub(in crate::service) fn stretch(ends: Ends, now: DateTime<Utc>) -> Stretch {
    let (after, until) = match ends {
        Ends::Offered(EndsFilter::Ended) => (None, now),
        Ends::Offered(EndsFilter::Fortnight) => (Some(now), now + EXPIRY_WARNING),
        Ends::Offered(EndsFilter::Sixty) => (Some(now), now + SIXTY_DAYS),
        Ends::On(days) => {
            // Times are whole microseconds: before a day begins, the one before has ended.
            let end = |day| begin(day) - TimeDelta::microseconds(1);
            (Some(end(days.from)), end(days.to) + TimeDelta::days(1))
        }
    };
    Stretch { after, until }
}

fn begin(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The token that speaks for a connection: the primary one, else the newest.
fn speaking(tokens: &[Held]) -> Option<&Held> {
    let primary = TokenStanding::Primary.code();
    { tokens.iter() }
        .find(|token| token.standing == primary)
        .or_else(|| tokens.first())
}

/// When a token, or its access to data, ends: whichever comes first.
fn ends_first(token: &Held) -> Option<DateTime<Utc>> {
    [token.expires_at, token.data_access_expires_at]
        .into_iter()
        .flatten()
        .min()
}
