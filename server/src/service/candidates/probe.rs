//! The job that tests a connection's accounts with a candidate, and what follows: a reconnection by the same
//! person takes effect at once, everything else waits for a decision.

use app::model::{ConnectionState, InvitationKind, TokenStanding};
use futures::{StreamExt, stream};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::state_of;
use crate::{
    domain::{
        agency::AgencyScope,
        connection::{self, Event as Happened},
    },
    mail::Template,
    meta::Recorder,
    service::{
        Error, Portal, Result,
        accounts::{PROBES_AT_ONCE, probe, probe_row, probing},
        actor::{Origin, Who},
        audit::Event,
        troubles::Trouble,
    },
    store::{
        self, Write,
        candidates::{self, Model as Candidate},
        connections::Model as Connection,
        evidence::{self, GrantAccount},
    },
};

impl Portal {
    /// The job behind *Yes, this is me* beside a live connection: a test call to each of its accounts. Where
    /// none can be reached, the client sees so and may sign in otherwise.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn probe_candidate(&self, scope: AgencyScope, id: Uuid) -> Result<()> {
        let db = self.db.reader();
        let Some(row) = candidates::get(db, scope, id).await? else {
            return Ok(());
        };
        let is_wanted =
            row.state == ConnectionState::Draft.code() && row.probing == probing::QUEUED;
        let token = store::tokens::get(db, scope, row.token_id).await?;
        let Some(token) = token.filter(|token| is_wanted && token.destroyed_at.is_none()) else {
            return Ok(());
        };
        let secret = self.open_token(scope, &token).await?;
        let recorder = Recorder::default();
        let graph = self.graph()?.recording(&recorder);
        let accounts = evidence::chosen(db, scope, &[row.grant_id]).await?;
        let tests: Vec<_> = accounts
            .iter()
            .filter(|account| account.probe.is_none())
            .map(|account| {
                let number = account.number.clone();
                probe(graph.clone(), secret.clone(), account.grant_id, number)
            })
            .collect();
        let mut tests = stream::iter(tests).buffer_unordered(PROBES_AT_ONCE);
        let mut trouble = None;
        while let Some(tested) = tests.next().await {
            trouble = trouble.or(tested.trouble);
            let (said, now) = (probe_row(tested.probe), self.now());
            evidence::set_probe(db, scope, row.grant_id, &tested.number, said, now).await?;
        }
        let grant = evidence::grant(db, scope, row.client_id, row.grant_id).await?;
        if let Some(login) = grant.and_then(|grant| grant.login_id) {
            self.keep_answers(scope, row.client_id, login, &recorder)
                .await;
        }
        let accounts = evidence::chosen(db, scope, &[row.grant_id]).await?;
        let reached = accounts
            .iter()
            .filter(|account| is_reached(account))
            .count();
        if reached == 0 && !accounts.is_empty() {
            return self
                .let_sign_in_otherwise(scope, row, accounts.len(), trouble)
                .await;
        }
        match self.submit_candidate(scope, id, &accounts).await {
            // The connection ended meanwhile: there is nothing to stand beside.
            Err(Error::Refused(_)) => self.abandon_lost(scope, id).await,
            other => other,
        }
    }

    async fn let_sign_in_otherwise(
        &self,
        scope: AgencyScope,
        mut row: Candidate,
        count: usize,
        trouble: Option<Trouble>,
    ) -> Result<()> {
        let client = row.client_id;
        row.probing = probing::DONE.to_owned();
        let tx = self.begin().await?;
        if candidates::save(&tx, scope, row, self.now()).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        if let Some(trouble) = &trouble {
            self.note_trouble(&tx, scope, trouble).await?;
        }
        let event = Event::about_client(&Who::System, "accounts.probe_failed", client)
            .refused()
            .with("count", count);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    async fn abandon_lost(&self, scope: AgencyScope, id: Uuid) -> Result<()> {
        let tx = self.begin().await?;
        let Some(row) = candidates::get(&tx, scope, id).await? else {
            return Ok(());
        };
        let (client, kind) = (row.client_id, row.kind.clone());
        if self.abandon(&tx, scope, row).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        let event =
            Event::about_client(&Who::System, "candidate.abandoned", client).with("kind", kind);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    async fn submit_candidate(
        &self,
        scope: AgencyScope,
        id: Uuid,
        accounts: &[GrantAccount],
    ) -> Result<()> {
        let now = self.now();
        let tx = self.begin().await?;
        let Some(mut row) = candidates::get(&tx, scope, id).await? else {
            return Ok(());
        };
        let connection = self.connection_beside(&tx, scope, &row).await?;
        let state = state_of(&connection.state)?;
        if !state.is_live() {
            return Err(super::refused(Some(state)));
        }
        row.submitted_at = Some(now);
        row.state_since = now;
        row.probing = probing::DONE.to_owned();
        row.state = ConnectionState::Pending.code().to_owned();
        let is_same = row.meta_user_id == connection.meta_user_id;
        let action = if row.kind == InvitationKind::Backup.code() {
            "backup.submitted"
        } else if is_same {
            row.state = ConnectionState::Approved.code().to_owned();
            self.replace_primary(&tx, scope, connection, &row, accounts)
                .await?;
            "connection.reconnected"
        } else {
            let step = connection::transition(Some(state), Happened::OtherPersonReconnected)?;
            row.returns_to = Some(connection.state.clone());
            let mut connection = connection;
            connection.state = step.to.code().to_owned();
            connection.state_since = now;
            if store::connections::save(&tx, scope, connection, now).await? == Write::Conflict {
                return Err(Error::Conflict);
            }
            "connection.reconnection_submitted"
        };
        store::invitations::spend(&tx, scope, row.invitation_id, now).await?;
        self.tell_agency(&tx, scope, &row, accounts.len()).await?;
        let (client, connection) = (row.client_id, row.connection_id);
        if candidates::save(&tx, scope, row, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        let who = Who::Client(client, Origin::default());
        let event = Event::about_client(&who, action, client)
            .with("connection", connection.to_string())
            .with("count", accounts.len());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    /// The same person reconnected: the new token is the primary one at once.
    async fn replace_primary(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        mut connection: Connection,
        row: &Candidate,
        accounts: &[GrantAccount],
    ) -> Result<()> {
        let from = ConnectionState::from_code(&connection.state);
        let step = connection::transition(from, Happened::SamePersonReconnected)?;
        connection.state = step.to.code().to_owned();
        self.promote_candidate(tx, scope, connection, row, accounts)
            .await
    }

    /// A candidate takes the place of the primary token; the connection is the candidate's person's from now on.
    pub(super) async fn promote_candidate(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        connection: Connection,
        row: &Candidate,
        accounts: &[GrantAccount],
    ) -> Result<()> {
        let now = self.now();
        let taken = super::with_person(connection, row);
        let saved = store::connections::save(tx, scope, taken.clone(), now);
        if saved.await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        // What is superseded is used by nothing: our copy goes.
        self.destroy_standing(tx, scope, taken.id, TokenStanding::Primary)
            .await?;
        store::tokens::stand(tx, scope, row.token_id, TokenStanding::Primary).await?;
        evidence::take_over(tx, scope, row.grant_id).await?;
        store::accounts::take_probes(tx, scope, taken.id, accounts).await?;
        if !accounts.iter().all(is_reached) {
            store::tokens::limit(tx, scope, row.token_id).await?;
        }
        self.note_health(tx, scope, &taken).await
    }

    async fn tell_agency(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        row: &Candidate,
        accounts: usize,
    ) -> Result<()> {
        let client = store::clients::get(tx, scope, row.client_id)
            .await?
            .ok_or(Error::NotFound)?;
        let template = if row.state == ConnectionState::Pending.code() {
            Template::Submitted {
                client_name: client.name,
                person_name: row.meta_user_name.clone(),
                accounts: accounts as u64,
                queue_url: self.absolute(app::routes::pattern::QUEUE),
            }
        } else {
            Template::Reconnected {
                client_name: client.name,
                person_name: row.meta_user_name.clone(),
                client_url: self.absolute(&app::routes::client(row.client_id)),
            }
        };
        self.tell_deciders(tx, scope, &template).await
    }
}

/// Whether a test call to an account was answered.
pub(super) fn is_reached(account: &GrantAccount) -> bool {
    account.probe.as_deref() == Some(store::accounts::ANSWERED)
}
