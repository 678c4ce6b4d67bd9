//! A visit: one browser's way from a guided link to *Done*. Where it stands is read from what is stored,
//! so a reload, the back button, a second tab and a restart all show the same step.

mod identity;

pub(super) use identity::person_before;

use app::{
    model::{
        AccountsView, AgencyView, ConnectionState, DoneView, IdentityView, NoAccountsReason,
        NoAccountsView, PersonView, ProgressView, StopReason, StoppedView, UnreachedView,
    },
    routes,
};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    accounts::{ListQuery, probing, reading},
    actor::{Origin, Who},
    audit::Event,
    tokens::{ends_at, is_short},
};
use crate::{
    domain::{
        agency::AgencyScope,
        connection::needs_no_link,
        numbers::{STATE_LIFE, VISIT_LIFE},
        permission, rate,
    },
    meta::{AuthType, DialogRequest, new_pkce},
    store::{
        self,
        connections::Model as Connection,
        entity::{oauth_states, visits},
        lookup,
    },
    vault::{Place, hashes_equal, secret_hash},
};

/// Closed accounts that are named where there are no others.
const CLOSED_NAMED: u64 = 5;

/// How long a claimed login may be at work before it is taken for lost: its process was killed.
const CAPTURE_MAX_SECONDS: i64 = 60;

/// A browser that went on from a guided link.
pub struct Started {
    /// Facebook's dialog.
    pub dialog: Url,
    /// The secret that binds this browser, for the cookie.
    pub browser: SecretString,
}

/// A visit whose browser has proven to be the one that began it.
#[derive(Clone)]
pub struct Visitor {
    pub scope: AgencyScope,
    pub visit: visits::Model,
    pub origin: Origin,
}

impl Visitor {
    /// As the audit trail names them.
    #[must_use]
    pub fn who(&self) -> Who {
        Who::Client(self.visit.client_id, self.origin.clone())
    }
}

/// The step that a visit is at.
pub enum Step {
    Progress(ProgressView),
    Identity(IdentityView),
    Accounts(AccountsView),
    NoAccounts(NoAccountsView),
    Done(DoneView),
    /// Beside a live connection: the login reaches none of its accounts.
    Unreached(UnreachedView),
    Stopped(StoppedView),
}

/// How the client wants to sign in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Just once more.
    Same,
    /// With another Facebook person.
    AnotherPerson,
    /// For the permissions that are missing.
    MissingScopes,
    /// To choose more ad accounts: without being asked again, Facebook shows the choice to nobody who has
    /// agreed before.
    MoreAccounts,
}

impl Portal {
    /// *Continue with Facebook* on a guided link: binds the browser, begins a visit, leads to the dialog.
    /// `None` where the link does not lead on.
    ///
    /// # Errors
    /// When no Meta app is configured or the database fails.
    pub async fn start_visit(
        &self,
        secret: &str,
        browser: Option<SecretString>,
        origin: Origin,
    ) -> Result<Option<Started>> {
        let Some(live) = self.live_link(secret).await? else {
            return Ok(None);
        };
        // A program that posts here without having looked at the page begins nothing; whoever is led back to the
        // page has seen it then.
        if live.invitation.opened_count == 0 {
            return Ok(None);
        }
        let bucket = super::sign_in::bucket("visit-starts", &live.invitation.id.to_string());
        if let Some(seconds) = self.over_limit(&bucket, rate::STARTS).await? {
            return Err(Error::TooMany(seconds));
        }
        let scopes = self.asked_scopes(live.scope).await?;
        let now = self.now();
        let browser = browser.unwrap_or_else(|| self.new_secret());
        let visit = visits::Model {
            id: self.new_id(),
            agency_id: live.scope.agency(),
            client_id: live.client.id,
            invitation_id: live.invitation.id,
            browser_hash: secret_hash(browser.expose_secret()).to_vec(),
            created_at: now,
            expires_at: now + VISIT_LIFE,
            picture_url: None,
            link_id: Some(live.link),
            agent_hash: Some(secret_hash(&origin.user_agent).to_vec()),
        };
        let tx = self.begin().await?;
        store::visits::create(&tx, visit.clone()).await?;
        store::invitations::mark_started(&tx, live.scope, live.invitation.id, now).await?;
        let visitor = Visitor {
            scope: live.scope,
            visit,
            origin,
        };
        let dialog = self.put_in_flight(&tx, &visitor, &scopes, None).await?;
        let who = visitor.who();
        let event = Event::about_client(&who, "visit.started", live.client.id);
        self.record(&tx, live.scope, event).await?;
        self.commit(tx).await?;
        Ok(Some(Started { dialog, browser }))
    }

    /// Signs in with Facebook once more within a visit. `None` where the visit is over.
    ///
    /// # Errors
    /// When no Meta app is configured or the database fails.
    pub async fn sign_in_again(&self, visitor: &Visitor, again: Again) -> Result<Option<Url>> {
        if visitor.visit.expires_at <= self.now()
            || self.is_archived(visitor).await?
            || self.needs_no_login(visitor).await?
        {
            return Ok(None);
        }
        let asked = self.asked_scopes(visitor.scope).await?;
        let (scopes, auth_type) = match again {
            Again::Same => (asked, None),
            Again::AnotherPerson => (asked, Some(AuthType::Reauthenticate)),
            Again::MissingScopes => {
                let missing = self.missing_scopes(visitor).await?;
                let scopes = if missing.is_empty() { asked } else { missing };
                (scopes, Some(AuthType::Rerequest))
            }
            Again::MoreAccounts => (asked, Some(AuthType::Rerequest)),
        };
        let tx = self.begin().await?;
        store::visits::drop_held(&tx, visitor.scope, visitor.visit.id).await?;
        let dialog = self.put_in_flight(&tx, visitor, &scopes, auth_type).await?;
        self.commit(tx).await?;
        Ok(Some(dialog))
    }

    /// Whether what the visit is about waits for a decision or is live, so that nothing is to be signed for.
    pub(super) async fn needs_no_login(&self, visitor: &Visitor) -> Result<bool> {
        let (scope, visit) = (visitor.scope, &visitor.visit);
        let candidate = store::candidates::of_visit(self.db.reader(), scope, visit.id).await?;
        if let Some(candidate) = candidate {
            return Ok(candidate.state != ConnectionState::Draft.code());
        }
        if self.beside(scope, visit).await?.is_some() {
            return Ok(false);
        }
        let connection = self.connection_of(visitor).await?;
        Ok(connection.is_some_and(|row| is_beyond_draft(&row)))
    }

    /// The visit, if this browser began it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visitor(
        &self,
        id: Uuid,
        browser: Option<&SecretString>,
        origin: Origin,
    ) -> Result<Option<Visitor>> {
        let Some(browser) = browser else {
            return Ok(None);
        };
        let found = lookup::visit(self.db.reader(), id).await?;
        let hash = secret_hash(browser.expose_secret());
        Ok(found
            .filter(|(_, visit)| hashes_equal(&visit.browser_hash, &hash))
            .map(|(scope, visit)| Visitor {
                scope,
                visit,
                origin,
            }))
    }

    /// The agency that a visit belongs to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn visit_agency(&self, visitor: &Visitor) -> Result<AgencyView> {
        self.agency(visitor.scope).await
    }

    /// Where a visit stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn step(&self, visitor: &Visitor, list: &ListQuery) -> Result<Step> {
        if let Some(step) = self.step_beside(visitor).await? {
            return Ok(step);
        }
        let (scope, visit) = (visitor.scope, &visitor.visit);
        let db = self.db.reader();
        let now = self.now();
        let connection = self.connection_of(visitor).await?;
        let is_over = connection.as_ref().is_some_and(is_beyond_draft);
        let mine = connection.filter(|row| row.visit_id == Some(visit.id));
        if let Some(connection) = &mine
            && connection.state != ConnectionState::Draft.code()
        {
            return self.done_or_stopped(visitor, connection).await;
        }
        if let Some(reason) = self.over(visitor).await? {
            return Ok(stopped(reason, None));
        }
        let again = (!is_over).then(|| routes::visit_again(visit.id));
        let resume = (!is_over).then(|| routes::visit_resume(visit.id));
        let login = store::visits::newest_state(db, scope, visit.id).await?;
        if let Some(step) = login
            .as_ref()
            .and_then(|login| login_step(login, now, again.clone(), resume))
        {
            return Ok(step);
        }
        let Some(connection) = mine else {
            let has_captured = login.is_some_and(|login| login.outcome.is_some());
            let reason = if is_over || has_captured {
                StopReason::Overtaken
            } else {
                StopReason::NotGiven
            };
            return Ok(stopped(reason, again));
        };
        if connection.confirmed_at.is_none() {
            return Ok(Step::Identity(self.identity(visitor, &connection).await?));
        }
        if let Some(reason) = reading::halt(&connection.reading) {
            return Ok(stopped(reason, again));
        }
        self.account_step(visitor, &connection, list).await
    }

    async fn account_step(
        &self,
        visitor: &Visitor,
        connection: &Connection,
        list: &ListQuery,
    ) -> Result<Step> {
        let scope = visitor.scope;
        let found = u64::try_from(connection.read_count).unwrap_or_default();
        if connection.reading == reading::QUEUED {
            return Ok(Step::Progress(ProgressView::Reading { found }));
        }
        if connection.probing == probing::QUEUED {
            let chosen =
                store::accounts::selected(self.db.reader(), scope, &[connection.id]).await?;
            let total = chosen.len() as u64;
            let done = chosen.iter().filter(|a| a.probe.is_some()).count() as u64;
            return Ok(Step::Progress(ProgressView::Probing { done, total }));
        }
        let total = store::accounts::count(self.db.reader(), scope, connection.id, "").await?;
        let missing = self.missing_of(visitor, connection).await?;
        let person = person(visitor, connection);
        if let Some(reason) = nothing_to_choose(connection, total) {
            let closed =
                store::accounts::first(self.db.reader(), scope, connection.id, CLOSED_NAMED);
            let closed = if reason == NoAccountsReason::AllClosed {
                closed.await?.into_iter().map(|row| row.name).collect()
            } else {
                Vec::new()
            };
            return Ok(Step::NoAccounts(NoAccountsView {
                visit: visitor.visit.id,
                person,
                reason,
                closed,
            }));
        }
        let view = self
            .account_list(visitor, connection, list, total, person, missing)
            .await?;
        Ok(Step::Accounts(view))
    }

    async fn done_or_stopped(&self, visitor: &Visitor, connection: &Connection) -> Result<Step> {
        let state = ConnectionState::from_code(&connection.state)
            .ok_or_else(|| Error::internal("a state that nobody knows"))?;
        let Some(submitted_at) = identity::submitted_at(connection) else {
            return Ok(stopped(StopReason::LinkEnded, None));
        };
        let db = self.db.reader();
        let client = store::clients::get(db, visitor.scope, visitor.visit.client_id)
            .await?
            .ok_or(Error::NotFound)?;
        let accounts = store::accounts::selected(db, visitor.scope, &[connection.id]).await?;
        let tokens = store::tokens::of_connection(db, visitor.scope, connection.id).await?;
        let token = store::tokens::main(&tokens);
        Ok(Step::Done(DoneView {
            client_name: client.name,
            person_name: connection.meta_user_name.clone(),
            submitted_at,
            accounts: accounts.into_iter().map(|account| account.name).collect(),
            scopes: self.granted(visitor.scope, connection).await?,
            expires_at: token.and_then(ends_at),
            is_short: token.is_some_and(|token| is_short(token.created_at, token.expires_at)),
            is_business: connection.is_business,
            email: client.email,
            state,
        }))
    }

    /// What was given at the last consent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn granted(
        &self,
        scope: AgencyScope,
        connection: &Connection,
    ) -> Result<Vec<String>> {
        let grants =
            store::connections::newest_grants(self.db.reader(), scope, &[connection.id]).await?;
        Ok(grants
            .get(&connection.id)
            .map(|grant| permission::parse_scopes(&grant.scopes_granted))
            .unwrap_or_default())
    }

    /// The draft that this visit has captured.
    ///
    /// # Errors
    /// [`Error::NotFound`] where another visit has captured since, or the draft went on.
    pub async fn own_draft(&self, visitor: &Visitor) -> Result<Connection> {
        store::connections::of_client(self.db.reader(), visitor.scope, visitor.visit.client_id)
            .await?
            .filter(|row| {
                row.visit_id == Some(visitor.visit.id) && row.state == ConnectionState::Draft.code()
            })
            .ok_or(Error::NotFound)
    }

    /// The client's connection, whoever captured it.
    pub(super) async fn connection_of(&self, visitor: &Visitor) -> Result<Option<Connection>> {
        let (scope, client) = (visitor.scope, visitor.visit.client_id);
        Ok(store::connections::of_client(self.db.reader(), scope, client).await?)
    }

    async fn put_in_flight(
        &self,
        tx: &sea_orm::DatabaseTransaction,
        visitor: &Visitor,
        scopes: &[String],
        auth_type: Option<AuthType>,
    ) -> Result<Url> {
        let now = self.now();
        let state = self.new_secret();
        let (challenge, verifier) = new_pkce(&*self.rng);
        let id = self.new_id();
        let row = oauth_states::Model {
            id,
            agency_id: visitor.scope.agency(),
            visit_id: visitor.visit.id,
            state_hash: secret_hash(state.expose_secret()).to_vec(),
            verifier_sealed: self
                .vault
                .seal_text(verifier_place(visitor.scope, id), &verifier),
            scopes_asked: scopes.join(","),
            created_at: now,
            expires_at: now + STATE_LIFE,
            claimed_at: None,
            finished_at: None,
            outcome: None,
            held: None,
            held_sealed: None,
        };
        let nonce = row.auth_nonce();
        store::visits::create_state(tx, row).await?;
        Ok(self.graph()?.dialog_url(&DialogRequest {
            state: &state,
            challenge,
            scopes,
            auth_type,
            auth_nonce: (auth_type == Some(AuthType::Reauthenticate)).then_some(nonce.as_str()),
        }))
    }
}

/// Where the sealed PKCE verifier of a login stands.
pub(super) const fn verifier_place(scope: AgencyScope, id: Uuid) -> Place {
    Place {
        table: "oauth_states",
        column: "verifier_sealed",
        agency: scope.agency(),
        row: id,
    }
}

/// Whether a connection waits for a decision or is live: nothing is to be signed for then.
pub(super) fn is_beyond_draft(connection: &Connection) -> bool {
    ConnectionState::from_code(&connection.state).is_some_and(needs_no_link)
}

/// Why there is nothing to choose, from what the reading left behind. What was found before Meta stopped
/// answering can be chosen.
fn nothing_to_choose(connection: &Connection, total: u64) -> Option<NoAccountsReason> {
    use NoAccountsReason as Reason;
    let told = connection.diagnosis.as_deref().and_then(Reason::from_code);
    match told {
        Some(Reason::MetaUnavailable) if total > 0 => None,
        Some(reason) => Some(reason),
        // Read before causes were kept.
        None if total == 0 && connection.reading == reading::FAILED => {
            Some(Reason::MetaUnavailable)
        }
        None if total == 0 => Some(Reason::NothingThere),
        None => None,
    }
}

/// Whether a login that was claimed will never be finished: its process was killed.
pub(super) fn is_lost(login: &oauth_states::Model, now: DateTime<Utc>) -> bool {
    let began = login.claimed_at.filter(|_| login.outcome.is_none());
    began.is_some_and(|began| (now - began).num_seconds() >= CAPTURE_MAX_SECONDS)
}

/// What the newest login says of the visit, unless it was a good one.
pub(super) fn login_step(
    login: &oauth_states::Model,
    now: DateTime<Utc>,
    again: Option<String>,
    resume: Option<String>,
) -> Option<Step> {
    login.claimed_at?;
    let resume = resume.filter(|_| login.held_sealed.is_some());
    let reason = match &login.outcome {
        Some(outcome) => StopReason::from_code(outcome)?,
        None if !is_lost(login, now) => return Some(Step::Progress(ProgressView::SigningIn)),
        None if resume.is_some() => StopReason::Interrupted,
        None => StopReason::TryAgain,
    };
    Some(Step::Stopped(StoppedView {
        reason,
        again,
        resume,
    }))
}

fn person(visitor: &Visitor, connection: &Connection) -> PersonView {
    PersonView {
        name: connection.meta_user_name.clone(),
        picture: visitor.visit.picture_url.clone(),
        is_business: connection.is_business,
    }
}

/// A halt from which signing in once more may lead on.
pub(super) const fn stopped(reason: StopReason, again: Option<String>) -> Step {
    Step::Stopped(StoppedView {
        reason,
        again,
        resume: None,
    })
}
