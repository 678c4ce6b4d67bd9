//! A client is put away: nothing of theirs leads anywhere afterwards.

use app::model::ConnectionState;
use uuid::Uuid;

use super::{Error, Portal, Result, actor::StaffActor, audit::Event};
use crate::{
    domain::{connection, role::Permission},
    store::{self, Write},
};

impl Portal {
    /// Archives a client: the links and visits end, the tokens are taken back, the connection is closed. A client
    /// who is archived already stays so.
    ///
    /// # Errors
    /// When the role does not allow it, there is no such client, or the database fails; [`Error::Conflict`]
    /// where the connection changed meanwhile.
    pub async fn archive_client(&self, actor: &StaffActor, client: Uuid) -> Result<()> {
        actor.require(Permission::ManageClients)?;
        let (scope, now) = (actor.scope, self.now());
        let tx = self.begin().await?;
        let row = store::clients::get(&tx, scope, client)
            .await?
            .ok_or(Error::NotFound)?;
        if row.archived_at.is_some() {
            return Ok(());
        }
        store::clients::archive(&tx, scope, client, now).await?;
        store::invitations::revoke_live(&tx, scope, client, None, now).await?;
        store::visits::end_of_client(&tx, scope, client, now).await?;
        if let Some(mut row) = store::connections::of_client(&tx, scope, client).await? {
            let from = ConnectionState::from_code(&row.state);
            let event = connection::Event::ClientArchived;
            let step = connection::transition(from, event)?;
            self.end_candidates(&tx, scope, row.id, event).await?;
            self.revoke_all(&tx, scope, &row).await?;
            row.state = step.to.code().to_owned();
            row.state_since = now;
            if store::connections::save(&tx, scope, row, now).await? == Write::Conflict {
                return Err(Error::Conflict);
            }
        }
        let who = actor.who();
        let event = Event::about_client(&who, "client.archived", client);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }
}
