//! Who works here, where they are signed in, and whom the door is closed to.

use app::model::{PersonRow, Role, SessionView, TeamView};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    actor::{Origin, StaffActor, Who},
    audit::Event,
};
use crate::{
    domain::{agency::AgencyScope, client::fold_email, numbers::FRESH_SIGN_IN, role::Permission},
    store::{self, Write, second_factors, sessions},
};

impl Portal {
    /// Everybody who works here, with their sessions.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn team(&self, actor: &StaffActor) -> Result<TeamView> {
        actor.require(Permission::SeeTeam)?;
        let (db, scope) = (self.db.reader(), actor.scope);
        let agency = store::agencies::get(db, scope)
            .await?
            .ok_or(Error::NotFound)?;
        let protected = second_factors::confirmed(db, scope).await?;
        let open = self.open_sessions(scope).await?;
        let mut people = Vec::new();
        for person in store::staff::all(db, scope).await? {
            let role = Role::from_code(&person.role)
                .ok_or_else(|| Error::internal("a role that nobody knows"))?;
            let sessions = open
                .iter()
                .filter(|(session, _)| session.staff_id == person.id)
                .map(|(session, origin)| session_view(session, origin, actor))
                .collect();
            people.push(PersonRow {
                id: person.id,
                email: person.email,
                role,
                is_self: person.id == actor.id,
                has_signed_in: person.password_hash.is_some(),
                has_second_factor: protected.contains(&person.id),
                disabled_at: person.disabled_at,
                sessions,
            });
        }
        Ok(TeamView {
            people,
            is_required: agency.second_factor_required,
            may_manage: actor.may(Permission::ManageTeam),
            may_require: protected.contains(&actor.id),
        })
    }

    /// Ends a session: one's own, or anybody's for those who see the team.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is over already or is not theirs to end.
    pub async fn end_session(&self, actor: &StaffActor, id: Uuid) -> Result<()> {
        let tx = self.begin().await?;
        let session = sessions::get(&tx, actor.scope, id)
            .await?
            .filter(|session| session.staff_id == actor.id || actor.may(Permission::SeeTeam))
            .ok_or(Error::NotFound)?;
        if sessions::end(&tx, actor.scope, id).await? == Write::Conflict {
            return Err(Error::NotFound);
        }
        let who = actor.who();
        let event = Event::about_staff(&who, "staff.session_ended", session.staff_id);
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await
    }

    /// Closes the door to a person: their sessions and one-time links end at once.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for oneself, so that an owner is always left; [`Error::StaleSignIn`].
    pub async fn disable_staff(&self, actor: &StaffActor, id: Uuid) -> Result<()> {
        self.set_disabled(actor, id, Some(self.now())).await
    }

    /// Lets a disabled person in again, with the password they had.
    ///
    /// # Errors
    /// As [`Self::disable_staff`].
    pub async fn enable_staff(&self, actor: &StaffActor, id: Uuid) -> Result<()> {
        self.set_disabled(actor, id, None).await
    }

    async fn set_disabled(
        &self,
        actor: &StaffActor,
        id: Uuid,
        since: Option<DateTime<Utc>>,
    ) -> Result<()> {
        actor.require(Permission::ManageTeam)?;
        let (scope, now) = (actor.scope, self.now());
        actor.require_fresh(now, FRESH_SIGN_IN)?;
        let tx = self.begin().await?;
        // Two owners who disable each other at once: the second one finds themselves disabled.
        store::agencies::hold(&tx, scope, now).await?;
        let is_still_here = store::staff::get(&tx, scope, actor.id)
            .await?
            .is_some_and(|person| person.disabled_at.is_none());
        let person = store::staff::get(&tx, scope, id)
            .await?
            .ok_or(Error::NotFound)?;
        if person.id == actor.id || !is_still_here {
            return Err(Error::Forbidden);
        }
        if person.disabled_at.is_some() == since.is_some() {
            return Ok(());
        }
        store::staff::set_disabled(&tx, scope, id, since, now).await?;
        if since.is_some() {
            sessions::end_all_of(&tx, scope, id, None).await?;
            store::staff::end_links(&tx, scope, id, now).await?;
        }
        let action = if since.is_some() {
            "staff.disabled"
        } else {
            "staff.enabled"
        };
        let who = actor.who();
        self.record(&tx, scope, Event::about_staff(&who, action, id))
            .await?;
        self.commit(tx).await
    }

    /// Takes the second factor of a person away who lost phone and recovery codes. Their sessions end.
    ///
    /// # Errors
    /// When the role does not allow it, [`Error::StaleSignIn`], [`Error::NotFound`].
    pub async fn reset_second_factor(&self, actor: &StaffActor, id: Uuid) -> Result<()> {
        actor.require(Permission::ManageTeam)?;
        actor.require_fresh(self.now(), FRESH_SIGN_IN)?;
        self.reset_for(actor.scope, &actor.who(), id).await
    }

    /// [`Self::reset_second_factor`] from the command line, for the last owner.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn reset_second_factor_of(&self, scope: AgencyScope, email: &str) -> Result<()> {
        let person = store::staff::by_email(self.db.reader(), scope, &fold_email(email))
            .await?
            .ok_or(Error::NotFound)?;
        self.reset_for(scope, &Who::Operator, person.id).await
    }

    async fn reset_for(&self, scope: AgencyScope, who: &Who, id: Uuid) -> Result<()> {
        let tx = self.begin().await?;
        store::staff::get(&tx, scope, id)
            .await?
            .ok_or(Error::NotFound)?;
        second_factors::remove(&tx, scope, id).await?;
        sessions::end_all_of(&tx, scope, id, None).await?;
        let event = Event::about_staff(who, "staff.second_factor_reset", id);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    /// Requires a second factor of everybody, or no longer. Whoever has none is signed out, and sets one
    /// up at the next sign-in.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for an owner who has none: they would lock themselves out.
    pub async fn require_second_factor(&self, actor: &StaffActor, is_required: bool) -> Result<()> {
        actor.require(Permission::ManageTeam)?;
        let (scope, now) = (actor.scope, self.now());
        actor.require_fresh(now, FRESH_SIGN_IN)?;
        let tx = self.begin().await?;
        let own = second_factors::get(&tx, scope, actor.id).await?;
        if is_required && own.is_none_or(|factor| factor.confirmed_at.is_none()) {
            return Err(Error::Forbidden);
        }
        store::agencies::require_second_factor(&tx, scope, is_required, now).await?;
        if is_required {
            sessions::end_without_second_factor(&tx, scope).await?;
        }
        let action = if is_required {
            "agency.second_factor_required"
        } else {
            "agency.second_factor_optional"
        };
        let who = actor.who();
        self.record(&tx, scope, Event::about_agency(&who, action, scope))
            .await?;
        self.commit(tx).await
    }
}

/// A session as its person, or an admin, sees it.
pub(super) fn session_view(
    session: &sessions::Model,
    origin: &Origin,
    actor: &StaffActor,
) -> SessionView {
    SessionView {
        id: session.id,
        is_this: session.id == actor.session,
        signed_in_at: session.created_at,
        last_seen_at: session.last_seen_at,
        address: origin.address.map(|address| address.to_string()),
        user_agent: origin.user_agent.clone(),
    }
}
