//! A mail to oneself, to see that mails arrive.

use app::text::Lang;
use uuid::Uuid;

use super::{Portal, Result, actor::StaffActor, audit::Event, sign_in::bucket};
use crate::{
    domain::{rate, role::Permission},
    mail::Template,
};

/// What became of a wish for a test mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestMail {
    /// It is in the outbox, under this id.
    Queued(Uuid),
    /// The actor had as many as there may be in an hour.
    TooMany,
}

impl Portal {
    /// Sends a mail to the actor's own address, through the outbox like every other one.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn send_test_mail(&self, actor: &StaffActor) -> Result<TestMail> {
        actor.require(Permission::SendLinks)?;
        let bucket = bucket("test-mail", &actor.id.to_string());
        if self.over_limit(&bucket, rate::TEST_MAILS).await?.is_some() {
            return Ok(TestMail::TooMany);
        }
        let tx = self.begin().await?;
        let template = Template::Test {
            email: actor.email.clone(),
        };
        let lang = Lang::default();
        let id = self
            .queue_mail(&tx, actor.scope, None, &actor.email, lang, &template)
            .await?;
        let who = actor.who();
        let event = Event::about_staff(&who, "mail.test_asked", actor.id);
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await?;
        Ok(TestMail::Queued(id))
    }
}
