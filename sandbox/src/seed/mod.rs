//! People, businesses and ad accounts: the world outside the app. `--seed FILE` has this shape.

mod builtin;
mod chain;
mod login;

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

pub use login::{AssetKind, LoginConfiguration, LoginToken, SystemUser, SystemUserRole, TokenLife};

/// A whole world. Ids are decimal strings, `act_` in front of an account's id is forgiven.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Seed {
    pub people: Vec<Person>,
    pub businesses: Vec<Business>,
    pub accounts: Vec<AdAccount>,
    /// Login for Business: what the app's dashboard holds.
    pub configurations: Vec<LoginConfiguration>,
}

/// Somebody with a Meta account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Person {
    /// App-scoped id.
    pub id: String,
    pub name: String,
    /// Absent: Graph leaves the field out, though the permission is granted.
    pub email: Option<String>,
    /// Address of the picture. Absent: the silhouette.
    pub picture: Option<String>,
    /// Ad accounts this person has a role on, as `/me/adaccounts` lists them.
    #[serde(deserialize_with = "account_ids")]
    pub accounts: Vec<String>,
    /// Business portfolios this person belongs to, as `/me/businesses` lists them.
    pub businesses: Vec<String>,
    /// Set for a system user, which is no person and never seen by the dialog.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_user: Option<SystemUser>,
}

/// A business portfolio.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Business {
    pub id: String,
    pub name: String,
    /// Ad accounts that belong to it.
    #[serde(deserialize_with = "account_ids")]
    pub owned: Vec<String>,
    /// Ad accounts of its customers.
    #[serde(deserialize_with = "account_ids")]
    pub client: Vec<String>,
    /// Its system users may not have tokens without an end (`meta.md` §10).
    pub requires_expiring_tokens: bool,
}

/// An ad account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdAccount {
    /// Digits only, without `act_`.
    #[serde(deserialize_with = "account_id")]
    pub id: String,
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    pub timezone_name: String,
    pub timezone_offset_hours_utc: f64,
    /// 1 active, 2 disabled, 3 unsettled, 101 closed … (`meta.md` §5).
    pub account_status: i64,
    /// 0 none, 3 risk payment … (`meta.md` §5).
    pub disable_reason: i64,
    /// How many campaigns `/act_…/campaigns` makes up.
    pub campaigns: u32,
    /// In the currency's smallest unit.
    pub amount_spent: u64,
    /// In the currency's smallest unit.
    pub balance: u64,
    /// As Meta writes it, for example `2019-03-02T10:50:57-0800`.
    pub created_time: String,
}

impl Default for AdAccount {
    fn default() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            currency: "EUR".to_owned(),
            timezone_name: "Europe/Berlin".to_owned(),
            timezone_offset_hours_utc: 1.0,
            account_status: 1,
            disable_reason: 0,
            campaigns: 0,
            amount_spent: 0,
            balance: 0,
            created_time: "2019-03-02T10:50:57-0800".to_owned(),
        }
    }
}

/// Why a seed cannot be used, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError(String);

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

impl Seed {
    /// Reads a seed from JSON and checks it.
    ///
    /// # Errors
    /// What is wrong and where: the JSON, an id, a reference to something that is not there.
    pub fn parse(json: &str) -> Result<Self, SeedError> {
        let seed: Self =
            serde_json::from_str(json).map_err(|error| SeedError(error.to_string()))?;
        seed.check()?;
        Ok(seed)
    }

    /// Checks ids (digits, each used once) and references.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn check(&self) -> Result<(), SeedError> {
        let accounts = unique("account", self.accounts.iter().map(|account| &account.id))?;
        let businesses = unique(
            "business",
            self.businesses.iter().map(|business| &business.id),
        )?;
        unique("person", self.people.iter().map(|person| &person.id))?;
        let configurations = self.configurations.iter();
        unique(
            "configuration",
            configurations.map(|configuration| &configuration.id),
        )?;
        for business in &self.businesses {
            known(
                "business",
                &business.id,
                "account",
                &business.owned,
                &accounts,
            )?;
            known(
                "business",
                &business.id,
                "account",
                &business.client,
                &accounts,
            )?;
        }
        for person in &self.people {
            known("person", &person.id, "account", &person.accounts, &accounts)?;
            known(
                "person",
                &person.id,
                "business",
                &person.businesses,
                &businesses,
            )?;
            if let Some(system_user) = &person.system_user {
                let business = std::slice::from_ref(&system_user.business);
                known("person", &person.id, "business", business, &businesses)?;
            }
        }
        Ok(())
    }

    pub(crate) fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub(crate) fn business(&self, id: &str) -> Option<&Business> {
        self.businesses.iter().find(|business| business.id == id)
    }

    pub(crate) fn configuration(&self, id: &str) -> Option<&LoginConfiguration> {
        self.configurations
            .iter()
            .find(|configuration| configuration.id == id)
    }

    pub(crate) fn account(&self, id: &str) -> Option<&AdAccount> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The business portfolio that an account belongs to.
    pub(crate) fn owner_of(&self, account: &str) -> Option<&Business> {
        self.businesses
            .iter()
            .find(|business| business.owned.iter().any(|id| id == account))
    }

    /// Every account a person reaches, directly or through a business, each once: direct ones
    /// first. A system user that is an employee reaches what was assigned to it alone.
    pub(crate) fn reach(&self, person: &Person) -> Vec<&AdAccount> {
        let mut seen = BTreeSet::new();
        self.accounts_of(self.reached_ids(person).filter(|id| seen.insert(*id)))
    }

    /// Whether an account is one that a person reaches.
    pub(crate) fn reaches(&self, person: &Person, account: &str) -> bool {
        self.reached_ids(person).any(|id| id == account)
    }

    /// The accounts of these ids, as far as they are there. Thousands may be asked for at once.
    pub(crate) fn accounts_of<'a>(&self, ids: impl Iterator<Item = &'a String>) -> Vec<&AdAccount> {
        let by_id: HashMap<&str, &AdAccount> = self
            .accounts
            .iter()
            .map(|account| (account.id.as_str(), account))
            .collect();
        ids.filter_map(|id| by_id.get(id.as_str()).copied())
            .collect()
    }

    fn reached_ids<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a String> {
        let businesses = person.businesses.iter().filter(|_| !person.is_employee());
        let through = businesses.filter_map(|id| self.business(id));
        let theirs = through.flat_map(|business| business.owned.iter().chain(&business.client));
        person.accounts.iter().chain(theirs)
    }
}

impl Person {
    /// A system user that sees assigned assets only.
    pub(crate) fn is_employee(&self) -> bool {
        let system_user = self.system_user.as_ref();
        system_user.is_some_and(|system_user| system_user.role == SystemUserRole::Employee)
    }
}

fn unique<'a>(
    what: &str,
    ids: impl Iterator<Item = &'a String>,
) -> Result<BTreeSet<&'a str>, SeedError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SeedError(format!(
                "{what} id {id:?} is not a decimal string"
            )));
        }
        if !seen.insert(id.as_str()) {
            return Err(SeedError(format!("{what} {id} is there twice")));
        }
    }
    Ok(seen)
}

fn known(
    what: &str,
    id: &str,
    other: &str,
    references: &[String],
    there: &BTreeSet<&str>,
) -> Result<(), SeedError> {
    match references
        .iter()
        .find(|reference| !there.contains(reference.as_str()))
    {
        Some(missing) => Err(SeedError(format!(
            "{what} {id} names {other} {missing}, which is not there"
        ))),
        None => Ok(()),
    }
}

/// An account's id without `act_`.
pub(crate) fn bare(id: &str) -> String {
    id.strip_prefix("act_").unwrap_or(id).to_owned()
}

fn account_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(bare(&String::deserialize(deserializer)?))
}

fn account_ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::<String>::deserialize(deserializer)?
        .iter()
        .map(|id| bare(id))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_seed_is_sound_and_comes_back_from_json() {
        let seed = Seed::builtin();
        assert_eq!(seed.check(), Ok(()));
        let json = serde_json::to_string(&seed).unwrap_or_default();
        assert_eq!(Seed::parse(&json), Ok(seed));
    }

    #[test]
    fn a_seed_with_a_dangling_reference_is_refused() {
        let found = Seed::parse(r#"{"people":[{"id":"1","name":"A","accounts":["act_7"]}]}"#);
        assert_eq!(
            found,
            Err(SeedError(
                "person 1 names account 7, which is not there".to_owned()
            ))
        );
    }

    #[test]
    fn a_seed_with_a_wrong_id_is_refused() {
        assert!(Seed::parse(r#"{"people":[{"id":"x"}]}"#).is_err());
        assert!(Seed::parse(r#"{"accounts":[{"id":"1"},{"id":"act_1"}]}"#).is_err());
        assert!(Seed::parse(r#"{"surprise":[]}"#).is_err());
    }
}
