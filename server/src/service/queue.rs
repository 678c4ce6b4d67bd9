//! The queue: what waits for a decision, with what a decision needs.

use std::collections::HashMap;

use app::model::{
    CaseAccount, CaseView, CaseWarning, ConnectionState, DecidedCase, FormState, InvitationKind,
    QueueView, ScopeView, TokenLife, TokenStanding,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Portal, Result, accounts::stored_probe, actor::StaffActor, tokens::is_short};
use crate::{
    domain::{client::fold_name, numbers::EXPIRY_WARNING, permission, role::Permission},
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

impl Portal {
    /// The queue.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn queue(&self, actor: &StaffActor, form: FormState) -> Result<QueueView> {
        actor.require(Permission::ReadDesk)?;
        let scope = actor.scope;
        let mut waiting = store::connections::waiting(self.db.reader(), scope).await?;
        let beside = store::candidates::waiting(self.db.reader(), scope).await?;
        // A reconnection waits as its connection, and is shown as what it is.
        waiting.retain(|row| !beside.iter().any(|other| is_reconnection_of(other, row)));
        let mut cases = self.cases(actor, waiting).await?;
        cases.extend(self.cases_beside(actor, beside).await?);
        cases.sort_by_key(|case| case.submitted_at);
        Ok(QueueView {
            cases,
            decided_today: self.decided_today(actor).await?,
            may_decide: actor.may(Permission::Decide),
            form,
            trouble: self.trouble(actor).await?,
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

    async fn cases(&self, actor: &StaffActor, waiting: Vec<Connection>) -> Result<Vec<CaseView>> {
        let (scope, db) = (actor.scope, self.db.reader());
        let ids: Vec<Uuid> = waiting.iter().map(|row| row.id).collect();
        let client_ids: Vec<Uuid> = waiting.iter().map(|row| row.client_id).collect();
        let clients = by_id(store::clients::many(db, scope, &client_ids).await?);
        let grants = store::connections::newest_grants(db, scope, &ids).await?;
        let offered = store::accounts::count_each(db, scope, &ids).await?;
        let accounts = group_by(
            store::accounts::selected(db, scope, &ids).await?,
            |account| account.connection_id,
        );
        let failed = group_by(store::accounts::failed(db, scope, &ids).await?, |account| {
            account.connection_id
        });
        let tokens = group_by(
            store::tokens::of_connections(db, scope, &ids).await?,
            |token| token.connection_id,
        );
        let mut cases = Vec::with_capacity(waiting.len());
        for connection in waiting {
            let Some(client) = clients.get(&connection.client_id) else {
                continue;
            };
            let chosen = accounts.get(&connection.id).map_or(&[][..], Vec::as_slice);
            let token = tokens.get(&connection.id).and_then(|all| candidate(all));
            let scopes = grants.get(&connection.id).map(|grant| self.scopes(grant));
            let scopes = scopes.unwrap_or_default();
            let mut warnings = self
                .warnings(actor, &connection, client, chosen, &scopes)
                .await?;
            warnings.extend(token.and_then(|token| life_warning(token, self.now())));
            cases.push(CaseView {
                connection: connection.id,
                version: connection.version,
                kind: InvitationKind::Connect,
                grant: grants.get(&connection.id).map(|grant| grant.id),
                client_id: client.id,
                client_name: client.name.clone(),
                person_name: connection.meta_user_name,
                submitted_at: connection.submitted_at.unwrap_or(connection.state_since),
                accounts: chosen.iter().map(case_account).collect(),
                failed: failed
                    .get(&connection.id)
                    .map_or(&[][..], Vec::as_slice)
                    .iter()
                    .map(case_account)
                    .collect(),
                offered: offered
                    .get(&connection.id)
                    .and_then(|n| u64::try_from(*n).ok())
                    .unwrap_or_default(),
                scopes,
                life: token.map(life).unwrap_or_default(),
                warnings,
            });
        }
        Ok(cases)
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

    pub(super) async fn warnings(
        &self,
        actor: &StaffActor,
        connection: &Connection,
        client: &clients::Model,
        chosen: &[Account],
        scopes: &[ScopeView],
    ) -> Result<Vec<CaseWarning>> {
        let (scope, db) = (actor.scope, self.db.reader());
        let mut warnings = Vec::new();
        let mut same_person =
            store::connections::alive_of_person(db, scope, &connection.meta_user_id).await?;
        same_person.retain(|other| other.id != connection.id);
        let numbers: Vec<String> = chosen.iter().map(|a| a.number.clone()).collect();
        let same_account =
            store::accounts::chosen_elsewhere(db, scope, connection.id, &numbers).await?;
        let other_ids: Vec<Uuid> = same_account.iter().map(|a| a.connection_id).collect();
        let names = self
            .live_client_names(actor, &same_person, &other_ids)
            .await?;
        for other in &same_person {
            if let Some(client_name) = names.get(&other.id).cloned() {
                warnings.push(CaseWarning::SamePerson { client_name });
            }
        }
        for account in same_account {
            if let Some(client_name) = names.get(&account.connection_id).cloned() {
                warnings.push(CaseWarning::SameAccount {
                    number: account.number,
                    client_name,
                });
            }
        }
        if !is_named_alike(client, connection, chosen) {
            warnings.push(CaseWarning::NameDiffers {
                client_name: client.name.clone(),
            });
        }
        if let Some(link) = connection.link_id
            && let Some(link) = store::invitations::link(db, scope, link).await?
            && link.forwarded_visit.is_some()
        {
            warnings.push(CaseWarning::Forwarded {
                by: link.forwarded_by,
                at: link.created_at,
            });
        }
        if let Some(last_person) = self.last_person(scope, connection).await? {
            warnings.push(CaseWarning::OtherPerson { last_person });
        }
        let required = self.required_scopes(scope).await?;
        warnings.extend(
            scopes
                .iter()
                .filter(|view| !view.granted && permission::is_required(&view.scope, &required))
                .map(|view| CaseWarning::ScopeMissing {
                    scope: view.scope.clone(),
                }),
        );
        Ok(warnings)
    }

    /// Names of the clients behind connections that are alive, by connection.
    async fn live_client_names(
        &self,
        actor: &StaffActor,
        known: &[Connection],
        more: &[Uuid],
    ) -> Result<HashMap<Uuid, String>> {
        let (scope, db) = (actor.scope, self.db.reader());
        let mut connections = known.to_vec();
        for id in more {
            if let Some(row) = store::connections::get(db, scope, *id).await?
                && is_alive(&row)
            {
                connections.push(row);
            }
        }
        let ids: Vec<Uuid> = connections.iter().map(|row| row.client_id).collect();
        let clients = by_id(store::clients::many(db, scope, &ids).await?);
        Ok(connections
            .into_iter()
            .filter_map(|row| Some((row.id, clients.get(&row.client_id)?.name.clone())))
            .collect())
    }

    async fn decided_today(&self, actor: &StaffActor) -> Result<Vec<DecidedCase>> {
        let (scope, db) = (actor.scope, self.db.reader());
        let since = midnight(self.now());
        let decided = store::connections::decided_since(db, scope, since).await?;
        let ids: Vec<Uuid> = decided.iter().map(|row| row.client_id).collect();
        let clients = by_id(store::clients::many(db, scope, &ids).await?);
        let names = store::staff::names(db, scope).await?;
        let mut cases: Vec<DecidedCase> = decided
            .into_iter()
            .filter_map(|row| {
                Some(DecidedCase {
                    kind: InvitationKind::Connect,
                    client_id: row.client_id,
                    client_name: clients.get(&row.client_id)?.name.clone(),
                    state: ConnectionState::from_code(&row.state)?,
                    decided_by: names.get(&row.decided_by?)?.clone(),
                    decided_at: row.decided_at?,
                })
            })
            .collect();
        cases.extend(self.decided_beside(scope, since).await?);
        cases.sort_by_key(|case| std::cmp::Reverse(case.decided_at));
        Ok(cases)
    }
}

/// Whether a connection waits because of this candidate.
fn is_reconnection_of(candidate: &Candidate, connection: &Connection) -> bool {
    candidate.connection_id == connection.id && candidate.kind == InvitationKind::Reconnect.code()
}

/// What is worth a pause about how long a token lives.
pub(super) fn life_warning(token: &Token, now: DateTime<Utc>) -> Option<CaseWarning> {
    if is_short(token) {
        return token
            .expires_at
            .map(|until| CaseWarning::ShortLife { until });
    }
    token
        .data_access_expires_at
        .filter(|until| *until - now <= EXPIRY_WARNING)
        .map(|until| CaseWarning::DataEnds { until })
}

fn is_alive(row: &Connection) -> bool {
    use ConnectionState::{Approved, Draft, Pending, Suspended};
    ConnectionState::from_code(&row.state)
        .is_some_and(|state| matches!(state, Draft | Pending | Approved | Suspended))
}

/// Whether the person, an account or its business is called somewhat like the client.
fn is_named_alike(client: &clients::Model, connection: &Connection, chosen: &[Account]) -> bool {
    let mut theirs = vec![fold_name(&connection.meta_user_name)];
    for account in chosen {
        theirs.push(account.search_name.clone());
        theirs.extend(account.business_name.as_deref().map(fold_name));
    }
    let ours = [
        Some(client.search_name.clone()),
        client.meta_account_name.as_deref().map(fold_name),
    ];
    let words = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2)
            .map(str::to_owned)
            .collect()
    };
    ours.iter().flatten().any(|name| {
        let our_words = words(name);
        theirs
            .iter()
            .any(|their| their == name || words(their).iter().any(|word| our_words.contains(word)))
    })
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

/// The beginning of the day, in UTC.
fn midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc()
}

fn by_id(rows: Vec<clients::Model>) -> HashMap<Uuid, clients::Model> {
    rows.into_iter().map(|row| (row.id, row)).collect()
}

fn group_by<T>(rows: Vec<T>, key: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<T>> {
    let mut groups: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
