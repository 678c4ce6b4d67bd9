//! Logins beside a live connection: a reconnection, and a backup by a second person. What is live stays in use
//! while such a candidate goes the client's way and waits for a decision.

mod decide;
mod probe;
mod queue;

use app::{
    model::{
        ConnectionState, DoneView, GoOn, IdentityView, InvitationKind, MissingScope, PersonView,
        ProbeFailure, ProgressView, StopReason, UnreachedView,
    },
    routes,
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    accounts::probing,
    audit::Event,
    capture::{CAPTURED, Captured, Login},
    portal::job,
    tokens::{NewToken, ends_at, is_short},
    visits::{Step, Visitor, login_step, stopped},
};
use crate::{
    domain::{
        agency::AgencyScope,
        connection::{self, RefusedMove},
        permission,
    },
    store::{
        self, Write,
        candidates::{self, Model as Candidate},
        connections::Model as Connection,
        entity::visits,
        evidence::{self, GrantAccount},
    },
};
use probe::is_reached;

/// Why accounts were not reached, and how many for each reason.
fn failures(accounts: &[GrantAccount]) -> Vec<(ProbeFailure, u64)> {
    { ProbeFailure::ALL.iter() }
        .map(|failure| {
            let is_it = |account: &&GrantAccount| account.probe.as_deref() == Some(failure.code());
            (*failure, accounts.iter().filter(is_it).count() as u64)
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// A connection as it would be with a candidate's person.
fn with_person(mut connection: Connection, row: &Candidate) -> Connection {
    connection.meta_user_id.clone_from(&row.meta_user_id);
    connection.meta_user_name.clone_from(&row.meta_user_name);
    connection
        .meta_business_id
        .clone_from(&row.meta_business_id);
    connection.is_business = row.is_business;
    connection
}

/// The state that a row is in.
fn state_of(code: &str) -> Result<ConnectionState> {
    ConnectionState::from_code(code).ok_or_else(|| Error::internal("a state that nobody knows"))
}

/// Why a login is no candidate: there is nothing live beside which it could stand.
const fn refused(from: Option<ConnectionState>) -> Error {
    Error::Refused(RefusedMove {
        from,
        event: connection::Event::OtherPersonReconnected,
    })
}

impl Portal {
    /// Whether a visit's login stands beside a live connection, and as what. `None`: it is captured as the
    /// connection itself.
    pub(super) async fn beside(
        &self,
        scope: AgencyScope,
        visit: &visits::Model,
    ) -> Result<Option<InvitationKind>> {
        let db = self.db.reader();
        let invitation = store::invitations::get(db, scope, visit.invitation_id).await?;
        let kind = invitation.and_then(|row| InvitationKind::from_code(&row.kind));
        if kind != Some(InvitationKind::Reconnect) {
            return Ok(kind.filter(|kind| *kind == InvitationKind::Backup));
        }
        let connection = store::connections::of_client(db, scope, visit.client_id).await?;
        let is_live = connection
            .and_then(|row| ConnectionState::from_code(&row.state))
            .is_some_and(ConnectionState::is_live);
        Ok(kind.filter(|_| is_live))
    }

    /// Keeps a login, as the connection or beside it. Gives why it was not kept, if it was not.
    pub(super) async fn keep_login(
        &self,
        login: &Login,
        captured: Captured,
    ) -> Result<Option<StopReason>> {
        match self
            .beside(login.visitor.scope, &login.visitor.visit)
            .await?
        {
            Some(kind) => self.keep_beside(login, kind, captured).await,
            None => self.keep(login, captured).await.map(|()| None),
        }
    }

    /// One transaction: candidate, token, grant, validation, audit, and what the login led to.
    async fn keep_beside(
        &self,
        login: &Login,
        kind: InvitationKind,
        captured: Captured,
    ) -> Result<Option<StopReason>> {
        let (scope, visit) = (login.visitor.scope, &login.visitor.visit);
        let now = self.now();
        let tx = self.begin().await?;
        let connection = store::connections::of_client(&tx, scope, visit.client_id).await?;
        let from = connection
            .as_ref()
            .and_then(|row| ConnectionState::from_code(&row.state));
        let Some(connection) = connection.filter(|_| from.is_some_and(ConnectionState::is_live))
        else {
            return Err(refused(from));
        };
        if kind == InvitationKind::Backup && connection.meta_user_id == captured.who.id {
            return Ok(Some(StopReason::SecondPersonNeeded));
        }
        let waits = ConnectionState::Pending;
        let waiting =
            candidates::of_connection(&tx, scope, connection.id, Some(kind), waits).await?;
        if !waiting.is_empty() {
            return Err(refused(Some(waits)));
        }
        self.abandon_drafts_of(&tx, scope, connection.id, kind)
            .await?;
        let id = self.new_id();
        let new = NewToken {
            client: visit.client_id,
            connection: connection.id,
            source: app::model::TokenSource::Login,
            token: captured.token.clone(),
            facts: &captured.facts,
            latency_millis: captured.latency_millis,
            meta_user_id: &captured.who.id,
        };
        let token_id = self.keep_candidate(&tx, scope, new).await?;
        let grant_id = self
            .keep_grant(&tx, login, connection.id, Some(id), &captured)
            .await?;
        let row = Candidate {
            id,
            agency_id: scope.agency(),
            client_id: visit.client_id,
            connection_id: connection.id,
            kind: kind.code().to_owned(),
            state: ConnectionState::Draft.code().to_owned(),
            state_since: now,
            version: 1,
            invitation_id: visit.invitation_id,
            visit_id: visit.id,
            meta_user_id: captured.who.id,
            meta_user_name: captured.who.name,
            meta_business_id: captured.who.business_id,
            is_business: captured.who.is_business,
            token_id,
            grant_id,
            returns_to: None,
            confirmed_at: None,
            probing: probing::NONE.to_owned(),
            submitted_at: None,
            decided_at: None,
            decided_by: None,
            decision_reason: None,
            created_at: now,
            updated_at: now,
        };
        candidates::create(&tx, row).await?;
        store::visits::set_picture(&tx, scope, visit.id, captured.who.picture).await?;
        let finished = store::visits::finish_state(&tx, scope, &login.state, CAPTURED, false, now);
        if finished.await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        let who = login.visitor.who();
        self.end_trouble(&tx, scope, &who).await?;
        let event = Event::about_client(&who, "login.captured", visit.client_id)
            .with("connection", connection.id.to_string())
            .with("kind", kind.code())
            .with("scopes", captured.facts.scopes.join(","));
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        metrics::counter!("portico_captures_total", "outcome" => CAPTURED).increment(1);
        Ok(None)
    }

    /// A later sign-in takes the place of one that was not submitted.
    async fn abandon_drafts_of(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        connection: Uuid,
        kind: InvitationKind,
    ) -> Result<()> {
        let draft = ConnectionState::Draft;
        for row in candidates::of_connection(tx, scope, connection, Some(kind), draft).await? {
            if self.abandon(tx, scope, row).await? == Write::Conflict {
                return Err(Error::Conflict);
            }
        }
        Ok(())
    }

    /// A draft ends without having been submitted: our copy of its token goes.
    async fn abandon(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        mut row: Candidate,
    ) -> Result<Write> {
        let now = self.now();
        let step = connection::transition(
            ConnectionState::from_code(&row.state),
            connection::Event::DraftExpired,
        )?;
        row.state = step.to.code().to_owned();
        row.state_since = now;
        let token = row.token_id;
        let written = candidates::save(tx, scope, row, now).await?;
        if written == Write::Done {
            store::tokens::destroy(tx, scope, token, now).await?;
        }
        Ok(written)
    }

    /// Drafts beside connections that nobody submitted in time.
    pub(super) async fn abandon_candidates(
        &self,
        scope: AgencyScope,
        before: chrono::DateTime<chrono::Utc>,
    ) -> Result<()> {
        for row in candidates::drafts_since_before(self.db.reader(), scope, before).await? {
            let (client, kind) = (row.client_id, row.kind.clone());
            let tx = self.begin().await?;
            if self.abandon(&tx, scope, row).await? == Write::Conflict {
                continue;
            }
            let event =
                Event::about_client(&super::actor::Who::System, "candidate.abandoned", client)
                    .with("kind", kind);
            self.record(&tx, scope, event).await?;
            self.commit(tx).await?;
        }
        Ok(())
    }

    /// What waits or was begun beside a connection ends with it; its tokens go with the connection's.
    pub(super) async fn end_candidates(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        connection: Uuid,
        event: connection::Event,
    ) -> Result<()> {
        let now = self.now();
        for state in [ConnectionState::Draft, ConnectionState::Pending] {
            for mut row in candidates::of_connection(tx, scope, connection, None, state).await? {
                let step = connection::transition(Some(state), event)?;
                row.state = step.to.code().to_owned();
                row.state_since = now;
                if candidates::save(tx, scope, row, now).await? == Write::Conflict {
                    return Err(Error::Conflict);
                }
            }
        }
        Ok(())
    }

    /// The draft that a visit has captured beside a connection.
    pub(super) async fn own_candidate(&self, visitor: &Visitor) -> Result<Option<Candidate>> {
        let found = candidates::of_visit(self.db.reader(), visitor.scope, visitor.visit.id).await?;
        Ok(found.filter(|row| row.state == ConnectionState::Draft.code()))
    }

    /// What was granted to a candidate.
    pub(super) async fn granted_to(
        &self,
        visitor: &Visitor,
        row: &Candidate,
    ) -> Result<Vec<String>> {
        let db = self.db.reader();
        let grant = evidence::grant(db, visitor.scope, row.client_id, row.grant_id).await?;
        Ok(grant.map_or_else(Vec::new, |grant| {
            permission::parse_scopes(&grant.scopes_granted)
        }))
    }

    /// *Yes, this is me*, beside a connection: the connection's accounts are tested with the new login.
    /// `false` where the visit has no candidate of its own.
    pub(super) async fn confirm_candidate(&self, visitor: &Visitor) -> Result<bool> {
        let (scope, now) = (visitor.scope, self.now());
        let Some(mut row) = self.own_candidate(visitor).await? else {
            return Ok(false);
        };
        if visitor.visit.expires_at <= now || row.probing == probing::QUEUED {
            return Ok(true);
        }
        if row.confirmed_at.is_none() {
            let missing = self.missing_beside(visitor, &row).await?;
            let would_be = self.would_be(scope, &row).await?;
            let go_on = self.go_on(visitor, &would_be, &missing).await?;
            if matches!(go_on, GoOn::AfterAskingAgain | GoOn::NotAtAll) {
                // The page does not offer it.
                return Ok(true);
            }
        }
        row.confirmed_at = row.confirmed_at.or(Some(now));
        row.probing = probing::QUEUED.to_owned();
        let (id, grant, connection) = (row.id, row.grant_id, row.connection_id);
        let tx = self.begin().await?;
        if candidates::save(&tx, scope, row, now).await? == Write::Conflict {
            // A second click, or another tab: the first one is at work.
            return Ok(true);
        }
        evidence::keep_accounts(&tx, scope, grant, connection, true).await?;
        evidence::clear_probes(&tx, scope, grant).await?;
        self.enqueue(&tx, scope, job::PROBE_CANDIDATE, id).await?;
        let who = visitor.who();
        let event = Event::about_client(&who, "login.confirmed", visitor.visit.client_id);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    /// Where a visit stands whose login is beside a connection; `None` where it is not.
    pub(super) async fn step_beside(&self, visitor: &Visitor) -> Result<Option<Step>> {
        let (scope, visit) = (visitor.scope, &visitor.visit);
        let db = self.db.reader();
        let found = candidates::of_visit(db, scope, visit.id).await?;
        if found.is_none() && self.beside(scope, visit).await?.is_none() {
            return Ok(None);
        }
        if let Some(row) = &found
            && row.state != ConnectionState::Draft.code()
        {
            return self.done_beside(visitor, row).await.map(Some);
        }
        let now = self.now();
        if visit.expires_at <= now {
            return Ok(Some(stopped(StopReason::VisitOver, None)));
        }
        let again = Some(routes::visit_again(visit.id));
        let resume = Some(routes::visit_resume(visit.id));
        let login = store::visits::newest_state(db, scope, visit.id).await?;
        let step = login
            .as_ref()
            .and_then(|login| login_step(login, now, again.clone(), resume));
        if let Some(step) = step {
            return Ok(Some(step));
        }
        Ok(Some(match found {
            None => stopped(StopReason::NotGiven, again),
            Some(row) => self.draft_beside(visitor, &row).await?,
        }))
    }

    async fn draft_beside(&self, visitor: &Visitor, row: &Candidate) -> Result<Step> {
        let db = self.db.reader();
        let person = PersonView {
            name: row.meta_user_name.clone(),
            picture: visitor.visit.picture_url.clone(),
            is_business: row.is_business,
        };
        if row.confirmed_at.is_none() {
            let client = store::clients::get(db, visitor.scope, row.client_id)
                .await?
                .ok_or(Error::NotFound)?;
            let missing = self.missing_beside(visitor, row).await?;
            let would_be = self.would_be(visitor.scope, row).await?;
            let token = store::tokens::get(db, visitor.scope, row.token_id).await?;
            return Ok(Step::Identity(IdentityView {
                visit: visitor.visit.id,
                client_name: client.name,
                person,
                go_on: self.go_on(visitor, &would_be, &missing).await?,
                // A second person is another one: there is nothing to ask about.
                last_person: match row.kind == InvitationKind::Backup.code() {
                    true => None,
                    false => self.last_person(visitor.scope, &would_be).await?,
                },
                is_endless: token.is_some_and(|token| token.expires_at.is_none()),
                missing,
            }));
        }
        let accounts = evidence::chosen(db, visitor.scope, &[row.grant_id]).await?;
        if row.probing == probing::QUEUED {
            let done = accounts.iter().filter(|one| one.probe.is_some()).count() as u64;
            let total = accounts.len() as u64;
            return Ok(Step::Progress(ProgressView::Probing { done, total }));
        }
        Ok(Step::Unreached(UnreachedView {
            visit: visitor.visit.id,
            person,
            missing: self.missing_beside(visitor, row).await?,
            failures: failures(&accounts),
        }))
    }

    /// What was asked of a candidate and not given.
    pub(super) async fn missing_beside(
        &self,
        visitor: &Visitor,
        row: &Candidate,
    ) -> Result<Vec<MissingScope>> {
        let granted = self.granted_to(visitor, row).await?;
        self.missing_from(visitor.scope, &granted).await
    }

    /// The connection as it would be with a candidate.
    async fn would_be(&self, scope: AgencyScope, row: &Candidate) -> Result<Connection> {
        let connection = store::connections::get(self.db.reader(), scope, row.connection_id)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(with_person(connection, row))
    }

    async fn done_beside(&self, visitor: &Visitor, row: &Candidate) -> Result<Step> {
        let (scope, db) = (visitor.scope, self.db.reader());
        let Some(submitted_at) = row.submitted_at else {
            return Ok(stopped(StopReason::Overtaken, None));
        };
        let client = store::clients::get(db, scope, row.client_id)
            .await?
            .ok_or(Error::NotFound)?;
        let accounts = evidence::chosen(db, scope, &[row.grant_id]).await?;
        let token = store::tokens::get(db, scope, row.token_id).await?;
        Ok(Step::Done(DoneView {
            client_name: client.name,
            person_name: row.meta_user_name.clone(),
            submitted_at,
            // Which accounts there are besides is not told to a login that cannot see them.
            accounts: { accounts.into_iter() }
                .filter(is_reached)
                .map(|account| account.name)
                .collect(),
            scopes: self.granted_to(visitor, row).await?,
            expires_at: token.as_ref().and_then(ends_at),
            is_short: { token.as_ref() }
                .is_some_and(|token| is_short(token.created_at, token.expires_at)),
            is_business: row.is_business,
            email: client.email,
            state: state_of(&row.state)?,
        }))
    }

    /// The connection that a candidate stands beside.
    async fn connection_beside(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        row: &Candidate,
    ) -> Result<Connection> {
        store::connections::get(tx, scope, row.connection_id)
            .await?
            .ok_or_else(|| Error::internal("a candidate without a connection"))
    }
}
