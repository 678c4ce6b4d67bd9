//! The audit chain: what each event's hash covers, and how a broken chain is found.
//!
//! Every event carries the hash of the one before it, and the head keeps the last one's number and hash
//! under a keyed hash of its own. The hash is an HMAC under the installation's audit key, so that whoever
//! can write to the database alone cannot mend a chain. It covers the values **as stored**.

mod verify;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::framed::Framed;

pub use verify::{Checkpoint, Head, Verification, Verifier};

/// One audit event, value by value as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRecord {
    /// Counted from one, per agency, without a gap.
    pub seq: i64,
    pub agency: Uuid,
    pub id: Uuid,
    /// In whole microseconds: PostgreSQL keeps no more.
    pub at: DateTime<Utc>,
    /// Such as `staff`, `client`, `system`.
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    /// Such as `connection.approved`.
    pub action: String,
    pub object_kind: String,
    pub object_id: Option<Uuid>,
    pub outcome: String,
    /// JSON, the very text that is stored. Keep it in a text column: a JSON column rewrites it.
    pub details: String,
    /// Address and user agent, sealed under the key of the person, which erasure destroys. The chain covers
    /// the ciphertext and so outlives it.
    pub origin_sealed: Option<Vec<u8>>,
    /// The hash of the event before, or [`genesis`].
    pub prev_hash: Vec<u8>,
}

/// The hash of an event under the installation's audit key.
#[must_use]
pub fn chain_hash(key: &[u8; 32], record: &EventRecord) -> [u8; 32] {
    let framed = Framed::new("portico.audit.event.v1")
        .field(&record.seq.to_be_bytes())
        .field(record.agency.as_bytes())
        .field(record.id.as_bytes())
        .field(&record.at.timestamp_micros().to_be_bytes())
        .field(record.actor_kind.as_bytes())
        .optional(record.actor_id.as_ref().map(|id| id.as_bytes().as_slice()))
        .field(record.action.as_bytes())
        .field(record.object_kind.as_bytes())
        .optional(record.object_id.as_ref().map(|id| id.as_bytes().as_slice()))
        .field(record.outcome.as_bytes())
        .field(record.details.as_bytes())
        .optional(record.origin_sealed.as_deref())
        .field(&record.prev_hash);
    keyed(key, &framed)
}

/// The keyed hash of an agency's head, which keeps the number and the hash of the last event.
#[must_use]
pub fn head_mac(key: &[u8; 32], agency: Uuid, seq: i64, hash: &[u8]) -> [u8; 32] {
    let framed = Framed::new("portico.audit.head.v1")
        .field(agency.as_bytes())
        .field(&seq.to_be_bytes())
        .field(hash);
    keyed(key, &framed)
}

/// What the first event of an agency names as the hash before it. Number 0 of the chain, so to say.
#[must_use]
pub fn genesis(agency: Uuid) -> [u8; 32] {
    let framed = Framed::new("portico.audit.genesis.v1").field(agency.as_bytes());
    Sha256::digest(framed.as_bytes()).into()
}

fn keyed(key: &[u8; 32], framed: &Framed) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(framed.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests;
