//! The log of calls to the portal, and what is waiting to be called.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::SandboxState;
use crate::callbacks::Parcel;
use crate::{Config, random};

/// Why the portal is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    Deauthorization,
    DataDeletion,
    Webhook,
    /// Whether the portal expects webhooks.
    Verification,
}

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is under way, or will be tried again.
    Waiting,
    Delivered,
    /// It will not be tried again, unless asked for.
    Failed,
}

/// A call to the portal, as `GET /_control/deliveries` lists it. Repeated it is the same, byte
/// for byte.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Delivery {
    /// The same however often it is sent.
    pub id: String,
    pub kind: DeliveryKind,
    /// Id of the person it is about, if it is about one.
    pub person: Option<String>,
    /// Path at the callback address.
    pub path: String,
    /// As sent.
    pub body: String,
    pub state: DeliveryState,
    pub attempts: Vec<Attempt>,
    #[serde(skip)]
    parcel: Parcel,
}

/// One try of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// Sandbox time of the answer, unix seconds.
    pub at: i64,
    pub status: Option<u16>,
    /// Why it does not count; absent: it worked.
    pub problem: Option<String>,
    /// To a deletion request.
    pub answer: Option<DeletionAnswer>,
}

/// Where the person sees how the deletion of their data goes, and under which name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeletionAnswer {
    pub url: String,
    pub confirmation_code: String,
}

/// A delivery to be made now, with the pauses before further tries.
pub(crate) struct Errand {
    pub id: String,
    pub parcel: Parcel,
    pub pauses: Vec<u64>,
}

/// The log, and who waits for it.
pub(crate) struct Outbox {
    pub(super) config: Arc<Config>,
    log: Vec<Delivery>,
    waiting: Vec<Errand>,
    /// Told of every change.
    changes: watch::Sender<()>,
    /// The portal answered the challenge: webhooks are sent.
    pub(crate) subscribed: bool,
}

impl Attempt {
    pub(crate) fn new(at: i64) -> Self {
        Self {
            at,
            status: None,
            problem: None,
            answer: None,
        }
    }

    /// Whether the portal took it.
    pub fn worked(&self) -> bool {
        self.problem.is_none()
    }
}

impl Outbox {
    pub(crate) fn new(config: Arc<Config>) -> Self {
        Self {
            config,
            log: Vec::new(),
            waiting: Vec::new(),
            changes: watch::Sender::new(()),
            subscribed: false,
        }
    }

    /// The same with nothing in it, for whoever waits now.
    pub(crate) fn emptied(&self) -> Self {
        self.changes.send_replace(());
        Self {
            changes: self.changes.clone(),
            ..Self::new(self.config.clone())
        }
    }

    /// Every delivery, oldest first.
    pub(crate) fn log(&self) -> &[Delivery] {
        &self.log
    }

    /// Puts a call on the log and hands it to the sender. Tells its id.
    pub(super) fn add(
        &mut self,
        kind: DeliveryKind,
        person: Option<&str>,
        parcel: Parcel,
        pauses: &[u64],
    ) -> String {
        let id = random::id();
        self.log.push(Delivery {
            id: id.clone(),
            kind,
            person: person.map(str::to_owned),
            path: parcel.path().to_owned(),
            body: parcel.body().to_owned(),
            state: DeliveryState::Waiting,
            attempts: Vec::new(),
            parcel: parcel.clone(),
        });
        self.waiting.push(Errand {
            id: id.clone(),
            parcel,
            pauses: pauses.to_vec(),
        });
        self.changes.send_replace(());
        id
    }
}

impl SandboxState {
    /// Every call to the portal, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.lock().outbox.log.clone()
    }

    /// Waits until every call to the portal is delivered or given up.
    pub async fn deliveries_settled(&self) {
        let mut changes = self.lock().outbox.changes.subscribe();
        loop {
            let is_settled = |delivery: &Delivery| delivery.state != DeliveryState::Waiting;
            if self.lock().outbox.log.iter().all(is_settled) {
                return;
            }
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    /// Sends a delivery once more, the same bytes. Whether there is one of this id.
    pub fn redeliver(&self, id: &str) -> bool {
        let mut data = self.lock();
        let outbox = &mut data.outbox;
        let mut log = outbox.log.iter_mut();
        let Some(delivery) = log.find(|delivery| delivery.id == id) else {
            return false;
        };
        delivery.state = DeliveryState::Waiting;
        outbox.waiting.push(Errand {
            id: delivery.id.clone(),
            parcel: delivery.parcel.clone(),
            pauses: Vec::new(),
        });
        outbox.changes.send_replace(());
        true
    }

    /// Asks the portal, as Meta's dashboard does, whether it expects webhooks; if it answers the
    /// challenge, `permissions` webhooks are sent from now on. Waits for the answer.
    pub async fn subscribe(&self, verify_token: &str) -> bool {
        let parcel = Parcel::verification(verify_token);
        let id = {
            let mut data = self.lock();
            data.outbox.subscribed = false;
            data.outbox
                .add(DeliveryKind::Verification, None, parcel, &[])
        };
        self.deliveries_settled().await;
        let mut data = self.lock();
        let delivered =
            |delivery: &Delivery| delivery.id == id && delivery.state == DeliveryState::Delivered;
        data.outbox.subscribed = data.outbox.log.iter().any(delivered);
        data.outbox.subscribed
    }

    /// Sends no more webhooks.
    pub fn unsubscribe(&self) {
        self.lock().outbox.subscribed = false;
    }

    /// Sends any webhook, signed, whether there is a subscription or not. Tells its id.
    pub fn send_webhook(&self, content: &Value) -> String {
        let parcel = Parcel::webhook(self.config(), content);
        let mut data = self.lock();
        let pauses = data.settings.retry_seconds.clone();
        data.outbox
            .add(DeliveryKind::Webhook, None, parcel, &pauses)
    }

    /// Waits until there may be something to send.
    pub(crate) async fn errand(&self) {
        let mut changes = {
            let data = self.lock();
            if !data.outbox.waiting.is_empty() {
                return;
            }
            data.outbox.changes.subscribe()
        };
        // An error means the sandbox is gone, and with it the task that waits here.
        let _ = changes.changed().await;
    }

    pub(crate) fn take_errands(&self) -> Vec<Errand> {
        std::mem::take(&mut self.lock().outbox.waiting)
    }

    /// Writes a try down. `false`: the log was emptied meanwhile, so it is no longer of interest.
    pub(crate) fn record(&self, id: &str, attempt: Attempt, is_last: bool) -> bool {
        let mut data = self.lock();
        let mut log = data.outbox.log.iter_mut();
        let Some(delivery) = log.find(|delivery| delivery.id == id) else {
            return false;
        };
        delivery.state = match (attempt.worked(), is_last) {
            (true, _) => DeliveryState::Delivered,
            (false, true) => DeliveryState::Failed,
            (false, false) => DeliveryState::Waiting,
        };
        delivery.attempts.push(attempt);
        data.outbox.changes.send_replace(());
        true
    }
}

impl Outbox {
    /// For the state that a person looks at.
    pub(crate) fn summary(&self) -> Value {
        json!({ "subscribed": self.subscribed, "deliveries": self.log.len() })
    }
}
