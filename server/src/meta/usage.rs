//! What Meta says in its headers about how much of our share is used
//! (docs/graph-api/overview/rate-limiting; marketing-api/overview/rate-limiting).
//!
//! Values are JSON as text. A header that is missing or makes no sense is normal and changes nothing.

use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde_json::Value;

use super::lenient;

/// Business entries that are kept: Meta documents at most 32.
const BUSINESSES_MAX: usize = 32;

/// The latest of each usage header that came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    pub app: Option<AppUsage>,
    pub ad_account: Option<AdAccountUsage>,
    pub businesses: Vec<BusinessUsage>,
    /// The version that answered (`facebook-api-version`): another than the one asked for means that ours ended.
    pub version: Option<String>,
}

/// `X-App-Usage`: percent of the app's share; Meta throttles at 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct AppUsage {
    pub call_count: f64,
    pub total_time: f64,
    pub total_cputime: f64,
}

/// `X-Ad-Account-Usage`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct AdAccountUsage {
    /// Percent of the ad account's share.
    #[serde(rename = "acc_id_util_pct")]
    pub percent: f64,
    /// Seconds until it starts again.
    #[serde(rename = "reset_time_duration")]
    pub reset_seconds: f64,
    #[serde(rename = "ads_api_access_tier")]
    pub tier: Option<String>,
}

/// One entry of `X-Business-Use-Case-Usage`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct BusinessUsage {
    /// The bare id of the business or ad account.
    #[serde(skip)]
    pub id: String,
    /// Such as `ads_management`.
    #[serde(rename = "type")]
    pub kind: String,
    pub call_count: f64,
    pub total_cputime: f64,
    pub total_time: f64,
    /// Minutes until calls are answered again; 0 when they are.
    #[serde(rename = "estimated_time_to_regain_access")]
    pub regain_minutes: f64,
    #[serde(rename = "ads_api_access_tier")]
    pub tier: Option<String>,
}

impl Usage {
    /// The highest percentage of all.
    #[must_use]
    pub fn percent(&self) -> f64 {
        let app = self
            .app
            .iter()
            .flat_map(|app| [app.call_count, app.total_time, app.total_cputime]);
        let account = self.ad_account.iter().map(|account| account.percent);
        let businesses = self.businesses.iter().flat_map(|business| {
            [
                business.call_count,
                business.total_cputime,
                business.total_time,
            ]
        });
        app.chain(account).chain(businesses).fold(0.0, f64::max)
    }

    /// Minutes until Meta answers again, the longest of all; 0 when it does.
    #[must_use]
    pub fn regain_minutes(&self) -> f64 {
        self.businesses
            .iter()
            .map(|business| business.regain_minutes)
            .fold(0.0, f64::max)
    }

    /// Takes in the headers of an answer; what they do not speak of stays.
    pub(super) fn absorb(&mut self, headers: &HeaderMap) {
        if let Some(app) = json(headers, "x-app-usage") {
            self.app = Some(app);
        }
        if let Some(account) = json(headers, "x-ad-account-usage") {
            self.ad_account = Some(account);
        }
        if let Some(businesses) = json::<Value>(headers, "x-business-use-case-usage") {
            self.businesses = read_businesses(&businesses);
        }
        if let Some(version) = text(headers, "facebook-api-version") {
            self.version = Some(version.chars().take(16).collect());
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn json<T: for<'de> Deserialize<'de>>(headers: &HeaderMap, name: &str) -> Option<T> {
    serde_json::from_str(text(headers, name)?).ok()
}

fn read_businesses(value: &Value) -> Vec<BusinessUsage> {
    let Some(entries) = value.as_object() else {
        return Vec::new();
    };
    entries
        .iter()
        .filter(|(id, _)| lenient::is_id(id))
        .flat_map(|(id, uses)| {
            uses.as_array()
                .into_iter()
                .flatten()
                .filter_map(move |one| {
                    let usage = BusinessUsage::deserialize(one).ok()?;
                    Some(BusinessUsage {
                        id: id.clone(),
                        ..usage
                    })
                })
        })
        .take(BUSINESSES_MAX)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                let value = value.parse().expect("a header value");
                (reqwest::header::HeaderName::from_static(name), value)
            })
            .collect()
    }

    #[test]
    fn usage_keeps_the_latest_of_each_header() {
        let mut usage = Usage::default();
        usage.absorb(&headers(&[
            ("x-app-usage", r#"{"call_count":28,"total_time":25,"total_cputime":25}"#),
            (
                "x-ad-account-usage",
                r#"{"acc_id_util_pct":9.67,"reset_time_duration":100,"ads_api_access_tier":"standard_access"}"#,
            ),
            ("facebook-api-version", "v25.0"),
        ]));
        assert_eq!(usage.percent(), 28.0);
        assert_eq!(usage.version.as_deref(), Some("v25.0"));

        usage.absorb(&headers(&[(
            "x-business-use-case-usage",
            r#"{"123456789":[{"type":"ads_management","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":12,"ads_api_access_tier":"development_access"}]}"#,
        )]));
        assert_eq!(usage.percent(), 95.0);
        assert_eq!(usage.regain_minutes(), 12.0);
        assert_eq!(usage.businesses[0].id, "123456789");
        assert_eq!(usage.businesses[0].kind, "ads_management");
        assert_eq!(usage.app.map(|app| app.call_count), Some(28.0));
    }

    #[test]
    fn usage_ignores_headers_that_make_no_sense() {
        let mut usage = Usage::default();
        for value in [
            "",
            "nonsense",
            "[]",
            "null",
            "7",
            r#"{"123":"x"}"#,
            r#"{"123":[7,{"type":3}]}"#,
        ] {
            usage.absorb(&headers(&[
                ("x-business-use-case-usage", value),
                ("x-ad-account-usage", value),
            ]));
        }
        assert!(usage.businesses.is_empty());
        assert_eq!(usage.percent(), 0.0);
    }
}
