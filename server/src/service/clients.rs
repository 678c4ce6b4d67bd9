//! Clients: added, listed, shown whole.

mod list;

use app::{
    model::{
        AccountStatus, AccountView, ClientPageView, ConnectionState, ConnectionView, FormState,
        ForwardedView, GrantLine, InvitationKind, Problem, SentInvitationView, TokenCheck,
        TokenKind, TokenLife, TokenSource, TokenStanding, TokenStatus, TokenView,
    },
    validate,
};
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    accounts::stored_probe,
    actor::{StaffActor, Who},
    audit::Event,
    invitations::{is_live, state},
    validation::explanation_of,
};
use crate::{
    domain::{
        agency::AgencyScope,
        client::{fold_email, fold_name, sort_name},
        connection::kinds_of_link,
        progress::{Facts, progress},
        role::Permission,
    },
    store::{
        self,
        accounts::{ANSWERED, Tested},
        clients::Added,
        entity::{ad_accounts, client_tokens, clients, invitation_links, invitations},
        invitations::Course,
        validations,
    },
    vault::fingerprint_display,
};
use list::links_and_tests;
pub(super) use list::stretch;

/// Events of a client's story that are shown.
const STORY: u64 = 200;

/// A new client as typed.
#[derive(Clone, Debug, Default)]
pub struct NewClient {
    pub name: String,
    pub email: String,
    pub meta_account_name: String,
}

impl Portal {
    /// Adds a client.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails. What is wrong with the values comes back as a form.
    pub async fn add_client(
        &self,
        actor: &StaffActor,
        new: &NewClient,
    ) -> Result<std::result::Result<Uuid, FormState>> {
        actor.require(Permission::ManageClients)?;
        self.create_client(actor.scope, &actor.who(), new).await
    }

    /// Adds a client on behalf of somebody who is allowed to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_client(
        &self,
        scope: AgencyScope,
        who: &Who,
        new: &NewClient,
    ) -> Result<std::result::Result<Uuid, FormState>> {
        let mut form = FormState::default()
            .with("name", new.name.as_str())
            .with("email", new.email.as_str())
            .with("meta_account_name", new.meta_account_name.as_str());
        form.refuse("name", validate::name(&new.name));
        form.refuse("email", validate::email(&new.email));
        form.refuse(
            "meta_account_name",
            validate::optional_name(&new.meta_account_name),
        );
        if !form.problems.is_empty() {
            return Ok(Err(form));
        }
        let (id, now) = (self.new_id(), self.now());
        let name = new.name.trim();
        let meta_account_name = new.meta_account_name.trim();
        let row = clients::Model {
            id,
            agency_id: scope.agency(),
            name: name.to_owned(),
            search_name: fold_name(name),
            sort_name: sort_name(name),
            email: new.email.trim().to_owned(),
            email_folded: fold_email(&new.email),
            meta_account_name: (!meta_account_name.is_empty())
                .then(|| meta_account_name.to_owned()),
            role: "client".to_owned(),
            is_critical: false,
            language: "en".to_owned(),
            token_status: TokenStatus::Pending.code().to_owned(),
            last_token_validation: None,
            campaigns_count: 0,
            created_at: now,
            updated_at: now,
            archived_at: None,
            version: 1,
        };
        let tx = self.begin().await?;
        if store::clients::create(&tx, row).await? == Added::EmailTaken {
            form.refuse("email", Some(Problem::EmailTaken));
            return Ok(Err(form));
        }
        self.record(&tx, scope, Event::about_client(who, "client.created", id))
            .await?;
        self.commit(tx).await?;
        Ok(Ok(id))
    }

    /// A client by id or e-mail address, for the command line.
    ///
    /// # Errors
    /// [`Error::NotFound`], or when the database fails.
    pub async fn find_client(&self, scope: AgencyScope, id_or_email: &str) -> Result<Uuid> {
        let db = self.db.reader();
        let found = match id_or_email.parse::<Uuid>() {
            Ok(id) => store::clients::get(db, scope, id).await?,
            Err(_) => store::clients::by_email(db, scope, &fold_email(id_or_email)).await?,
        };
        found.map(|client| client.id).ok_or(Error::NotFound)
    }

    /// Everything of one client.
    ///
    /// # Errors
    /// When the role does not allow it, the client is not the agency's, or the database fails.
    pub async fn client_page(
        &self,
        actor: &StaffActor,
        id: Uuid,
        minted_link: Option<String>,
    ) -> Result<ClientPageView> {
        actor.require(Permission::ReadDesk)?;
        let (scope, db, now) = (actor.scope, self.db.reader(), self.now());
        let client = store::clients::get(db, scope, id)
            .await?
            .ok_or(Error::NotFound)?;
        let connection = store::connections::of_client(db, scope, id).await?;
        let ids: Vec<Uuid> = connection.iter().map(|row| row.id).collect();
        let tokens = store::tokens::of_connections(db, scope, &ids).await?;
        let accounts = store::accounts::selected(db, scope, &ids).await?;
        let failed_accounts = store::accounts::failed(db, scope, &ids).await?;
        let invitations = store::invitations::of_client(db, scope, id).await?;
        let state = connection
            .as_ref()
            .and_then(|row| ConnectionState::from_code(&row.state));
        let candidates = match &connection {
            Some(row) => self.candidates_of(scope, row).await?,
            None => Vec::new(),
        };
        let invitation_ids: Vec<Uuid> = invitations.iter().map(|row| row.id).collect();
        let passed_on = store::invitations::passed_on(db, scope, &invitation_ids).await?;
        let used_link = connection.as_ref().and_then(|row| row.link_id);
        let connection = match connection {
            Some(row) => Some(self.connection_view(scope, row).await?),
            None => None,
        };
        let grants = self.grant_lines(scope, id).await?;
        let is_backup = |token: &client_tokens::Model| {
            token.destroyed_at.is_none() && token.standing == TokenStanding::Backup.code()
        };
        let courses: Vec<Course> = invitations.iter().map(Course::from).collect();
        let facts = Facts {
            connection: state,
            has_backup: tokens.iter().any(is_backup),
            ..links_and_tests(&courses, tested(&accounts), now)
        };
        let may_invite = actor.may(Permission::SendLinks) && client.archived_at.is_none();
        Ok(ClientPageView {
            id,
            name: client.name,
            email: client.email,
            meta_account_name: client.meta_account_name,
            token_status: TokenStatus::from_code(&client.token_status)
                .unwrap_or(TokenStatus::Unknown),
            created_at: client.created_at,
            progress: progress(&facts),
            links: match may_invite {
                true => link_kinds(state),
                false => Vec::new(),
            },
            may_decide: actor.may(Permission::Decide),
            may_validate: actor.may(Permission::ValidateTokens),
            connection,
            candidates,
            tokens: self.token_views(scope, &tokens, &grants).await?,
            failed_logins: self.failed_logins(actor, id).await?,
            grants,
            accounts: accounts.iter().map(account_view).collect(),
            failed_accounts: failed_accounts.iter().map(account_view).collect(),
            invitations: invitations
                .iter()
                .map(|row| SentInvitationView {
                    forwarded: forwarded(row.id, &passed_on, used_link),
                    ..invitation_view(row, now)
                })
                .collect(),
            timeline: self.story(scope, id, STORY).await?,
            minted_link,
            form: FormState::default(),
        })
    }

    async fn token_views(
        &self,
        scope: AgencyScope,
        tokens: &[client_tokens::Model],
        grants: &[GrantLine],
    ) -> Result<Vec<TokenView>> {
        let db = self.db.reader();
        let mut views = Vec::with_capacity(tokens.len());
        for token in tokens {
            let checks = store::validations::of_token(db, scope, token.id, CHECKS).await?;
            views.push(TokenView {
                checks: checks.iter().map(check_view).collect(),
                ..token_view(token, grants)
            });
        }
        Ok(views)
    }

    async fn connection_view(
        &self,
        scope: AgencyScope,
        row: store::connections::Model,
    ) -> Result<ConnectionView> {
        let db = self.db.reader();
        let grants = store::connections::newest_grants(db, scope, &[row.id]).await?;
        let names = store::staff::names(db, scope).await?;
        Ok(ConnectionView {
            id: row.id,
            version: row.version,
            state: ConnectionState::from_code(&row.state)
                .ok_or_else(|| Error::internal("a state that nobody knows"))?,
            scopes: grants
                .get(&row.id)
                .map(|grant| self.scopes(&grant.scopes_asked, &grant.scopes_granted))
                .unwrap_or_default(),
            person_name: row.meta_user_name,
            meta_user_id: row.meta_user_id,
            business_id: row.meta_business_id,
            since: row.state_since,
            decided_by: row.decided_by.and_then(|id| names.get(&id).cloned()),
            reason: row.decision_reason,
        })
    }
}

/// The last checks of a token that are shown.
const CHECKS: u64 = 8;

/// The kinds of link that the desk offers, the first is the one that is meant where none is named.
fn link_kinds(state: Option<ConnectionState>) -> Vec<InvitationKind> {
    let kinds = kinds_of_link(state);
    if kinds.contains(&InvitationKind::Connect) {
        return vec![InvitationKind::Connect];
    }
    kinds.to_vec()
}

/// How the test calls of chosen accounts went.
fn tested(chosen: &[ad_accounts::Model]) -> Tested {
    let count = |accounts: usize| i64::try_from(accounts).unwrap_or(i64::MAX);
    let answered = { chosen.iter() }.filter(|account| account.probe.as_deref() == Some(ANSWERED));
    Tested {
        chosen: count(chosen.len()),
        answered: count(answered.count()),
    }
}

fn token_view(token: &client_tokens::Model, grants: &[GrantLine]) -> TokenView {
    TokenView {
        person_name: { grants.iter() }
            .find(|grant| grant.meta_user_id == token.meta_user_id)
            .map(|grant| grant.person_name.clone()),
        id: token.id,
        kind: TokenKind::from_code(&token.kind).unwrap_or(TokenKind::User),
        standing: TokenStanding::from_code(&token.standing).unwrap_or(TokenStanding::Superseded),
        status: TokenStatus::from_code(&token.token_status).unwrap_or(TokenStatus::Unknown),
        source: TokenSource::from_code(&token.source).unwrap_or(TokenSource::Login),
        fingerprint: fingerprint_display(&token.token_hash),
        life: TokenLife {
            expires_at: token.expires_at,
            data_access_expires_at: token.data_access_expires_at,
        },
        created_at: token.created_at,
        last_used: token.last_used,
        last_validated: token.last_validated_at,
        is_destroyed: token.destroyed_at.is_some(),
        checks: Vec::new(),
    }
}

fn check_view(row: &validations::Model) -> TokenCheck {
    TokenCheck {
        at: row.made_at,
        said: TokenStatus::from_code(&row.status).unwrap_or(TokenStatus::Unknown),
        explanation: explanation_of(row),
        code: row.code,
        subcode: row.subcode,
    }
}

fn account_view(account: &ad_accounts::Model) -> AccountView {
    AccountView {
        number: account.number.clone(),
        name: account.name.clone(),
        currency: account.currency.clone(),
        status: AccountStatus::from_meta(account.account_status),
        business: account.business_name.clone(),
        probe: stored_probe(account),
        probed_at: account.probed_at,
    }
}

fn invitation_view(
    row: &invitations::Model,
    now: chrono::DateTime<chrono::Utc>,
) -> SentInvitationView {
    let is_expired = row.spent_at.is_none() && row.revoked_at.is_none() && row.expires_at <= now;
    SentInvitationView {
        id: row.id,
        kind: InvitationKind::from_code(&row.kind).unwrap_or(InvitationKind::Connect),
        state: state(row, now),
        sent_at: row.created_at,
        expires_at: row.expires_at,
        opened: u64::try_from(row.opened_count).unwrap_or_default(),
        last_opened_at: row.last_opened_at,
        started_at: row.started_at,
        ended_at: row
            .spent_at
            .or(row.revoked_at)
            .or_else(|| is_expired.then_some(row.expires_at)),
        is_live: is_live(row, now),
        forwarded: Vec::new(),
    }
}

/// Each time that an invitation was passed on.
fn forwarded(
    invitation: Uuid,
    passed_on: &[invitation_links::Model],
    used_link: Option<Uuid>,
) -> Vec<ForwardedView> {
    passed_on
        .iter()
        .filter(|link| link.invitation_id == invitation)
        .map(|link| ForwardedView {
            at: link.created_at,
            by: link.forwarded_by.clone(),
            is_used: used_link == Some(link.id),
        })
        .collect()
}
