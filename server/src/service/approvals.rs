//! Decisions. Two admins at once: one wins by compare-and-set, the other is told who.

use app::{
    model::{ConnectionState, OtherDecision, TokenStanding, TokenStatus},
    text::Lang,
    validate,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Error, Portal, Result, actor::StaffActor, audit::Event};
use crate::{
    domain::{
        agency::AgencyScope,
        connection::{self, TokenEffect},
        numbers::FRESH_SIGN_IN_APPROVAL,
        role::Permission,
    },
    mail::Template,
    store::{self, Write, clients::Health, connections::Model as Connection},
};

/// A connection as the admin saw it.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub connection: Uuid,
    pub version: i64,
}

/// A decision about a connection.
#[derive(Clone, Debug)]
pub enum Decision {
    Approve,
    /// With a reason that the client will read.
    Reject(String),
}

/// What became of a decision.
pub enum Decided {
    Done,
    /// Somebody else had decided before.
    TooLate(OtherDecision),
    /// The connection changed since it was looked at, and still waits.
    Changed,
}

/// A decision that was there before.
pub(super) struct Earlier {
    pub client: Uuid,
    pub decided_by: Option<Uuid>,
    /// What it led to.
    pub state: ConnectionState,
    pub at: DateTime<Utc>,
}

impl Portal {
    /// Decides about one connection.
    ///
    /// # Errors
    /// When the role does not allow it, the connection is not the agency's, or the database fails.
    pub async fn decide(
        &self,
        actor: &StaffActor,
        case: Case,
        decision: &Decision,
    ) -> Result<Decided> {
        actor.require(Permission::Decide)?;
        actor.require_fresh(self.now(), FRESH_SIGN_IN_APPROVAL)?;
        if let Decision::Reject(reason) = decision
            && validate::reason(reason).is_some()
        {
            return Err(Error::internal("a rejection without a valid reason"));
        }
        let scope = actor.scope;
        if let Some(row) = self.candidate_of_case(scope, case.connection).await? {
            return self.decide_beside(actor, case, row, decision).await;
        }
        let row = store::connections::get(self.db.reader(), scope, case.connection)
            .await?
            .ok_or(Error::NotFound)?;
        if row.state != ConnectionState::Pending.code() {
            return self.too_late(actor, &row, decision).await;
        }
        if row.version != case.version {
            return Ok(Decided::Changed);
        }
        match self.write_decision(actor, row, decision).await? {
            Write::Done => Ok(Decided::Done),
            Write::Conflict => {
                let row = store::connections::get(self.db.reader(), scope, case.connection)
                    .await?
                    .ok_or(Error::NotFound)?;
                if row.state == ConnectionState::Pending.code() {
                    return Ok(Decided::Changed);
                }
                self.too_late(actor, &row, decision).await
            }
        }
    }

    async fn write_decision(
        &self,
        actor: &StaffActor,
        mut row: Connection,
        decision: &Decision,
    ) -> Result<Write> {
        let (scope, now) = (actor.scope, self.now());
        let (event, reason) = match decision {
            Decision::Approve => (connection::Event::Approved, None),
            Decision::Reject(reason) => (connection::Event::Rejected, Some(reason.clone())),
        };
        let step = connection::transition(ConnectionState::from_code(&row.state), event)?;
        row.state = step.to.code().to_owned();
        row.state_since = now;
        row.decided_at = Some(now);
        row.decided_by = Some(actor.id);
        row.decision_reason.clone_from(&reason);
        let before = row.clone();
        let tx = self.begin().await?;
        if store::connections::save(&tx, scope, row, now).await? == Write::Conflict {
            return Ok(Write::Conflict);
        }
        match step.tokens {
            TokenEffect::PromoteCandidate => self.promote(&tx, actor, &before).await?,
            TokenEffect::DestroyAndRevoke => self.revoke_all(&tx, scope, &before).await?,
            other => return Err(Error::internal(format!("a decision with {other:?}"))),
        }
        self.tell_client(&tx, actor, &before, reason.as_deref())
            .await?;
        let action = match decision {
            Decision::Approve => "connection.approved",
            Decision::Reject(_) => "connection.rejected",
        };
        let who = actor.who();
        let event = Event::about_client(&who, action, before.client_id)
            .with("connection", before.id.to_string());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(Write::Done)
    }

    /// The candidate becomes the primary token; an earlier primary steps back.
    async fn promote(
        &self,
        tx: &sea_orm::DatabaseTransaction,
        actor: &StaffActor,
        row: &Connection,
    ) -> Result<()> {
        use TokenStanding::{Candidate, Primary, Superseded};
        let scope = actor.scope;
        store::tokens::restand(tx, scope, row.id, Primary, Superseded).await?;
        store::tokens::restand(tx, scope, row.id, Candidate, Primary).await?;
        self.note_health(tx, scope, row).await
    }

    /// What is known of a connection's primary token and accounts, on its client.
    pub(super) async fn note_health(
        &self,
        tx: &sea_orm::DatabaseTransaction,
        scope: AgencyScope,
        row: &Connection,
    ) -> Result<()> {
        let token = store::tokens::standing(tx, scope, row.id, TokenStanding::Primary)
            .await?
            .ok_or_else(|| Error::internal("a connection without a token"))?;
        let accounts = store::accounts::selected(tx, scope, &[row.id]).await?;
        let health = Health {
            token_status: TokenStatus::from_code(&token.token_status)
                .unwrap_or(TokenStatus::Unknown),
            validated_at: token.last_validated_at.unwrap_or(token.created_at),
            campaigns: accounts
                .iter()
                .filter_map(|account| account.campaigns_count)
                .sum(),
        };
        Ok(store::clients::set_health(tx, scope, row.client_id, health).await?)
    }

    async fn tell_client(
        &self,
        tx: &sea_orm::DatabaseTransaction,
        actor: &StaffActor,
        row: &Connection,
        reason: Option<&str>,
    ) -> Result<()> {
        let scope = actor.scope;
        let client = store::clients::get(tx, scope, row.client_id)
            .await?
            .ok_or(Error::NotFound)?;
        let template = match reason {
            None => {
                let accounts = store::accounts::selected(tx, scope, &[row.id]).await?;
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
                    reason: reason.to_owned(),
                    support_email: agency.support_email,
                    beside: false,
                }
            }
        };
        let lang = Lang::from_code(&client.language);
        self.queue_mail(tx, scope, Some(client.id), &client.email, lang, &template)
            .await
            .map(drop)
    }

    /// Somebody was quicker.
    async fn too_late(
        &self,
        actor: &StaffActor,
        row: &Connection,
        decision: &Decision,
    ) -> Result<Decided> {
        if let Some(told) = self.reconnection_decided_last(actor, row, decision).await? {
            return Ok(told);
        }
        let state = ConnectionState::from_code(&row.state)
            .ok_or_else(|| Error::internal("a state that nobody knows"))?;
        let earlier = Earlier {
            client: row.client_id,
            decided_by: row.decided_by,
            state,
            at: row.state_since,
        };
        self.told_of(actor, earlier, decision).await
    }

    /// What somebody is told whose decision came after another one. The same decision of the same person is a
    /// double click, and done.
    pub(super) async fn told_of(
        &self,
        actor: &StaffActor,
        earlier: Earlier,
        decision: &Decision,
    ) -> Result<Decided> {
        let to = match decision {
            Decision::Approve => ConnectionState::Approved,
            Decision::Reject(_) => ConnectionState::Rejected,
        };
        if earlier.decided_by == Some(actor.id) && earlier.state == to {
            return Ok(Decided::Done);
        }
        let db = self.db.reader();
        let client = store::clients::get(db, actor.scope, earlier.client)
            .await?
            .ok_or(Error::NotFound)?;
        let names = store::staff::names(db, actor.scope).await?;
        let decided_by = earlier.decided_by.and_then(|id| names.get(&id).cloned());
        Ok(Decided::TooLate(OtherDecision {
            client_name: client.name,
            decided_by: decided_by.unwrap_or_default(),
            state: earlier.state,
            at: earlier.at,
        }))
    }
}
