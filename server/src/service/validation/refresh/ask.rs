//! What is asked of Meta about accounts, fifty questions in a call.

use std::{collections::HashSet, time::Instant};

use app::model::AnswerClass;
use chrono::{DateTime, Utc};

use super::{Reached, Subject};
use crate::{
    meta::{AccountRef, AdAccount, MetaError, Page},
    service::{Portal, Result},
};

/// What was seen with one token.
#[derive(Debug, Default)]
pub struct Look {
    /// Accounts as Meta tells them: of the person's own list, and those of the chosen ones that are not in it.
    pub accounts: Vec<AdAccount>,
    /// Of each chosen account, in their order.
    pub tested: Vec<Tested>,
    /// Not before then.
    pub retry_at: Option<DateTime<Utc>>,
}

/// What a test call to a chosen account said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// So many campaigns, after so many milliseconds.
    Answered { campaigns: i64, millis: i64 },
    /// It cannot be reached with this token.
    Lost,
    /// Meta will not have the token, or its person.
    TokenRefused,
    /// What passes by itself: it says nothing.
    Unsaid(AnswerClass),
}

impl Look {
    /// Whether Meta said anything.
    pub fn is_told(&self) -> bool {
        let is_unsaid = |tested: &Tested| matches!(tested, Tested::Unsaid(_));
        self.tested.is_empty() || !self.tested.iter().all(is_unsaid)
    }

    /// Whether Meta said something of each account.
    pub fn is_whole(&self) -> bool {
        let is_unsaid = |tested: &Tested| matches!(tested, Tested::Unsaid(_));
        !self.tested.iter().any(is_unsaid)
    }

    pub fn is_any_lost(&self) -> bool {
        self.tested.contains(&Tested::Lost)
    }

    pub fn is_token_refused(&self) -> bool {
        self.tested.contains(&Tested::TokenRefused)
    }

    /// Why Meta said nothing.
    pub fn why_not(&self) -> AnswerClass {
        let unsaid = self.tested.iter().find_map(|tested| match tested {
            Tested::Unsaid(class) => Some(*class),
            _ => None,
        });
        unsaid.unwrap_or(AnswerClass::Retry)
    }

    pub fn reached(&self) -> Reached {
        let count = |is_it: fn(&Tested) -> bool| {
            self.tested.iter().filter(|tested| is_it(tested)).count() as u64
        };
        Reached {
            chosen: self.tested.len() as u64,
            answered: count(|tested| matches!(tested, Tested::Answered { .. })),
            lost: count(|tested| *tested == Tested::Lost),
        }
    }
}

impl Portal {
    /// What Meta says of the accounts of these tokens, each in its place.
    pub(super) async fn look_at(&self, subjects: &[Subject]) -> Result<Vec<Look>> {
        let graph = self.graph()?;
        let mut looks: Vec<Look> = subjects.iter().map(|_| Look::default()).collect();
        let primaries: Vec<usize> = (0..subjects.len())
            .filter(|at| subjects[*at].is_primary())
            .collect();
        let secrets: Vec<_> = { primaries.iter() }
            .map(|at| &subjects[*at].secret)
            .collect();
        let lists = graph.ad_accounts_of_each(&secrets).await;
        for (at, list) in primaries.iter().zip(lists) {
            looks[*at].take_list(list);
        }
        // Which account of which token is asked about.
        let mut unseen = Vec::new();
        let mut chosen = Vec::new();
        for (at, subject) in subjects.iter().enumerate() {
            let seen: HashSet<&str> = { looks[at].accounts.iter() }
                .map(|account| account.number.as_str())
                .collect();
            for account in &subject.chosen {
                let asked = AccountRef {
                    token: &subject.secret,
                    number: &account.number,
                };
                chosen.push((at, asked));
                if subject.is_primary() && !seen.contains(account.number.as_str()) {
                    unseen.push((at, asked));
                }
            }
        }
        let refs: Vec<_> = unseen.iter().map(|(_, asked)| *asked).collect();
        let told = graph.ad_accounts_each(&refs).await;
        for ((at, _), account) in unseen.iter().zip(told) {
            // What is not told of an account is told by the test call to it.
            looks[*at].accounts.extend(account.ok());
        }
        let refs: Vec<_> = chosen.iter().map(|(_, asked)| *asked).collect();
        let began = Instant::now();
        let told = graph.campaigns_counts(&refs).await;
        let calls = refs.len().div_ceil(super::super::BATCH).max(1);
        let millis = began.elapsed().as_millis() / calls as u128;
        let millis = i64::try_from(millis).unwrap_or(i64::MAX);
        for ((at, _), answer) in chosen.iter().zip(told) {
            looks[*at].take_test(answer, millis);
        }
        Ok(looks)
    }
}

impl Look {
    fn take_list(&mut self, list: std::result::Result<Page<AdAccount>, MetaError>) {
        match list {
            Ok(page) => self.accounts = page.items,
            // Some have no list of their own and reach accounts through a business all the same.
            Err(error) => self.retry_at = self.retry_at.max(error.retry_at),
        }
    }

    fn take_test(&mut self, answer: std::result::Result<u64, MetaError>, millis: i64) {
        let tested = match answer {
            Ok(campaigns) => Tested::Answered {
                campaigns: i64::try_from(campaigns).unwrap_or(i64::MAX),
                millis,
            },
            Err(error) => {
                self.retry_at = self.retry_at.max(error.retry_at);
                match error.class {
                    AnswerClass::NotFound | AnswerClass::AskPermission => Tested::Lost,
                    AnswerClass::Relogin | AnswerClass::Blocked => Tested::TokenRefused,
                    class => Tested::Unsaid(class),
                }
            }
        };
        self.tested.push(tested);
    }
}
