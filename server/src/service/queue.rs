//! The queue: what waits for a decision, with what a decision needs.

mod decided;
mod warnings;

use std::collections::HashMap;

use app::model::{
    CaseAccount, CaseView, FormState, InvitationKind, QueueCounts, QueueTab, QueueView, ScopeView,
    TokenLife, TokenStanding,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    Portal, Result, accounts::stored_probe_of, actor::StaffActor, health::LONG_WAIT,
    visits::person_before,
};
use crate::{
    domain::{agency::AgencyScope, permission, role::Permission},
    meta::Graph,
    store::{
        self,
        candidates::Model as Candidate,
        cases::{self, Account, Case, Token},
        entity::clients,
    },
};
pub(super) use warnings::{Around, Subject, life_warning};

/// All that waits, oldest first.
struct Waiting {
    connections: Vec<Case>,
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
        let since = self.now() - LONG_WAIT;
        let counts = counts(&connections, &beside, since);
        match tab {
            QueueTab::Waiting => {}
            QueueTab::Long => {
                connections.retain(|row| is_before(row.submitted_at, since));
                beside.retain(|row| is_before(row.submitted_at, since));
            }
            _ => {
                connections.clear();
                beside.retain(|row| tab_of(row) == tab);
            }
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
        Ok(Waiting {
            // A reconnection waits as its connection, and is shown as what it is.
            connections: cases::waiting(db, scope).await?,
            beside: store::candidates::waiting(db, scope).await?,
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

    async fn cases(&self, scope: AgencyScope, waiting: Vec<Case>) -> Result<Vec<CaseView>> {
        if waiting.is_empty() {
            return Ok(Vec::new());
        }
        let db = self.db.reader();
        let ids: Vec<Uuid> = waiting.iter().map(|row| row.id).collect();
        let grants = cases::grants(db, scope, &ids).await?;
        let mut grants = group_by(grants, |grant| grant.connection_id);
        let (chosen, failed): (Vec<Account>, Vec<Account>) = cases::accounts(db, scope, &ids)
            .await?
            .into_iter()
            .partition(|account| account.is_selected);
        let mut chosen = group_by(chosen, |account| account.connection_id);
        let failed = group_by(failed, |account| account.connection_id);
        let tokens = cases::tokens(db, scope, &ids).await?;
        let tokens = group_by(tokens, |token| token.connection_id);
        let subject = |case: Case| {
            let mut grants = grants.remove(&case.id).unwrap_or_default();
            let newest = grants.last();
            let scopes =
                newest.map(|grant| self.scopes(&grant.scopes_asked, &grant.scopes_granted));
            let grant = newest.map(|grant| grant.id);
            let people = grants
                .drain(..)
                .map(|grant| (grant.meta_user_id, grant.meta_user_name));
            let subject = Subject {
                person_before: person_before(people, &case.meta_user_id),
                chosen: chosen.remove(&case.id).unwrap_or_default(),
                scopes: scopes.unwrap_or_default(),
                case,
            };
            (grant, subject)
        };
        let (granted, subjects): (Vec<Option<Uuid>>, Vec<Subject>) =
            waiting.into_iter().map(subject).unzip();
        let around = self.around(scope, &subjects).await?;
        let view = |(grant, subject): (Option<Uuid>, Subject)| {
            let mut warnings = around.warnings(&subject);
            let Subject {
                case,
                chosen,
                scopes,
                ..
            } = subject;
            let token = tokens.get(&case.id).and_then(|all| candidate(all));
            warnings.extend(token.and_then(|token| life_warning(token, self.now())));
            CaseView {
                connection: case.id,
                version: case.version,
                kind: InvitationKind::Connect,
                grant,
                client_id: case.client_id,
                client_name: case.client_name,
                person_name: case.meta_user_name,
                submitted_at: case.submitted_at.unwrap_or(case.state_since),
                accounts: chosen.iter().map(case_account).collect(),
                failed: { failed.get(&case.id).into_iter().flatten() }
                    .map(case_account)
                    .collect(),
                offered: u64::try_from(case.offered).unwrap_or_default(),
                scopes,
                life: token.map(life).unwrap_or_default(),
                warnings,
            }
        };
        Ok(granted.into_iter().zip(subjects).map(view).collect())
    }

    /// Every scope that was asked for or given, and whether it was given. Where Login for Business asks, what
    /// the configuration of Portico names was not asked.
    pub(super) fn scopes(&self, asked: &str, granted: &str) -> Vec<ScopeView> {
        let granted = permission::parse_scopes(granted);
        let mut asked = permission::parse_scopes(asked);
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
fn counts(connections: &[Case], beside: &[Candidate], since: DateTime<Utc>) -> QueueCounts {
    let moments = { connections.iter().map(|row| row.submitted_at) }
        .chain(beside.iter().map(|row| row.submitted_at));
    let long = moments.filter(|at| is_before(*at, since)).count() as u64;
    let under = |tab| beside.iter().filter(|row| tab_of(row) == tab).count() as u64;
    QueueCounts {
        waiting: (connections.len() + beside.len()) as u64,
        backups: under(QueueTab::Backups),
        reconnections: under(QueueTab::Reconnections),
        long,
    }
}

fn is_before(at: Option<DateTime<Utc>>, moment: DateTime<Utc>) -> bool {
    at.is_some_and(|at| at < moment)
}

/// The tab of its own that shows what waits beside a connection.
fn tab_of(row: &Candidate) -> QueueTab {
    if row.kind == InvitationKind::Backup.code() {
        QueueTab::Backups
    } else {
        QueueTab::Reconnections
    }
}

fn case_account(account: &Account) -> CaseAccount {
    CaseAccount {
        number: account.number.clone(),
        name: account.name.clone(),
        probe: stored_probe_of(
            account.probe.as_deref(),
            account.campaigns_count,
            account.probe_millis,
        ),
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
