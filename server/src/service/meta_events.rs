//! What Meta calls us with: a person removed the app, wants their data deleted, or changed their permissions.
//!
//! A call is checked, kept, and answered; in the same transaction every agency that knows the person gets a job. The
//! same event twice is one.

mod due;
mod ends;
mod erase;
mod status;
mod tell;

use std::collections::HashMap;

use app::routes;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::{Portal, Result, portal::job};
use crate::{
    domain::agency::AgencyScope,
    meta::{
        signed_request::{self, SignedRequest},
        webhook,
    },
    store::{
        lookup,
        meta_events::{self, Model as MetaEvent, kind},
    },
    vault::secret_hash,
};

pub use crate::meta::{signed_request::Refused, webhook::Subscription};

/// A moment of Meta's that is further ahead of ours than this is none.
const AHEAD_MAX: TimeDelta = TimeDelta::days(1);

/// What Meta wants to hear about a deletion (docs: data-deletion-callback).
pub struct Promise {
    /// Where the person reads how far it is.
    pub url: String,
    /// What they name when they ask.
    pub confirmation_code: String,
}

/// Why a webhook was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRefused {
    #[error("the signature does not fit")]
    WrongSignature,
    #[error("the body is no JSON object")]
    Unreadable,
}

/// What is told of a person.
struct Told<'a> {
    kind: &'static str,
    person: &'a str,
    issued_at: Option<DateTime<Utc>>,
    /// The same when it is told again.
    content: &'a str,
}

impl Portal {
    /// A person removed the app at Meta.
    ///
    /// # Errors
    /// [`super::Error::NoMetaApp`], or when the database fails; within, when it is not Meta's.
    pub async fn receive_deauthorization(
        &self,
        signed: &str,
    ) -> Result<std::result::Result<(), Refused>> {
        let request = match signed_request::read(&self.graph()?.config().app_secret, signed) {
            Ok(request) => request,
            Err(refused) => return Ok(Err(refused)),
        };
        let told = Told {
            kind: kind::DEAUTHORIZED,
            person: &request.user_id,
            issued_at: request.issued_at,
            content: &content(&request, signed),
        };
        let tx = self.begin().await?;
        let known = known(&tx, &[told.person]).await?;
        // Of whom nothing is known, nothing is kept.
        if let Some(agencies) = known.get(told.person) {
            self.keep_event(&tx, &told, agencies).await?;
        }
        self.commit(tx).await?;
        Ok(Ok(()))
    }

    /// A person wants their data deleted. Whoever is unknown gets an answer too.
    ///
    /// # Errors
    /// As [`Portal::receive_deauthorization`].
    pub async fn receive_deletion(
        &self,
        signed: &str,
    ) -> Result<std::result::Result<Promise, Refused>> {
        let request = match signed_request::read(&self.graph()?.config().app_secret, signed) {
            Ok(request) => request,
            Err(refused) => return Ok(Err(refused)),
        };
        let told = Told {
            kind: kind::DELETION,
            person: &request.user_id,
            issued_at: request.issued_at,
            content: &content(&request, signed),
        };
        let tx = self.begin().await?;
        let known = known(&tx, &[told.person]).await?;
        let agencies = known.get(told.person).map_or(&[][..], Vec::as_slice);
        self.keep_event(&tx, &told, agencies).await?;
        self.commit(tx).await?;
        let code = self.keys.deletion_code(&self.digest_of(&told));
        let code = code.expose_secret();
        Ok(Ok(Promise {
            url: self.absolute(&routes::deletion(code)),
            confirmation_code: code.to_owned(),
        }))
    }

    /// People changed what they permit. What is unknown is counted and let be.
    ///
    /// # Errors
    /// As [`Portal::receive_deauthorization`].
    pub async fn receive_webhook(
        &self,
        signature: &str,
        body: &[u8],
    ) -> Result<std::result::Result<(), WebhookRefused>> {
        if !webhook::is_signed(&self.graph()?.config().app_secret, signature, body) {
            return Ok(Err(WebhookRefused::WrongSignature));
        }
        let Some(delivery) = webhook::read(body) else {
            return Ok(Err(WebhookRefused::Unreadable));
        };
        let ignored = u64::try_from(delivery.ignored).unwrap_or(u64::MAX);
        metrics::counter!("portico_meta_events_total", "kind" => "unknown").increment(ignored);
        if delivery.changes.is_empty() {
            return Ok(Ok(()));
        }
        let people: Vec<&str> = { delivery.changes.iter() }
            .map(|change| change.user_id.as_str())
            .collect();
        let tx = self.begin().await?;
        let known = known(&tx, &people).await?;
        for change in &delivery.changes {
            let Some(agencies) = known.get(&change.user_id) else {
                continue;
            };
            let told = Told {
                kind: kind::PERMISSIONS,
                person: &change.user_id,
                issued_at: change.at,
                content: &change.content,
            };
            self.keep_event(&tx, &told, agencies).await?;
        }
        self.commit(tx).await?;
        Ok(Ok(()))
    }

    /// What Meta hears when somebody subscribes to the webhook; nothing where the verify token is another one, or
    /// none was configured.
    #[must_use]
    pub fn answer_subscription<'a>(&self, asked: &'a Subscription) -> Option<&'a str> {
        asked.answer(self.webhook_verify_token.as_ref()?)
    }

    /// Keeps an event, with a job for each agency that it concerns, unless it is known already.
    async fn keep_event(
        &self,
        tx: &DatabaseTransaction,
        told: &Told<'_>,
        agencies: &[AgencyScope],
    ) -> Result<()> {
        let (id, now) = (self.new_id(), self.now());
        let digest = self.digest_of(told);
        let is_over = agencies.is_empty();
        let code_hash = (told.kind == kind::DELETION).then(|| {
            let code = self.keys.deletion_code(&digest);
            secret_hash(code.expose_secret()).to_vec()
        });
        let row = MetaEvent {
            id,
            kind: told.kind.to_owned(),
            meta_user_id: (!is_over).then(|| told.person.to_owned()),
            digest: digest.to_vec(),
            code_hash,
            issued_at: told
                .issued_at
                .filter(|at| *at < now + AHEAD_MAX)
                .unwrap_or(now),
            received_at: now,
            handled_at: is_over.then_some(now),
        };
        if !meta_events::create(tx, row, agencies).await? {
            return Ok(());
        }
        metrics::counter!("portico_meta_events_total", "kind" => told.kind).increment(1);
        for scope in agencies {
            self.enqueue(tx, *scope, job::META_EVENT, id).await?;
        }
        Ok(())
    }

    fn digest_of(&self, told: &Told<'_>) -> [u8; 32] {
        self.keys.event_digest(told.kind, told.content)
    }

    /// The job behind an event: what an agency does about it.
    ///
    /// # Errors
    /// [`super::Error::Conflict`] to try again later; otherwise when the database fails.
    pub async fn handle_meta_event(
        &self,
        scope: AgencyScope,
        id: Uuid,
        is_last_try: bool,
    ) -> Result<()> {
        let Some(event) = meta_events::open(self.db.reader(), scope, id).await? else {
            return Ok(());
        };
        if let Some(person) = event.meta_user_id.clone() {
            if event.kind == kind::PERMISSIONS {
                self.check_soon(scope, &person).await?;
            } else {
                self.end_person(scope, &event, &person, is_last_try).await?;
            }
        }
        let tx = self.begin().await?;
        meta_events::finish(&tx, scope, id, self.now()).await?;
        self.commit(tx).await
    }
}

/// Who of these people is known, and to which agencies.
async fn known(
    tx: &DatabaseTransaction,
    people: &[&str],
) -> Result<HashMap<String, Vec<AgencyScope>>> {
    let mut known: HashMap<String, Vec<AgencyScope>> = HashMap::new();
    for (person, scope) in lookup::agencies_of_people(tx, people).await? {
        known.entry(person).or_default().push(scope);
    }
    Ok(known)
}

/// A signed request as a text that is the same when it comes again, however it is padded then.
fn content(request: &SignedRequest, signed: &str) -> String {
    match request.issued_at {
        Some(at) => format!("{}.{}", request.user_id, at.timestamp()),
        None => signed.to_owned(),
    }
}
