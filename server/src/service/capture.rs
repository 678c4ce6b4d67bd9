//! Facebook's answer: from the callback to a sealed token and a draft.

use std::sync::Arc;
use std::time::Duration;

use app::{
    model::{ConnectionState, StopReason, TokenSource, TokenStanding},
    routes,
};
use secrecy::{ExposeSecret, SecretString};

use super::{
    Error, Portal, Result,
    accounts::{probing, reading},
    actor::Origin,
    audit::Event,
    tokens::NewToken,
    visits::{Visitor, verifier_place},
};
use crate::{
    domain::{
        connection::{self, TokenEffect},
        permission,
    },
    meta::{self, Callback, Class, Me, MetaError, RefusalKind, TokenFacts, TokenKind},
    store::{
        self, Write,
        connections::Model as Connection,
        entity::{grants, oauth_states},
        lookup,
    },
    vault::{hashes_equal, secret_hash},
};

/// What a login that led to a draft is remembered as; every other outcome is a [`StopReason`]'s code.
const CAPTURED: &str = "captured";

/// How long the callback waits for Meta before it shows progress instead. The work itself goes on.
const PATIENCE: Duration = Duration::from_secs(8);

/// What Meta told of the person and the token.
struct Captured {
    token: SecretString,
    facts: TokenFacts,
    me: Me,
}

/// A login in flight whose browser has proven to be the one that began it.
#[derive(Clone)]
struct Login {
    visitor: Visitor,
    state: oauth_states::Model,
}

impl Portal {
    /// Works on a callback and says which page shows what became of it. The state is checked before
    /// anything else, then an error, then the code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn callback(
        self: &Arc<Self>,
        query: &str,
        browser: Option<&SecretString>,
        origin: Origin,
    ) -> Result<String> {
        let callback = meta::parse_callback(query);
        let state = match &callback {
            Callback::Code { state, .. } => Some(state),
            Callback::Refused { state, .. } => state.as_ref(),
            Callback::Nonsense => return Ok(routes::stopped(StopReason::LoginExpired)),
        };
        let found = match state {
            Some(state) => self.login_of_state(state, browser, origin).await?,
            None => self.only_login_of_browser(browser, origin).await?,
        };
        let login = match found {
            Ok(login) => login,
            Err(reason) => return Ok(routes::stopped(reason)),
        };
        let page = routes::visit(login.visitor.visit.id);
        let now = self.now();
        let scope = login.visitor.scope;
        if login.state.claimed_at.is_some() {
            return Ok(page);
        }
        let claimed =
            store::visits::claim_state(self.db.reader(), scope, login.state.id, now).await?;
        if claimed == Write::Conflict {
            return Ok(page);
        }
        let is_late = login.state.expires_at <= now || login.visitor.visit.expires_at <= now;
        match callback {
            _ if is_late => self.give_up(&login, StopReason::LoginExpired).await?,
            Callback::Code { code, .. } => self.capture_in_background(login, code).await?,
            Callback::Refused { refusal, .. } => {
                let reason = match refusal.kind {
                    RefusalKind::Denied | RefusalKind::Other => StopReason::NotGiven,
                    RefusalKind::AppSetup => StopReason::Misconfigured,
                    RefusalKind::Unavailable => StopReason::MetaUnavailable,
                };
                self.give_up(&login, reason).await?;
            }
            Callback::Nonsense => {}
        }
        Ok(page)
    }

    /// The capture goes on when the browser goes away or Meta is slow: the code can be used only once.
    async fn capture_in_background(
        self: &Arc<Self>,
        login: Login,
        code: SecretString,
    ) -> Result<()> {
        let portal = Arc::clone(self);
        let work = self
            .tasks
            .spawn(async move { portal.capture(&login, code).await });
        match tokio::time::timeout(PATIENCE, work).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => Err(Error::internal(panic)),
            Err(_still_at_work) => Ok(()),
        }
    }

    async fn capture(&self, login: &Login, code: SecretString) -> Result<()> {
        let place = verifier_place(login.visitor.scope, login.state.id);
        let verifier = self.vault.open_text(place, &login.state.verifier_sealed)?;
        let reason = match self.ask_meta(code, &verifier).await? {
            Ok(captured) => match self.keep(login, captured).await {
                Err(Error::Refused(_) | Error::Conflict) => StopReason::Overtaken,
                other => return other,
            },
            Err(reason) => reason,
        };
        self.give_up(login, reason).await
    }

    /// Every call to Meta that a capture needs; no transaction is open meanwhile.
    async fn ask_meta(
        &self,
        code: SecretString,
        verifier: &SecretString,
    ) -> Result<std::result::Result<Captured, StopReason>> {
        let graph = self.graph()?;
        let asked = async {
            let short = graph.exchange_code(code, verifier).await?;
            let long = graph.exchange_long_lived(&short.token).await?;
            let facts = graph.debug_token(&long.token).await?;
            let me = graph.me(&long.token).await?;
            Ok::<_, MetaError>(Captured {
                token: long.token,
                facts,
                me,
            })
        };
        let captured = match asked.await {
            Ok(captured) => captured,
            Err(error) => {
                tracing::warn!(
                    endpoint = error.endpoint.name(),
                    class = ?error.class,
                    code = error.code,
                    subcode = error.subcode,
                    "a capture failed at Meta"
                );
                return Ok(Err(stop_reason(error.class)));
            }
        };
        Ok(check(&graph.config().app_id, &captured).map(|()| captured))
    }

    /// One transaction: connection, token, grant, validation, audit, and what the login led to.
    async fn keep(&self, login: &Login, captured: Captured) -> Result<()> {
        let (scope, visit) = (login.visitor.scope, &login.visitor.visit);
        let now = self.now();
        let tx = self.begin().await?;
        if self.is_archived(&login.visitor).await?
            || self.was_ended(&tx, scope, Some(visit.id)).await?
        {
            return Err(Error::Conflict);
        }
        let existing = store::connections::of_client(&tx, scope, visit.client_id).await?;
        let from = existing
            .as_ref()
            .and_then(|row| ConnectionState::from_code(&row.state));
        let step = connection::transition(from, connection::Event::Captured)?;
        debug_assert_eq!(step.tokens, TokenEffect::SealCandidate);
        let is_new = existing.is_none();
        let old_person = existing.as_ref().map(|row| row.meta_user_id.clone());
        let mut row = existing.unwrap_or_else(|| self.blank_connection(login));
        if old_person.is_some_and(|old| old != captured.me.id) {
            store::accounts::forget_all(&tx, scope, row.id).await?;
        }
        row.state = step.to.code().to_owned();
        row.state_since = now;
        row.meta_user_id.clone_from(&captured.me.id);
        row.meta_user_name.clone_from(&captured.me.name);
        row.is_business = captured.facts.kind == Some(TokenKind::SystemUser);
        row.invitation_id = Some(visit.invitation_id);
        row.visit_id = Some(visit.id);
        row.link_id = visit.link_id;
        row.confirmed_at = None;
        row.reading = reading::NONE.to_owned();
        row.read_count = 0;
        row.probing = probing::NONE.to_owned();
        row.submitted_at = None;
        row.decided_at = None;
        row.decided_by = None;
        row.decision_reason = None;
        let id = row.id;
        if is_new {
            store::connections::create(&tx, row).await?;
        } else if store::connections::save(&tx, scope, row, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        self.destroy_standing(&tx, scope, id, TokenStanding::Candidate)
            .await?;
        let new = NewToken {
            client: visit.client_id,
            connection: id,
            source: TokenSource::Login,
            token: captured.token,
            facts: &captured.facts,
            meta_user_id: &captured.me.id,
        };
        self.keep_candidate(&tx, scope, new).await?;
        self.keep_grant(&tx, login, id, &captured.facts, &captured.me)
            .await?;
        store::visits::set_picture(&tx, scope, visit.id, captured.me.picture).await?;
        store::visits::finish_state(&tx, scope, login.state.id, CAPTURED, now).await?;
        let who = login.visitor.who();
        let event = Event::about_client(&who, "login.captured", visit.client_id)
            .with("connection", id.to_string())
            .with("scopes", captured.facts.scopes.join(","));
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        metrics::counter!("portico_captures_total", "outcome" => CAPTURED).increment(1);
        Ok(())
    }

    async fn keep_grant(
        &self,
        tx: &sea_orm::DatabaseTransaction,
        login: &Login,
        connection: uuid::Uuid,
        facts: &TokenFacts,
        me: &Me,
    ) -> Result<()> {
        let (scope, visit) = (login.visitor.scope, &login.visitor.visit);
        let id = self.new_id();
        let origin = &login.visitor.origin;
        let client = visit.client_id;
        let sealed = self
            .seal_origin(tx, scope, client, "client", id, origin)
            .await?;
        let asked = permission::parse_scopes(&login.state.scopes_asked);
        let declined = permission::missing(&asked, &facts.scopes);
        let grant = grants::Model {
            id,
            agency_id: scope.agency(),
            client_id: client,
            connection_id: connection,
            invitation_id: Some(visit.invitation_id),
            meta_user_id: me.id.clone(),
            meta_user_name: me.name.clone(),
            scopes_asked: login.state.scopes_asked.clone(),
            scopes_granted: facts.scopes.join(","),
            scopes_declined: declined.join(","),
            origin_sealed: Some(sealed),
            granted_at: self.now(),
        };
        Ok(store::connections::create_grant(tx, grant).await?)
    }

    fn blank_connection(&self, login: &Login) -> Connection {
        let now = self.now();
        Connection {
            id: self.new_id(),
            agency_id: login.visitor.scope.agency(),
            client_id: login.visitor.visit.client_id,
            state: ConnectionState::Draft.code().to_owned(),
            state_since: now,
            version: 1,
            meta_user_id: String::new(),
            meta_user_name: String::new(),
            is_business: false,
            invitation_id: None,
            visit_id: None,
            confirmed_at: None,
            reading: reading::NONE.to_owned(),
            read_count: 0,
            probing: probing::NONE.to_owned(),
            submitted_at: None,
            decided_at: None,
            decided_by: None,
            decision_reason: None,
            created_at: now,
            updated_at: now,
            link_id: None,
            diagnosis: None,
        }
    }

    /// The login failed: remembered for its replays, and told in the trail.
    async fn give_up(&self, login: &Login, reason: StopReason) -> Result<()> {
        metrics::counter!("portico_captures_total", "outcome" => reason.code()).increment(1);
        let (scope, visit) = (login.visitor.scope, &login.visitor.visit);
        let tx = self.begin().await?;
        let now = self.now();
        store::visits::finish_state(&tx, scope, login.state.id, reason.code(), now).await?;
        let who = login.visitor.who();
        let event = Event::about_client(&who, "login.failed", visit.client_id)
            .refused()
            .with("reason", reason.code());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    async fn login_of_state(
        &self,
        state: &SecretString,
        browser: Option<&SecretString>,
        origin: Origin,
    ) -> Result<std::result::Result<Login, StopReason>> {
        let hash = secret_hash(state.expose_secret());
        let db = self.db.reader();
        let Some((scope, row)) = lookup::oauth_state(db, &hash).await? else {
            return Ok(Err(StopReason::LoginExpired));
        };
        let visit = store::visits::get(db, scope, row.visit_id).await?;
        let is_theirs = |visit: &store::entity::visits::Model| {
            browser.is_some_and(|browser| {
                hashes_equal(&visit.browser_hash, &secret_hash(browser.expose_secret()))
            })
        };
        Ok(match visit.clone().filter(is_theirs) {
            Some(visit) => Ok(Login {
                visitor: Visitor {
                    scope,
                    visit,
                    origin,
                },
                state: row,
            }),
            None => Err(unknown_browser(visit.as_ref(), browser, &origin.user_agent)),
        })
    }

    /// A refusal without a state belongs to the browser's one visit, if there is just one.
    async fn only_login_of_browser(
        &self,
        browser: Option<&SecretString>,
        origin: Origin,
    ) -> Result<std::result::Result<Login, StopReason>> {
        let Some(browser) = browser else {
            return Ok(Err(StopReason::NotGiven));
        };
        let db = self.db.reader();
        let hash = secret_hash(browser.expose_secret());
        let mut visits = lookup::visits_of_browser(db, &hash, self.now()).await?;
        let (Some((scope, visit)), true) = (visits.pop(), visits.is_empty()) else {
            return Ok(Err(StopReason::NotGiven));
        };
        let state = store::visits::newest_state(db, scope, visit.id).await?;
        Ok(state
            .filter(|state| state.claimed_at.is_none())
            .map(|state| Login {
                visitor: Visitor {
                    scope,
                    visit,
                    origin,
                },
                state,
            })
            .ok_or(StopReason::NotGiven))
    }
}

/// Why a browser that came back cannot be told to be the one that began. The same browser, by its own name, and
/// without any cookie of ours: it seems to keep none.
fn unknown_browser(
    visit: Option<&store::entity::visits::Model>,
    cookie: Option<&SecretString>,
    user_agent: &str,
) -> StopReason {
    let is_same_agent = visit
        .and_then(|visit| visit.agent_hash.as_deref())
        .is_some_and(|hash| hashes_equal(hash, &secret_hash(user_agent)));
    if cookie.is_none() && is_same_agent {
        StopReason::CookiesOff
    } else {
        StopReason::OtherBrowser
    }
}

/// The token must be ours, alive, and the person's who signed in.
fn check(app_id: &str, captured: &Captured) -> std::result::Result<(), StopReason> {
    let facts = &captured.facts;
    let is_usable = matches!(facts.kind, Some(TokenKind::User | TokenKind::SystemUser));
    if facts.app_id.as_deref() != Some(app_id) || !is_usable {
        return Err(StopReason::NotOurs);
    }
    if facts.user_id.as_deref() != Some(captured.me.id.as_str()) {
        return Err(StopReason::NotOurs);
    }
    if facts.is_valid {
        Ok(())
    } else {
        Err(facts.class().map_or(StopReason::TryAgain, stop_reason))
    }
}

const fn stop_reason(class: Class) -> StopReason {
    match class {
        Class::Blocked => StopReason::Blocked,
        Class::Throttled | Class::Temporary => StopReason::MetaUnavailable,
        Class::Config => StopReason::Misconfigured,
        Class::Relogin
        | Class::Permission
        | Class::ObjectPermission
        | Class::CodeSpent
        | Class::CodeExpired
        | Class::Permanent => StopReason::TryAgain,
    }
}
