//! Errors on demand, and calls held open on demand.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::SandboxState;

/// An error that the next calls on an edge get instead of an answer; nothing else happens then.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fault {
    /// Name of the edge, `*` for every one.
    pub edge: String,
    /// How many calls it still hits.
    pub times: u32,
    /// HTTP status.
    pub status: u16,
    pub code: i64,
    pub subcode: Option<i64>,
    pub message: String,
    pub is_transient: bool,
}

/// What `POST /_control/faults` takes: a fault, a hold, or the end of both.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFault {
    pub edge: Option<String>,
    #[serde(default)]
    pub hold: bool,
    #[serde(default)]
    pub clear: bool,
    pub times: Option<u32>,
    pub status: Option<u16>,
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    pub message: Option<String>,
    pub is_transient: Option<bool>,
}

impl Fault {
    /// A fault that hits one call: `2`, "service temporarily unavailable", HTTP 500.
    pub fn transient(edge: &str) -> Self {
        Self {
            edge: edge.to_owned(),
            times: 1,
            status: 500,
            code: 2,
            subcode: None,
            message: "An unexpected error has occurred. Please retry your request later."
                .to_owned(),
            is_transient: true,
        }
    }

    pub(crate) fn is_for(&self, edge: &str) -> bool {
        self.edge == edge || self.edge == "*"
    }
}

impl NewFault {
    /// The fault that is meant, with what is left out as in [`Fault::transient`].
    pub(crate) fn fault(self, edge: &str) -> Fault {
        let usual = Fault::transient(edge);
        Fault {
            edge: usual.edge,
            times: self.times.unwrap_or(usual.times).max(1),
            status: self.status.unwrap_or(usual.status),
            code: self.code.unwrap_or(usual.code),
            subcode: self.subcode,
            message: self.message.unwrap_or(usual.message),
            is_transient: self.is_transient.unwrap_or(usual.is_transient),
        }
    }
}

/// A place where calls wait.
pub(crate) struct Gate {
    pub(crate) edge: String,
    arrived: watch::Sender<usize>,
    open: watch::Sender<bool>,
}

impl Gate {
    pub(crate) fn new(edge: &str) -> Self {
        Self {
            edge: edge.to_owned(),
            arrived: watch::Sender::new(0),
            open: watch::Sender::new(false),
        }
    }

    pub(crate) fn is_for(&self, edge: &str) -> bool {
        self.edge == edge || self.edge == "*"
    }

    /// How many calls ever came here.
    pub(crate) fn arrivals(&self) -> usize {
        *self.arrived.borrow()
    }

    pub(crate) fn open(&self) {
        self.open.send_replace(true);
    }

    /// A call has come.
    pub(crate) fn arrive(&self) {
        self.arrived.send_modify(|count| *count += 1);
    }

    /// Waits until the gate opens.
    pub(crate) async fn pass(&self) {
        let mut open = self.open.subscribe();
        // The sender lives as long as this gate, so waiting cannot fail.
        let _ = open.wait_for(|open| *open).await;
    }

    async fn wait_for_arrivals(&self, count: usize) {
        let mut arrived = self.arrived.subscribe();
        // As above.
        let _ = arrived.wait_for(|arrived| *arrived >= count).await;
    }
}

/// Calls on one edge are held: Meta has done the work (the code is spent, the token made) but
/// has not answered. What a client does not hear if it dies now, it never hears.
/// Ends when released or dropped.
pub struct Hold {
    state: SandboxState,
    gate: Arc<Gate>,
}

impl Hold {
    pub(crate) fn new(state: SandboxState, gate: Arc<Gate>) -> Self {
        Self { state, gate }
    }

    /// Waits until a call on this edge has arrived and is being held.
    pub async fn arrived(&self) {
        self.gate.wait_for_arrivals(1).await;
    }

    /// Waits until so many calls in all have arrived since the hold began.
    pub async fn arrived_times(&self, count: usize) {
        self.gate.wait_for_arrivals(count).await;
    }

    /// Answers what is held and holds no more.
    pub fn release(self) {
        drop(self);
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.state.remove_gate(&self.gate);
        self.gate.open();
    }
}
