//! *Pass this on*: a client makes one more link of the invitation that brought them here, for somebody else.

use app::model::{ConnectionState, PassOnView};
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    audit::Event,
    invitations::{Way, is_live},
    sign_in::bucket,
    visits::Visitor,
};
use crate::{
    domain::{connection::needs_no_link, rate},
    store,
};

/// A client who passes the link on.
pub(super) struct Forwarder {
    pub visit: Uuid,
    /// Who was signed in with Facebook then.
    pub name: Option<String>,
}

impl Portal {
    /// The page behind *Pass this on*. `None` where the visit is over, or nothing is to be signed for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pass_on_view(
        &self,
        visitor: &Visitor,
        link: Option<String>,
    ) -> Result<Option<PassOnView>> {
        if !self.may_ask_others(visitor).await? {
            return Ok(None);
        }
        let (scope, db) = (visitor.scope, self.db.reader());
        let client = store::clients::get(db, scope, visitor.visit.client_id)
            .await?
            .ok_or(Error::NotFound)?;
        let invitation = store::invitations::get(db, scope, visitor.visit.invitation_id)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(Some(PassOnView {
            visit: visitor.visit.id,
            client_name: client.name,
            link,
            link_ended: !is_live(&invitation, self.now()),
            expires_at: invitation.expires_at,
        }))
    }

    /// Makes a link to pass on. Whoever signs in with it is bound to it, and the agency sees from whom they got
    /// it. `None` where the invitation leads nowhere any more.
    ///
    /// # Errors
    /// [`Error::TooMany`] after five within an hour; when the database fails.
    pub async fn pass_on(&self, visitor: &Visitor) -> Result<Option<SecretString>> {
        let (scope, client) = (visitor.scope, visitor.visit.client_id);
        if !self.may_ask_others(visitor).await? {
            return Ok(None);
        }
        let bucket = bucket("passed-on", &client.to_string());
        if let Some(seconds) = self.over_limit(&bucket, rate::PASSED_ON).await? {
            return Err(Error::TooMany(seconds));
        }
        let by = Forwarder {
            visit: visitor.visit.id,
            name: self.signed_in_as(visitor).await?,
        };
        let tx = self.begin().await?;
        let invitation = store::invitations::get(&tx, scope, visitor.visit.invitation_id)
            .await?
            .filter(|row| is_live(row, self.now()));
        let Some(invitation) = invitation else {
            return Ok(None);
        };
        let minted = self.mint(&tx, &invitation, Way::PassOn, Some(by)).await?;
        let who = visitor.who();
        let event = Event::about_client(&who, "invitation.passed_on", client)
            .with("visit", visitor.visit.id.to_string());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(Some(minted.url))
    }

    /// Whether a visit is still on its way: then a colleague or the agency may be asked.
    pub(super) async fn may_ask_others(&self, visitor: &Visitor) -> Result<bool> {
        if visitor.visit.expires_at <= self.now() || self.is_archived(visitor).await? {
            return Ok(false);
        }
        let connection = self.connection_of(visitor).await?;
        Ok(connection
            .and_then(|row| ConnectionState::from_code(&row.state))
            .is_none_or(|state| !needs_no_link(state)))
    }

    /// The Facebook person who signed in within this visit.
    pub(super) async fn signed_in_as(&self, visitor: &Visitor) -> Result<Option<String>> {
        match self.own_draft(visitor).await {
            Ok(draft) => Ok(Some(draft.meta_user_name)),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
