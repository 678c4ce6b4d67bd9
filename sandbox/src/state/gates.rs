//! Calls held open on demand.

use std::sync::Arc;

use tokio::sync::watch;

use super::SandboxState;

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
