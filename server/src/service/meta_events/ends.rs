//! What ends with a person's permission.
//!
//! The call may be late, and the person may have signed in again by then. So a token ends with it only if Meta issued
//! it before the call was written; a token of which Meta does not tell when it was issued is asked about. What the
//! person gave later stays, and a connection where they did so is not ended.

use std::collections::BTreeSet;

use app::model::{ConnectionState, InvitationKind, TokenStanding, TokenStatus};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use crate::{
    domain::{
        agency::AgencyScope,
        connection::{self, Event as Happened},
    },
    service::{Error, Portal, Result, actor::Who, audit::Event},
    store::{
        self, Write,
        candidates::{self, Model as Candidate},
        connections::Model as Connection,
        meta_events::{self, Model as MetaEvent, kind},
        tokens::{self, Model as Token},
    },
};

/// A person's part in one connection, as the transaction found it.
pub(super) struct Part<'a> {
    pub event: &'a MetaEvent,
    pub person: &'a str,
    pub connection: Connection,
    /// Their living tokens that end.
    pub ended: Vec<Token>,
    /// Their living tokens that Meta issued later.
    pub kept: Vec<Token>,
}

impl Part<'_> {
    pub(super) fn is_deletion(&self) -> bool {
        self.event.kind == kind::DELETION
    }

    fn happened(&self) -> Happened {
        if self.is_deletion() {
            Happened::DataDeletionAsked
        } else {
            Happened::DisconnectedByMeta
        }
    }

    fn ids(&self) -> Vec<Uuid> {
        self.ended.iter().map(|token| token.id).collect()
    }
}

impl Portal {
    /// Ends what a person gave to an agency, one connection after the other: each is a transaction of its own, and a
    /// job that was interrupted goes on where it was.
    pub(super) async fn end_person(
        &self,
        scope: AgencyScope,
        event: &MetaEvent,
        person: &str,
        is_last_try: bool,
    ) -> Result<()> {
        let known = tokens::of_person(self.db.reader(), scope, person).await?;
        let mut ended = BTreeSet::new();
        for token in known.iter().filter(|token| token.destroyed_at.is_none()) {
            if self.ends_with(scope, token, event, is_last_try).await? {
                ended.insert(token.id);
            }
        }
        let connections: BTreeSet<Uuid> = known.iter().map(|token| token.connection_id).collect();
        for connection in connections {
            self.end_at(scope, event, person, connection, &ended)
                .await?;
        }
        Ok(())
    }

    /// Whether a token ends with the event.
    async fn ends_with(
        &self,
        scope: AgencyScope,
        token: &Token,
        event: &MetaEvent,
        is_last_try: bool,
    ) -> Result<bool> {
        // Both moments are Meta's own, in whole seconds.
        if let Some(issued_at) = token.issued_at {
            return Ok(issued_at <= event.issued_at);
        }
        let secret = match self.open_token(scope, token).await {
            // What does not open is of use to nobody.
            Err(Error::Seal(_) | Error::NotFound) => return Ok(true),
            opened => opened?,
        };
        match self.graph()?.debug_token(&secret).await {
            Ok(facts) => Ok(!facts.is_valid),
            Err(_) if !is_last_try => Err(Error::Conflict),
            // Meta's clock against ours, for want of anything better.
            Err(_) => Ok(token.created_at <= event.issued_at),
        }
    }

    async fn end_at(
        &self,
        scope: AgencyScope,
        event: &MetaEvent,
        person: &str,
        connection: Uuid,
        ended: &BTreeSet<Uuid>,
    ) -> Result<()> {
        let tx = self.begin().await?;
        let Some(row) = store::connections::get(&tx, scope, connection).await? else {
            return Ok(());
        };
        let all = tokens::of_connection(&tx, scope, connection).await?;
        let living = |token: &&Token| token.destroyed_at.is_none();
        let theirs = all.iter().filter(living);
        let (ends, kept) = { theirs.filter(|token| token.meta_user_id == person) }
            .cloned()
            .partition(|token| ended.contains(&token.id));
        let part = Part {
            event,
            person,
            connection: row,
            ended: ends,
            kept,
        };
        let has_ended = !part.ended.is_empty();
        if has_ended {
            self.end_tokens(&tx, scope, &part, &all).await?;
        }
        if part.is_deletion() {
            self.erase_at(&tx, scope, &part).await?;
        }
        if has_ended || part.is_deletion() {
            meta_events::count(&tx, scope, event.id).await?;
        }
        self.commit(tx).await
    }

    /// Ends a connection that stands on what has ended, and else the tokens alone.
    async fn end_tokens(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        all: &[Token],
    ) -> Result<()> {
        let state = ConnectionState::from_code(&part.connection.state);
        let is_alive = state.is_some_and(|state| store::connections::ALIVE.contains(&state));
        let stands_on = main_of(all).is_some_and(|main| part.ended.iter().any(|t| t.id == main.id));
        if !(is_alive && stands_on) {
            return self.end_beside(tx, scope, part, is_alive).await;
        }
        if !part.kept.is_empty() {
            // The same person is signing in again: the connection waits for that, and a check says how it stands.
            return self.end_older(tx, scope, part).await;
        }
        self.disconnect(tx, scope, part, all).await
    }

    /// The connection was theirs: it ends, with every token that was given for it.
    async fn disconnect(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        all: &[Token],
    ) -> Result<()> {
        let now = self.now();
        let mut row = part.connection.clone();
        let from = ConnectionState::from_code(&row.state);
        let step = connection::transition(from, part.happened())?;
        self.end_candidates(tx, scope, row.id, part.happened())
            .await?;
        let mut count = 0;
        for token in all.iter().filter(|token| token.destroyed_at.is_none()) {
            tokens::destroy(tx, scope, token.id, now).await?;
            count += 1;
        }
        tokens::revoked(tx, scope, &part.ids()).await?;
        let status = TokenStatus::Revoked;
        store::clients::set_token_status(tx, scope, row.client_id, status).await?;
        row.state = step.to.code().to_owned();
        row.state_since = now;
        if store::connections::save(tx, scope, row, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        self.tell_of_end(tx, scope, part, step.tell).await?;
        self.note_end(tx, scope, part, "connection.disconnected", count)
            .await
    }

    /// Somebody else's connection, or one that is over: only what was theirs goes.
    async fn end_beside(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        is_alive: bool,
    ) -> Result<()> {
        let ids = part.ids();
        let beside = self.end_logins_beside(tx, scope, part, &ids).await?;
        let count = self.erase_tokens(tx, scope, &ids).await?;
        let was_backup = |token: &Token| token.standing == TokenStanding::Backup.code();
        if is_alive && (beside || part.ended.iter().any(was_backup)) {
            self.tell_of_end_beside(tx, scope, part).await?;
        }
        self.note_end(tx, scope, part, "login.ended_at_meta", count)
            .await
    }

    /// What is older than a login that is under way. The primary stays until that login takes its place, or a check
    /// finds it dead: a connection never stands on nothing.
    async fn end_older(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
    ) -> Result<()> {
        let is_primary = |token: &&Token| token.standing == TokenStanding::Primary.code();
        let older: Vec<Uuid> = { part.ended.iter() }
            .filter(|token| !is_primary(token))
            .map(|token| token.id)
            .collect();
        let count = self.erase_tokens(tx, scope, &older).await?;
        self.make_due(tx, scope, part.person).await?;
        self.note_end(tx, scope, part, "login.ended_at_meta", count)
            .await
    }

    async fn erase_tokens(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        ids: &[Uuid],
    ) -> Result<i64> {
        for id in ids {
            tokens::destroy(tx, scope, *id, self.now()).await?;
        }
        tokens::revoked(tx, scope, ids).await?;
        Ok(i64::try_from(ids.len()).unwrap_or(i64::MAX))
    }

    /// Logins that stood beside the connection with these tokens; whether there were any.
    async fn end_logins_beside(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        ended: &[Uuid],
    ) -> Result<bool> {
        let mut any = false;
        for state in [ConnectionState::Draft, ConnectionState::Pending] {
            let rows =
                candidates::of_connection(tx, scope, part.connection.id, None, state).await?;
            for row in rows.into_iter().filter(|row| ended.contains(&row.token_id)) {
                self.end_login_beside(tx, scope, part, row, state).await?;
                any = true;
            }
        }
        Ok(any)
    }

    /// A connection that waited for it is again what it was: as if the login had been withdrawn.
    async fn end_login_beside(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        mut row: Candidate,
        state: ConnectionState,
    ) -> Result<()> {
        let now = self.now();
        let step = connection::transition(Some(state), part.happened())?;
        let held_up =
            row.kind == InvitationKind::Reconnect.code() && state == ConnectionState::Pending;
        let beneath = row
            .returns_to
            .as_deref()
            .and_then(ConnectionState::from_code);
        row.state = step.to.code().to_owned();
        row.state_since = now;
        if candidates::save(tx, scope, row, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        let Some(beneath) = beneath.filter(|_| held_up) else {
            return Ok(());
        };
        let back = connection::transition_beside(beneath, Happened::Withdrawn)?;
        let mut connection = part.connection.clone();
        connection.state = back.to.code().to_owned();
        connection.state_since = now;
        match store::connections::save(tx, scope, connection, now).await? {
            Write::Done => Ok(()),
            Write::Conflict => Err(Error::Conflict),
        }
    }

    async fn note_end(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        action: &str,
        count: i64,
    ) -> Result<()> {
        let event = Event::about_client(&Who::System, action, part.connection.client_id)
            .with("connection", part.connection.id.to_string())
            .with("state", part.connection.state.as_str())
            .with("why", part.event.kind.as_str())
            .with("count", count);
        self.record(tx, scope, event).await
    }
}

/// The token that a connection stands on: the living primary, or where there is none yet, the candidate.
fn main_of(all: &[Token]) -> Option<&Token> {
    tokens::main(all).filter(|token| token.destroyed_at.is_none())
}
