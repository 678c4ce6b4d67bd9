//! What waits beside live connections, as the queue and the client's page show it.

use app::model::{
    CandidateView, CaseView, CaseWarning, ConnectionState, DecidedCase, InvitationKind, ScopeView,
};
use uuid::Uuid;

use crate::{
    domain::agency::AgencyScope,
    service::{
        Portal, Result,
        accounts::stored_probe_of,
        actor::StaffActor,
        queue::{life, life_warning},
    },
    store::{
        self,
        candidates::{self, Model as Candidate},
        evidence::{self, GrantAccount},
    },
};

impl Portal {
    /// What waits beside live connections, for the queue.
    pub(in crate::service) async fn cases_beside(
        &self,
        actor: &StaffActor,
        waiting: Vec<Candidate>,
    ) -> Result<Vec<CaseView>> {
        let mut cases = Vec::with_capacity(waiting.len());
        for row in waiting {
            cases.extend(self.case_beside(actor, row).await?);
        }
        Ok(cases)
    }

    async fn case_beside(&self, actor: &StaffActor, row: Candidate) -> Result<Option<CaseView>> {
        let (scope, db) = (actor.scope, self.db.reader());
        let connection = store::connections::get(db, scope, row.connection_id).await?;
        let client = store::clients::get(db, scope, row.client_id).await?;
        let (Some(connection), Some(client)) = (connection, client) else {
            return Ok(None);
        };
        let grant = evidence::grant(db, scope, row.client_id, row.grant_id).await?;
        let scopes: Vec<ScopeView> = grant.map(|grant| self.scopes(&grant)).unwrap_or_default();
        let accounts = store::accounts::selected(db, scope, &[connection.id]).await?;
        let tested = evidence::chosen(db, scope, &[row.grant_id]).await?;
        let token = store::tokens::get(db, scope, row.token_id).await?;
        let kind = kind(&row);
        let before = connection.meta_user_name.clone();
        let would_be = super::with_person(connection.clone(), &row);
        let mut warnings = self
            .warnings(actor, &would_be, &client, &accounts, &scopes)
            .await?;
        // It is another person by its kind: that is told in words of its own, or not at all.
        warnings.retain(|warning| !matches!(warning, CaseWarning::OtherPerson { .. }));
        if kind == InvitationKind::Reconnect {
            warnings.insert(0, CaseWarning::OtherReconnects { before });
        }
        warnings.extend(
            token
                .as_ref()
                .and_then(|token| life_warning(token, self.now())),
        );
        let (id, version) = case_of(&row, connection.version);
        Ok(Some(CaseView {
            connection: id,
            version,
            kind,
            grant: Some(row.grant_id),
            client_id: client.id,
            client_name: client.name,
            submitted_at: row.submitted_at.unwrap_or(row.state_since),
            person_name: row.meta_user_name,
            offered: tested.len() as u64,
            // Those that did not answer stay connected: they are among the others, and told there.
            failed: Vec::new(),
            accounts: tested.into_iter().map(case_account).collect(),
            scopes,
            life: token.as_ref().map(life).unwrap_or_default(),
            warnings,
        }))
    }

    /// What waits beside a client's connection, for its page.
    pub(in crate::service) async fn candidates_of(
        &self,
        scope: AgencyScope,
        connection: &store::connections::Model,
    ) -> Result<Vec<CandidateView>> {
        let db = self.db.reader();
        let state = ConnectionState::Pending;
        let waiting = candidates::of_connection(db, scope, connection.id, None, state).await?;
        Ok(waiting
            .into_iter()
            .map(|row| {
                let (case, version) = case_of(&row, connection.version);
                CandidateView {
                    case,
                    version,
                    kind: kind(&row),
                    grant: row.grant_id,
                    submitted_at: row.submitted_at.unwrap_or(row.state_since),
                    person_name: row.meta_user_name,
                }
            })
            .collect())
    }

    /// What was decided beside connections since a moment. An approved reconnection is told as its connection.
    pub(in crate::service) async fn decided_beside(
        &self,
        scope: AgencyScope,
        since: chrono::DateTime<chrono::Utc>,
    ) -> Result<Vec<DecidedCase>> {
        let db = self.db.reader();
        let decided = candidates::decided_since(db, scope, since).await?;
        let ids: Vec<Uuid> = decided.iter().map(|row| row.client_id).collect();
        let clients = store::clients::many(db, scope, &ids).await?;
        let names = store::staff::names(db, scope).await?;
        Ok(decided
            .into_iter()
            .filter_map(|row| {
                let state = ConnectionState::from_code(&row.state)?;
                let kind = kind(&row);
                let is_told =
                    kind == InvitationKind::Reconnect && state == ConnectionState::Approved;
                let client = clients.iter().find(|client| client.id == row.client_id)?;
                (!is_told).then_some(DecidedCase {
                    client_id: row.client_id,
                    client_name: client.name.clone(),
                    kind,
                    state,
                    decided_by: names.get(&row.decided_by?)?.clone(),
                    decided_at: row.decided_at?,
                })
            })
            .collect())
    }
}

/// What the form of a decision names.
fn case_of(row: &Candidate, connection_version: i64) -> (Uuid, i64) {
    match kind(row) {
        InvitationKind::Backup => (row.id, row.version),
        _ => (row.connection_id, connection_version),
    }
}

fn kind(row: &Candidate) -> InvitationKind {
    InvitationKind::from_code(&row.kind).unwrap_or(InvitationKind::Reconnect)
}

fn case_account(account: GrantAccount) -> app::model::CaseAccount {
    app::model::CaseAccount {
        probe: stored_probe_of(
            account.probe.as_deref(),
            account.campaigns_count,
            account.probe_millis,
        ),
        number: account.number,
        name: account.name,
    }
}
