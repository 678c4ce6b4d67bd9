//! One ad account, and many of them in one call: how it stands, how many campaigns it has, and the first page of
//! what a person reaches.

use secrecy::SecretString;
use serde_json::Value;

use super::{
    accounts::{ACCOUNT_FIELDS, AdAccount, LIMIT, Page, RawPage, ad_account, check_id},
    error::{Endpoint, MetaError},
    graph::{Call, Graph, decode},
    lenient,
};

const NODE: [(&str, &str); 1] = [("fields", ACCOUNT_FIELDS)];
const COUNT: [(&str, &str); 3] = [("fields", "id"), ("summary", "total_count"), ("limit", "1")];
const FIRST_PAGE: [(&str, &str); 2] = [("fields", ACCOUNT_FIELDS), ("limit", LIMIT)];

/// An ad account by its number, without `act_`, and the token that it is read with.
#[derive(Clone, Copy, Debug)]
pub struct AccountRef<'a> {
    pub token: &'a SecretString,
    pub number: &'a str,
}

impl Graph {
    /// How one ad account stands.
    ///
    /// # Errors
    /// `NotFound` or `AskPermission` when the person may not read it, and what any call gives.
    pub async fn ad_account(
        &self,
        token: &SecretString,
        number: &str,
    ) -> Result<AdAccount, MetaError> {
        let one = [AccountRef { token, number }];
        let answers = self.ask_each(Endpoint::AdAccount, &one, &NODE).await;
        only(answers).and_then(|answer| account(&answer))
    }

    /// How each of these ad accounts stands: fifty in one call, answers in their order.
    pub async fn ad_accounts_each(
        &self,
        accounts: &[AccountRef<'_>],
    ) -> Vec<Result<AdAccount, MetaError>> {
        let answers = self.ask_each(Endpoint::AdAccount, accounts, &NODE).await;
        let told = answers.into_iter();
        told.map(|answer| account(&answer?)).collect()
    }

    /// How many campaigns an ad account has, archived and deleted ones not counted: the probe of an account.
    ///
    /// # Errors
    /// `NotFound` or `AskPermission` when the person may not read it, and what any call gives.
    pub async fn campaigns_count(
        &self,
        token: &SecretString,
        number: &str,
    ) -> Result<u64, MetaError> {
        let one = [AccountRef { token, number }];
        let answers = self.ask_each(Endpoint::Campaigns, &one, &COUNT).await;
        only(answers).and_then(count)
    }

    /// How many campaigns each of these ad accounts has: fifty in one call, answers in their order.
    pub async fn campaigns_counts(
        &self,
        accounts: &[AccountRef<'_>],
    ) -> Vec<Result<u64, MetaError>> {
        let answers = self.ask_each(Endpoint::Campaigns, accounts, &COUNT).await;
        let told = answers.into_iter();
        told.map(|answer| answer.and_then(count)).collect()
    }

    /// The first page of the ad accounts that each of these people has a role on: fifty in one call, answers in
    /// their order. The pages that follow are for [`Graph::ad_accounts`].
    pub async fn ad_accounts_of_each(
        &self,
        tokens: &[&SecretString],
    ) -> Vec<Result<Page<AdAccount>, MetaError>> {
        let endpoint = Endpoint::AdAccounts;
        let calls: Vec<_> = tokens
            .iter()
            .map(|token| Call::read(endpoint, &["me", "adaccounts"], token, &FIRST_PAGE))
            .collect();
        let answers = self.batch(&calls).await.into_iter();
        let told = answers.map(|answer| decode::<RawPage>(endpoint, answer?));
        told.map(|page| Ok(page?.after(None).of(ad_account)))
            .collect()
    }

    /// The same of each account. What is not the number of one is not sent.
    async fn ask_each(
        &self,
        endpoint: Endpoint,
        accounts: &[AccountRef<'_>],
        params: &[(&str, &str)],
    ) -> Vec<Result<Value, MetaError>> {
        let numbers = accounts.iter().map(|account| {
            check_id(endpoint, account.number)?;
            Ok(format!("act_{}", account.number))
        });
        let nodes: Vec<Result<String, MetaError>> = numbers.collect();
        let paths: Vec<[&str; 2]> = nodes
            .iter()
            .flatten()
            .map(|node| [node.as_str(), "campaigns"])
            .collect();
        let sent = accounts.iter().zip(&nodes).filter(|(_, node)| node.is_ok());
        let calls: Vec<_> = sent
            .zip(&paths)
            .map(|((account, _), path)| {
                let path = match endpoint {
                    Endpoint::Campaigns => &path[..],
                    _ => &path[..1],
                };
                Call::read(endpoint, path, account.token, params)
            })
            .collect();
        let mut answers = self.batch(&calls).await.into_iter();
        let told = nodes.iter().filter_map(|node| match node {
            Ok(_) => answers.next(),
            Err(error) => Some(Err(error.clone())),
        });
        told.collect()
    }
}

/// A batch of one is a single call.
fn only(mut answers: Vec<Result<Value, MetaError>>) -> Result<Value, MetaError> {
    answers.pop().expect("an answer to each call")
}

fn account(answer: &Value) -> Result<AdAccount, MetaError> {
    ad_account(answer)
        .ok_or_else(|| MetaError::nonsense(Endpoint::AdAccount, "an ad account without its number"))
}

fn count(answer: Value) -> Result<u64, MetaError> {
    let endpoint = Endpoint::Campaigns;
    let raw: RawPage = decode(endpoint, answer)?;
    let total = raw
        .summary
        .as_ref()
        .and_then(|summary| summary.get("total_count"))
        .and_then(lenient::integer)
        .and_then(|total| u64::try_from(total).ok());
    match total {
        Some(total) => Ok(total),
        None if raw.data.is_empty() => Ok(0),
        None => Err(MetaError::nonsense(endpoint, "a list without its count")),
    }
}
