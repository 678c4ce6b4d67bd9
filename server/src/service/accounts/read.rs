//! The job that reads the accounts a person can show.

use std::collections::HashMap;

use app::model::{AccountStatus, AnswerClass, NoAccountsReason};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use uuid::Uuid;

use super::reading;
use crate::{
    domain::{
        agency::AgencyScope,
        client::fold_name,
        diagnosis::{Found, Limited, Lists, diagnose},
        permission::BUSINESS_MANAGEMENT,
    },
    meta::{AdAccount, BusinessEdge, GranularScope, Graph, MetaError, Recorder},
    service::{Error, Portal, Result, actor::Who, audit::Event, troubles::Trouble},
    store::{self, Write, accounts},
};

/// Pages of one list that are read at most: 100 accounts each, more than Meta lets one person have.
const PAGES_MAX: usize = 100;

impl Portal {
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
        let recorder = Recorder::default();
        let graph = self.graph()?.recording(&recorder);
        let mut reader = Reader {
            portal: self,
            scope,
            connection,
            graph: &graph,
            token: &token,
            seen: HashMap::new(),
            lists: Lists::default(),
        };
        let through_businesses = granted.iter().any(|scope| scope == BUSINESS_MANAGEMENT);
        let outcome = reader.read_all(through_businesses).await?;
        self.keep_answers_of(scope, &draft, &recorder).await?;
        let (count, lists) = (reader.seen.len(), reader.lists);
        let mut trouble = None;
        let (state, diagnosis) = match outcome {
            Ok(()) => {
                let statuses: Vec<_> = reader.seen.into_values().collect();
                let diagnosis = self.diagnose(&granted, lists, &statuses, &token).await?;
                (reading::DONE, diagnosis)
            }
            Err(error) => {
                tracing::warn!(endpoint = error.endpoint.name(), class = ?error.class, code = error.code, "ad accounts could not be read");
                if error.class.passes() && !is_last_try {
                    return Err(Error::Conflict);
                }
                trouble = Trouble::of_call(&error);
                let state = reading::failed_by(error.class);
                (state, Some(NoAccountsReason::MetaUnavailable))
            }
        };
        let now = self.now();
        let tx = self.begin().await?;
        if state == reading::DONE {
            accounts::forget_unseen(&tx, scope, connection, began).await?;
        }
        self.keep_offer(&tx, scope, connection).await?;
        let Some(mut draft) = store::connections::get(&tx, scope, connection).await? else {
            return Ok(());
        };
        draft.reading = state.to_owned();
        draft.read_count = i64::try_from(count).unwrap_or(i64::MAX);
        draft.diagnosis = diagnosis.map(|reason| reason.code().to_owned());
        let client = draft.client_id;
        if store::connections::save(&tx, scope, draft, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        if let Some(trouble) = &trouble {
            self.note_trouble(&tx, scope, trouble).await?;
        }
        let mut event = if state == reading::DONE {
            Event::about_client(&Who::System, "accounts.read", client)
        } else {
            Event::about_client(&Who::System, "accounts.read_failed", client)
                .refused()
                .with("reason", state)
        };
        event = event.with("count", count);
        if let Some(reason) = diagnosis {
            event = event.with("diagnosis", reason.code());
        }
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    /// Why there is nothing to choose. Meta is asked once more, and only where nothing was found: what the
    /// permissions were limited to stands in `debug_token` alone.
    async fn diagnose(
        &self,
        granted: &[String],
        lists: Lists,
        accounts: &[AccountStatus],
        token: &SecretString,
    ) -> Result<Option<NoAccountsReason>> {
        let limited = if accounts.is_empty() {
            match self.graph()?.debug_token(token).await {
                Ok(facts) => facts.granular.into_iter().map(limited).collect(),
                // The diagnosis is then less exact, and still true.
                Err(_) => Vec::new(),
            }
        } else {
            Vec::new()
        };
        Ok(diagnose(&Found {
            granted,
            limited: &limited,
            lists,
            accounts,
        }))
    }
}

fn limited(granular: GranularScope) -> Limited {
    Limited {
        scope: granular.scope,
        targets: granular.target_ids,
    }
}

/// Reads every list of a person's accounts, page by page, and keeps what it sees.
struct Reader<'a> {
    portal: &'a Portal,
    scope: AgencyScope,
    connection: Uuid,
    graph: &'a Graph,
    token: &'a SecretString,
    /// Every account once, with its state.
    seen: HashMap<String, AccountStatus>,
    lists: Lists,
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
                Err(error) if error.class == AnswerClass::AskPermission => {
                    self.lists.is_business_refused = true;
                    return Ok(Ok(()));
                }
                Err(error) => return Ok(Err(error)),
            };
            self.lists.businesses += page.items.len();
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
                Err(error) if error.class == AnswerClass::AskPermission => {
                    self.lists.is_own_refused = true;
                    return Ok(Ok(()));
                }
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
                    if matches!(
                        error.class,
                        AnswerClass::AskPermission | AnswerClass::NotFound
                    ) =>
                {
                    self.lists.is_business_refused = true;
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
            let status = AccountStatus::from_meta(account.account_status);
            if self.seen.insert(account.number.clone(), status).is_none() {
                let id = self.portal.new_id();
                let row = account_row(id, self.scope, self.connection, account, business, now);
                rows.push(row);
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
}

/// An account as Meta tells it, as a row that nobody has chosen. Where it does not tell whose it is, it is of the
/// business that it was found through.
pub(in crate::service) fn account_row(
    id: Uuid,
    scope: AgencyScope,
    connection: Uuid,
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
        id,
        agency_id: scope.agency(),
        connection_id: connection,
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
        tasks: account.tasks.map(|tasks| tasks.join(",")),
    }
}
