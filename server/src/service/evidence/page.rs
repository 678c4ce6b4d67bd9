//! The pages that show the evidence.

use app::model::{
    AccountStatus, AnswerView, AnswersView, FailedLogin, GrantAccountView, GrantLine,
    GrantPageView, InvitationKind, LoginPageView, OriginView,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{OK, place};
use crate::{
    domain::{agency::AgencyScope, numbers::ANSWERS_KEPT, permission, role::Permission},
    service::{Error, Portal, Result, accounts::stored_probe_of, actor::StaffActor},
    store::{
        self,
        evidence::{self, Grant, GrantAccount},
    },
};

/// Accounts on one page of those that were offered.
const PAGE: u64 = 100;

impl Portal {
    /// The whole evidence of one grant. Where it came from and what Meta answered is for those who decide.
    ///
    /// # Errors
    /// When the role does not allow it, the grant is not this client's, or the database fails.
    pub async fn grant_page(
        &self,
        actor: &StaffActor,
        client: Uuid,
        grant: Uuid,
        page: u64,
    ) -> Result<GrantPageView> {
        actor.require(Permission::ReadDesk)?;
        let (scope, db) = (actor.scope, self.db.reader());
        let row = store::clients::get(db, scope, client)
            .await?
            .ok_or(Error::NotFound)?;
        let grant = evidence::grant(db, scope, client, grant)
            .await?
            .ok_or(Error::NotFound)?;
        let (offered, chosen) = evidence::count(db, scope, grant.id).await?;
        let pages = offered.div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        let accounts = evidence::offered(db, scope, grant.id, page, PAGE).await?;
        let answers = match grant.login_id {
            Some(login) => self.answers_view(actor, client, login).await?,
            None => AnswersView::Gone,
        };
        let granted = permission::parse_scopes(&grant.scopes_granted);
        let asked = permission::parse_scopes(&grant.scopes_asked);
        Ok(GrantPageView {
            id: grant.id,
            client_id: client,
            client_name: row.name,
            kind: self.kind_of(scope, &grant).await?,
            origin: self.origin_view(actor, &grant).await?,
            also: granted
                .iter()
                .filter(|scope| !asked.contains(scope))
                .cloned()
                .collect(),
            granted: asked
                .iter()
                .filter(|scope| granted.contains(scope))
                .cloned()
                .collect(),
            declined: permission::parse_scopes(&grant.scopes_declined),
            asked,
            person_name: grant.meta_user_name,
            meta_user_id: grant.meta_user_id,
            is_business: grant.is_business,
            granted_at: grant.granted_at,
            offered,
            chosen,
            accounts: accounts.into_iter().map(account_view).collect(),
            page,
            pages,
            answers,
        })
    }

    /// What Meta answered during a login that led to no grant.
    ///
    /// # Errors
    /// When the role does not allow it, there is no such login of this client, or the database fails.
    pub async fn login_page(
        &self,
        actor: &StaffActor,
        client: Uuid,
        login: Uuid,
    ) -> Result<LoginPageView> {
        actor.require(Permission::ReadEvidence)?;
        let (scope, db) = (actor.scope, self.db.reader());
        let row = store::clients::get(db, scope, client)
            .await?
            .ok_or(Error::NotFound)?;
        let logins = evidence::logins(db, scope, client).await?;
        let at = logins.get(&login).copied().ok_or(Error::NotFound)?;
        Ok(LoginPageView {
            client_id: client,
            client_name: row.name,
            at,
            answers: self.answers_view(actor, client, login).await?,
        })
    }

    /// Every grant of a client, newest first.
    pub(in crate::service) async fn grant_lines(
        &self,
        scope: AgencyScope,
        client: Uuid,
    ) -> Result<Vec<GrantLine>> {
        let db = self.db.reader();
        let invitations = store::invitations::of_client(db, scope, client).await?;
        let grants = evidence::grants_of_client(db, scope, client).await?;
        Ok(grants
            .into_iter()
            .map(|grant| {
                let asked = permission::parse_scopes(&grant.scopes_asked);
                let declined = permission::parse_scopes(&grant.scopes_declined);
                let invitation = invitations
                    .iter()
                    .find(|row| Some(row.id) == grant.invitation_id);
                GrantLine {
                    id: grant.id,
                    kind: invitation
                        .and_then(|row| InvitationKind::from_code(&row.kind))
                        .unwrap_or(InvitationKind::Connect),
                    asked: asked.len() as u64,
                    granted: asked.len().saturating_sub(declined.len()) as u64,
                    person_name: grant.meta_user_name,
                    meta_user_id: grant.meta_user_id,
                    granted_at: grant.granted_at,
                }
            })
            .collect())
    }

    /// Logins of a client that led to no grant and whose answers are still kept, newest first.
    pub(in crate::service) async fn failed_logins(
        &self,
        actor: &StaffActor,
        client: Uuid,
    ) -> Result<Vec<FailedLogin>> {
        if !actor.may(Permission::ReadEvidence) {
            return Ok(Vec::new());
        }
        let (scope, db) = (actor.scope, self.db.reader());
        let grants = evidence::grants_of_client(db, scope, client).await?;
        let mut failed: Vec<FailedLogin> = evidence::logins(db, scope, client)
            .await?
            .into_iter()
            .filter(|(login, _)| grants.iter().all(|grant| grant.login_id != Some(*login)))
            .map(|(id, at)| FailedLogin { id, at })
            .collect();
        failed.sort_by_key(|login| std::cmp::Reverse(login.at));
        Ok(failed)
    }

    async fn kind_of(&self, scope: AgencyScope, grant: &Grant) -> Result<InvitationKind> {
        let invitation = match grant.invitation_id {
            Some(id) => store::invitations::get(self.db.reader(), scope, id).await?,
            None => None,
        };
        Ok(invitation
            .and_then(|row| InvitationKind::from_code(&row.kind))
            .unwrap_or(InvitationKind::Connect))
    }

    async fn origin_view(&self, actor: &StaffActor, grant: &Grant) -> Result<OriginView> {
        if !actor.may(Permission::ReadEvidence) {
            return Ok(OriginView::Hidden);
        }
        let Some(sealed) = &grant.origin_sealed else {
            return Ok(OriginView::Erased);
        };
        let opened = self
            .open_origin(
                self.db.reader(),
                actor.scope,
                grant.client_id,
                (grant.id, grant.granted_at),
                sealed,
            )
            .await?;
        Ok(match opened {
            None => OriginView::Erased,
            Some(origin) => OriginView::Known {
                address: origin.address.map(|address| address.to_string()),
                user_agent: origin.user_agent,
            },
        })
    }

    async fn answers_view(
        &self,
        actor: &StaffActor,
        client: Uuid,
        login: Uuid,
    ) -> Result<AnswersView> {
        if !actor.may(Permission::ReadEvidence) {
            return Ok(AnswersView::Hidden);
        }
        let rows = evidence::answers(self.db.reader(), actor.scope, client, login).await?;
        let Some(first) = rows.first().map(|row| row.asked_at) else {
            return Ok(AnswersView::Gone);
        };
        let answers: Result<Vec<AnswerView>> = rows
            .into_iter()
            .map(|row| self.answer_view(actor.scope, row))
            .collect();
        Ok(AnswersView::Kept {
            until: kept_until(first),
            answers: answers?,
        })
    }

    fn answer_view(&self, scope: AgencyScope, row: evidence::Answer) -> Result<AnswerView> {
        let text = match &row.body_sealed {
            Some(sealed) => {
                let text = self.vault.open_text(place(scope, row.id), sealed)?;
                Some(secrecy::ExposeSecret::expose_secret(&text).to_owned())
            }
            None => None,
        };
        Ok(AnswerView {
            call: row.endpoint,
            status: row
                .http_status
                .and_then(|status| u16::try_from(status).ok()),
            is_good: row.outcome == OK,
            code: row.code,
            subcode: row.subcode,
            calls: u64::try_from(row.calls).unwrap_or_default(),
            size: u64::try_from(row.size).unwrap_or_default(),
            is_cut: row.is_cut,
            text,
        })
    }
}

fn kept_until(asked_at: DateTime<Utc>) -> DateTime<Utc> {
    asked_at + ANSWERS_KEPT
}

fn account_view(account: GrantAccount) -> GrantAccountView {
    GrantAccountView {
        status: AccountStatus::from_meta(account.account_status),
        probe: stored_probe_of(
            account.probe.as_deref(),
            account.campaigns_count,
            account.probe_millis,
        ),
        number: account.number,
        name: account.name,
        currency: account.currency,
        business: account.business_name,
        is_chosen: account.is_chosen,
        probed_at: account.probed_at,
    }
}
