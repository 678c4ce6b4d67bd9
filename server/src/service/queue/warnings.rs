//! What is worth a pause before a decision.

use std::collections::{HashMap, HashSet};

use app::model::{CaseWarning, ConnectionState, ScopeView};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{by_id, group_by};
use crate::{
    domain::{agency::AgencyScope, client::fold_name, numbers::EXPIRY_WARNING, permission},
    service::{Portal, Result, tokens::is_short, visits::person_before},
    store::{
        self,
        accounts::Model as Account,
        connections::{ALIVE, Model as Connection},
        entity::{clients, grants, invitation_links},
        tokens::Model as Token,
    },
};

/// A connection as it would be after the decision, with what warnings are told from.
pub struct Subject {
    pub connection: Connection,
    pub client: clients::Model,
    pub chosen: Vec<Account>,
    pub scopes: Vec<ScopeView>,
}

/// What stands around several subjects: one query for each kind of it, however many subjects there are.
pub struct Around {
    /// Connections that are alive, by the Meta users behind them.
    of_person: HashMap<String, Vec<Uuid>>,
    /// Connections under which an account is chosen, by its number.
    chosen: HashMap<String, Vec<Uuid>>,
    /// Names of the clients behind connections that are alive, by connection.
    names: HashMap<Uuid, String>,
    links: HashMap<Uuid, invitation_links::Model>,
    /// By connection, oldest first.
    grants: HashMap<Uuid, Vec<grants::Model>>,
    /// Scopes that the agency cannot do without.
    required: Vec<String>,
}

impl Portal {
    /// What stands around these subjects.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn around(&self, scope: AgencyScope, subjects: &[Subject]) -> Result<Around> {
        let db = self.db.reader();
        let people: HashSet<&str> = { subjects.iter() }
            .map(|subject| subject.connection.meta_user_id.as_str())
            .collect();
        let people: Vec<&str> = people.into_iter().collect();
        let theirs = store::connections::alive_of_people(db, scope, &people).await?;
        let numbers: HashSet<&str> = { subjects.iter() }
            .flat_map(|subject| subject.chosen.iter().map(|account| account.number.as_str()))
            .collect();
        let numbers: Vec<&str> = numbers.into_iter().collect();
        let places = store::accounts::chosen_anywhere(db, scope, &numbers).await?;
        let mut chosen: HashMap<String, Vec<Uuid>> = HashMap::new();
        let mut of_person: HashMap<String, Vec<Uuid>> = HashMap::new();
        let mut ids: HashSet<Uuid> = HashSet::new();
        for (connection, number) in places {
            ids.insert(connection);
            chosen.entry(number).or_default().push(connection);
        }
        for (person, connection) in theirs {
            ids.insert(connection.id);
            of_person.entry(person).or_default().push(connection.id);
        }
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let own: Vec<Uuid> = subjects
            .iter()
            .map(|subject| subject.connection.id)
            .collect();
        let grants = store::connections::grants_of(db, scope, &own).await?;
        let links: Vec<Uuid> = { subjects.iter() }
            .filter_map(|subject| subject.connection.link_id)
            .collect();
        let links = store::invitations::links_of(db, scope, &links).await?;
        Ok(Around {
            of_person,
            chosen,
            names: self.living_names(scope, &ids).await?,
            links: links.into_iter().map(|link| (link.id, link)).collect(),
            grants: group_by(grants, |grant| grant.connection_id),
            required: self.required_scopes(scope).await?,
        })
    }

    /// Names of the clients behind those of the connections that are alive, by connection.
    async fn living_names(
        &self,
        scope: AgencyScope,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, String>> {
        let db = self.db.reader();
        let mut connections = store::connections::many(db, scope, ids).await?;
        connections.retain(is_alive);
        let clients: Vec<Uuid> = connections.iter().map(|row| row.client_id).collect();
        let clients = by_id(store::clients::many(db, scope, &clients).await?);
        Ok(connections
            .into_iter()
            .filter_map(|row| Some((row.id, clients.get(&row.client_id)?.name.clone())))
            .collect())
    }
}

impl Around {
    /// What is worth a pause about a subject.
    #[must_use]
    pub fn warnings(&self, subject: &Subject) -> Vec<CaseWarning> {
        let mut warnings = self.same_person(subject);
        warnings.extend(self.same_accounts(subject));
        if !is_named_alike(subject) {
            warnings.push(CaseWarning::NameDiffers {
                client_name: subject.client.name.clone(),
            });
        }
        warnings.extend(self.forwarded(subject));
        let grants = self.grants.get(&subject.connection.id);
        let before = grants.and_then(|grants| person_before(grants, &subject.connection));
        warnings.extend(before.map(|person| CaseWarning::OtherPerson {
            last_person: person.to_owned(),
        }));
        let missing = { subject.scopes.iter() }
            .filter(|view| !view.granted && permission::is_required(&view.scope, &self.required));
        warnings.extend(missing.map(|view| CaseWarning::ScopeMissing {
            scope: view.scope.clone(),
        }));
        warnings
    }

    fn same_person(&self, subject: &Subject) -> Vec<CaseWarning> {
        let others = self.of_person.get(&subject.connection.meta_user_id);
        self.others(others, subject)
            .map(|client_name| CaseWarning::SamePerson { client_name })
            .collect()
    }

    fn same_accounts(&self, subject: &Subject) -> Vec<CaseWarning> {
        { subject.chosen.iter() }
            .flat_map(|account| {
                let places = self.chosen.get(&account.number);
                self.others(places, subject)
                    .map(|client_name| CaseWarning::SameAccount {
                        number: account.number.clone(),
                        client_name,
                    })
            })
            .collect()
    }

    /// The clients behind those of the connections that are alive and not the subject's own.
    fn others(
        &self,
        connections: Option<&Vec<Uuid>>,
        subject: &Subject,
    ) -> impl Iterator<Item = String> {
        let own = subject.connection.id;
        let ids: Vec<Uuid> = connections.cloned().unwrap_or_default();
        ids.into_iter()
            .filter(move |id| *id != own)
            .filter_map(|id| self.names.get(&id).cloned())
    }

    fn forwarded(&self, subject: &Subject) -> Option<CaseWarning> {
        let link = self.links.get(&subject.connection.link_id?)?;
        link.forwarded_visit.map(|_| CaseWarning::Forwarded {
            by: link.forwarded_by.clone(),
            at: link.created_at,
        })
    }
}

/// What is worth a pause about how long a token lives.
pub fn life_warning(token: &Token, now: DateTime<Utc>) -> Option<CaseWarning> {
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
    ConnectionState::from_code(&row.state).is_some_and(|state| ALIVE.contains(&state))
}

/// Whether the person, an account or its business is called somewhat like the client.
fn is_named_alike(subject: &Subject) -> bool {
    let Subject {
        connection,
        client,
        chosen,
        ..
    } = subject;
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
