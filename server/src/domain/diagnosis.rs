//! Why there is no ad account to choose: from what was granted, what it was limited to, and what was found.
//!
//! Meta answers all of these cases with the same empty list. Source of the facts: `debug_token`
//! (`granular_scopes`, docs/graph-api/reference/debug_token) and the reference of the ad account.

use app::model::{AccountStatus, NoAccountsReason};

use super::permission::{ADS_READ, BUSINESS_MANAGEMENT};

/// A permission with the objects that the person limited it to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limited {
    pub scope: String,
    /// `None`: not limited to chosen objects.
    pub targets: Option<Vec<String>>,
}

/// How a list of Meta's went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// Meta refused the person's own list for want of a permission.
    pub is_own_refused: bool,
    /// Business portfolios that the person belongs to.
    pub businesses: usize,
    /// Meta refused the list of portfolios, or the accounts of at least one of them.
    pub is_business_refused: bool,
}

/// What is known when a list of ad accounts was read to its end.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub granted: &'a [String],
    pub limited: &'a [Limited],
    pub lists: Lists,
    /// The state of every account that was found.
    pub accounts: &'a [AccountStatus],
}

/// The first cause that explains why nothing can be chosen; `None` where something can be.
///
/// The order is that of what the person can do about it: what was not given comes before what is not there.
#[must_use]
pub fn diagnose(found: &Found<'_>) -> Option<NoAccountsReason> {
    use NoAccountsReason as Reason;
    let has = |scope: &str| found.granted.iter().any(|given| given == scope);
    let targets = |scope: &str| targets(found.limited, scope);
    if found.accounts.iter().any(|status| status.is_selectable()) {
        return None;
    }
    Some(if !found.accounts.is_empty() {
        Reason::AllClosed
    } else if !has(ADS_READ) {
        Reason::AdsScopeMissing
    } else if targets(ADS_READ).is_some_and(<[String]>::is_empty) {
        Reason::AssetsNotTicked
    } else if found.lists.is_own_refused {
        Reason::ListRefused
    } else if !has(BUSINESS_MANAGEMENT) {
        Reason::BusinessScopeMissing
    } else if targets(BUSINESS_MANAGEMENT).is_some_and(<[String]>::is_empty) {
        Reason::AssetsNotTicked
    } else if targets(ADS_READ).is_some() {
        Reason::AssetsUnreachable
    } else if found.lists.is_business_refused {
        Reason::BusinessRefused
    } else if found.lists.businesses > 0 {
        Reason::BusinessEmpty
    } else {
        Reason::NothingThere
    })
}

fn targets<'a>(limited: &'a [Limited], scope: &str) -> Option<&'a [String]> {
    limited
        .iter()
        .find(|limited| limited.scope == scope)
        .and_then(|limited| limited.targets.as_deref())
}

/// Whether Meta told what a person may do with an account (`user_tasks`), and it is nothing. Where Meta says
/// nothing of it, nothing is concluded.
#[must_use]
pub fn is_without_role(tasks: Option<&str>) -> bool {
    tasks.is_some_and(|tasks| tasks.split(',').all(|task| task.trim().is_empty()))
}

#[cfg(test)]
mod tests;
