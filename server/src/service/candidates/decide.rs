//! Decisions about what waits beside a live connection.

use app::{
    model::{ConnectionState, InvitationKind, TokenStanding},
    text::Lang,
};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::state_of;
use crate::{
    domain::{
        agency::AgencyScope,
        connection::{self, Event as Happened, TokenEffect},
    },
    mail::Template,
    service::{
        Error, Portal, Result,
        actor::StaffActor,
        approvals::{Case, Decided, Decision, Earlier},
        audit::Event,
        portal::job,
    },
    store::{
        self, Write,
        candidates::{self, Model as Candidate},
        evidence,
    },
};

impl Portal {
    /// What a decision is about, if it stands beside a connection: a backup by its own id, a reconnection by
    /// that of the connection that waits for it.
    pub(in crate::service) async fn candidate_of_case(
        &self,
        scope: AgencyScope,
        id: Uuid,
    ) -> Result<Option<Candidate>> {
        let db = self.db.reader();
        let backup = candidates::get(db, scope, id).await?;
        if let Some(row) = backup.filter(|row| row.kind == InvitationKind::Backup.code()) {
            return Ok(Some(row));
        }
        let (kind, state) = (InvitationKind::Reconnect, ConnectionState::Pending);
        let waiting = candidates::of_connection(db, scope, id, Some(kind), state).await?;
        Ok(waiting.into_iter().next())
    }

    /// Decides about a candidate. The case names the version of the connection that waits for a reconnection,
    /// and a backup's own.
    pub(in crate::service) async fn decide_beside(
        &self,
        actor: &StaffActor,
        case: Case,
        row: Candidate,
        decision: &Decision,
    ) -> Result<Decided> {
        if row.state != ConnectionState::Pending.code() {
            return self.decided_before(actor, &row, decision).await;
        }
        if self.version_seen(actor.scope, &row).await? != case.version {
            return Ok(Decided::Changed);
        }
        let id = row.id;
        match self.write_beside(actor, row, decision).await? {
            Write::Done => Ok(Decided::Done),
            Write::Conflict => {
                let row = candidates::get(self.db.reader(), actor.scope, id)
                    .await?
                    .ok_or(Error::NotFound)?;
                if row.state == ConnectionState::Pending.code() {
                    return Ok(Decided::Changed);
                }
                self.decided_before(actor, &row, decision).await
            }
        }
    }

    async fn version_seen(&self, scope: AgencyScope, row: &Candidate) -> Result<i64> {
        if row.kind == InvitationKind::Backup.code() {
            return Ok(row.version);
        }
        store::connections::get(self.db.reader(), scope, row.connection_id)
            .await?
            .map(|connection| connection.version)
            .ok_or(Error::NotFound)
    }

    async fn write_beside(
        &self,
        actor: &StaffActor,
        mut row: Candidate,
        decision: &Decision,
    ) -> Result<Write> {
        let (scope, now) = (actor.scope, self.now());
        let (event, reason) = match decision {
            Decision::Approve => (Happened::Approved, None),
            Decision::Reject(reason) => (Happened::Rejected, Some(reason.clone())),
        };
        let step = connection::transition(Some(ConnectionState::Pending), event)?;
        row.state = step.to.code().to_owned();
        row.state_since = now;
        row.decided_at = Some(now);
        row.decided_by = Some(actor.id);
        row.decision_reason.clone_from(&reason);
        let decided = row.clone();
        let tx = self.begin().await?;
        if candidates::save(&tx, scope, row, now).await? == Write::Conflict {
            return Ok(Write::Conflict);
        }
        let is_backup = decided.kind == InvitationKind::Backup.code();
        let written = if is_backup {
            self.decide_backup(&tx, scope, &decided, decision).await
        } else {
            self.decide_reconnection(&tx, actor, &decided, decision)
                .await
        };
        match written {
            Err(Error::Conflict) => return Ok(Write::Conflict),
            other => other?,
        }
        self.tell_of_decision(&tx, scope, &decided, reason).await?;
        let action = match (is_backup, decision) {
            (true, Decision::Approve) => "backup.approved",
            (true, Decision::Reject(_)) => "backup.rejected",
            (false, Decision::Approve) => "connection.reconnection_approved",
            (false, Decision::Reject(_)) => "connection.reconnection_rejected",
        };
        let who = actor.who();
        let event = Event::about_client(&who, action, decided.client_id)
            .with("connection", decided.connection_id.to_string())
            .with("token", decided.token_id.to_string());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(Write::Done)
    }

    /// The connection's own state and accounts do not move.
    async fn decide_backup(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        row: &Candidate,
        decision: &Decision,
    ) -> Result<()> {
        match decision {
            Decision::Approve => {
                let standing = TokenStanding::Backup;
                Ok(store::tokens::stand(tx, scope, row.token_id, standing).await?)
            }
            Decision::Reject(_) => self.drop_token(tx, scope, row).await,
        }
    }

    async fn decide_reconnection(
        &self,
        tx: &DatabaseTransaction,
        actor: &StaffActor,
        row: &Candidate,
        decision: &Decision,
    ) -> Result<()> {
        let (scope, now) = (actor.scope, self.now());
        let mut connection = self.connection_beside(tx, scope, row).await?;
        let beneath = row.returns_to.as_deref().unwrap_or_default();
        let event = match decision {
            Decision::Approve => Happened::Approved,
            Decision::Reject(_) => Happened::Rejected,
        };
        let step = connection::transition_beside(state_of(beneath)?, event)?;
        connection.state = step.to.code().to_owned();
        connection.state_since = now;
        match step.tokens {
            TokenEffect::PromoteCandidate => {
                connection.decided_at = Some(now);
                connection.decided_by = Some(actor.id);
                connection.decision_reason = None;
                let accounts = evidence::chosen(tx, scope, &[row.grant_id]).await?;
                self.promote_candidate(tx, scope, connection, row, &accounts)
                    .await
            }
            TokenEffect::DropCandidate => {
                if store::connections::save(tx, scope, connection, now).await? == Write::Conflict {
                    return Err(Error::Conflict);
                }
                self.drop_token(tx, scope, row).await
            }
            other => Err(Error::internal(format!("a decision with {other:?}"))),
        }
    }

    /// The token goes: taken back at Meta by a job, unless another token of this person is in use, which would
    /// end with it.
    async fn drop_token(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        row: &Candidate,
    ) -> Result<()> {
        // Superseded, it counts no more as one that is in use.
        store::tokens::stand(tx, scope, row.token_id, TokenStanding::Superseded).await?;
        let alive = store::connections::alive_of_person(tx, scope, &row.meta_user_id).await?;
        if alive.is_empty() {
            self.enqueue(tx, scope, job::REVOKE_TOKEN, row.token_id)
                .await?;
        } else {
            store::tokens::destroy(tx, scope, row.token_id, self.now()).await?;
        }
        Ok(())
    }

    async fn tell_of_decision(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        row: &Candidate,
        reason: Option<String>,
    ) -> Result<()> {
        let client = store::clients::get(tx, scope, row.client_id)
            .await?
            .ok_or(Error::NotFound)?;
        let template = match reason {
            None => {
                let accounts = evidence::chosen(tx, scope, &[row.grant_id]).await?;
                Template::Approved {
                    client_name: client.name.clone(),
                    accounts: accounts.into_iter().map(|account| account.name).collect(),
                }
            }
            Some(reason) => {
                let agency = store::agencies::get(tx, scope)
                    .await?
                    .ok_or(Error::NotFound)?;
                Template::Rejected {
                    client_name: client.name.clone(),
                    reason,
                    support_email: agency.support_email,
                    beside: true,
                }
            }
        };
        let lang = Lang::from_code(&client.language);
        self.queue_mail(tx, scope, Some(client.id), &client.email, lang, &template)
            .await
            .map(drop)
    }

    /// A decision about a reconnection that came after somebody else's: the connection itself only tells of
    /// the one before, where the reconnection was rejected.
    pub(in crate::service) async fn reconnection_decided_last(
        &self,
        actor: &StaffActor,
        connection: &store::connections::Model,
        decision: &Decision,
    ) -> Result<Option<Decided>> {
        let db = self.db.reader();
        let last = candidates::last_decided(db, actor.scope, connection.id).await?;
        match last.filter(|row| row.decided_at > connection.decided_at) {
            Some(row) => self.decided_before(actor, &row, decision).await.map(Some),
            None => Ok(None),
        }
    }

    /// Somebody was quicker.
    async fn decided_before(
        &self,
        actor: &StaffActor,
        row: &Candidate,
        decision: &Decision,
    ) -> Result<Decided> {
        let earlier = Earlier {
            client: row.client_id,
            decided_by: row.decided_by,
            state: state_of(&row.state)?,
            at: row.state_since,
        };
        self.told_of(actor, earlier, decision).await
    }
}
