//! Notices when Meta answers with another version than the one that is asked for.
//!
//! A version that has ended is served by the next one that has not (docs/graph-api/guides/versioning), without an
//! error: fields may be missing before anybody knows why.

use std::sync::{Mutex, PoisonError};

use super::usage::Told;

/// What Meta says about the version that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    pub asked: String,
    /// Such as `v26.0`.
    pub answered: String,
    /// Meta's words about a version of the Ads API that is about to end.
    pub warning: Option<String>,
}

/// Remembers the latest answer.
#[derive(Debug, Default)]
pub(super) struct Versions(Mutex<Option<Drift>>);

impl Versions {
    /// Looks at the headers of an answer. What is new is logged once.
    pub fn hear(&self, asked: &str, told: &Told) {
        let Some(answered) = &told.version else {
            return;
        };
        let is_other = answered != asked || told.warning.is_some();
        let drift = is_other.then(|| Drift {
            asked: asked.to_owned(),
            answered: answered.clone(),
            warning: told.warning.clone(),
        });
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if *kept == drift {
            return;
        }
        if is_other {
            tracing::warn!(
                asked,
                answered,
                warning = told.warning,
                "Meta answers with another version: set PORTICO_META__GRAPH_VERSION"
            );
        }
        *kept = drift;
    }

    pub fn drift(&self) -> Option<Drift> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
