use leptos::prelude::*;

use super::drawn;
use crate::model::ScopeView;
use crate::text::{t, tv};

/// The permissions that the catalogue has words for, the weightiest first. Each has `scope-…-name`,
/// `-tag`, `-can` and `-why`. From Meta's Permissions Reference.
pub const KNOWN_SCOPES: &[&str] = &[
    "ads_read",
    "ads_management",
    "business_management",
    "pages_show_list",
    "pages_read_engagement",
    "leads_retrieval",
    "read_insights",
    "instagram_basic",
    "email",
    "public_profile",
];

/// A promise, and the permissions that would make it untrue.
struct Promise {
    key: &'static str,
    broken_by: &'static [&'static str],
}

/// What an agency can never do, unless it asks for a permission that lets it. A permission that is not known
/// here breaks all of them but the last, since nobody can say what it lets do.
/// `ads_management` makes ads that are shown as unpublished posts of a page; with `business_management`
/// a line of credit can be shared: neither is promised away.
const PROMISES: &[Promise] = &[
    Promise {
        key: "never-ads",
        broken_by: &["ads_management"],
    },
    Promise {
        key: "never-post",
        broken_by: &["ads_management"],
    },
    Promise {
        key: "never-messages",
        broken_by: &[],
    },
    Promise {
        key: "never-payment",
        broken_by: &["ads_management", "business_management"],
    },
];

/// True whatever is asked.
const ALWAYS: &str = "never-password";

fn is_known(scope: &str) -> bool {
    KNOWN_SCOPES.contains(&scope)
}

/// Whether every permission that is asked only reads ads.
#[must_use]
pub fn only_looks(scopes: &[String]) -> bool {
    scopes
        .iter()
        .all(|scope| is_known(scope) && scope != "ads_management")
}

/// What the agency can do with these permissions, a sentence each, the weightiest first.
#[must_use]
pub fn can_sentences(scopes: &[String]) -> Vec<String> {
    let known = KNOWN_SCOPES
        .iter()
        .filter(|known| scopes.iter().any(|scope| scope == *known))
        .map(|known| t(&format!("scope-{known}-can")));
    let unknown = scopes
        .iter()
        .filter(|scope| !is_known(scope))
        .map(|scope| tv("scope-unknown-can", &[("scope", scope.clone().into())]));
    known.chain(unknown).collect()
}

/// What the agency can never do, as far as it follows from these permissions.
#[must_use]
pub fn never_sentences(scopes: &[String]) -> Vec<String> {
    let all_known = scopes.iter().all(|scope| is_known(scope));
    PROMISES
        .iter()
        .filter(|promise| {
            let is_broken = scopes
                .iter()
                .any(|scope| promise.broken_by.contains(&scope.as_str()));
            all_known && !is_broken
        })
        .map(|promise| t(promise.key))
        .chain([t(ALWAYS)])
        .collect()
}

/// The name of a permission, as it stands in a sentence; Meta's own where it is not known.
#[must_use]
pub fn scope_name(scope: &str) -> String {
    if is_known(scope) {
        t(&format!("scope-{scope}-name"))
    } else {
        scope.to_owned()
    }
}

/// Why a permission is needed.
#[must_use]
pub fn scope_why(scope: &str) -> String {
    if is_known(scope) {
        t(&format!("scope-{scope}-why"))
    } else {
        t("scope-unknown-why")
    }
}

/// Where a permission stands among others: Meta tells them in any order.
fn rank(scope: &str) -> usize {
    KNOWN_SCOPES
        .iter()
        .position(|known| *known == scope)
        .unwrap_or(KNOWN_SCOPES.len())
}

/// Permissions as small labels, the weightiest first; those that were not given are struck out, and said to be missing.
pub fn scope_tags(scopes: &[ScopeView]) -> AnyView {
    let mut scopes: Vec<_> = scopes.iter().collect();
    scopes.sort_by_key(|view| rank(&view.scope));
    let told =
        |view: &&ScopeView| format!("{}{} ", view.scope, if view.granted { "+" } else { "-" });
    let key: String = scopes.iter().map(told).collect();
    drawn(("scopes", key.into(), 0), || tags(&scopes))
}

fn tags(scopes: &[&ScopeView]) -> AnyView {
    let tags: Vec<_> = scopes
        .iter()
        .map(|view| {
            let words = if is_known(&view.scope) {
                t(&format!("scope-{}-tag", view.scope))
            } else {
                view.scope.clone()
            };
            if view.granted {
                view! { <li class="tag">{words}</li> }.into_any()
            } else {
                view! {
                    <li class="tag off">
                        <span class="unseen">{t("scope-not-given")} " "</span>
                        {words}
                    </li>
                }
                .into_any()
            }
        })
        .collect();
    view! { <ul class="row-s" aria-label=t("scopes-label")>{tags}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn nothing_is_promised_that_a_permission_breaks() {
        let reading = never_sentences(&scopes(&["public_profile", "ads_read"]));
        assert_eq!(reading.len(), PROMISES.len() + 1);
        let business = never_sentences(&scopes(&["ads_read", "business_management"]));
        assert!(!business.contains(&t("never-payment")));
        let writing = never_sentences(&scopes(&["ads_management"]));
        assert_eq!(writing, [t("never-messages"), t("never-password")]);
        let unknown = never_sentences(&scopes(&["ads_read", "pages_messaging"]));
        assert_eq!(unknown, [t("never-password")]);
    }

    #[test]
    fn an_unknown_permission_is_named() {
        let can = can_sentences(&scopes(&["pages_messaging", "ads_read"]));
        assert_eq!(can.len(), 2);
        assert!(can[1].contains("pages_messaging"));
        assert!(!only_looks(&scopes(&["pages_messaging"])));
        assert!(!only_looks(&scopes(&["ads_management"])));
        assert!(only_looks(&scopes(&["ads_read", "email"])));
    }
}
