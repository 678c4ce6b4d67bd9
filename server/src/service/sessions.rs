//! Sessions of staff: opened by a password and a second factor, used by a cookie, ended by a click.

use app::model::Role;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    actor::{Origin, StaffActor},
    audit::Event,
};
use crate::{
    domain::{
        agency::AgencyScope,
        numbers::{SECOND_STEP_LIFE, STAFF_ABSOLUTE, STAFF_IDLE},
    },
    store::{self, entity::staff, lookup, sessions},
    vault::secret_hash,
};

/// The secret of a new session, for the cookie, and what it opens.
pub enum Opened {
    /// Everything that the person may do.
    Desk(SecretString),
    /// The page that asks for the code of the second factor, and nothing else.
    SecondStep(SecretString),
}

impl Portal {
    /// Opens what a right password opens: the desk, or the second step for those who have a second
    /// factor or have to set one up. The browser's earlier session of the same person ends.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn open_after_password(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        person: &staff::Model,
        previous: Option<&SecretString>,
        origin: &Origin,
    ) -> Result<Opened> {
        let agency = store::agencies::get(tx, scope)
            .await?
            .ok_or(Error::NotFound)?;
        let factor = store::second_factors::get(tx, scope, person.id).await?;
        let is_confirmed = factor
            .as_ref()
            .is_some_and(|factor| factor.confirmed_at.is_some());
        if agency.second_factor_required && factor.is_none() {
            self.new_second_factor(tx, scope, person.id).await?;
        }
        let has_second_step = is_confirmed || agency.second_factor_required;
        let stage = if has_second_step {
            sessions::SECOND_FACTOR
        } else {
            sessions::FULL
        };
        let secret = self
            .open_session(tx, scope, person.id, stage, origin)
            .await?;
        if let Some(previous) = previous {
            self.take_over(tx, scope, person.id, previous, &secret)
                .await?;
        }
        Ok(if has_second_step {
            Opened::SecondStep(secret)
        } else {
            Opened::Desk(secret)
        })
    }

    /// Opens a session in a stage.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn open_session(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        staff: Uuid,
        stage: &str,
        origin: &Origin,
    ) -> Result<SecretString> {
        let secret = self.new_secret();
        let (id, now) = (self.new_id(), self.now());
        let origin = self
            .seal_origin(tx, scope, staff, "staff", id, origin)
            .await?;
        let life = if stage == sessions::FULL {
            STAFF_ABSOLUTE
        } else {
            SECOND_STEP_LIFE
        };
        let row = sessions::Model {
            id,
            agency_id: scope.agency(),
            staff_id: staff,
            secret_hash: secret_hash(secret.expose_secret()).to_vec(),
            created_at: now,
            last_seen_at: now,
            expires_at: now + life,
            stage: stage.to_owned(),
            origin_sealed: Some(origin),
        };
        sessions::create(tx, row).await?;
        Ok(secret)
    }

    /// Ends the session that a new one takes the place of; if it is the same person's, what they had
    /// typed goes over to it.
    pub(super) async fn take_over(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        staff: Uuid,
        previous: &SecretString,
        next: &SecretString,
    ) -> Result<()> {
        let old = secret_hash(previous.expose_secret());
        let Some((of, session)) = lookup::session(tx, &old).await? else {
            return Ok(());
        };
        // Nobody holds the cookie of the old one from now on, whosever it was.
        sessions::end(tx, of, session.id).await?;
        if of != scope || session.staff_id != staff {
            return Ok(());
        }
        let new = secret_hash(next.expose_secret());
        store::drafts::hand_over(tx, &old, &new).await?;
        Ok(())
    }

    /// The session behind a cookie and its person, if it is in this stage and neither is over.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn session_in(
        &self,
        stage: &str,
        secret: &SecretString,
    ) -> Result<Option<(AgencyScope, sessions::Model, staff::Model)>> {
        let db = self.db.reader();
        let hash = secret_hash(secret.expose_secret());
        let Some((scope, session)) = lookup::session(db, &hash).await? else {
            return Ok(None);
        };
        let now = self.now();
        let is_over = session.expires_at <= now || session.last_seen_at + STAFF_IDLE <= now;
        if is_over || session.stage != stage {
            return Ok(None);
        }
        let person = store::staff::get(db, scope, session.staff_id)
            .await?
            .filter(|person| person.disabled_at.is_none());
        Ok(person.map(|person| (scope, session, person)))
    }

    /// The member of staff behind a session cookie.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn authenticate(
        &self,
        secret: &SecretString,
        origin: Origin,
    ) -> Result<Option<StaffActor>> {
        let found = self.session_in(sessions::FULL, secret).await?;
        let Some((scope, session, person)) = found else {
            return Ok(None);
        };
        let role = Role::from_code(&person.role)
            .ok_or_else(|| Error::internal("a role that nobody knows"))?;
        // Once a minute is enough for a limit of 60 minutes, and spares a write with each page.
        let now = self.now();
        if now - session.last_seen_at >= TimeDelta::minutes(1) {
            sessions::touch(self.db.counter(), scope, session.id, now).await?;
        }
        Ok(Some(StaffActor {
            scope,
            id: person.id,
            email: person.email,
            role,
            session: session.id,
            session_hash: secret_hash(secret.expose_secret()),
            signed_in_at: session.created_at,
            origin,
        }))
    }

    /// Ends the actor's session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, actor: &StaffActor) -> Result<()> {
        let tx = self.begin().await?;
        sessions::end(&tx, actor.scope, actor.session).await?;
        let who = actor.who();
        let event = Event::about_staff(&who, "staff.sign_out", actor.id);
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await
    }

    /// The sessions of an agency that still open something, the last used first, with where each was opened.
    ///
    /// # Errors
    /// When the database fails or a seal does not open.
    pub(super) async fn open_sessions(
        &self,
        scope: AgencyScope,
    ) -> Result<Vec<(sessions::Model, Origin)>> {
        let now: DateTime<Utc> = self.now();
        let rows = sessions::open(self.db.reader(), scope, now - STAFF_IDLE, now).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let origin = match &row.origin_sealed {
                Some(sealed) => {
                    let opened = (row.id, row.created_at);
                    self.open_origin(self.db.reader(), scope, row.staff_id, opened, sealed)
                        .await?
                }
                None => None,
            };
            all.push((row, origin.unwrap_or_default()));
        }
        Ok(all)
    }
}
