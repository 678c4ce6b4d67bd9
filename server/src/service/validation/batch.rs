//! One call to Meta about up to fifty tokens, and one transaction with what came of it.

use std::{
    collections::{BTreeMap, HashSet},
    time::Instant,
};

use app::model::{AnswerClass, TokenStanding, TokenStatus};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    Terms,
    finding::{Expected, Finding},
};
use crate::{
    domain::{
        agency::AgencyScope,
        check_plan::{Planned, Told, next_check},
        token::Action,
    },
    service::{Error, Portal, Result, actor::Who, audit::Event, tokens::place},
    store::{self, tokens, validation_days},
};

/// Tokens that one caller has claimed.
pub(super) struct Claimed {
    pub rows: Vec<tokens::Model>,
    /// What names the claim.
    pub lease: DateTime<Utc>,
}

impl Portal {
    /// A moment that names a claim: no other claim has the same, so close they may come.
    pub(super) fn new_lease(&self, length: TimeDelta) -> DateTime<Utc> {
        let mut random = [0; 2];
        self.rng.fill(&mut random);
        let micros = i64::from(u16::from_le_bytes(random));
        self.now() + length + TimeDelta::microseconds(micros)
    }

    /// Asks Meta about claimed tokens and keeps what it said. One finding for each token, in their order.
    pub(super) async fn validate_claimed(
        &self,
        scope: AgencyScope,
        terms: &Terms,
        claimed: &Claimed,
        who: &Who,
    ) -> Result<Vec<Finding>> {
        let findings = self.ask_about(scope, terms, &claimed.rows).await?;
        self.settle(scope, terms, claimed, &findings, who).await?;
        Ok(findings)
    }

    async fn ask_about(
        &self,
        scope: AgencyScope,
        terms: &Terms,
        rows: &[tokens::Model],
    ) -> Result<Vec<Finding>> {
        let graph = self.graph()?;
        let mut findings: Vec<Option<Finding>> = vec![None; rows.len()];
        let mut secrets: Vec<SecretString> = Vec::with_capacity(rows.len());
        let mut asked = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let sealed = row.token_sealed.as_ref();
            let opened = sealed.map(|sealed| self.vault.open_text(place(scope, row.id), sealed));
            match opened {
                Some(Ok(secret)) => {
                    secrets.push(secret);
                    asked.push(index);
                }
                _ => findings[index] = Some(Finding::of_lost_key(last_known(row))),
            }
        }
        let began = Instant::now();
        let answers = graph.debug_tokens(&secrets).await;
        drop(secrets);
        let latency = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let now = self.now();
        for (index, answer) in asked.into_iter().zip(answers) {
            let row = &rows[index];
            let expected = Expected {
                app_id: &graph.config().app_id,
                person: Some(&row.meta_user_id),
                required_scopes: &terms.required,
                missing_account: row.missing_account,
                last_known: last_known(row),
            };
            let mut finding = Finding::of(answer, &expected, now);
            finding.latency_millis = (!finding.is_held).then_some(latency);
            findings[index] = Some(finding);
        }
        { findings.into_iter() }
            .map(|finding| finding.ok_or_else(|| Error::internal("a token without an answer")))
            .collect()
    }

    /// One transaction for the whole batch. An event for each status that is another one now, and none otherwise.
    async fn settle(
        &self,
        scope: AgencyScope,
        terms: &Terms,
        claimed: &Claimed,
        findings: &[Finding],
        who: &Who,
    ) -> Result<()> {
        let now = self.now();
        let mut sorted = Sorted::default();
        for (row, finding) in claimed.rows.iter().zip(findings) {
            sorted.add(row.id, finding, next(terms, row, finding, now));
        }
        let tx = self.begin().await?;
        let lease = claimed.lease;
        let mut ours = HashSet::new();
        ours.extend(tokens::settle_told(&tx, scope, lease, &sorted.told, now).await?);
        ours.extend(tokens::settle_untold(&tx, scope, lease, &sorted.untold, now).await?);
        tokens::put_off(&tx, scope, lease, &sorted.held).await?;
        let mine: Vec<(&tokens::Model, &Finding)> = { claimed.rows.iter().zip(findings) }
            .filter(|(row, _)| ours.contains(&row.id))
            .collect();
        let rows = { mine.iter() }
            .map(|(row, finding)| finding.row(self.new_id(), row, now))
            .collect();
        store::validations::create_many(&tx, rows).await?;
        self.note_on_clients(&tx, scope, &mine, now).await?;
        for (row, finding) in &mine {
            let learnt = finding.learnt(row);
            if learnt != tokens::Learnt::of(row) {
                tokens::learn(&tx, scope, row.id, &learnt).await?;
            }
        }
        let mut classes = BTreeMap::<AnswerClass, u64>::new();
        for (_, finding) in &mine {
            *classes.entry(finding.class).or_default() += 1;
        }
        let classes: Vec<_> = classes.into_iter().collect();
        validation_days::count_validations(&tx, scope, now.date_naive(), &classes).await?;
        for (row, finding) in &mine {
            self.record_change(&tx, scope, row, finding, who).await?;
        }
        self.commit(tx).await?;
        Ok(())
    }

    /// The client's row follows the primary token.
    async fn note_on_clients(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        mine: &[(&tokens::Model, &Finding)],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut by_status = BTreeMap::<TokenStatus, Vec<Uuid>>::new();
        for (row, finding) in mine {
            if finding.is_told() && row.standing == TokenStanding::Primary.code() {
                let clients = by_status.entry(finding.status).or_default();
                clients.push(row.client_id);
            }
        }
        for (status, clients) in by_status {
            store::clients::set_validated(tx, scope, &clients, status, now).await?;
        }
        Ok(())
    }

    async fn record_change(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        row: &tokens::Model,
        finding: &Finding,
        who: &Who,
    ) -> Result<()> {
        if finding.status.code() == row.token_status {
            return Ok(());
        }
        let event = Event::about_client(who, "token.status_changed", row.client_id)
            .with("token", row.id.to_string())
            .with("from", row.token_status.as_str())
            .with("to", finding.status.code())
            .with("class", finding.class.code())
            .with("code", finding.code)
            .with("subcode", finding.subcode);
        self.record(tx, scope, event).await
    }
}

/// Tokens by what is to be written of them, each with its next check.
#[derive(Default)]
struct Sorted {
    told: Vec<tokens::Next>,
    untold: Vec<tokens::Next>,
    held: Vec<tokens::Next>,
}

impl Sorted {
    fn add(&mut self, token: Uuid, finding: &Finding, at: DateTime<Utc>) {
        let group = if finding.is_held {
            &mut self.held
        } else if finding.is_told() {
            &mut self.told
        } else {
            &mut self.untold
        };
        group.push((token, at));
    }
}

/// When this token is checked next.
pub(in crate::service) fn next(
    terms: &Terms,
    row: &tokens::Model,
    finding: &Finding,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let told = match finding.retry_at {
        _ if finding.is_told() => Told::Status(finding.status),
        Some(moment) => Told::NotBefore(moment),
        None => Told::Nothing {
            action: finding.action,
            failures: u32::try_from(row.checks_failed).unwrap_or_default() + 1,
        },
    };
    let learnt = finding.learnt(row);
    let planned = Planned {
        id: row.id,
        standing: TokenStanding::from_code(&row.standing).unwrap_or(TokenStanding::Superseded),
        expires_at: learnt.expires_at,
        data_access_expires_at: learnt.data_access_expires_at,
    };
    next_check(&planned, told, terms.every, now)
}

/// Whether a whole batch led to nothing by something that is not the tokens' fault: then more of the same would,
/// too.
pub(super) fn is_silence(findings: &[Finding]) -> bool {
    let is_nothing = |finding: &Finding| {
        !finding.is_told()
            && matches!(
                finding.action,
                Action::Wait | Action::Retry | Action::FixConfig
            )
    };
    findings.iter().all(is_nothing)
}

fn last_known(row: &tokens::Model) -> TokenStatus {
    TokenStatus::from_code(&row.token_status).unwrap_or(TokenStatus::Pending)
}
