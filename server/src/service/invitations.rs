//! Guided links: sent, copied, ended, opened.

mod kinds;

use app::{
    model::{ConnectionState, EndedLinkView, InvitationKind, InvitationState, InvitationView},
    routes,
    text::Lang,
};
use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    actor::{Origin, StaffActor, Who},
    audit::Event,
    pass_on::Forwarder,
};
use crate::{
    domain::{
        agency::AgencyScope, connection::kinds_of_link, in_app::in_app, numbers::LINK_LIFE, rate,
        role::Permission,
    },
    mail::{Link, Template},
    store::{
        self,
        entity::{clients, invitation_links, invitations},
        invitations::Course,
        lookup,
    },
    vault::secret_hash,
};

pub use kinds::kind_of;

/// A link as it was minted; its secret is told this once.
pub struct Minted {
    pub client: Uuid,
    pub invitation: Uuid,
    pub url: SecretString,
    pub expires_at: DateTime<Utc>,
    pub is_mailed: bool,
}

/// What may happen to the sending of a link.
pub enum Sent {
    Done(Minted),
    /// Too many mails to this client within the hour.
    TooManyMails,
    /// The client's connection waits for a decision or is live: no link of this kind is needed.
    AlreadyConnected(ConnectionState),
    /// A backup stands beside a connection that is in use, and there is none.
    NothingToBackUp,
    /// A backup waits for a decision already.
    BackupWaits,
}

/// Where a new link secret is minted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Mail,
    Copy,
    CommandLine,
    /// By the client, for somebody else.
    PassOn,
}

impl Way {
    const fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Copy => "copy",
            Self::CommandLine => "cli",
            Self::PassOn => "pass_on",
        }
    }
}

/// What stands behind a guided link.
pub enum Opened {
    Live(InvitationView),
    Ended(EndedLinkView),
}

/// A live link with all that hangs on it.
pub struct LiveLink {
    pub scope: AgencyScope,
    pub invitation: invitations::Model,
    pub client: clients::Model,
    /// The one secret of the invitation that was used.
    pub link: Uuid,
}

impl Portal {
    /// Sends a link by mail; earlier links of this kind end (*Send link* and *Resend* are the same act).
    ///
    /// # Errors
    /// When the role does not allow it, there is no such client, or the database fails.
    pub async fn send_link(
        &self,
        actor: &StaffActor,
        client: Uuid,
        kind: InvitationKind,
    ) -> Result<Sent> {
        actor.require(Permission::SendLinks)?;
        self.invite(actor.scope, &actor.who(), client, kind, Way::Mail)
            .await
    }

    /// Mints one more link of the live invitation, or of a new one, to be handed over by hand.
    ///
    /// # Errors
    /// When the role does not allow it, there is no such client, or the database fails.
    pub async fn copy_link(
        &self,
        actor: &StaffActor,
        client: Uuid,
        kind: InvitationKind,
    ) -> Result<Sent> {
        actor.require(Permission::SendLinks)?;
        let scope = actor.scope;
        let client = self.client_row(scope, client).await?;
        if let Some(refused) = self.needs_no_link(scope, client.id, kind).await? {
            return Ok(refused);
        }
        let now = self.now();
        let live = store::invitations::of_client(self.db.reader(), scope, client.id)
            .await?
            .into_iter()
            .find(|row| row.kind == kind.code() && is_live(row, now));
        let Some(invitation) = live else {
            return self
                .invite(scope, &actor.who(), client.id, kind, Way::Copy)
                .await;
        };
        let tx = self.begin().await?;
        let minted = self.mint(&tx, &invitation, Way::Copy, None).await?;
        let who = actor.who();
        let event = Event::about_client(&who, "invitation.link_copied", client.id);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(Sent::Done(minted))
    }

    /// Ends every link of a client that still leads somewhere, and the visits they led to.
    ///
    /// # Errors
    /// When the role does not allow it, there is no such client, or the database fails.
    pub async fn revoke_links(&self, actor: &StaffActor, client: Uuid) -> Result<u64> {
        actor.require(Permission::SendLinks)?;
        let client = self.client_row(actor.scope, client).await?;
        let now = self.now();
        let tx = self.begin().await?;
        let ended = store::invitations::revoke_live(&tx, actor.scope, client.id, None, now).await?;
        store::visits::end_of_client(&tx, actor.scope, client.id, now).await?;
        if ended > 0 {
            let who = actor.who();
            let event = Event::about_client(&who, "invitation.revoked", client.id);
            self.record(&tx, actor.scope, event).await?;
        }
        self.commit(tx).await?;
        Ok(ended)
    }

    /// Makes a new invitation with one link. Earlier ones of the same kind end.
    ///
    /// # Errors
    /// When there is no such client or the database fails.
    pub async fn invite(
        &self,
        scope: AgencyScope,
        who: &Who,
        client: Uuid,
        kind: InvitationKind,
        way: Way,
    ) -> Result<Sent> {
        let client = self.client_row(scope, client).await?;
        if let Some(refused) = self.needs_no_link(scope, client.id, kind).await? {
            return Ok(refused);
        }
        let now = self.now();
        if way == Way::Mail && self.too_many_mails(scope, client.id, now).await? {
            return Ok(Sent::TooManyMails);
        }
        let tx = self.begin().await?;
        let ended =
            store::invitations::revoke_live(&tx, scope, client.id, Some(kind.code()), now).await?;
        let invitation = invitations::Model {
            id: self.new_id(),
            agency_id: scope.agency(),
            client_id: client.id,
            kind: kind.code().to_owned(),
            created_by: who.id(),
            created_at: now,
            expires_at: now + LINK_LIFE,
            opened_count: 0,
            first_opened_at: None,
            last_opened_at: None,
            started_at: None,
            spent_at: None,
            revoked_at: None,
        };
        store::invitations::create(&tx, invitation.clone()).await?;
        let minted = self.mint(&tx, &invitation, way, None).await?;
        if way == Way::Mail {
            self.mail_link(&tx, scope, &client, &minted, kind, false)
                .await?;
        }
        let action = match (way, ended) {
            (Way::Mail, 0) => "invitation.sent",
            (Way::Mail, _) => "invitation.resent",
            (Way::Copy | Way::CommandLine | Way::PassOn, _) => "invitation.link_copied",
        };
        let event = Event::about_client(who, action, client.id).with("kind", kind.code());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(Sent::Done(minted))
    }

    /// What stands behind a guided link. Changes nothing but the counter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_invitation(
        &self,
        secret: &str,
        user_agent: &str,
    ) -> Result<(Opened, app::model::AgencyView)> {
        let found = self.find_link(secret).await?;
        let Some((live, link)) = found else {
            let (_, agency) = self.first_agency().await?;
            return Ok((Opened::Ended(EndedLinkView::Unknown), agency));
        };
        let agency = self.agency(live.scope).await?;
        if let Some(ended) = self.ended(&live, &link, secret).await? {
            return Ok((Opened::Ended(ended), agency));
        }
        let now = self.now();
        let db = self.db.counter();
        store::invitations::count_opening(db, live.scope, live.invitation.id, now).await?;
        let scopes = self
            .graph
            .as_ref()
            .map(|graph| graph.config().scopes.clone());
        let view = InvitationView {
            client_name: live.client.name,
            kind: kind_of(&live.invitation),
            scopes: scopes.unwrap_or_default(),
            expires_at: link.expires_at.min(live.invitation.expires_at),
            start: routes::invitation_start(secret),
            link: self.absolute(&routes::invitation(secret)),
            in_app: in_app(user_agent),
        };
        Ok((Opened::Live(view), agency))
    }

    /// A link that works; `None` where it does not, whatever the reason.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn live_link(&self, secret: &str) -> Result<Option<LiveLink>> {
        let Some((live, link)) = self.find_link(secret).await? else {
            return Ok(None);
        };
        let is_ended = self.ended(&live, &link, secret).await?.is_some();
        Ok((!is_ended).then_some(live))
    }

    /// Mails a fresh link in place of an expired one: to the address on file, never to another.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_fresh_link(&self, secret: &str, origin: Origin) -> Result<()> {
        let Some((live, link)) = self.find_link(secret).await? else {
            return Ok(());
        };
        let ended = self.ended(&live, &link, secret).await?;
        if !matches!(ended, Some(EndedLinkView::Expired { .. })) {
            return Ok(());
        }
        let (scope, now) = (live.scope, self.now());
        let newest = store::invitations::of_client(self.db.reader(), scope, live.client.id)
            .await?
            .into_iter()
            .find(|row| row.kind == live.invitation.kind);
        // An old link of a row of links is no way around a newer one or around a revocation.
        if newest.is_none_or(|newest| newest.id != live.invitation.id)
            || self.too_many_mails(scope, live.client.id, now).await?
        {
            return Ok(());
        }
        let who = Who::Client(live.client.id, origin);
        let tx = self.begin().await?;
        let kind = Some(live.invitation.kind.as_str());
        store::invitations::revoke_live(&tx, scope, live.client.id, kind, now).await?;
        let invitation = invitations::Model {
            id: self.new_id(),
            created_by: None,
            created_at: now,
            expires_at: now + LINK_LIFE,
            opened_count: 0,
            first_opened_at: None,
            last_opened_at: None,
            started_at: None,
            spent_at: None,
            revoked_at: None,
            ..live.invitation
        };
        store::invitations::create(&tx, invitation.clone()).await?;
        let minted = self.mint(&tx, &invitation, Way::Mail, None).await?;
        let kind = kind_of(&invitation);
        self.mail_link(&tx, scope, &live.client, &minted, kind, true)
            .await?;
        let event = Event::about_client(&who, "invitation.fresh_asked", live.client.id);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    pub(super) async fn mint(
        &self,
        tx: &DatabaseTransaction,
        invitation: &invitations::Model,
        way: Way,
        by: Option<Forwarder>,
    ) -> Result<Minted> {
        let (forwarded_visit, forwarded_by) =
            by.map_or((None, None), |by| (Some(by.visit), by.name));
        let secret = self.new_secret();
        let link = invitation_links::Model {
            id: self.new_id(),
            agency_id: invitation.agency_id,
            invitation_id: invitation.id,
            secret_hash: secret_hash(secret.expose_secret()).to_vec(),
            origin: way.code().to_owned(),
            created_at: self.now(),
            expires_at: invitation.expires_at,
            ended_at: None,
            forwarded_visit,
            forwarded_by,
        };
        store::invitations::create_link(tx, link).await?;
        let path = routes::invitation(secret.expose_secret());
        Ok(Minted {
            client: invitation.client_id,
            invitation: invitation.id,
            url: SecretString::from(self.absolute(&path)),
            expires_at: invitation.expires_at,
            is_mailed: way == Way::Mail,
        })
    }

    async fn mail_link(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        client: &clients::Model,
        minted: &Minted,
        kind: InvitationKind,
        is_fresh: bool,
    ) -> Result<()> {
        let agency = store::agencies::get(tx, scope)
            .await?
            .ok_or(Error::NotFound)?;
        let graph = self.graph.as_ref();
        let mail = Link {
            client_name: client.name.clone(),
            purpose: kinds::purpose(kind),
            link: minted.url.clone(),
            expires_at: minted.expires_at,
            scopes: graph.map_or_else(Vec::new, |graph| graph.config().scopes.clone()),
            support_email: agency.support_email,
        };
        let template = if is_fresh {
            Template::FreshLink(mail)
        } else {
            Template::Invitation(mail)
        };
        let lang = Lang::from_code(&client.language);
        self.queue_mail(tx, scope, Some(client.id), &client.email, lang, &template)
            .await
            .map(drop)
    }

    async fn too_many_mails(
        &self,
        scope: AgencyScope,
        client: Uuid,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let since = now - chrono::TimeDelta::seconds(rate::LINK_MAILS.window_seconds);
        let mut sent = 0;
        for template in Template::LINKS {
            sent += store::mails::count_to_client_since(
                self.db.reader(),
                scope,
                client,
                template,
                since,
            )
            .await?;
        }
        Ok(sent >= u64::from(rate::LINK_MAILS.max))
    }

    async fn find_link(&self, secret: &str) -> Result<Option<(LiveLink, invitation_links::Model)>> {
        let db = self.db.reader();
        let found = lookup::invitation_link(db, &secret_hash(secret)).await?;
        let Some((scope, link, invitation)) = found else {
            return Ok(None);
        };
        let Some(client) = store::clients::get(db, scope, invitation.client_id).await? else {
            return Ok(None);
        };
        let live = LiveLink {
            scope,
            invitation,
            client,
            link: link.id,
        };
        Ok(Some((live, link)))
    }

    /// Why a link does not lead on, if it does not.
    async fn ended(
        &self,
        live: &LiveLink,
        link: &invitation_links::Model,
        secret: &str,
    ) -> Result<Option<EndedLinkView>> {
        let now = self.now();
        let (db, scope) = (self.db.reader(), live.scope);
        let connection = store::connections::of_client(db, scope, live.client.id).await?;
        let mut state = connection
            .as_ref()
            .and_then(|row| Some((ConnectionState::from_code(&row.state)?, row.state_since)));
        if live.invitation.spent_at.is_some() {
            // What stood beside the connection is told by itself.
            let own = store::candidates::of_invitation(db, scope, live.invitation.id).await?;
            if let Some(own) = own {
                state = ConnectionState::from_code(&own.state).map(|to| (to, own.state_since));
            }
            if let Some((state, since)) = state {
                return Ok(Some(EndedLinkView::Spent { state, since }));
            }
        }
        if live.invitation.revoked_at.is_some()
            || link.ended_at.is_some()
            || live.client.archived_at.is_some()
        {
            return Ok(Some(EndedLinkView::Revoked));
        }
        if let Some((state, since)) = state
            && !kinds_of_link(Some(state)).contains(&kind_of(&live.invitation))
        {
            return Ok(Some(EndedLinkView::Spent { state, since }));
        }
        if live.invitation.expires_at <= now || link.expires_at <= now {
            let fresh = routes::invitation_fresh(secret);
            return Ok(Some(EndedLinkView::Expired { fresh }));
        }
        Ok(None)
    }

    async fn client_row(&self, scope: AgencyScope, id: Uuid) -> Result<clients::Model> {
        store::clients::get(self.db.reader(), scope, id)
            .await?
            .filter(|client| client.archived_at.is_none())
            .ok_or(Error::NotFound)
    }
}

/// Whether an invitation still leads somewhere.
#[must_use]
pub fn is_live(row: impl Into<Course>, now: DateTime<Utc>) -> bool {
    let row = row.into();
    row.spent_at.is_none() && row.revoked_at.is_none() && row.expires_at > now
}

/// How far an invitation has come.
#[must_use]
pub fn state(row: impl Into<Course>, now: DateTime<Utc>) -> InvitationState {
    let row = row.into();
    if row.spent_at.is_some() {
        InvitationState::Spent
    } else if row.revoked_at.is_some() {
        InvitationState::Revoked
    } else if row.expires_at <= now {
        InvitationState::Expired
    } else if row.started_at.is_some() {
        InvitationState::Started
    } else if row.opened_count > 0 {
        InvitationState::Opened
    } else {
        InvitationState::Sent
    }
}
