//! The audit trail: append, and verify.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    actor::{Origin, Who},
};
use crate::{
    domain::{
        agency::AgencyScope,
        audit::{EventRecord, Head, Verification, Verifier, chain_hash, head_mac},
    },
    store::{self, Write, entity::person_keys},
    vault::{OpenError, PersonKey, Place},
};

/// The kind of object that most events are about: the whole story of a client hangs on it.
pub const CLIENT: &str = "client";

/// How many events are read at once while verifying.
const BATCH: u64 = 500;

/// Something that happened.
pub struct Event<'a> {
    pub who: &'a Who,
    /// Dotted, the thing first: `connection.approved`.
    pub action: &'a str,
    pub object_kind: &'a str,
    pub object: Option<Uuid>,
    /// Whether it was done, or refused.
    pub is_done: bool,
    /// No secrets and nothing personal: ids, counts and closed codes.
    pub details: Map<String, Value>,
}

impl<'a> Event<'a> {
    /// Something that was done to or by a client.
    pub fn about_client(who: &'a Who, action: &'a str, client: Uuid) -> Self {
        Self {
            who,
            action,
            object_kind: CLIENT,
            object: Some(client),
            is_done: true,
            details: Map::new(),
        }
    }

    /// Something that was done to or by a member of staff.
    pub fn about_staff(who: &'a Who, action: &'a str, staff: Uuid) -> Self {
        Self {
            object_kind: "staff",
            ..Self::about_client(who, action, staff)
        }
    }

    /// Something that was changed about the agency itself.
    pub fn about_agency(who: &'a Who, action: &'a str, scope: AgencyScope) -> Self {
        Self {
            object_kind: "agency",
            ..Self::about_client(who, action, scope.agency())
        }
    }

    /// Something that was tried by nobody we know.
    pub fn about_nobody(who: &'a Who, action: &'a str) -> Self {
        Self {
            who,
            action,
            object_kind: "none",
            object: None,
            is_done: true,
            details: Map::new(),
        }
    }

    /// With a detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }

    /// It was tried and refused.
    #[must_use]
    pub const fn refused(mut self) -> Self {
        self.is_done = false;
        self
    }
}

impl Portal {
    /// Appends an event to the agency's chain, inside the transaction that it tells of. Last in the
    /// transaction: on PostgreSQL the head's row is locked from here to the commit.
    ///
    /// # Errors
    /// When the database fails, or the agency has no chain.
    pub async fn record(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        event: Event<'_>,
    ) -> Result<()> {
        let id = self.new_id();
        let origin_sealed = match (event.who.id(), event.who.origin()) {
            (Some(person), Some(origin)) => Some(
                self.seal_origin(tx, scope, person, event.who.kind(), id, origin)
                    .await?,
            ),
            _ => None,
        };
        let details = Value::Object(event.details).to_string();
        loop {
            let head = store::audit::head(tx, scope)
                .await?
                .ok_or_else(|| Error::internal("the agency has no audit chain"))?;
            let record = EventRecord {
                seq: head.seq + 1,
                agency: scope.agency(),
                id,
                at: self.now(),
                actor_kind: event.who.kind().to_owned(),
                actor_id: event.who.id(),
                action: event.action.to_owned(),
                object_kind: event.object_kind.to_owned(),
                object_id: event.object,
                outcome: if event.is_done { "done" } else { "refused" }.to_owned(),
                details: details.clone(),
                origin_sealed: origin_sealed.clone(),
                prev_hash: head.hash.clone(),
            };
            let key = self.keys.audit_key();
            let hash = chain_hash(key, &record);
            let next = store::audit::HeadRow {
                agency_id: scope.agency(),
                seq: record.seq,
                hash: hash.to_vec(),
                mac: head_mac(key, scope.agency(), record.seq, &hash).to_vec(),
            };
            if store::audit::advance_head(tx, scope, head.seq, &next).await? == Write::Done {
                store::audit::create(tx, row(record, hash)).await?;
                return Ok(());
            }
        }
    }

    /// Begins the chain of a new agency.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_chain(&self, db: &impl ConnectionTrait, scope: AgencyScope) -> Result<()> {
        let head = Head::first(self.keys.audit_key(), scope.agency());
        let row = store::audit::HeadRow {
            agency_id: scope.agency(),
            seq: head.seq,
            hash: head.hash,
            mac: head.mac,
        };
        Ok(store::audit::create_head(db, row).await?)
    }

    /// Walks the whole chain of an agency and says whether it is whole.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify_audit(&self, scope: AgencyScope) -> Result<Verification> {
        let db = self.db.reader();
        // The head first: what is appended while we walk lies behind it and is not looked at.
        let head = store::audit::head(db, scope).await?;
        let end = head.as_ref().map_or(i64::MAX, |head| head.seq);
        let mut verifier = Verifier::new(self.keys.audit_key(), scope.agency(), None);
        let mut seq = i64::MIN;
        loop {
            let batch = store::audit::after(db, scope, seq, BATCH).await?;
            let Some(last) = batch.last() else { break };
            seq = last.seq;
            for event in batch {
                if event.seq > end {
                    break;
                }
                let hash = event.hash.clone();
                verifier.feed(&record(event), &hash);
            }
            if seq >= end {
                break;
            }
        }
        let head = head.map(|head| Head {
            seq: head.seq,
            hash: head.hash,
            mac: head.mac,
        });
        Ok(verifier.finish(head.as_ref()))
    }

    /// Seals where a person came from under that person's own key, which an erasure destroys.
    ///
    /// # Errors
    /// When the database fails or the key does not open.
    pub async fn seal_origin(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        person: Uuid,
        kind: &str,
        event: Uuid,
        origin: &Origin,
    ) -> Result<Vec<u8>> {
        let key = self.person_key(tx, scope, person, kind).await?;
        let plain = json!({
            "address": origin.address.map(|address| address.to_string()),
            "user_agent": origin.user_agent,
        });
        Ok(key.seal_origin(&*self.rng, event, plain.to_string().as_bytes()))
    }

    /// Where a person came from, as [`Self::seal_origin`] sealed it at that time; `None` once they were erased.
    ///
    /// # Errors
    /// When the database fails or the seal does not open.
    pub async fn open_origin(
        &self,
        db: &impl ConnectionTrait,
        scope: AgencyScope,
        person: Uuid,
        (event, at): (Uuid, DateTime<Utc>),
        sealed: &[u8],
    ) -> Result<Option<Origin>> {
        let row = store::audit::person_key(db, scope, person).await?;
        let made_at = row.as_ref().map(|row| row.created_at);
        let Some(key_sealed) = row.and_then(|row| row.key_sealed) else {
            return Ok(None);
        };
        let bytes = self.vault.open(person_place(scope, person), &key_sealed)?;
        let key = PersonKey::from_bytes(&bytes)
            .ok_or_else(|| Error::internal("a person's key is malformed"))?;
        let plain = match key.open_origin(event, sealed) {
            // Older than the key: it was sealed under the one that an erasure destroyed.
            Err(OpenError::Refused) if made_at.is_some_and(|made_at| at < made_at) => {
                return Ok(None);
            }
            opened => opened?,
        };
        let origin: Value = serde_json::from_slice(&plain).map_err(Error::internal)?;
        Ok(Some(Origin {
            address: origin["address"]
                .as_str()
                .and_then(|text| text.parse().ok()),
            user_agent: origin["user_agent"].as_str().unwrap_or_default().to_owned(),
        }))
    }

    async fn person_key(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        person: Uuid,
        kind: &str,
    ) -> Result<PersonKey> {
        let place = person_place(scope, person);
        if store::audit::person_key(tx, scope, person).await?.is_none() {
            let key = PersonKey::generate(&*self.rng);
            let row = person_keys::Model {
                id: person,
                agency_id: scope.agency(),
                kind: kind.to_owned(),
                key_sealed: Some(self.vault.seal(place, &*key.to_bytes())),
                created_at: self.now(),
            };
            store::audit::create_person_key(tx, row).await?;
        }
        let row = store::audit::person_key(tx, scope, person)
            .await?
            .ok_or(Error::NotFound)?;
        let sealed = row
            .key_sealed
            .ok_or_else(|| Error::internal("the person was erased"))?;
        let bytes = self.vault.open(place, &sealed)?;
        PersonKey::from_bytes(&bytes).ok_or_else(|| Error::internal("a person's key is malformed"))
    }
}

const fn person_place(scope: AgencyScope, person: Uuid) -> Place {
    Place {
        table: "person_keys",
        column: "key_sealed",
        agency: scope.agency(),
        row: person,
    }
}

fn row(record: EventRecord, hash: [u8; 32]) -> store::audit::EventRow {
    store::audit::EventRow {
        id: record.id,
        agency_id: record.agency,
        seq: record.seq,
        at: record.at,
        actor_kind: record.actor_kind,
        actor_id: record.actor_id,
        action: record.action,
        object_kind: record.object_kind,
        object_id: record.object_id,
        outcome: record.outcome,
        details: record.details,
        origin_sealed: record.origin_sealed,
        prev_hash: record.prev_hash,
        hash: hash.to_vec(),
    }
}

fn record(row: store::audit::EventRow) -> EventRecord {
    EventRecord {
        seq: row.seq,
        agency: row.agency_id,
        id: row.id,
        at: row.at,
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        action: row.action,
        object_kind: row.object_kind,
        object_id: row.object_id,
        outcome: row.outcome,
        details: row.details,
        origin_sealed: row.origin_sealed,
        prev_hash: row.prev_hash,
    }
}
