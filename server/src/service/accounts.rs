//! Ad accounts: read by a job, chosen by the client, tested by a job, submitted.

mod read;
mod submit;

use std::collections::HashMap;

use app::model::{
    AccountChoice, AccountGroup, AccountStatus, AccountsView, ConnectionState, FormState, GoOn,
    MissingScope, PersonView, Problem, TokenStanding,
};
use secrecy::SecretString;
use uuid::Uuid;

use super::{Error, Portal, Result, audit::Event, portal::job, visits::Visitor};
use crate::{
    domain::{agency::AgencyScope, client::fold_name, diagnosis::is_without_role},
    store::{
        self, Write,
        accounts::{self, Forget},
        connections::Model as Connection,
    },
};

pub(super) use read::account_row;
pub(super) use submit::{PROBES_AT_ONCE, probe, probe_row};
pub use submit::{stored_probe, stored_probe_of};

/// How far the reading of ad accounts is, as stored with the connection.
pub mod reading {
    pub const NONE: &str = "none";
    pub const QUEUED: &str = "queued";
    pub const DONE: &str = "done";
    /// Given up: what is there may not be all.
    pub const FAILED: &str = "failed";

    /// What a refusal of Meta ends a reading as.
    #[must_use]
    pub fn failed_by(class: AnswerClass) -> &'static str {
        HALTS
            .iter()
            .find(|(known, ..)| *known == class)
            .map_or(FAILED, |(_, code, _)| code)
    }

    /// Why no account can be chosen after such an end, whatever was read before it.
    #[must_use]
    pub fn halt(reading: &str) -> Option<StopReason> {
        let known = HALTS.iter().find(|(_, code, _)| *code == reading);
        known.map(|(.., reason)| *reason)
    }

    const HALTS: [(AnswerClass, &str, StopReason); 3] = [
        (AnswerClass::Relogin, "login_ended", StopReason::LoginEnded),
        (AnswerClass::Blocked, "blocked", StopReason::Blocked),
        (
            AnswerClass::FixConfig,
            "misconfigured",
            StopReason::Misconfigured,
        ),
    ];

    use app::model::{AnswerClass, StopReason};
}

/// How far the testing of chosen accounts is, as stored with the connection.
pub mod probing {
    pub const NONE: &str = "none";
    pub const QUEUED: &str = "queued";
    pub const DONE: &str = "done";
}

/// Accounts on one page of the choice.
const PAGE: u64 = 25;

/// Which part of the list is looked at.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    pub words: String,
    /// Counted from one.
    pub page: u64,
    /// What was wrong with the choice that was sent.
    pub form: FormState,
}

/// What the client did on the page of accounts.
pub struct Choice {
    /// Numbers of the accounts that were on the page.
    pub shown: Vec<String>,
    /// Numbers of those that were ticked.
    pub chosen: Vec<String>,
    /// Whether *Submit for approval* was pressed.
    pub is_submitted: bool,
    /// All accounts of one business, where those were chosen or dropped with one press.
    pub whole: Option<Whole>,
}

/// The accounts of one business, on every page of the list.
pub struct Whole {
    /// Meta's id; `None`: the accounts of no business.
    pub business: Option<String>,
    /// The search they match.
    pub words: String,
    pub is_chosen: bool,
}

impl Portal {
    /// *Yes, this is me*: the list of accounts is read now, by a job.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the visit has no draft of its own; when the database fails.
    pub async fn confirm_identity(&self, visitor: &Visitor) -> Result<()> {
        if self.confirm_candidate(visitor).await? {
            return Ok(());
        }
        let mut draft = self.open_draft(visitor).await?;
        if draft.confirmed_at.is_some() {
            return Ok(());
        }
        let missing = self.missing_of(visitor, &draft).await?;
        let go_on = self.go_on(visitor, &draft, &missing).await?;
        if matches!(go_on, GoOn::AfterAskingAgain | GoOn::NotAtAll) {
            // The page does not offer it.
            return Ok(());
        }
        draft.confirmed_at = Some(self.now());
        self.queue_reading(visitor, draft, "login.confirmed").await
    }

    /// Reads the list of accounts once more.
    ///
    /// # Errors
    /// As [`Portal::confirm_identity`].
    pub async fn read_accounts_again(&self, visitor: &Visitor) -> Result<()> {
        let draft = self.open_draft(visitor).await?;
        if draft.confirmed_at.is_none() || draft.reading == reading::QUEUED {
            return Ok(());
        }
        self.queue_reading(visitor, draft, "accounts.asked").await
    }

    async fn queue_reading(
        &self,
        visitor: &Visitor,
        mut draft: Connection,
        action: &str,
    ) -> Result<()> {
        let (scope, now, id) = (visitor.scope, self.now(), draft.id);
        draft.reading = reading::QUEUED.to_owned();
        draft.read_count = 0;
        draft.diagnosis = None;
        let tx = self.begin().await?;
        // Whoever signed in again has another token, and what the last one could read says nothing of it.
        accounts::forget_probes(&tx, scope, id, Forget::All).await?;
        if store::connections::save(&tx, scope, draft, now).await? == Write::Conflict {
            // A second click, or another tab: the first one is at work.
            return Ok(());
        }
        self.enqueue(&tx, scope, job::READ_ACCOUNTS, id).await?;
        let who = visitor.who();
        let event = Event::about_client(&who, action, visitor.visit.client_id);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    /// The draft of a visit that is not over.
    async fn open_draft(&self, visitor: &Visitor) -> Result<Connection> {
        if visitor.visit.expires_at <= self.now() || self.is_archived(visitor).await? {
            return Err(Error::NotFound);
        }
        self.own_draft(visitor).await
    }

    /// Keeps what was ticked; with *Submit for approval* the test calls begin.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the visit has no draft of its own; when the database fails.
    pub async fn choose_accounts(
        &self,
        visitor: &Visitor,
        choice: Choice,
    ) -> Result<Option<Problem>> {
        let (scope, now) = (visitor.scope, self.now());
        let mut draft = self.open_draft(visitor).await?;
        if draft.confirmed_at.is_none() || draft.probing == probing::QUEUED {
            return Ok(None);
        }
        let id = draft.id;
        let tx = self.begin().await?;
        accounts::choose(&tx, scope, id, &choice.shown, &choice.chosen).await?;
        if let Some(whole) = &choice.whole {
            let (business, words) = (whole.business.as_deref(), fold_name(&whole.words));
            accounts::choose_all(&tx, scope, id, &words, business, whole.is_chosen).await?;
        }
        if !choice.is_submitted {
            self.commit(tx).await?;
            return Ok(None);
        }
        let chosen = accounts::count_selected(&tx, scope, id).await?;
        if chosen == 0 {
            self.commit(tx).await?;
            return Ok(Some(Problem::NothingChosen));
        }
        draft.probing = probing::QUEUED.to_owned();
        accounts::forget_probes(&tx, scope, id, Forget::ChosenUnanswered).await?;
        if store::connections::save(&tx, scope, draft, now).await? == Write::Conflict {
            return Ok(None);
        }
        self.enqueue(&tx, scope, job::PROBE_ACCOUNTS, id).await?;
        let who = visitor.who();
        let event = Event::about_client(&who, "accounts.chosen", visitor.visit.client_id)
            .with("count", chosen);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(None)
    }

    /// One page of the choice.
    pub(super) async fn account_list(
        &self,
        visitor: &Visitor,
        connection: &Connection,
        list: &ListQuery,
        total: u64,
        person: PersonView,
        missing: Vec<MissingScope>,
    ) -> Result<AccountsView> {
        let (scope, db) = (visitor.scope, self.db.reader());
        let words = fold_name(&list.words);
        let matching = accounts::count(db, scope, connection.id, &words).await?;
        let pages = matching.div_ceil(PAGE).max(1);
        let page = list.page.clamp(1, pages);
        let rows = accounts::page(db, scope, connection.id, &words, page, PAGE).await?;
        let chosen = accounts::count_selected(db, scope, connection.id).await?;
        let open = accounts::count_open_by_business(db, scope, connection.id, &words).await?;
        let failed = accounts::failed(db, scope, &[connection.id]).await?;
        Ok(AccountsView {
            visit: visitor.visit.id,
            person,
            missing,
            query: list.words.clone(),
            groups: group(rows, &open),
            total,
            matching,
            page,
            pages,
            chosen,
            form: list.form.clone(),
            incomplete: connection.reading == reading::FAILED,
            failed: failed.into_iter().map(choice).collect(),
        })
    }

    /// The draft and its candidate, for a job. `None` where the work is no longer wanted.
    async fn working_draft(
        &self,
        scope: AgencyScope,
        connection: Uuid,
    ) -> Result<Option<(Connection, SecretString)>> {
        let db = self.db.reader();
        let draft = store::connections::get(db, scope, connection).await?;
        let Some(draft) = draft.filter(|row| row.state == ConnectionState::Draft.code()) else {
            return Ok(None);
        };
        if self.was_ended(db, scope, draft.visit_id).await? {
            return Ok(None);
        }
        let standing = TokenStanding::Candidate;
        let token = store::tokens::standing(db, scope, connection, standing).await?;
        let Some(token) = token else { return Ok(None) };
        let secret = self.open_token(scope, &token).await?;
        Ok(Some((draft, secret)))
    }
}

/// Rows in their order, under one roof each.
fn group(rows: Vec<accounts::Model>, open: &HashMap<Option<String>, i64>) -> Vec<AccountGroup> {
    let mut groups: Vec<AccountGroup> = Vec::new();
    for account in rows {
        let (id, business) = (account.business_id.clone(), account.business_name.clone());
        let choice = choice(account);
        match groups.last_mut() {
            Some(group) if group.id == id => group.accounts.push(choice),
            _ => groups.push(AccountGroup {
                open: open
                    .get(&id)
                    .map_or(0, |open| u64::try_from(*open).unwrap_or(0)),
                id,
                business,
                accounts: vec![choice],
            }),
        }
    }
    groups
}

fn choice(account: accounts::Model) -> AccountChoice {
    AccountChoice {
        status: AccountStatus::from_meta(account.account_status),
        chosen: account.is_selected,
        probe: stored_probe(&account),
        without_role: is_without_role(account.tasks.as_deref()),
        number: account.number,
        name: account.name,
        currency: account.currency,
    }
}
