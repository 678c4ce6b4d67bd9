//! The contents behind the lock, and what a consent is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::usage::Usage;
use super::{Call, Code, Dialog, Fault, Gate, NextLogin, Report, Settings, Subject, Token, faults};
use crate::{Clock, Seed};

/// Everything that changes while the sandbox runs.
pub struct Data {
    pub(crate) clock: Clock,
    pub(crate) world: Seed,
    /// By person.
    pub(crate) consents: BTreeMap<String, Consent>,
    /// People that Meta has locked out until they act (190/459).
    pub(crate) blocked: BTreeSet<String>,
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) tokens: Vec<Token>,
    /// By the run's id.
    pub(crate) reports: HashMap<String, Report>,
    pub(crate) calls: Vec<Call>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) gates: Vec<Arc<Gate>>,
    /// One for each call that hangs, by its fault's edge.
    pub(crate) hanging: Vec<Arc<Gate>>,
    pub(crate) usage: Usage,
    /// The dashboard's *Require App Secret*.
    pub(crate) require_proof: bool,
    pub(crate) settings: Settings,
    /// By person.
    pub(crate) next_logins: BTreeMap<String, NextLogin>,
    pub(crate) dialogs: Vec<Dialog>,
}

/// What a person said about one permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PermissionStatus {
    Granted,
    Declined,
}

/// What a person has given to the app. It outlives tokens and ends when the app is removed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Consent {
    pub permissions: BTreeMap<String, PermissionStatus>,
    /// Ad accounts picked in the dialog (digits); absent: all, also future ones.
    pub assets: Option<BTreeSet<String>>,
    /// Last time through the dialog, unix seconds: data access ends 90 days later.
    pub logged_in_at: i64,
}

impl Consent {
    pub(crate) fn new(now: i64) -> Self {
        Self {
            permissions: BTreeMap::new(),
            assets: None,
            logged_in_at: now,
        }
    }

    pub(crate) fn has_declined(&self, scope: &str) -> bool {
        self.permissions.get(scope) == Some(&PermissionStatus::Declined)
    }

    pub(crate) fn set(&mut self, scope: &str, status: PermissionStatus) {
        self.permissions.insert(scope.to_owned(), status);
    }

    /// The permissions that stand, in alphabetical order.
    pub(crate) fn granted(&self) -> Vec<String> {
        let granted = self
            .permissions
            .iter()
            .filter(|(_, status)| **status == PermissionStatus::Granted);
        granted.map(|(scope, _)| scope.clone()).collect()
    }
}

impl Data {
    pub(crate) fn new(world: Seed) -> Self {
        Self {
            clock: Clock::default(),
            world,
            consents: BTreeMap::new(),
            blocked: BTreeSet::new(),
            codes: HashMap::new(),
            tokens: Vec::new(),
            reports: HashMap::new(),
            calls: Vec::new(),
            faults: Vec::new(),
            gates: Vec::new(),
            hanging: Vec::new(),
            usage: Usage::default(),
            require_proof: true,
            settings: Settings::default(),
            next_logins: BTreeMap::new(),
            dialogs: Vec::new(),
        }
    }

    /// Lets held and hanging calls go, of one edge or of all.
    pub(crate) fn open_gates(&self, edge: Option<&str>) {
        let all = self.gates.iter().chain(&self.hanging);
        let matching = all.filter(|gate| edge.is_none_or(|edge| gate.edge == edge));
        matching.for_each(|gate| gate.open());
    }

    /// A gate that one call waits at until the faults of `edge` are cleared.
    pub(crate) fn hang(&mut self, edge: &str) -> Arc<Gate> {
        let gate = Arc::new(Gate::new(edge));
        self.hanging.push(gate.clone());
        gate
    }

    /// Takes a permission back: from the consent and from every token of the person.
    pub(crate) fn revoke_permission(&mut self, person: &str, scope: &str) {
        if let Some(consent) = self.consents.get_mut(person) {
            consent.set(scope, PermissionStatus::Declined);
        }
        for token in self
            .tokens
            .iter_mut()
            .filter(|token| token.person == person)
        {
            token.scopes.retain(|granted| granted != scope);
        }
    }

    /// The fault that is to hit this call, if any; one time less remains of it.
    pub(crate) fn take_fault(&mut self, call: &Subject) -> Option<Fault> {
        faults::take(&mut self.faults, call)
    }
}
