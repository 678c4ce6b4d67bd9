//! The ad accounts that a person reaches, directly and through businesses.

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{
    error::{Endpoint, Fault, MetaError},
    graph::Graph,
    lenient,
};

/// Items of a page; Meta's default is 25.
pub(super) const LIMIT: &str = "100";
/// Items of a page after Meta asked for less.
const SMALL_LIMIT: &str = "25";

pub(super) const ACCOUNT_FIELDS: &str = "id,account_id,name,account_status,disable_reason,currency,\
     timezone_name,business{id,name},user_tasks";

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// May be empty although there is a next page.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` on the last.
    pub next: Option<String>,
}

/// An ad account (marketing-api/reference/ad-account). Fields that the person may not see are left out by Meta.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdAccount {
    /// Its digits, without `act_`.
    pub number: String,
    /// The number where no name is told.
    pub name: String,
    /// As Meta counts states; 0 where none is told.
    pub account_status: i32,
    /// As Meta counts reasons; `None` for none.
    pub disable_reason: Option<i32>,
    pub currency: Option<String>,
    pub timezone_name: Option<String>,
    /// Told with `business_management` only.
    pub business: Option<Business>,
    /// What the person may do with it, by Meta's words such as `ANALYZE`; `None` where Meta does not tell.
    pub tasks: Option<Vec<String>>,
}

/// A business portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Business {
    pub id: String,
    /// The id where no name is told.
    pub name: String,
}

/// Which ad accounts of a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BusinessEdge {
    Owned,
    Client,
}

impl BusinessEdge {
    const fn segment(self) -> &'static str {
        match self {
            Self::Owned => "owned_ad_accounts",
            Self::Client => "client_ad_accounts",
        }
    }
}

impl Graph {
    /// A page of the ad accounts that the person has a role on.
    ///
    /// # Errors
    /// What any call gives; [`MetaError::is_stale_cursor`] asks to start again.
    pub async fn ad_accounts(
        &self,
        token: &SecretString,
        after: Option<&str>,
    ) -> Result<Page<AdAccount>, MetaError> {
        let path = ["me", "adaccounts"];
        self.page(Endpoint::AdAccounts, &path, ACCOUNT_FIELDS, token, after)
            .await
            .map(|page| page.of(ad_account))
    }

    /// A page of the businesses that the person belongs to; needs `business_management`.
    ///
    /// # Errors
    /// As [`Graph::ad_accounts`].
    pub async fn businesses(
        &self,
        token: &SecretString,
        after: Option<&str>,
    ) -> Result<Page<Business>, MetaError> {
        let path = ["me", "businesses"];
        self.page(Endpoint::Businesses, &path, "id,name", token, after)
            .await
            .map(|page| page.of(business))
    }

    /// A page of the ad accounts that a business owns, or has been given by others.
    ///
    /// # Errors
    /// As [`Graph::ad_accounts`].
    pub async fn business_accounts(
        &self,
        token: &SecretString,
        business_id: &str,
        edge: BusinessEdge,
        after: Option<&str>,
    ) -> Result<Page<AdAccount>, MetaError> {
        let endpoint = Endpoint::BusinessAccounts;
        check_id(endpoint, business_id)?;
        let path = [business_id, edge.segment()];
        self.page(endpoint, &path, ACCOUNT_FIELDS, token, after)
            .await
            .map(|page| page.of(ad_account))
    }

    async fn page(
        &self,
        endpoint: Endpoint,
        path: &[&str],
        fields: &str,
        token: &SecretString,
        after: Option<&str>,
    ) -> Result<Page<Value>, MetaError> {
        let first = self
            .page_of(endpoint, path, fields, token, after, LIMIT)
            .await;
        match first {
            Err(error) if error.asks_for_less() => {
                self.page_of(endpoint, path, fields, token, after, SMALL_LIMIT)
                    .await
            }
            answer => answer,
        }
    }

    async fn page_of(
        &self,
        endpoint: Endpoint,
        path: &[&str],
        fields: &str,
        token: &SecretString,
        after: Option<&str>,
        limit: &str,
    ) -> Result<Page<Value>, MetaError> {
        let mut params = vec![("fields", fields), ("limit", limit)];
        params.extend(after.map(|after| ("after", after)));
        let raw: RawPage = self.get(endpoint, path, token, &params).await?;
        Ok(raw.after(after))
    }
}

impl RawPage {
    /// The page that came for this cursor.
    pub(super) fn after(self, after: Option<&str>) -> Page<Value> {
        let next = self.paging.and_then(RawPaging::cursor);
        Page {
            items: self.data,
            // The same cursor again would go round for ever.
            next: next.filter(|next| Some(next.as_str()) != after),
        }
    }
}

impl Page<Value> {
    /// An item without an id cannot be used, and must not cost the others.
    pub(super) fn of<T>(self, read: fn(&Value) -> Option<T>) -> Page<T> {
        Page {
            items: self.items.iter().filter_map(read).collect(),
            next: self.next,
        }
    }
}

pub(super) fn check_id(endpoint: Endpoint, id: &str) -> Result<(), MetaError> {
    if lenient::is_id(id) {
        Ok(())
    } else {
        Err(MetaError::of_fault(endpoint, Fault::NotSent, "not an id"))
    }
}

#[derive(Deserialize)]
pub(super) struct RawPage {
    pub data: Vec<Value>,
    paging: Option<RawPaging>,
    pub summary: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct RawPaging {
    cursors: Option<RawCursors>,
    /// A whole address with the token in it: only that it is there counts, and its cursor.
    next: Option<String>,
}

#[derive(Deserialize)]
struct RawCursors {
    after: Option<String>,
}

impl RawPaging {
    /// `cursors.after` is there on the last page too; `next` is not.
    fn cursor(self) -> Option<String> {
        let next = self.next?;
        self.cursors
            .and_then(|cursors| cursors.after)
            .or_else(|| after_in(&next))
            .filter(|cursor| !cursor.is_empty())
    }
}

fn after_in(next: &str) -> Option<String> {
    let url = Url::parse(next).ok()?;
    url.query_pairs()
        .find(|(key, _)| key == "after")
        .map(|(_, cursor)| cursor.into_owned())
}

pub(super) fn ad_account(value: &Value) -> Option<AdAccount> {
    let told = |key: &str| value.get(key).and_then(lenient::text);
    let counted = |key: &str| {
        let number = value.get(key).and_then(lenient::integer)?;
        i32::try_from(number).ok()
    };
    let number = told("account_id").or_else(|| told("id"))?;
    let number = number.strip_prefix("act_").unwrap_or(&number);
    if !lenient::is_id(number) {
        return None;
    }
    Some(AdAccount {
        number: number.to_owned(),
        name: told("name").unwrap_or_else(|| number.to_owned()),
        account_status: counted("account_status").unwrap_or_default(),
        disable_reason: counted("disable_reason").filter(|reason| *reason != 0),
        currency: told("currency"),
        timezone_name: told("timezone_name"),
        business: value.get("business").and_then(business),
        tasks: value
            .get("user_tasks")
            .and_then(Value::as_array)
            .map(|tasks| tasks.iter().filter_map(lenient::text).collect()),
    })
}

fn business(value: &Value) -> Option<Business> {
    let id = value.get("id").and_then(lenient::text)?;
    if !lenient::is_id(&id) {
        return None;
    }
    let name = value.get("name").and_then(lenient::text);
    Some(Business {
        name: name.unwrap_or_else(|| id.clone()),
        id,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn page(body: Value) -> Page<Value> {
        let raw: RawPage = serde_json::from_value(body).expect("a page");
        raw.after(Some("before"))
    }

    proptest! {
        /// Whatever Meta writes there: only a cursor is taken out of it, never an address, and never the one that
        /// was just followed.
        #[test]
        fn no_cursor_is_too_odd(
            after in prop::option::of(".{0,40}|before"),
            next in prop::option::of("https://graph\\.facebook\\.com/v25\\.0/me/adaccounts\\?access_token=EAAx&after=[A-Za-z0-9%+=]{0,20}|.{0,60}"),
        ) {
            let told = page(json!({"data": [], "paging": {"cursors": {"after": after}, "next": next}}));
            prop_assert!(next.is_some() || told.next.is_none(), "the last page has no next");
            if let Some(cursor) = told.next {
                prop_assert!(!cursor.is_empty() && cursor != "before");
                let from_address = next.as_deref().and_then(after_in);
                prop_assert!(Some(&cursor) == after.as_ref() || Some(&cursor) == from_address.as_ref());
            }
        }
    }

    #[test]
    fn a_page_without_paging_is_the_last() {
        assert_eq!(page(json!({"data": []})).next, None);
        assert_eq!(page(json!({"data": [], "paging": {}})).next, None);
    }
}
