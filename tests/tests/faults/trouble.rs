//! The columns of the table.

use std::fmt;

use sandbox::{Fault, FaultKind, Preset, presets};

/// A fault that the sandbox knows, and when it strikes.
#[derive(Clone, Copy, Debug)]
pub struct Trouble {
    pub preset: &'static Preset,
    /// Meta has done its work, and only the answer is lost.
    pub after_work: bool,
}

impl Trouble {
    /// All that are over at once.
    pub fn quick() -> Vec<Self> {
        let (_, quick) = Self::all();
        quick
    }

    /// All that let us wait.
    pub fn slow() -> Vec<Self> {
        let (slow, _) = Self::all();
        slow
    }

    /// Every preset; and one of each kind that comes instead of an answer once more after Meta's work.
    fn all() -> (Vec<Self>, Vec<Self>) {
        let at_once = presets().map(|preset| Self {
            preset,
            after_work: false,
        });
        let mut kinds = Vec::new();
        let lost = presets().filter(|preset| {
            let is_first = preset.action == "retry" && !kinds.contains(&preset.kind);
            kinds.push(preset.kind);
            is_first
        });
        let lost: Vec<_> = lost.collect();
        let lost = lost.into_iter().map(|preset| Self {
            preset,
            after_work: true,
        });
        let waits =
            |trouble: &Self| matches!(trouble.preset.kind, FaultKind::Hang | FaultKind::Slow);
        at_once.chain(lost).partition(waits)
    }

    /// It, until it is cleared.
    pub fn fault(&self, edge: &str) -> Fault {
        let fault = Fault::preset(edge, self.preset.name).expect("a preset");
        Fault {
            times: Fault::UNTIL_CLEARED,
            after_work: self.after_work,
            // Beyond the patience of a page, within that of a call: the tests of slow answers say how long.
            latency_ms: fault.latency_ms.min(900),
            ..fault
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = if self.after_work { " after work" } else { "" };
        write!(f, "{}{after}", self.preset.name)
    }
}
