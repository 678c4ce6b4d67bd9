//! What was captured, kept in one transaction.

use app::model::{ConnectionState, TokenSource, TokenStanding};

use super::{CAPTURED, Login, ask::Captured};
use crate::{
    domain::{
        connection::{self, TokenEffect},
        permission,
    },
    service::{
        Error, Portal, Result,
        accounts::{probing, reading},
        audit::Event,
        tokens::NewToken,
    },
    store::{self, Write, connections::Model as Connection, entity::grants},
};

impl Portal {
    /// One transaction: connection, token, grant, validation, audit, and what the login led to.
    pub(in crate::service) async fn keep(&self, login: &Login, captured: Captured) -> Result<()> {
        let (scope, visit) = (login.visitor.scope, &login.visitor.visit);
        let now = self.now();
        let tx = self.begin().await?;
        if self.is_archived(&login.visitor).await?
            || self.was_ended(&tx, scope, Some(visit.id)).await?
        {
            return Err(Error::Conflict);
        }
        let existing = store::connections::of_client(&tx, scope, visit.client_id).await?;
        let from = existing
            .as_ref()
            .and_then(|row| ConnectionState::from_code(&row.state));
        let step = connection::transition(from, connection::Event::Captured)?;
        debug_assert_eq!(step.tokens, TokenEffect::SealCandidate);
        let is_new = existing.is_none();
        let old_person = existing.as_ref().map(|row| row.meta_user_id.clone());
        let mut row = existing.unwrap_or_else(|| self.blank_connection(login));
        if old_person.is_some_and(|old| old != captured.who.id) {
            store::accounts::forget_all(&tx, scope, row.id).await?;
        }
        row.state = step.to.code().to_owned();
        row.state_since = now;
        row.meta_user_id.clone_from(&captured.who.id);
        row.meta_user_name.clone_from(&captured.who.name);
        row.is_business = captured.who.is_business;
        row.meta_business_id.clone_from(&captured.who.business_id);
        row.invitation_id = Some(visit.invitation_id);
        row.visit_id = Some(visit.id);
        row.link_id = visit.link_id;
        row.confirmed_at = None;
        row.reading = reading::NONE.to_owned();
        row.read_count = 0;
        row.probing = probing::NONE.to_owned();
        row.submitted_at = None;
        row.decided_at = None;
        row.decided_by = None;
        row.decision_reason = None;
        let id = row.id;
        if is_new {
            store::connections::create(&tx, row).await?;
        } else if store::connections::save(&tx, scope, row, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        self.destroy_standing(&tx, scope, id, TokenStanding::Candidate)
            .await?;
        let new = NewToken {
            client: visit.client_id,
            connection: id,
            source: TokenSource::Login,
            token: captured.token.clone(),
            facts: &captured.facts,
            latency_millis: captured.latency_millis,
            meta_user_id: &captured.who.id,
        };
        self.keep_candidate(&tx, scope, new).await?;
        self.keep_grant(&tx, login, id, None, &captured).await?;
        store::visits::set_picture(&tx, scope, visit.id, captured.who.picture.clone()).await?;
        let finished = store::visits::finish_state(&tx, scope, &login.state, CAPTURED, false, now);
        if finished.await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        let who = login.visitor.who();
        self.end_trouble(&tx, scope, &who).await?;
        let event = Event::about_client(&who, "login.captured", visit.client_id)
            .with("connection", id.to_string())
            .with("scopes", captured.facts.scopes.join(","));
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        metrics::counter!("portico_captures_total", "outcome" => CAPTURED).increment(1);
        Ok(())
    }

    /// The evidence of a consent; `candidate` where it stands beside the connection.
    pub(in crate::service) async fn keep_grant(
        &self,
        tx: &sea_orm::DatabaseTransaction,
        login: &Login,
        connection: uuid::Uuid,
        candidate: Option<uuid::Uuid>,
        captured: &Captured,
    ) -> Result<uuid::Uuid> {
        let (scope, visit) = (login.visitor.scope, &login.visitor.visit);
        let id = self.new_id();
        let origin = &login.visitor.origin;
        let client = visit.client_id;
        let sealed = self
            .seal_origin(tx, scope, client, "client", id, origin)
            .await?;
        let granted = &captured.facts.scopes;
        let asked = permission::parse_scopes(&login.state.scopes_asked);
        let mut declined = permission::missing(&asked, granted);
        // What Meta remembers from earlier logins, too: it was not asked again.
        let earlier = permission::missing(&captured.declined, granted);
        declined.extend(permission::missing(&earlier, &declined));
        let grant = grants::Model {
            id,
            agency_id: scope.agency(),
            client_id: client,
            connection_id: connection,
            invitation_id: Some(visit.invitation_id),
            meta_user_id: captured.who.id.clone(),
            meta_user_name: captured.who.name.clone(),
            scopes_asked: login.state.scopes_asked.clone(),
            scopes_granted: granted.join(","),
            scopes_declined: declined.join(","),
            origin_sealed: Some(sealed),
            granted_at: self.now(),
            login_id: Some(login.state.id),
            candidate_id: candidate,
            is_business: captured.who.is_business,
        };
        store::connections::create_grant(tx, grant).await?;
        Ok(id)
    }

    fn blank_connection(&self, login: &Login) -> Connection {
        let now = self.now();
        Connection {
            id: self.new_id(),
            agency_id: login.visitor.scope.agency(),
            client_id: login.visitor.visit.client_id,
            state: ConnectionState::Draft.code().to_owned(),
            state_since: now,
            version: 1,
            meta_user_id: String::new(),
            meta_user_name: String::new(),
            is_business: false,
            meta_business_id: None,
            invitation_id: None,
            visit_id: None,
            confirmed_at: None,
            reading: reading::NONE.to_owned(),
            read_count: 0,
            probing: probing::NONE.to_owned(),
            submitted_at: None,
            decided_at: None,
            decided_by: None,
            decision_reason: None,
            created_at: now,
            updated_at: now,
            link_id: None,
            diagnosis: None,
        }
    }
}
