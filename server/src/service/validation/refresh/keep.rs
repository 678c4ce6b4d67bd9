//! What was seen of accounts is kept: only what is another than before, in one transaction.

use std::collections::{HashMap, HashSet};

use app::model::ProbeFailure;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    Subject,
    ask::{Look, Tested},
};
use crate::{
    domain::{
        agency::AgencyScope,
        check_plan::{Planned, Told, next_check, slot},
    },
    service::{
        Portal, Result, accounts::account_row, actor::Who, audit::Event, validation::REFRESH,
    },
    store::{
        self,
        accounts::{self, ANSWERED, Model as Account, ProbeRow},
        tokens,
    },
};

/// Until accounts that Meta could not tell of are looked at again.
const AGAIN: TimeDelta = TimeDelta::minutes(30);

impl Portal {
    /// One transaction for all of them. Gives the tokens of which something is seen now that their status does not
    /// say: they are to be checked.
    pub(super) async fn keep_looks(
        &self,
        scope: AgencyScope,
        lease: DateTime<Utc>,
        claimed: &[Uuid],
        subjects: &[Subject],
        looks: &[Look],
    ) -> Result<Vec<Uuid>> {
        let now = self.now();
        let seen: HashMap<Uuid, &Look> = { subjects.iter().zip(looks) }
            .map(|(subject, look)| (subject.token.id, look))
            .collect();
        let next: Vec<tokens::Next> = { claimed.iter() }
            .map(|id| (*id, next_look(*id, seen.get(id).copied(), now)))
            .collect();
        let known = self.known_accounts(scope, subjects, looks).await?;
        let tx = self.begin().await?;
        let ours = tokens::settle_refresh(&tx, scope, lease, &next).await?;
        let ours: HashSet<Uuid> = ours.into_iter().collect();
        let mine = || { subjects.iter().zip(looks) }.filter(|(s, _)| ours.contains(&s.token.id));
        let mut doubtful = Vec::new();
        let mut rows = Vec::new();
        for (subject, look) in mine() {
            rows.extend(self.changed(scope, subject, look, &known, now));
        }
        accounts::upsert(&tx, rows).await?;
        for (subject, look) in mine().filter(|(subject, _)| subject.is_primary()) {
            self.keep_tests(&tx, scope, subject, look, now).await?;
        }
        for (subject, look) in mine() {
            let is_missing = match look.is_any_lost() {
                true => true,
                // Each answered.
                false if look.is_whole() && !look.is_token_refused() => false,
                false => subject.token.missing_account,
            };
            let is_other = is_missing != subject.token.missing_account;
            if is_other {
                tokens::set_missing_account(&tx, scope, subject.token.id, is_missing).await?;
            }
            if is_other || look.is_token_refused() {
                doubtful.push(subject.token.id);
            }
        }
        let lost = mine().filter(|(subject, _)| subject.is_primary());
        for (subject, look) in lost {
            self.record_lost(&tx, scope, subject, look).await?;
        }
        self.commit(tx).await?;
        Ok(doubtful)
    }

    /// The accounts that are told now, as they are stored.
    async fn known_accounts(
        &self,
        scope: AgencyScope,
        subjects: &[Subject],
        looks: &[Look],
    ) -> Result<HashMap<(Uuid, String), Account>> {
        let mut known = HashMap::new();
        for (subject, look) in subjects.iter().zip(looks) {
            let numbers: Vec<&str> = { look.accounts.iter() }
                .map(|account| account.number.as_str())
                .collect();
            let (db, connection) = (self.db.reader(), subject.token.connection_id);
            for row in accounts::numbered(db, scope, connection, &numbers).await? {
                known.insert((connection, row.number.clone()), row);
            }
        }
        Ok(known)
    }

    /// Rows of accounts that are new, or of which something is another than is stored.
    fn changed(
        &self,
        scope: AgencyScope,
        subject: &Subject,
        look: &Look,
        known: &HashMap<(Uuid, String), Account>,
        now: DateTime<Utc>,
    ) -> Vec<Account> {
        let connection = subject.token.connection_id;
        let mut rows = Vec::new();
        for account in &look.accounts {
            let stored = known.get(&(connection, account.number.clone()));
            // A list without the business does not take it away: it may have been read through that business.
            let business = stored.and_then(|row| {
                let name = row.business_name.as_deref()?;
                Some((row.business_id.as_deref()?, name))
            });
            let told = account_row(
                self.new_id(),
                scope,
                connection,
                account.clone(),
                business,
                now,
            );
            if stored.is_none_or(|stored| is_other(stored, &told)) {
                rows.push(told);
            }
        }
        rows
    }

    /// What the test calls said, and what the client's own row says of it.
    async fn keep_tests(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        subject: &Subject,
        look: &Look,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut same = Vec::new();
        let mut campaigns = 0;
        let mut is_other_count = false;
        for (account, tested) in subject.chosen.iter().zip(&look.tested) {
            let row = match *tested {
                Tested::Answered { campaigns, millis } => ProbeRow {
                    code: ANSWERED.to_owned(),
                    millis: Some(millis),
                    campaigns: Some(campaigns),
                },
                Tested::Lost => ProbeRow {
                    code: ProbeFailure::NoAccess.code().to_owned(),
                    millis: None,
                    campaigns: None,
                },
                Tested::TokenRefused | Tested::Unsaid(_) => {
                    campaigns += account.campaigns_count.unwrap_or_default();
                    continue;
                }
            };
            campaigns += row.campaigns.unwrap_or_default();
            is_other_count |= row.campaigns != account.campaigns_count;
            let is_same = account.probe.as_deref() == Some(row.code.as_str())
                && account.campaigns_count == row.campaigns;
            if is_same {
                same.push(account.id);
            } else {
                accounts::set_probe(tx, scope, account.id, row, now).await?;
            }
        }
        accounts::set_tested(tx, scope, &same, now).await?;
        let client = subject.token.client_id;
        if is_other_count {
            store::clients::set_campaigns(tx, scope, client, campaigns).await?;
        }
        self.keep_name(tx, scope, subject, look).await
    }

    /// The client's name at Meta: that of a chosen account, where nobody has typed another one. It follows when the
    /// account is called otherwise.
    async fn keep_name(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        subject: &Subject,
        look: &Look,
    ) -> Result<()> {
        let Some(first) = subject.chosen.first() else {
            return Ok(());
        };
        let client = subject.token.client_id;
        let now_called = |account: &Account| {
            { look.accounts.iter() }
                .find(|told| told.number == account.number)
                .map_or_else(|| account.name.clone(), |told| told.name.clone())
        };
        store::clients::name_at_meta(tx, scope, client, None, &now_called(first)).await?;
        for account in &subject.chosen {
            let name = now_called(account);
            if name != account.name {
                let before = Some(account.name.as_str());
                store::clients::name_at_meta(tx, scope, client, before, &name).await?;
            }
        }
        Ok(())
    }

    async fn record_lost(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        subject: &Subject,
        look: &Look,
    ) -> Result<()> {
        let lost = { subject.chosen.iter().zip(&look.tested) }
            .filter(|(account, tested)| {
                **tested == Tested::Lost && account.probe.as_deref() == Some(ANSWERED)
            })
            .count();
        if lost == 0 {
            return Ok(());
        }
        let client = subject.token.client_id;
        let event = Event::about_client(&Who::System, "accounts.lost", client).with("count", lost);
        self.record(tx, scope, event).await
    }
}

/// When a token's accounts are looked at next.
fn next_look(id: Uuid, look: Option<&Look>, now: DateTime<Utc>) -> DateTime<Utc> {
    match look {
        Some(look) if !look.is_whole() => {
            let planned = Planned {
                id,
                standing: app::model::TokenStanding::Primary,
                expires_at: None,
                data_access_expires_at: None,
            };
            let moment = look.retry_at.unwrap_or(now + AGAIN);
            next_check(&planned, Told::NotBefore(moment), REFRESH, now)
        }
        _ => slot(id, REFRESH, now),
    }
}

/// Whether something is told otherwise than it is stored.
fn is_other(stored: &Account, told: &Account) -> bool {
    stored.name != told.name
        || stored.account_status != told.account_status
        || stored.currency != told.currency
        || stored.timezone_name != told.timezone_name
        || stored.business_id != told.business_id
        || stored.business_name != told.business_name
        || stored.tasks != told.tasks
}
