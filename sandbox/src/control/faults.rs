//! `POST /_control/faults`: errors and held calls, by edge.

use axum::body::Bytes;
use axum::extract::State;

use super::{Controlled, Wrong, done, read};
use crate::state::{NewFault, SandboxState};

/// Sets an error, holds an edge, or clears both (of one edge, or of all).
pub async fn set(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    let fault: NewFault = read(&body)?;
    match (fault.edge.clone(), fault.clear, fault.hold) {
        (edge, true, false) => state.clear_faults(edge.as_deref()),
        // It ends by `clear`: over HTTP nobody has a handle to drop.
        (Some(edge), false, true) => drop(state.add_gate(&edge)),
        (Some(edge), false, false) => state.fault(fault.fault(&edge)),
        _ => return Err(Wrong::new("say an edge, and at most one of hold and clear")),
    }
    Ok(done())
}
