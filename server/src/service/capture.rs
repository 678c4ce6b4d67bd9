//! Facebook's answer: from the callback to a sealed token and a draft.

mod ask;
mod keep;

use std::sync::Arc;

use app::{model::StopReason, routes};
use secrecy::{ExposeSecret, SecretString};

use super::{
    Error, Portal, Result,
    actor::Origin,
    audit::Event,
    troubles::Trouble,
    visits::{Visitor, is_beyond_draft, is_lost, verifier_place},
};
use crate::{
    domain::agency::AgencyScope,
    meta::{self, Callback, RefusalKind},
    store::{self, Write, entity::oauth_states, lookup},
    vault::{Place, hashes_equal, secret_hash},
};
use ask::Held;

/// What a login that led to a draft is remembered as; every other outcome is a [`StopReason`]'s code.
const CAPTURED: &str = "captured";

/// A login in flight whose browser has proven to be the one that began it.
#[derive(Clone)]
struct Login {
    visitor: Visitor,
    /// As it was claimed.
    state: oauth_states::Model,
}

/// Why a login came to nothing.
struct Halt {
    reason: StopReason,
    /// What the login holds is still good: it can go on from there.
    can_go_on: bool,
    /// What the agency has to mend.
    trouble: Option<Trouble>,
}

impl Halt {
    const fn of(reason: StopReason) -> Self {
        Self {
            reason,
            can_go_on: false,
            trouble: None,
        }
    }
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
        let mut login = match found {
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
        login.state.claimed_at = Some(now);
        let is_late = login.state.expires_at <= now || login.visitor.visit.expires_at <= now;
        match callback {
            _ if is_late => {
                let halt = Halt::of(StopReason::LoginExpired);
                self.give_up(&login, halt).await?;
            }
            Callback::Code { code, .. } => {
                let held = Held::Code(code);
                self.capture_in_background(login, held).await?;
            }
            Callback::Refused { refusal, .. } => {
                let halt = self.halt_of(&refusal);
                self.give_up(&login, halt).await?;
            }
            Callback::Nonsense => {}
        }
        Ok(page)
    }

    /// *Try again*: goes on with what the login of a visit holds. Where it holds nothing, or somebody else
    /// has pressed the button too, the visit's page shows how things stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resume(self: &Arc<Self>, visitor: &Visitor) -> Result<()> {
        let (scope, now, db) = (visitor.scope, self.now(), self.db.reader());
        let is_beyond = (self.connection_of(visitor).await?)
            .is_some_and(|connection| is_beyond_draft(&connection));
        if visitor.visit.expires_at <= now || is_beyond {
            return Ok(());
        }
        let Some(mut state) = store::visits::newest_state(db, scope, visitor.visit.id).await?
        else {
            return Ok(());
        };
        let is_over = state.outcome.is_some() || is_lost(&state, now);
        let (Some(kind), Some(sealed), true) = (&state.held, &state.held_sealed, is_over) else {
            return Ok(());
        };
        let opened = self.vault.open_text(held_place(scope, state.id), sealed);
        let held = opened.ok().and_then(|secret| Held::of(kind, &secret));
        if store::visits::claim_again(db, scope, &state, now).await? == Write::Conflict {
            return Ok(());
        }
        state.claimed_at = Some(now);
        let login = Login {
            visitor: visitor.clone(),
            state,
        };
        match held {
            Some(held) => self.capture_in_background(login, held).await,
            None => self.give_up(&login, Halt::of(StopReason::TryAgain)).await,
        }
    }

    /// What a refusal of the dialog means. Login for Business knows no half: there it is the whole that was
    /// refused.
    fn halt_of(&self, refusal: &meta::Refusal) -> Halt {
        let is_for_business =
            (self.graph.as_ref()).is_some_and(|graph| graph.config().login_config_id.is_some());
        match refusal.kind {
            RefusalKind::Denied if is_for_business => Halt::of(StopReason::BusinessNotGiven),
            RefusalKind::Denied | RefusalKind::Other => Halt::of(StopReason::NotGiven),
            RefusalKind::AppSetup => Halt {
                trouble: Some(Trouble::of_dialog(refusal)),
                ..Halt::of(StopReason::Misconfigured)
            },
            RefusalKind::Unavailable => Halt::of(StopReason::MetaUnavailable),
        }
    }

    /// The capture goes on when the browser goes away or Meta is slow: the code can be used only once.
    async fn capture_in_background(self: &Arc<Self>, login: Login, held: Held) -> Result<()> {
        let portal = Arc::clone(self);
        let work = self
            .tasks
            .spawn(async move { portal.capture(&login, held).await });
        match tokio::time::timeout(self.patience, work).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => Err(Error::internal(panic)),
            Err(_still_at_work) => Ok(()),
        }
    }

    async fn capture(&self, login: &Login, held: Held) -> Result<()> {
        let kept = match self.ask_meta(login, held).await {
            Ok(Ok(captured)) => self.keep(login, captured).await,
            Ok(Err(halt)) => return self.give_up(login, halt).await,
            Err(error) => Err(error),
        };
        match kept {
            Err(Error::Refused(_) | Error::Conflict) => {
                let halt = Halt::of(StopReason::Overtaken);
                self.give_up(login, halt).await
            }
            other => other,
        }
    }

    /// The login failed: remembered for its replays, and told in the trail.
    async fn give_up(&self, login: &Login, halt: Halt) -> Result<()> {
        let code = halt.reason.code();
        metrics::counter!("portico_captures_total", "outcome" => code).increment(1);
        let (scope, visit) = (login.visitor.scope, &login.visitor.visit);
        let now = self.now();
        let tx = self.begin().await?;
        let finished =
            store::visits::finish_state(&tx, scope, &login.state, code, halt.can_go_on, now);
        if finished.await? == Write::Conflict {
            // Somebody took it up after it had seemed lost: theirs is the outcome.
            return Ok(());
        }
        if let Some(trouble) = &halt.trouble {
            self.note_trouble(&tx, scope, trouble).await?;
        }
        let who = login.visitor.who();
        let event = Event::about_client(&who, "login.failed", visit.client_id)
            .refused()
            .with("reason", code);
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

/// Where stands sealed what a login has got of Meta so far.
const fn held_place(scope: AgencyScope, id: uuid::Uuid) -> Place {
    Place {
        table: "oauth_states",
        column: "held_sealed",
        agency: scope.agency(),
        row: id,
    }
}
