use std::{
    sync::{Arc, RwLock},
    time::Duration,
};

use app::model::JobKind;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use secrecy::SecretString;
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::{Error, Result, brand};
use crate::{
    domain::{
        agency::AgencyScope,
        clock::SharedClock,
        rng::{SharedRng, new_id, new_secret},
    },
    mail::Mailer,
    meta::Graph,
    store::{self, Database},
    vault::{InstallationKeys, PasswordHasher, Vault},
};

pub mod job;

/// What every use case works with. The same for the server, the worker, the command line and the tests.
pub struct Portal {
    pub db: Database,
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub vault: Vault,
    pub keys: InstallationKeys,
    /// Where no Meta app is configured, nobody can sign in with Facebook; all else works.
    pub graph: Option<Graph>,
    /// What Meta has to say when somebody subscribes to the webhook.
    pub webhook_verify_token: Option<SecretString>,
    /// How long a page waits for Meta before it shows that the work goes on.
    pub patience: Duration,
    pub mailer: Mailer,
    pub passwords: PasswordHasher,
    /// The portal's public origin, for links in mails.
    pub origin: String,
    /// Rings when a job was enqueued, so that a worker in this process need not wait for its next look.
    pub wake: Arc<Notify>,
    /// The first agency as it was last seen. See [`Portal::last_face`].
    pub face: RwLock<(Option<AgencyScope>, app::model::AgencyView)>,
    /// What this process remembers of health.
    pub watched: super::health::Watched,
    /// Work that outlives its request: a graceful stop waits for it.
    pub tasks: TaskTracker,
}

impl Portal {
    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new id.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        new_id(&*self.rng, self.clock.now())
    }

    /// A new secret for a link, a state or a session.
    #[must_use]
    pub fn new_secret(&self) -> SecretString {
        new_secret(&*self.rng)
    }

    /// The Graph client.
    ///
    /// # Errors
    /// [`Error::NoMetaApp`].
    pub fn graph(&self) -> Result<&Graph> {
        self.graph.as_ref().ok_or(Error::NoMetaApp)
    }

    /// An absolute address of ours, for mails and the command line.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// A transaction that will write.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self) -> Result<DatabaseTransaction> {
        Ok(self.db.begin().await?)
    }

    /// Commits, and wakes the worker for what was enqueued.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commit(&self, tx: DatabaseTransaction) -> Result<()> {
        tx.commit().await?;
        self.wake.notify_one();
        Ok(())
    }

    /// Enqueues a job that is due now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enqueue(
        &self,
        db: &impl ConnectionTrait,
        scope: AgencyScope,
        kind: JobKind,
        subject: Uuid,
    ) -> std::result::Result<(), DbErr> {
        self.enqueue_at(db, scope, kind, subject, self.now()).await
    }

    /// Enqueues a job that is due at a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enqueue_at(
        &self,
        db: &impl ConnectionTrait,
        scope: AgencyScope,
        kind: JobKind,
        subject: Uuid,
        run_at: DateTime<Utc>,
    ) -> std::result::Result<(), DbErr> {
        let new = store::jobs::New {
            id: self.new_id(),
            kind: kind.code(),
            subject: Some(subject),
            urgency: job::urgency(kind),
            run_at,
        };
        store::jobs::enqueue(db, scope, new, self.now()).await
    }

    /// The agency as pages and mails show it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agency(&self, scope: AgencyScope) -> Result<app::model::AgencyView> {
        let row = store::agencies::get(self.db.reader(), scope)
            .await?
            .ok_or(Error::NotFound)?;
        let view = brand::view(row);
        self.see_face(scope, &view);
        Ok(view)
    }

    /// The agency that speaks on pages which belong to none, such as the sign-in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_agency(&self) -> Result<(AgencyScope, app::model::AgencyView)> {
        let (scope, row) = store::lookup::first_agency(self.db.reader())
            .await?
            .ok_or(Error::NotFound)?;
        let view = brand::view(row);
        self.see_face(scope, &view);
        Ok((scope, view))
    }
}
