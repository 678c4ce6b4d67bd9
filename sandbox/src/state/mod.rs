//! What the sandbox knows. One lock around it all; it is never held across an await.

mod calls;
mod data;
mod faults;
mod gates;
mod life;
mod logins;
mod presets;
mod reports;
mod settings;
mod system;
mod tokens;
mod usage;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

pub use calls::Call;
pub use data::{Consent, Data, PermissionStatus};
pub(crate) use faults::Subject;
pub use faults::{Fault, FaultKind};
pub(crate) use gates::Gate;
pub use gates::Hold;
pub use logins::{Dialog, NextLogin, Outcome, Quirks};
pub use presets::{NoSuchPreset, Preset, presets};
pub(crate) use reports::{RUN_DIGITS, RUN_PREFIX, Report};
pub use settings::{AppMode, CancelForm, DialogError, Settings, WithoutRole};
pub(crate) use tokens::{CODE_SECONDS, Code, CodeFor};
pub use tokens::{Event, Mint, NoSuchTarget, Target, Token, TokenEnd, TokenKind};
pub use usage::Quotas;
pub(crate) use usage::{Charge, Level as UsageLevel, UseCase};

use crate::{Config, Seed, SeedError};

/// A handle on a sandbox's state: to look at and to change from a test. Clones share the state.
#[derive(Clone)]
pub struct SandboxState {
    shared: Arc<Shared>,
}

struct Shared {
    config: Config,
    data: Mutex<Data>,
}

impl SandboxState {
    pub(crate) fn new(config: Config) -> Self {
        let data = Mutex::new(Data::new(config.seed.clone()));
        Self {
            shared: Arc::new(Shared { config, data }),
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.shared.config
    }

    /// The state itself. Short use only, and never across an await.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Data> {
        self.shared
            .data
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Every Graph call so far, in the order they were answered.
    pub fn calls(&self) -> Vec<Call> {
        self.lock().calls.clone()
    }

    /// Forgets the calls so far.
    pub fn clear_calls(&self) {
        self.lock().calls.clear();
    }

    /// Every token that was ever handed out or minted, oldest first.
    pub fn tokens(&self) -> Vec<Token> {
        self.lock().tokens.clone()
    }

    /// What a person has granted and declined, if they ever consented.
    pub fn consent(&self, person: &str) -> Option<Consent> {
        self.lock().consents.get(person).cloned()
    }

    /// People, businesses and ad accounts as they are now.
    pub fn world(&self) -> Seed {
        self.lock().world.clone()
    }

    /// Puts another world in place. Consents and tokens of people who are still there stand.
    ///
    /// # Errors
    /// As [`Seed::check`]; nothing changes then.
    pub fn set_world(&self, world: Seed) -> Result<(), SeedError> {
        world.check()?;
        self.lock().world = world;
        Ok(())
    }

    /// Puts a token into the world, without a login.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn mint(&self, mint: Mint) -> Result<Token, NoSuchTarget> {
        let app_id = self.config().app_id.clone();
        self.lock().mint(mint, &app_id)
    }

    /// Lets something happen to a person's tokens, or to one token.
    ///
    /// # Errors
    /// If there is no such person or token.
    pub fn event(&self, event: Event, target: &Target) -> Result<(), NoSuchTarget> {
        self.lock().happen(event, target)
    }

    /// Whether Graph calls with a user's token need `appsecret_proof` (on by default).
    pub fn set_require_proof(&self, required: bool) {
        self.lock().require_proof = required;
    }

    /// How much Meta allows from now on, of which what was used counts.
    pub fn set_quotas(&self, quotas: Quotas) {
        self.lock().usage.quotas = quotas;
    }

    /// Nothing of the quotas was used so far.
    pub fn forget_usage(&self) {
        self.lock().usage.forget();
    }

    /// How app, dialog and callbacks behave.
    pub fn settings(&self) -> Settings {
        self.lock().settings.clone()
    }

    /// Changes how app, dialog and callbacks behave.
    pub fn set_settings(&self, settings: Settings) {
        self.lock().settings = settings;
    }

    /// Says what is to be odd about a person's next login.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn next_login(&self, person: &str, next: NextLogin) -> Result<(), NoSuchTarget> {
        let mut data = self.lock();
        data.world.person(person).ok_or(NoSuchTarget)?;
        data.next_logins.insert(person.to_owned(), next);
        Ok(())
    }

    /// Every dialog that came to an end, oldest first.
    pub fn dialogs(&self) -> Vec<Dialog> {
        self.lock().dialogs.clone()
    }

    /// The sandbox's present.
    pub fn now(&self) -> DateTime<Utc> {
        self.lock().clock.now()
    }

    /// Moves the sandbox's present by so many seconds.
    pub fn advance(&self, seconds: i64) {
        self.lock().clock.advance(seconds);
    }

    /// Makes `now` the sandbox's present, from which time goes on.
    pub fn set_now(&self, now: DateTime<Utc>) {
        self.lock().clock.set(now);
    }

    /// Back to the seed: no consents, tokens, calls, faults; the computer's clock.
    pub fn reset(&self) {
        let fresh = Data::new(self.config().seed.clone());
        let old = std::mem::replace(&mut *self.lock(), fresh);
        old.open_gates(None);
    }

    /// Lets calls run into trouble, until the fault is used up or cleared. Of several that fit a
    /// call, the oldest hits.
    pub fn fault(&self, fault: Fault) {
        self.lock().faults.push(fault);
    }

    /// Removes faults, releases holds, and ends calls that hang, of one edge or of all. `*` is an
    /// edge of its own here: what was set for `*`.
    pub fn clear_faults(&self, edge: Option<&str>) {
        let mut data = self.lock();
        data.faults
            .retain(|fault| edge.is_some_and(|edge| fault.edge != edge));
        data.open_gates(edge);
        data.gates
            .retain(|gate| edge.is_some_and(|edge| gate.edge != edge));
        data.hanging
            .retain(|gate| edge.is_some_and(|edge| gate.edge != edge));
    }

    /// From now on every call on `edge` is worked on but not answered, until the returned hold
    /// is released or dropped.
    pub fn hold(&self, edge: &str) -> Hold {
        Hold::new(self.clone(), self.add_gate(edge))
    }

    pub(crate) fn add_gate(&self, edge: &str) -> Arc<Gate> {
        let gate = Arc::new(Gate::new(edge));
        self.lock().gates.push(gate.clone());
        gate
    }

    pub(crate) fn remove_gate(&self, gate: &Arc<Gate>) {
        self.lock().gates.retain(|other| !Arc::ptr_eq(other, gate));
    }

    /// Arrives at every gate of the edge, then waits until all are open.
    pub(crate) async fn pass_gates(&self, edge: &str) {
        let gates: Vec<_> = {
            let data = self.lock();
            data.gates
                .iter()
                .filter(|gate| gate.is_for(edge))
                .cloned()
                .collect()
        };
        gates.iter().for_each(|gate| gate.arrive());
        for gate in gates {
            gate.pass().await;
        }
    }
}
