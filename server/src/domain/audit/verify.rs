use uuid::Uuid;

use super::{EventRecord, chain_hash, genesis, head_mac};

/// Where a pruned chain begins: the last event that was pruned. Its own signature is checked by the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub seq: i64,
    pub hash: [u8; 32],
}

/// The stored head of an agency's chain. It exists from the agency's first moment ([`Head::first`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last event, 0 before the first.
    pub seq: i64,
    /// Of the last event.
    pub hash: Vec<u8>,
    pub mac: Vec<u8>,
}

impl Head {
    /// The head of a chain without events.
    #[must_use]
    pub fn first(key: &[u8; 32], agency: Uuid) -> Self {
        Self::at(key, agency, 0, &genesis(agency))
    }

    /// The head after an event.
    #[must_use]
    pub fn at(key: &[u8; 32], agency: Uuid, seq: i64, hash: &[u8; 32]) -> Self {
        Self {
            seq,
            hash: hash.to_vec(),
            mac: head_mac(key, agency, seq, hash).to_vec(),
        }
    }
}

/// What reading a chain to its end said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// How many events were read.
    pub events: u64,
    /// The number of the first event that is wrong or missing.
    pub broken_at: Option<i64>,
    /// For a person. Present when, and only when, the chain is broken.
    pub reason: Option<String>,
}

impl Verification {
    /// Nothing was found.
    #[must_use]
    pub const fn is_intact(&self) -> bool {
        self.reason.is_none()
    }
}

/// Reads one agency's chain in the order of its numbers and stops judging at the first fault.
pub struct Verifier<'key> {
    key: &'key [u8; 32],
    agency: Uuid,
    /// The last event that was found right, or what the chain follows.
    last: Checkpoint,
    events: u64,
    fault: Option<(i64, String)>,
}

impl<'key> Verifier<'key> {
    /// Begins at event 1, or behind the checkpoint of a pruned chain.
    #[must_use]
    pub fn new(key: &'key [u8; 32], agency: Uuid, pruned: Option<Checkpoint>) -> Self {
        let start = Checkpoint {
            seq: 0,
            hash: genesis(agency),
        };
        Self {
            key,
            agency,
            last: pruned.unwrap_or(start),
            events: 0,
            fault: None,
        }
    }

    /// Takes the next event with the hash that is stored beside it.
    pub fn feed(&mut self, record: &EventRecord, stored_hash: &[u8]) {
        self.events += 1;
        if self.fault.is_some() {
            return;
        }
        let hash = chain_hash(self.key, record);
        match self.judge(record, &hash, stored_hash) {
            Some(fault) => self.fault = Some(fault),
            None => {
                self.last = Checkpoint {
                    seq: record.seq,
                    hash,
                };
            }
        }
    }

    /// Ends with the stored head. A chain without a head is broken: it was there before the first event.
    #[must_use]
    pub fn finish(mut self, head: Option<&Head>) -> Verification {
        let fault = self.fault.take().or_else(|| self.judge_head(head));
        let (broken_at, reason) = fault.unzip();
        Verification {
            events: self.events,
            broken_at,
            reason,
        }
    }

    fn judge(
        &self,
        record: &EventRecord,
        hash: &[u8; 32],
        stored_hash: &[u8],
    ) -> Option<(i64, String)> {
        let (seq, expected) = (record.seq, self.next());
        if record.agency != self.agency {
            return Some((seq, format!("event {seq} belongs to another agency")));
        }
        if seq > expected {
            return Some((expected, format!("event {expected} is missing")));
        }
        if seq < expected {
            return Some((seq, format!("event {seq} stands out of order")));
        }
        if record.prev_hash != self.last.hash {
            return Some((
                seq,
                format!("event {seq} does not follow the event before it"),
            ));
        }
        if stored_hash != hash {
            return Some((seq, format!("event {seq} was changed")));
        }
        None
    }

    fn judge_head(&self, head: Option<&Head>) -> Option<(i64, String)> {
        let (last, next) = (self.last.seq, self.next());
        let Some(head) = head else {
            return Some((next, "the head of the chain is missing".to_owned()));
        };
        if head.mac != head_mac(self.key, self.agency, head.seq, &head.hash) {
            return Some((last, "the head of the chain was changed".to_owned()));
        }
        if head.seq > last {
            let gone = head.seq;
            return Some((
                next,
                format!("events {next} to {gone} are missing at the end"),
            ));
        }
        if head.seq < last || head.hash != self.last.hash {
            return Some((
                last,
                format!("the head of the chain does not stand at event {last}"),
            ));
        }
        None
    }

    const fn next(&self) -> i64 {
        self.last.seq.saturating_add(1)
    }
}
