//! What waits beside live connections, as the queue and the client's page show it.

use app::model::{CandidateView, CaseView, CaseWarning, ConnectionState, InvitationKind};
use uuid::Uuid;

use crate::{
    domain::agency::AgencyScope,
    service::{
        Portal, Result,
        accounts::stored_probe_of,
        queue::{Around, Subject, group_by, life, life_warning},
    },
    store::{
        candidates::{self, Model as Candidate},
        cases::{self, Case},
        connections::Model as Connection,
        evidence::{self, GrantAccount},
    },
};

impl Portal {
    /// What waits beside live connections, for the queue.
    pub(in crate::service) async fn cases_beside(
        &self,
        scope: AgencyScope,
        waiting: Vec<Candidate>,
    ) -> Result<Vec<CaseView>> {
        if waiting.is_empty() {
            return Ok(Vec::new());
        }
        let db = self.db.reader();
        let of = |id: fn(&Candidate) -> Uuid| waiting.iter().map(id).collect::<Vec<_>>();
        let connection_ids = of(|row| row.connection_id);
        let connections = cases::of_connections(db, scope, &connection_ids).await?;
        let grants = evidence::grants(db, scope, &of(|row| row.grant_id)).await?;
        let mut accounts = cases::accounts(db, scope, &connection_ids).await?;
        accounts.retain(|account| account.is_selected);
        let accounts = group_by(accounts, |account| account.connection_id);
        let mut tested = group_by(
            evidence::chosen(db, scope, &of(|row| row.grant_id)).await?,
            |account| account.grant_id,
        );
        let tokens = cases::tokens(db, scope, &connection_ids).await?;
        let mut rows = Vec::with_capacity(waiting.len());
        let mut subjects = Vec::with_capacity(waiting.len());
        for row in waiting {
            let Some(case) = connections.iter().find(|one| one.id == row.connection_id) else {
                continue;
            };
            let grant = grants.iter().find(|grant| grant.id == row.grant_id);
            let scopes = grant.map(|grant| self.scopes(&grant.scopes_asked, &grant.scopes_granted));
            subjects.push(Subject {
                // As it would be with the candidate's person. That it is another one by its kind is told in
                // words of its own, or not at all.
                person_before: None,
                case: Case {
                    meta_user_id: row.meta_user_id.clone(),
                    meta_user_name: row.meta_user_name.clone(),
                    ..case.clone()
                },
                chosen: accounts.get(&case.id).cloned().unwrap_or_default(),
                scopes: scopes.unwrap_or_default(),
            });
            rows.push((row, case));
        }
        let around = self.around(scope, &subjects).await?;
        let case = |((row, connection), subject): ((Candidate, &Case), Subject)| {
            let tested = tested.remove(&row.grant_id).unwrap_or_default();
            let token = tokens.iter().find(|token| token.id == row.token_id);
            let mut warnings = warnings(&around, &subject, &row, connection);
            warnings.extend(token.and_then(|token| life_warning(token, self.now())));
            let (id, version) = case_of(&row, connection.version);
            CaseView {
                connection: id,
                version,
                kind: kind(&row),
                grant: Some(row.grant_id),
                client_id: subject.case.client_id,
                client_name: subject.case.client_name,
                submitted_at: row.submitted_at.unwrap_or(row.state_since),
                person_name: row.meta_user_name,
                offered: tested.len() as u64,
                // Those that did not answer stay connected: they are among the others, and told there.
                failed: Vec::new(),
                accounts: tested.into_iter().map(case_account).collect(),
                scopes: subject.scopes,
                life: token.map(life).unwrap_or_default(),
                warnings,
            }
        };
        Ok(rows.into_iter().zip(subjects).map(case).collect())
    }

    /// What waits beside a client's connection, for its page.
    pub(in crate::service) async fn candidates_of(
        &self,
        scope: AgencyScope,
        connection: &Connection,
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
}

fn warnings(
    around: &Around,
    subject: &Subject,
    row: &Candidate,
    connection: &Case,
) -> Vec<CaseWarning> {
    let mut warnings = around.warnings(subject);
    if kind(row) == InvitationKind::Reconnect {
        let before = connection.meta_user_name.clone();
        warnings.insert(0, CaseWarning::OtherReconnects { before });
    }
    warnings
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
