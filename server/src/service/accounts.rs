//! Ad accounts: read by a job, chosen by the client, tested by a job, submitted.

use std::{collections::HashMap, time::Instant};

use app::model::{
    AccountChoice, AccountGroup, AccountStatus, AccountsView, ConnectionState, FormState,
    MissingScope, PersonView, Probe, ProbeFailure, Problem, TokenStanding,
};
use app::text::Lang;
use chrono::{DateTime, Utc};
use futures::{StreamExt, stream};
use secrecy::SecretString;
use uuid::Uuid;

use super::{Error, Portal, Result, actor::Who, audit::Event, portal::job, visits::Visitor};
use crate::{
    domain::{agency::AgencyScope, client::fold_name, connection, role::Permission},
    mail::Template,
    meta::{AdAccount, BusinessEdge, Class, Graph, MetaError},
    store::{self, Write, accounts, connections::Model as Connection},
};

/// How far the reading of ad accounts is, as stored with the connection.
pub mod reading {
    pub const NONE: &str = "none";
    pub const QUEUED: &str = "queued";
    pub const DONE: &str = "done";
    /// Given up: what is there may not be all.
    pub const FAILED: &str = "failed";
}

/// How far the testing of chosen accounts is, as stored with the connection.
pub mod probing {
    pub const NONE: &str = "none";
    pub const QUEUED: &str = "queued";
    pub const DONE: &str = "done";
}

/// Accounts on one page of the choice.
const PAGE: u64 = 25;
/// Accounts that are tested at the same time.
const PROBES_AT_ONCE: usize = 5;
/// Pages of one list that are read at most: 100 accounts each, more than Meta lets one person have.
const PAGES_MAX: usize = 100;
/// What a test call that answered is stored as; every other value is a [`ProbeFailure`]'s code.
const PROBE_OK: &str = "ok";

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
}

impl Portal {
    /// *Yes, this is me*: the list of accounts is read now, by a job.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the visit has no draft of its own; when the database fails.
    pub async fn confirm_identity(&self, visitor: &Visitor) -> Result<()> {
        let mut draft = self.open_draft(visitor).await?;
        if draft.confirmed_at.is_some() {
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
        let tx = self.begin().await?;
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
        if visitor.visit.expires_at <= self.now() {
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
        if !choice.is_submitted {
            self.commit(tx).await?;
            return Ok(None);
        }
        let chosen = accounts::selected(&tx, scope, &[id]).await?;
        if chosen.is_empty() {
            self.commit(tx).await?;
            return Ok(Some(Problem::NothingChosen));
        }
        draft.probing = probing::QUEUED.to_owned();
        accounts::clear_probes(&tx, scope, id).await?;
        if store::connections::save(&tx, scope, draft, now).await? == Write::Conflict {
            return Ok(None);
        }
        self.enqueue(&tx, scope, job::PROBE_ACCOUNTS, id).await?;
        let who = visitor.who();
        let event = Event::about_client(&who, "accounts.chosen", visitor.visit.client_id)
            .with("count", chosen.len());
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
        let chosen = accounts::selected(db, scope, &[connection.id]).await?;
        Ok(AccountsView {
            visit: visitor.visit.id,
            person,
            missing,
            query: list.words.clone(),
            groups: group(rows),
            total,
            matching,
            page,
            pages,
            chosen: chosen.len() as u64,
            form: list.form.clone(),
            incomplete: connection.reading == reading::FAILED,
        })
    }

    /// The job behind *Yes, this is me*: every page of Meta's lists, the person's own and those held
    /// through businesses. `Err(Conflict)` asks for another try.
    ///
    /// # Errors
    /// When the database fails, or Meta could not be read and tries are left.
    pub async fn read_accounts(
        &self,
        scope: AgencyScope,
        connection: Uuid,
        is_last_try: bool,
    ) -> Result<()> {
        let Some((draft, token)) = self.working_draft(scope, connection).await? else {
            return Ok(());
        };
        if draft.reading != reading::QUEUED {
            return Ok(());
        }
        let began = self.now();
        let granted = self.granted(scope, &draft).await?;
        let mut reader = Reader {
            portal: self,
            scope,
            connection,
            graph: self.graph()?,
            token: &token,
            seen: HashMap::new(),
        };
        let through_businesses = granted
            .iter()
            .any(|scope| scope == crate::domain::permission::BUSINESS_MANAGEMENT);
        let outcome = reader.read_all(through_businesses).await?;
        let count = reader.seen.len();
        let state = match outcome {
            Ok(()) => reading::DONE,
            Err(error) => {
                tracing::warn!(endpoint = error.endpoint.name(), class = ?error.class, code = error.code, "ad accounts could not be read");
                let may_pass = matches!(error.class, Class::Temporary | Class::Throttled);
                if may_pass && !is_last_try {
                    return Err(Error::Conflict);
                }
                reading::FAILED
            }
        };
        let now = self.now();
        let tx = self.begin().await?;
        if state == reading::DONE {
            accounts::forget_unseen(&tx, scope, connection, began).await?;
        }
        let Some(mut draft) = store::connections::get(&tx, scope, connection).await? else {
            return Ok(());
        };
        draft.reading = state.to_owned();
        draft.read_count = i64::try_from(count).unwrap_or(i64::MAX);
        let client = draft.client_id;
        if store::connections::save(&tx, scope, draft, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        let event = Event::about_client(&Who::System, "accounts.read", client).with("count", count);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    /// The job behind *Submit for approval*: a test call to each chosen account. All answered: submitted.
    /// Otherwise the client sees which did not, and may go on without them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn probe_accounts(&self, scope: AgencyScope, connection: Uuid) -> Result<()> {
        let Some((draft, token)) = self.working_draft(scope, connection).await? else {
            return Ok(());
        };
        if draft.probing != probing::QUEUED {
            return Ok(());
        }
        let graph = self.graph()?;
        let chosen = accounts::selected(self.db.reader(), scope, &[connection]).await?;
        let tests: Vec<_> = chosen
            .iter()
            .filter(|account| account.probe.is_none())
            .map(|account| {
                probe(
                    graph.clone(),
                    token.clone(),
                    account.id,
                    account.number.clone(),
                )
            })
            .collect();
        let mut tests = stream::iter(tests).buffer_unordered(PROBES_AT_ONCE);
        let mut failed = Vec::new();
        while let Some(tested) = tests.next().await {
            if matches!(tested.probe, Probe::Failed(_)) {
                failed.push(tested.number);
            }
            let row = row(tested.probe);
            accounts::set_probe(self.db.reader(), scope, tested.id, row, self.now()).await?;
        }
        failed.extend(
            chosen
                .iter()
                .filter(|account| {
                    account
                        .probe
                        .as_deref()
                        .is_some_and(|probe| probe != PROBE_OK)
                })
                .map(|account| account.number.clone()),
        );
        if failed.is_empty() {
            self.submit(scope, connection, chosen.len()).await
        } else {
            self.let_choose_again(scope, connection, &failed).await
        }
    }

    /// Accounts that did not answer are shown beside their reason and are no longer chosen.
    async fn let_choose_again(
        &self,
        scope: AgencyScope,
        connection: Uuid,
        failed: &[String],
    ) -> Result<()> {
        let tx = self.begin().await?;
        let Some(mut draft) = store::connections::get(&tx, scope, connection).await? else {
            return Ok(());
        };
        let client = draft.client_id;
        draft.probing = probing::DONE.to_owned();
        accounts::choose(&tx, scope, connection, failed, &[]).await?;
        if store::connections::save(&tx, scope, draft, self.now()).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        let event = Event::about_client(&Who::System, "accounts.probe_failed", client)
            .refused()
            .with("count", failed.len());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    async fn submit(&self, scope: AgencyScope, connection: Uuid, count: usize) -> Result<()> {
        let now = self.now();
        let tx = self.begin().await?;
        let Some(mut draft) = store::connections::get(&tx, scope, connection).await? else {
            return Ok(());
        };
        let step = connection::transition(
            ConnectionState::from_code(&draft.state),
            connection::Event::Submitted,
        )?;
        draft.state = step.to.code().to_owned();
        draft.state_since = now;
        draft.submitted_at = Some(now);
        draft.probing = probing::DONE.to_owned();
        let (client, invitation) = (draft.client_id, draft.invitation_id);
        let person_name = draft.meta_user_name.clone();
        if store::connections::save(&tx, scope, draft, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        if let Some(invitation) = invitation {
            store::invitations::spend(&tx, scope, invitation, now).await?;
        }
        let client_row = store::clients::get(&tx, scope, client)
            .await?
            .ok_or(Error::NotFound)?;
        for person in store::staff::active(&tx, scope).await? {
            let decides = app::model::Role::from_code(&person.role)
                .is_some_and(|role| crate::domain::role::may(role, Permission::Decide));
            if !decides || person.password_hash.is_none() {
                continue;
            }
            let template = Template::Submitted {
                client_name: client_row.name.clone(),
                person_name: person_name.clone(),
                accounts: count as u64,
                queue_url: self.absolute(app::routes::pattern::QUEUE),
            };
            self.queue_mail(&tx, scope, None, &person.email, Lang::default(), &template)
                .await?;
        }
        let who = Who::Client(client, super::actor::Origin::default());
        let event = Event::about_client(&who, "connection.submitted", client).with("count", count);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
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
        let standing = TokenStanding::Candidate;
        let token = store::tokens::standing(db, scope, connection, standing).await?;
        let Some(token) = token else { return Ok(None) };
        let secret = self.open_token(scope, &token).await?;
        Ok(Some((draft, secret)))
    }
}

/// Reads every list of a person's accounts, page by page, and keeps what it sees.
struct Reader<'a> {
    portal: &'a Portal,
    scope: AgencyScope,
    connection: Uuid,
    graph: &'a Graph,
    token: &'a SecretString,
    seen: HashMap<String, ()>,
}

/// What Meta refused; the outer result is the database's.
type Read = Result<std::result::Result<(), MetaError>>;

impl Reader<'_> {
    async fn read_all(&mut self, through_businesses: bool) -> Read {
        if let Err(error) = self.read_own().await? {
            return Ok(Err(error));
        }
        if !through_businesses {
            return Ok(Ok(()));
        }
        let mut after = None;
        for _ in 0..PAGES_MAX {
            let page = match self.graph.businesses(self.token, after.as_deref()).await {
                Ok(page) => page,
                // What may not be looked through is no reason to lose the rest.
                Err(error) if error.class == Class::Permission => return Ok(Ok(())),
                Err(error) => return Ok(Err(error)),
            };
            for business in &page.items {
                for edge in [BusinessEdge::Owned, BusinessEdge::Client] {
                    let business = (business.id.as_str(), business.name.as_str());
                    if let Err(error) = self.read_business(business, edge).await? {
                        return Ok(Err(error));
                    }
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        Ok(Ok(()))
    }

    async fn read_own(&mut self) -> Read {
        let mut after = None;
        for _ in 0..PAGES_MAX {
            let page = match self.graph.ad_accounts(self.token, after.as_deref()).await {
                Ok(page) => page,
                Err(error) if error.class == Class::Permission => return Ok(Ok(())),
                Err(error) => return Ok(Err(error)),
            };
            self.keep(page.items, None).await?;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        Ok(Ok(()))
    }

    async fn read_business(&mut self, business: (&str, &str), edge: BusinessEdge) -> Read {
        let mut after = None;
        for _ in 0..PAGES_MAX {
            let asked =
                self.graph
                    .business_accounts(self.token, business.0, edge, after.as_deref());
            let page = match asked.await {
                Ok(page) => page,
                Err(error)
                    if matches!(error.class, Class::Permission | Class::ObjectPermission) =>
                {
                    return Ok(Ok(()));
                }
                Err(error) => return Ok(Err(error)),
            };
            self.keep(page.items, Some(business)).await?;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        Ok(Ok(()))
    }

    async fn keep(&mut self, items: Vec<AdAccount>, business: Option<(&str, &str)>) -> Result<()> {
        let now = self.portal.now();
        let mut rows = Vec::new();
        for account in items {
            if self.seen.insert(account.number.clone(), ()).is_none() {
                rows.push(self.row(account, business, now));
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
        let db = self.portal.db.reader();
        accounts::upsert(db, rows).await?;
        let found = self.seen.len() as u64;
        Ok(store::connections::set_progress(db, self.scope, self.connection, found).await?)
    }

    fn row(
        &self,
        account: AdAccount,
        business: Option<(&str, &str)>,
        now: DateTime<Utc>,
    ) -> accounts::Model {
        let own = account
            .business
            .map(|business| (business.id, business.name));
        let business = own.or_else(|| business.map(|(id, name)| (id.to_owned(), name.to_owned())));
        let (business_id, business_name) = business.unzip();
        accounts::Model {
            id: self.portal.new_id(),
            agency_id: self.scope.agency(),
            connection_id: self.connection,
            search_name: fold_name(&account.name),
            number: account.number,
            name: account.name,
            currency: account.currency.unwrap_or_default(),
            account_status: account.account_status,
            timezone_name: account.timezone_name,
            business_id,
            business_name,
            is_selected: false,
            probe: None,
            probe_millis: None,
            campaigns_count: None,
            probed_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// An account with what its test call said.
struct Tested {
    id: Uuid,
    number: String,
    probe: Probe,
}

async fn probe(graph: Graph, token: SecretString, id: Uuid, number: String) -> Tested {
    let began = Instant::now();
    let probe = match graph.campaigns_count(&token, &number).await {
        Ok(campaigns) => Probe::Answered {
            campaigns,
            millis: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        },
        Err(error) => Probe::Failed(match error.class {
            Class::Throttled => ProbeFailure::Throttled,
            Class::Relogin | Class::Blocked => ProbeFailure::LoginEnded,
            Class::Temporary => ProbeFailure::MetaUnavailable,
            _ => ProbeFailure::NoAccess,
        }),
    };
    Tested { id, number, probe }
}

fn row(probe: Probe) -> accounts::ProbeRow {
    match probe {
        Probe::Answered { campaigns, millis } => accounts::ProbeRow {
            code: PROBE_OK.to_owned(),
            millis: i64::try_from(millis).ok(),
            campaigns: i64::try_from(campaigns).ok(),
        },
        Probe::Failed(failure) => accounts::ProbeRow {
            code: failure.code().to_owned(),
            millis: None,
            campaigns: None,
        },
    }
}

/// What the last test call to an account said, as stored.
#[must_use]
pub fn stored_probe(account: &accounts::Model) -> Option<Probe> {
    let code = account.probe.as_deref()?;
    if code == PROBE_OK {
        return Some(Probe::Answered {
            campaigns: account
                .campaigns_count
                .and_then(|n| u64::try_from(n).ok())
                .unwrap_or_default(),
            millis: account
                .probe_millis
                .and_then(|n| u64::try_from(n).ok())
                .unwrap_or_default(),
        });
    }
    ProbeFailure::from_code(code).map(Probe::Failed)
}

/// Rows in their order, under one roof each.
fn group(rows: Vec<accounts::Model>) -> Vec<AccountGroup> {
    let mut groups: Vec<(Option<String>, AccountGroup)> = Vec::new();
    for account in rows {
        let choice = AccountChoice {
            status: AccountStatus::from_meta(account.account_status),
            chosen: account.is_selected,
            probe: stored_probe(&account),
            number: account.number,
            name: account.name,
            currency: account.currency,
        };
        match groups.last_mut() {
            Some((id, group)) if *id == account.business_id => group.accounts.push(choice),
            _ => groups.push((
                account.business_id,
                AccountGroup {
                    business: account.business_name,
                    accounts: vec![choice],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
