//! What Meta has against the agency's app: told to the agency, since no client can mend it.

use app::model::{MetaTrouble, MetaTroubleView};
use sea_orm::DatabaseTransaction;

use super::{
    Portal, Result,
    actor::{StaffActor, Who},
    audit::Event,
};
use crate::{
    domain::{agency::AgencyScope, role::Permission},
    meta::{AppFault, Endpoint, MetaError, Refusal},
    store::{self, meta_troubles},
};

/// Where the dialog's word is kept beside the names of calls.
const DIALOG: &str = "dialog";

/// What Meta refused the app for.
pub struct Trouble {
    kind: MetaTrouble,
    endpoint: &'static str,
    code: Option<i64>,
    subcode: Option<i64>,
}

impl Trouble {
    /// From a call, where it says that something is wrong with the app.
    #[must_use]
    pub fn of_call(error: &MetaError) -> Option<Self> {
        Some(Self {
            kind: kind(error.app_fault()?),
            endpoint: error.endpoint.name(),
            code: error.code,
            subcode: error.subcode,
        })
    }

    /// From the dialog.
    #[must_use]
    pub const fn of_dialog(refusal: &Refusal) -> Self {
        Self {
            kind: kind(refusal.app_fault()),
            endpoint: DIALOG,
            code: refusal.code,
            subcode: None,
        }
    }
}

const fn kind(fault: AppFault) -> MetaTrouble {
    match fault {
        AppFault::WrongSecret => MetaTrouble::WrongSecret,
        AppFault::WrongApp => MetaTrouble::WrongApp,
        AppFault::WrongRedirect => MetaTrouble::WrongRedirect,
        AppFault::Inactive => MetaTrouble::Inactive,
        AppFault::OldVersion => MetaTrouble::OldVersion,
        AppFault::NotAllowed => MetaTrouble::NotAllowed,
        AppFault::Refused | AppFault::Other => MetaTrouble::Other,
    }
}

impl Portal {
    /// Keeps what is wrong for the desk. The trail tells it once, however many logins it stops.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn note_trouble(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        trouble: &Trouble,
    ) -> Result<()> {
        let now = self.now();
        let known = meta_troubles::get(tx, scope).await?;
        let known = known.filter(|row| row.kind == trouble.kind.code());
        let is_new = known.is_none();
        let row = meta_troubles::Model {
            agency_id: scope.agency(),
            kind: trouble.kind.code().to_owned(),
            endpoint: trouble.endpoint.to_owned(),
            code: trouble.code,
            subcode: trouble.subcode,
            first_seen_at: known.as_ref().map_or(now, |row| row.first_seen_at),
            last_seen_at: now,
            seen_count: known.map_or(1, |row| row.seen_count + 1),
        };
        meta_troubles::put(tx, scope, row).await?;
        if is_new {
            let event = Event::about_nobody(&Who::System, "meta_app.trouble")
                .with("kind", trouble.kind.code())
                .with("call", trouble.endpoint)
                .with("code", trouble.code)
                .with("subcode", trouble.subcode);
            self.record(tx, scope, event.refused()).await?;
        }
        Ok(())
    }

    /// Somebody has signed in, or says that it is mended.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn end_trouble(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        who: &Who,
    ) -> Result<()> {
        if store::meta_troubles::clear(tx, scope).await? {
            let event = Event::about_nobody(who, "meta_app.mended");
            self.record(tx, scope, event).await?;
        }
        Ok(())
    }

    /// The very call that told of trouble is answered again.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn end_trouble_of(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        who: &Who,
        endpoint: Endpoint,
    ) -> Result<()> {
        match meta_troubles::get(tx, scope).await? {
            Some(row) if row.endpoint == endpoint.name() => self.end_trouble(tx, scope, who).await,
            _ => Ok(()),
        }
    }

    /// *This is mended*, pressed at the desk.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn clear_trouble(&self, actor: &StaffActor) -> Result<()> {
        actor.require(Permission::ManageClients)?;
        let tx = self.begin().await?;
        self.end_trouble(&tx, actor.scope, &actor.who()).await?;
        self.commit(tx).await
    }

    /// What kind of thing is wrong now.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn trouble_kind(&self, scope: AgencyScope) -> Result<Option<MetaTrouble>> {
        let row = meta_troubles::get(self.db.reader(), scope).await?;
        Ok(row.map(|row| kind_of(&row)))
    }

    /// What is wrong now, for the desk.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn trouble(&self, actor: &StaffActor) -> Result<Option<MetaTroubleView>> {
        let row = meta_troubles::get(self.db.reader(), actor.scope).await?;
        let redirect_uri = self
            .graph
            .as_ref()
            .map(|graph| graph.config().redirect_uri.clone());
        Ok(row.map(|row| MetaTroubleView {
            kind: kind_of(&row),
            redirect_uri: redirect_uri.unwrap_or_default(),
            code: row.code,
            subcode: row.subcode,
            since: row.first_seen_at,
            last_seen: row.last_seen_at,
            count: u64::try_from(row.seen_count).unwrap_or_default(),
            may_clear: actor.may(Permission::ManageClients),
        }))
    }
}

fn kind_of(row: &meta_troubles::Model) -> MetaTrouble {
    MetaTrouble::from_code(&row.kind).unwrap_or(MetaTrouble::Other)
}
