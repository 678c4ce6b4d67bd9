//! The queue: what waits for a decision, with what a decision needs.

mod decided;
mod warnings;

use std::collections::HashMap;

use app::model::{
    CaseAccount, CaseView, FormState, InvitationKind, QueueCounts, QueueTab, QueueView, ScopeView,
    TokenLife, TokenStanding,
};
use uuid::Uuid;

use super::{Portal, Result, accounts::stored_probe, actor::StaffActor};
use crate::{
    domain::{agency::AgencyScope, permission, role::Permission},
    meta::Graph,
    store::{
        self,
        accounts::Model as Account,
        candidates::Model as Candidate,
        connections::Model as Connection,
        entity::{clients, grants},
        tokens::Model as Token,
    },
};
pub(super) use warnings::{Around, Subject, life_warning};

/// All that waits, oldest first.
struct Waiting {
    connections: Vec<Connection>,
    /// Reconnections and backups.
    beside: Vec<Candidate>,
}

impl Portal {
    /// What waits under a tab of the queue, oldest first.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn queue(
        &self,
        actor: &StaffActor,
        tab: QueueTab,
        form: FormState,
    ) -> Result<QueueView> {
        actor.require(Permission::ReadDesk)?;
        let scope = actor.scope;
        let Waiting {
            mut connections,
            mut beside,
        } = self.all_waiting(scope).await?;
        let counts = counts(&connections, &beside);
        if tab != QueueTab::Waiting {
            connections.clear();
            beside.retain(|row| tab_of(row) == tab);
        }
        let mut cases = self.cases(scope, connections).await?;
        cases.extend(self.cases_beside(scope, beside).await?);
        cases.sort_by_key(|case| case.submitted_at);
        let trouble = self.trouble(actor).await?;
        let setup = match tab {
            QueueTab::Waiting => self.setup(actor, trouble.is_some()).await?,
            _ => None,
        };
        Ok(QueueView {
            tab,
            counts,
            cases,
            may_decide: actor.may(Permission::Decide),
            form,
            trouble,
            setup,
        })
    }

    async fn all_waiting(&self, scope: AgencyScope) -> Result<Waiting> {
        let db = self.db.reader();
        let mut connections = store::connections::waiting(db, scope).await?;
        let beside = store::candidates::waiting(db, scope).await?;
        // A reconnection waits as its connection, and is shown as what it is.
        connections.retain(|row| !beside.iter().any(|other| is_reconnection_of(other, row)));
        Ok(Waiting {
            connections,
            beside,
        })
    }

    /// How many connections wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&self, actor: &StaffActor) -> Result<u64> {
        let (db, scope) = (self.db.reader(), actor.scope);
        let backups = store::candidates::count_waiting_backups(db, scope).await?;
        Ok(store::connections::count_waiting(db, scope).await? + backups)
    }

    async fn cases(&self, scope: AgencyScope, waiting: Vec<Connection>) -> Result<Vec<CaseView>> {
        let db = self.db.reader();
        let ids: Vec<Uuid> = waiting.iter().map(|row| row.id).collect();
        let client_ids: Vec<Uuid> = waiting.iter().map(|row| row.client_id).collect();
        let clients = by_id(store::clients::many(db, scope, &client_ids).await?);
        let grants = store::connections::newest_grants(db, scope, &ids).await?;
        let offered = store::accounts::count_each(db, scope, &ids).await?;
        let chosen = store::accounts::selected(db, scope, &ids).await?;
        let accounts = group_by(chosen, |account| account.connection_id);
        let failed = store::accounts::failed(db, scope, &ids).await?;
        let failed = group_by(failed, |account| account.connection_id);
        let tokens = store::tokens::of_connections(db, scope, &ids).await?;
        let tokens = group_by(tokens, |token| token.connection_id);
        let subjects: Vec<Subject> = { waiting.iter() }
            .filter_map(|connection| {
                let grant = grants.get(&connection.id);
                Some(Subject {
                    client: clients.get(&connection.client_id)?.clone(),
                    chosen: accounts.get(&connection.id).cloned().unwrap_or_default(),
                    scopes: grant.map(|grant| self.scopes(grant)).unwrap_or_default(),
                    connection: connection.clone(),
                })
            })
            .collect();
        let around = self.around(scope, &subjects).await?;
        let case = |subject: Subject| {
            let mut warnings = around.warnings(&subject);
            let id = subject.connection.id;
            let token = tokens.get(&id).and_then(|all| candidate(all));
            warnings.extend(token.and_then(|token| life_warning(token, self.now())));
            let submitted_at = subject.connection.submitted_at;
            CaseView {
                connection: id,
                version: subject.connection.version,
                kind: InvitationKind::Connect,
                grant: grants.get(&id).map(|grant| grant.id),
                client_id: subject.client.id,
                client_name: subject.client.name,
                person_name: subject.connection.meta_user_name,
                submitted_at: submitted_at.unwrap_or(subject.connection.state_since),
                accounts: subject.chosen.iter().map(case_account).collect(),
                failed: { failed.get(&id).into_iter().flatten() }
                    .map(case_account)
                    .collect(),
                offered: { offered.get(&id) }
                    .and_then(|n| u64::try_from(*n).ok())
                    .unwrap_or_default(),
                scopes: subject.scopes,
                life: token.map(life).unwrap_or_default(),
                warnings,
            }
        };
        Ok(subjects.into_iter().map(case).collect())
    }

    /// Every scope that was asked for or given, and whether it was given. Where Login for Business asks, what
    /// the configuration of Portico names was not asked.
    pub(super) fn scopes(&self, grant: &grants::Model) -> Vec<ScopeView> {
        let granted = permission::parse_scopes(&grant.scopes_granted);
        let mut asked = permission::parse_scopes(&grant.scopes_asked);
        let config = self.graph.as_ref().map(Graph::config);
        if let Some(config) = config.filter(|config| config.login_config_id.is_none()) {
            asked.extend(config.scopes.iter().cloned());
        }
        asked.extend(granted.iter().cloned());
        let mut seen = Vec::new();
        asked.retain(|scope| {
            let is_new = !seen.contains(scope);
            seen.push(scope.clone());
            is_new
        });
        asked
            .into_iter()
            .map(|scope| ScopeView {
                granted: granted.contains(&scope),
                scope,
            })
            .collect()
    }
}

/// How much waits, for the tabs.
fn counts(connections: &[Connection], beside: &[Candidate]) -> QueueCounts {
    let under = |tab| beside.iter().filter(|row| tab_of(row) == tab).count() as u64;
    QueueCounts {
        waiting: (connections.len() + beside.len()) as u64,
        backups: under(QueueTab::Backups),
        reconnections: under(QueueTab::Reconnections),
    }
}

/// The tab of its own that shows what waits beside a connection.
fn tab_of(row: &Candidate) -> QueueTab {
    if row.kind == InvitationKind::Backup.code() {
        QueueTab::Backups
    } else {
        QueueTab::Reconnections
    }
}

/// Whether a connection waits because of this candidate.
fn is_reconnection_of(candidate: &Candidate, connection: &Connection) -> bool {
    candidate.connection_id == connection.id && candidate.kind == InvitationKind::Reconnect.code()
}

fn case_account(account: &Account) -> CaseAccount {
    CaseAccount {
        number: account.number.clone(),
        name: account.name.clone(),
        probe: stored_probe(account),
    }
}

fn candidate(tokens: &[Token]) -> Option<&Token> {
    tokens
        .iter()
        .find(|token| token.standing == TokenStanding::Candidate.code())
        .or_else(|| tokens.first())
}

/// How long a token lives, as stored.
pub(super) fn life(token: &Token) -> TokenLife {
    TokenLife {
        expires_at: token.expires_at,
        data_access_expires_at: token.data_access_expires_at,
    }
}

pub(super) fn by_id(rows: Vec<clients::Model>) -> HashMap<Uuid, clients::Model> {
    rows.into_iter().map(|row| (row.id, row)).collect()
}

pub(super) fn group_by<T>(rows: Vec<T>, key: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<T>> {
    let mut groups: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
