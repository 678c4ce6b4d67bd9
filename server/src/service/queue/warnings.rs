//! What is worth a pause before a decision.

use std::collections::{HashMap, HashSet};

use app::model::{CaseWarning, ScopeView};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    domain::{agency::AgencyScope, client::fold_name, numbers::EXPIRY_WARNING, permission},
    service::{Portal, Result, tokens::is_short},
    store::cases::{self, Account, Case, Forwarded, Sharing, Token},
};

/// A connection as it would be after the decision, with what warnings are told from.
pub struct Subject {
    pub case: Case,
    /// Who signed in before, where it was somebody else, and where that is worth a word.
    pub person_before: Option<String>,
    pub chosen: Vec<Account>,
    pub scopes: Vec<ScopeView>,
}

/// What stands around several subjects: one query for each kind of it, however many subjects there are.
pub struct Around {
    /// Connections that are alive, by the Meta users behind them.
    of_person: HashMap<String, Vec<Sharing>>,
    /// Connections that are alive and under which an account is chosen, by its number.
    chosen: HashMap<String, Vec<Sharing>>,
    /// Links that were passed on.
    forwarded: HashMap<Uuid, Forwarded>,
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
            .map(|subject| subject.case.meta_user_id.as_str())
            .collect();
        let people: Vec<&str> = people.into_iter().collect();
        let of_person = cases::of_people(db, scope, &people).await?;
        let numbers: HashSet<&str> = { subjects.iter() }
            .flat_map(|subject| subject.chosen.iter().map(|account| account.number.as_str()))
            .collect();
        let numbers: Vec<&str> = numbers.into_iter().collect();
        let chosen = cases::of_accounts(db, scope, &numbers).await?;
        let links: Vec<Uuid> = { subjects.iter() }
            .filter_map(|subject| subject.case.link_id)
            .collect();
        let forwarded = cases::forwarded(db, scope, &links).await?;
        Ok(Around {
            of_person: by_what_is_shared(of_person),
            chosen: by_what_is_shared(chosen),
            forwarded: forwarded.into_iter().map(|link| (link.id, link)).collect(),
            required: self.required_scopes(scope).await?,
        })
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
                client_name: subject.case.client_name.clone(),
            });
        }
        warnings.extend(self.forwarded(subject));
        let before = subject.person_before.clone();
        warnings.extend(before.map(|last_person| CaseWarning::OtherPerson { last_person }));
        let missing = { subject.scopes.iter() }
            .filter(|view| !view.granted && permission::is_required(&view.scope, &self.required));
        warnings.extend(missing.map(|view| CaseWarning::ScopeMissing {
            scope: view.scope.clone(),
        }));
        warnings
    }

    fn same_person(&self, subject: &Subject) -> Vec<CaseWarning> {
        let all = self.of_person.get(&subject.case.meta_user_id);
        others(all, subject)
            .map(|client_name| CaseWarning::SamePerson { client_name })
            .collect()
    }

    fn same_accounts(&self, subject: &Subject) -> Vec<CaseWarning> {
        { subject.chosen.iter() }
            .flat_map(|account| {
                others(self.chosen.get(&account.number), subject).map(|client_name| {
                    CaseWarning::SameAccount {
                        number: account.number.clone(),
                        client_name,
                    }
                })
            })
            .collect()
    }

    fn forwarded(&self, subject: &Subject) -> Option<CaseWarning> {
        let link = self.forwarded.get(&subject.case.link_id?)?;
        Some(CaseWarning::Forwarded {
            by: link.forwarded_by.clone(),
            at: link.created_at,
        })
    }
}

fn by_what_is_shared(all: Vec<Sharing>) -> HashMap<String, Vec<Sharing>> {
    let mut groups: HashMap<String, Vec<Sharing>> = HashMap::new();
    for one in all {
        groups.entry(one.shared.clone()).or_default().push(one);
    }
    groups
}

/// The clients behind those of the connections that are not the subject's own.
fn others(all: Option<&Vec<Sharing>>, subject: &Subject) -> impl Iterator<Item = String> {
    let own = subject.case.id;
    { all.into_iter().flatten() }
        .filter(move |one| one.id != own)
        .map(|one| one.client_name.clone())
}

/// What is worth a pause about how long a token lives.
pub fn life_warning(token: &Token, now: DateTime<Utc>) -> Option<CaseWarning> {
    if is_short(token.created_at, token.expires_at) {
        return token
            .expires_at
            .map(|until| CaseWarning::ShortLife { until });
    }
    token
        .data_access_expires_at
        .filter(|until| *until - now <= EXPIRY_WARNING)
        .map(|until| CaseWarning::DataEnds { until })
}

/// Whether the person, an account or its business is called somewhat like the client.
fn is_named_alike(subject: &Subject) -> bool {
    let Subject { case, chosen, .. } = subject;
    let mut theirs = vec![fold_name(&case.meta_user_name)];
    for account in chosen {
        theirs.push(account.search_name.clone());
        theirs.extend(account.business_name.as_deref().map(fold_name));
    }
    let ours = [
        Some(case.search_name.clone()),
        case.meta_account_name.as_deref().map(fold_name),
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
