//! What every start makes sure of: the installation's keys, the right ring, the first agency.

use std::collections::BTreeMap;

use sea_orm::DbErr;
use uuid::Uuid;

use super::{Error, Portal};
use crate::{
    domain::{agency::AgencyScope, clock::Clock, rng::Rng},
    store::{self, Database, entity::installation, lookup},
    vault::{InstallationKeys, Key, Place, Sealed, Vault, hashes_equal},
};

/// A start that must not go on.
#[derive(Debug, thiserror::Error)]
pub enum KeyProblem {
    #[error(
        "PORTICO_KEYS: the key {0:?} has sealed values in this database but is not in the ring; add it back (old keys follow the active one, comma-separated)"
    )]
    Missing(String),
    #[error(
        "PORTICO_KEYS: the key {0:?} is not the one that this database was sealed with; restore the ring that belongs to this database"
    )]
    Wrong(String),
    #[error("PORTICO_KEYS: the ring does not open what is stored in this database")]
    DoesNotOpen,
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

/// What a request needs, and whether it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// It answers.
    pub database: bool,
    /// None is missing.
    pub migrations: bool,
    /// The ring opens what is stored.
    pub keys: bool,
}

/// Makes the installation's own keys at the first start, opens them at every other, and refuses a ring
/// that cannot open what is stored.
///
/// # Errors
/// [`KeyProblem`], in words for the person who starts Portico.
pub async fn open_keys(
    db: &Database,
    vault: &Vault,
    rng: &dyn Rng,
    clock: &dyn Clock,
) -> Result<InstallationKeys, KeyProblem> {
    let reader = db.reader();
    let mut absent = Vec::new();
    for known in store::installation::keys(reader).await? {
        match vault.ring().check_value(&known.kid) {
            Some(check) if hashes_equal(&check, &known.check_value) => {}
            Some(_) => return Err(KeyProblem::Wrong(known.kid)),
            None => absent.push(known.kid),
        }
    }
    // A key that was taken out of the ring is missed only while it still holds something.
    if !absent.is_empty() {
        let used = values_by_key(db).await?;
        if let Some(kid) = absent.into_iter().find(|kid| used.contains_key(kid)) {
            return Err(KeyProblem::Missing(kid));
        }
    }
    if store::installation::get(reader).await?.is_none() {
        let fresh = InstallationKeys::generate(rng);
        let row = installation::Model {
            id: 1,
            created_at: clock.now(),
            fingerprint_key: vault.seal(place("fingerprint_key"), &*fresh.fingerprint.to_bytes()),
            audit_key: vault.seal(place("audit_key"), &*fresh.audit.to_bytes()),
            checkpoint_key: vault.seal(place("checkpoint_key"), &*fresh.checkpoint.to_bytes()),
        };
        store::installation::create(reader, row).await?;
    }
    let row = store::installation::get(reader)
        .await?
        .ok_or(KeyProblem::DoesNotOpen)?;
    let open = |column, sealed: &Sealed| -> Result<Key, KeyProblem> {
        let bytes = vault.open(place(column), sealed);
        let bytes = bytes.map_err(|_| KeyProblem::DoesNotOpen)?;
        Key::from_bytes(&bytes).ok_or(KeyProblem::DoesNotOpen)
    };
    let keys = InstallationKeys {
        fingerprint: open("fingerprint_key", &row.fingerprint_key)?,
        audit: open("audit_key", &row.audit_key)?,
        checkpoint: open("checkpoint_key", &row.checkpoint_key)?,
    };
    for kid in vault.ring().kids() {
        if let Some(check) = vault.ring().check_value(kid) {
            store::installation::remember_key(reader, kid, check, clock.now()).await?;
        }
    }
    Ok(keys)
}

/// How many sealed values each key holds.
///
/// # Errors
/// When the database fails.
pub async fn values_by_key(db: &Database) -> Result<BTreeMap<String, u64>, DbErr> {
    let mut values = BTreeMap::new();
    for sealed in lookup::sealed_values(db.reader()).await? {
        if let Ok(kid) = sealed.kid() {
            *values.entry(kid.to_owned()).or_insert(0) += 1;
        }
    }
    Ok(values)
}

/// The first agency as it is configured: name and address until its own settings say otherwise.
#[derive(Clone, Copy, Debug)]
pub struct FirstAgency<'a> {
    pub name: &'a str,
    pub support_email: Option<&'a str>,
    /// The permissions without which a connection is limited, beside `ads_read`.
    pub required_scopes: &'a [String],
    /// Whether a client may go on without them.
    pub accepts_limited: bool,
    /// From one check of a token to the next.
    pub validation_hours: i32,
}

impl Portal {
    /// The first agency: made at the first start. Afterwards its name and address follow the configuration until
    /// somebody has saved its settings; what it demands of a connection always does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ensure_agency(&self, agency: &FirstAgency<'_>) -> super::Result<AgencyScope> {
        let (name, support) = (agency.name, agency.support_email);
        let now = self.now();
        let tx = self.begin().await?;
        let scope = match lookup::first_agency(&tx).await? {
            Some((scope, row)) => {
                let is_other = row.name != name || row.support_email.as_deref() != support;
                if is_other && row.settings_at.is_none() {
                    store::agencies::rename(&tx, scope, name, support, now).await?;
                }
                scope
            }
            None => {
                store::agencies::create(&tx, self.new_id(), name, support, now).await?;
                let (scope, _) = lookup::first_agency(&tx).await?.ok_or(Error::NotFound)?;
                self.begin_chain(&tx, scope).await?;
                scope
            }
        };
        let required = agency.required_scopes.join(",");
        let row = store::agencies::get(&tx, scope).await?;
        if row.as_ref().is_some_and(|row| {
            row.required_scopes != required || row.accepts_limited != agency.accepts_limited
        }) {
            store::agencies::set_demands(&tx, scope, &required, agency.accepts_limited, now)
                .await?;
        }
        let hours = agency.validation_hours;
        if row.is_some_and(|row| row.validation_hours != hours) {
            store::agencies::set_validation_hours(&tx, scope, hours, now).await?;
        }
        self.commit(tx).await?;
        self.show_face(scope).await?;
        Ok(scope)
    }

    /// Whether requests can be served. Asks little, since it is asked often, and changes nothing.
    pub async fn readiness(&self) -> Readiness {
        let pending = store::migrations::pending(&self.db).await;
        let is_migrated = pending.as_ref().is_ok_and(Vec::is_empty);
        Readiness {
            database: pending.is_ok(),
            migrations: is_migrated,
            keys: is_migrated && self.ring_opens().await,
        }
    }

    /// Whether the ring opens what it sealed at the first start.
    async fn ring_opens(&self) -> bool {
        let Ok(Some(row)) = store::installation::get(self.db.reader()).await else {
            return false;
        };
        self.vault
            .open(place("fingerprint_key"), &row.fingerprint_key)
            .is_ok()
    }

    /// Writes down how often each key has sealed since the last time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn flush_key_counts(&self) -> super::Result<()> {
        for (kid, more) in self.vault.take_counts() {
            store::installation::count_encryptions(self.db.reader(), &kid, more).await?;
        }
        Ok(())
    }
}

const fn place(column: &'static str) -> Place {
    Place {
        table: "installation",
        column,
        agency: Uuid::nil(),
        row: Uuid::nil(),
    }
}
