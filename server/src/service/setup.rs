//! What a new agency has still to do until its first client is connected.

use app::model::{MailSetup, MailState, MetaSetup, SetupView};

use super::{Portal, Result, actor::StaffActor};
use crate::{domain::role::Permission, store};

impl Portal {
    /// What is left to do; `None` once it is all done, and for whoever may not do it.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn setup(
        &self,
        actor: &StaffActor,
        is_refused: bool,
    ) -> Result<Option<SetupView>> {
        if !actor.may(Permission::ManageClients) {
            return Ok(None);
        }
        let (scope, db) = (actor.scope, self.db.reader());
        // A mail that was once delivered counts, whichever it was: a test mail is the quickest one.
        let is_delivered = store::mails::is_any(db, scope, MailState::Sent).await?;
        let approved = ["connection.approved"];
        let approvals = store::audit::done_of(db, scope, &approved, None, 1).await?;
        let view = SetupView {
            meta: match (&self.graph, is_refused) {
                (None, _) => MetaSetup::Missing,
                (Some(_), true) => MetaSetup::Refused,
                (Some(_), false) => MetaSetup::Done,
            },
            mail: match (is_delivered, self.mailer.keeps()) {
                (true, _) => MailSetup::Done,
                (false, true) => MailSetup::Kept,
                (false, false) => MailSetup::Untested,
            },
            has_client: store::clients::is_any(db, scope).await?,
            has_approval: !approvals.is_empty(),
        };
        Ok(Some(view).filter(|view| !view.is_whole()))
    }
}
