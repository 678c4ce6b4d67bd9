//! Changing one's own password.

use app::{
    model::{FormState, Problem},
    text::Lang,
    validate,
};
use secrecy::{ExposeSecret, SecretString};

use super::{Error, Portal, Result, actor::StaffActor, audit::Event, sign_in::account_bucket};
use crate::{
    domain::{numbers::FRESH_SIGN_IN, rate},
    mail::Template,
    store::{self, sessions},
    vault::secret_hash,
};

/// What became of a change of a password.
pub enum PasswordChange {
    /// The secret of the one session that is left.
    Done(SecretString),
    /// What is wrong; nothing of what was typed.
    Refused(FormState),
    TooMany {
        retry_after_seconds: u64,
    },
}

impl Portal {
    /// Changes the actor's password. Every session of theirs ends, a new one takes the place of this one, and links to
    /// set a password end too. Wrong tries count as those of the sign-in do, and with them.
    ///
    /// # Errors
    /// When the sign-in is too long ago, or the database fails.
    pub async fn change_password(
        &self,
        actor: &StaffActor,
        current: &SecretString,
        new: &SecretString,
    ) -> Result<PasswordChange> {
        actor.require_fresh(self.now(), FRESH_SIGN_IN)?;
        let mut form = FormState::default();
        let is_missing = current.expose_secret().is_empty();
        form.refuse("current_password", is_missing.then_some(Problem::Required));
        form.refuse("new_password", validate::new_password(new.expose_secret()));
        if !form.problems.is_empty() {
            return Ok(PasswordChange::Refused(form));
        }
        let account = account_bucket(&actor.email);
        if let Some(retry_after_seconds) = self.over_limit(&account, rate::SIGN_IN_ACCOUNT).await? {
            return Ok(PasswordChange::TooMany {
                retry_after_seconds,
            });
        }
        let person = store::staff::get(self.db.reader(), actor.scope, actor.id)
            .await?
            .ok_or(Error::NotFound)?;
        if !self
            .verify_password(current.clone(), person.password_hash)
            .await?
        {
            self.refuse_change(actor).await?;
            form.refuse("current_password", Some(Problem::WrongPassword));
            return Ok(PasswordChange::Refused(form));
        }
        let hash = self.hash_password(new.clone()).await?;
        let session = self.write_password(actor, hash, &account).await?;
        Ok(PasswordChange::Done(session))
    }

    async fn refuse_change(&self, actor: &StaffActor) -> Result<()> {
        let tx = self.begin().await?;
        let who = actor.who();
        let event = Event::about_staff(&who, "staff.password_changed", actor.id).refused();
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await
    }

    async fn write_password(
        &self,
        actor: &StaffActor,
        hash: String,
        account: &str,
    ) -> Result<SecretString> {
        let (scope, id, now) = (actor.scope, actor.id, self.now());
        let tx = self.begin().await?;
        store::rates::clear(&tx, account).await?;
        store::staff::set_password(&tx, scope, id, hash, now).await?;
        store::staff::end_links(&tx, scope, id, now).await?;
        sessions::end_all_of(&tx, scope, id, None).await?;
        let session = self
            .open_session(&tx, scope, id, sessions::FULL, &actor.origin)
            .await?;
        let next = secret_hash(session.expose_secret());
        store::drafts::hand_over(&tx, &actor.session_hash, &next).await?;
        let template = Template::PasswordChanged {
            email: actor.email.clone(),
        };
        let lang = Lang::default();
        self.queue_mail(&tx, scope, None, &actor.email, lang, &template)
            .await?;
        let who = actor.who();
        let event = Event::about_staff(&who, "staff.password_changed", id);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(session)
    }
}
