//! What Meta says in its headers about how much of our share is used
//! (docs/graph-api/overview/rate-limiting; marketing-api/overview/rate-limiting), and which version answered.
//!
//! Values are JSON as text. A header that is missing or makes no sense is normal and tells nothing.

use std::time::Duration;

use serde_json::Value;

use super::lenient;

/// Entries of one answer that are read: Meta documents at most 32.
const ENTRIES_MAX: usize = 32;
/// The longest time that is believed: every window of Meta's is shorter.
const DAY: f64 = 86_400.0;

/// How far one share is used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Level {
    /// Meta throttles at 100.
    pub percent: f64,
    /// Until Meta answers again, or until the share starts anew; zero where Meta names no time.
    pub regain: Duration,
    /// Meta says that it does not answer before.
    pub is_shut: bool,
}

/// What the headers of one answer tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    /// `X-App-Usage`, and the app's part of `X-FB-Ads-Insights-Throttle`.
    pub app: Option<Level>,
    /// `X-Ad-Account-Usage`, and the account's part of `X-FB-Ads-Insights-Throttle`: of the ad account that was
    /// called.
    pub account: Option<Level>,
    /// `X-Business-Use-Case-Usage`: by the bare id of a business or of an ad account.
    pub cases: Vec<(String, Level)>,
    /// `facebook-api-version`.
    pub version: Option<String>,
    /// `x-ad-api-version-warning`.
    pub warning: Option<String>,
}

impl Told {
    /// Reads the headers of an answer. `header` gives the text of the one of a name in small letters.
    pub fn read<'a>(header: impl Fn(&str) -> Option<&'a str>) -> Self {
        let json = |name: &str| serde_json::from_str::<Value>(header(name)?).ok();
        let insights = json("x-fb-ads-insights-throttle");
        let insights = |key: &str| {
            let percent = percent(insights.as_ref()?, &[key])?;
            Some(Level {
                percent,
                ..Level::default()
            })
        };
        let app = json("x-app-usage").and_then(|value| of_calls(&value));
        let account = json("x-ad-account-usage").and_then(|value| of_account(&value));
        let cases = json("x-business-use-case-usage");
        let short = |name, max| header(name).map(|text| text.chars().take(max).collect());
        Self {
            app: higher(app, insights("app_id_util_pct")),
            account: higher(account, insights("acc_id_util_pct")),
            cases: cases.as_ref().map(of_cases).unwrap_or_default(),
            version: short("facebook-api-version", 16),
            warning: short("x-ad-api-version-warning", 200),
        }
    }
}

/// The fuller of two.
fn higher(one: Option<Level>, other: Option<Level>) -> Option<Level> {
    let levels = [one, other].into_iter().flatten();
    levels.max_by(|a, b| a.percent.total_cmp(&b.percent))
}

/// The highest of the percentages under these keys.
fn percent(value: &Value, keys: &[&str]) -> Option<f64> {
    let told = keys.iter().filter_map(|key| value.get(key)?.as_f64());
    told.map(|percent| percent.clamp(0.0, 1_000.0))
        .reduce(f64::max)
}

fn of_calls(value: &Value) -> Option<Level> {
    let keys = ["call_count", "total_time", "total_cputime"];
    Some(Level {
        percent: percent(value, &keys)?,
        ..Level::default()
    })
}

fn of_account(value: &Value) -> Option<Level> {
    Some(Level {
        percent: percent(value, &["acc_id_util_pct"])?,
        regain: span(value, "reset_time_duration", 1.0),
        is_shut: false,
    })
}

/// By id, the fullest of its use cases: they differ in what is done, and the portal only reads.
fn of_cases(value: &Value) -> Vec<(String, Level)> {
    let entries = value.as_object().into_iter().flatten();
    entries
        .filter(|(id, _)| lenient::is_id(id))
        .take(ENTRIES_MAX)
        .filter_map(|(id, uses)| {
            let uses = uses.as_array()?.iter().take(ENTRIES_MAX);
            let fullest = uses.filter_map(of_case).reduce(|one, other| Level {
                percent: one.percent.max(other.percent),
                regain: one.regain.max(other.regain),
                is_shut: one.is_shut || other.is_shut,
            })?;
            Some((id.clone(), fullest))
        })
        .collect()
}

fn of_case(value: &Value) -> Option<Level> {
    let level = of_calls(value)?;
    // In minutes; 0 while calls are answered.
    let regain = span(value, "estimated_time_to_regain_access", 60.0);
    Some(Level {
        regain,
        is_shut: !regain.is_zero(),
        ..level
    })
}

fn span(value: &Value, key: &str, seconds: f64) -> Duration {
    let told = value.get(key).and_then(Value::as_f64).unwrap_or_default();
    Duration::from_secs_f64((told * seconds).clamp(0.0, DAY))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(pairs: &[(&str, &'static str)]) -> Told {
        Told::read(|name| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| *value)
        })
    }

    const fn level(percent: f64, regain: u64, is_shut: bool) -> Level {
        Level {
            percent,
            regain: Duration::from_secs(regain),
            is_shut,
        }
    }

    #[test]
    fn each_header_tells_of_its_share() {
        let told = read(&[
            (
                "x-app-usage",
                r#"{"call_count":28,"total_time":25,"total_cputime":31}"#,
            ),
            (
                "x-ad-account-usage",
                r#"{"acc_id_util_pct":9.67,"reset_time_duration":100,"ads_api_access_tier":"standard_access"}"#,
            ),
            (
                "x-business-use-case-usage",
                r#"{"123456789":[{"type":"ads_management","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":12,"ads_api_access_tier":"development_access"},{"type":"ads_insights","call_count":3,"total_cputime":99,"total_time":1,"estimated_time_to_regain_access":0}]}"#,
            ),
            ("facebook-api-version", "v25.0"),
        ]);
        assert_eq!(told.app, Some(level(31.0, 0, false)));
        assert_eq!(told.account, Some(level(9.67, 100, false)));
        let case = ("123456789".to_owned(), level(99.0, 720, true));
        assert_eq!(told.cases, [case]);
        assert_eq!(told.version.as_deref(), Some("v25.0"));
    }

    #[test]
    fn what_insights_tell_counts_where_it_is_more() {
        let told = read(&[
            ("x-app-usage", r#"{"call_count":28}"#),
            (
                "x-fb-ads-insights-throttle",
                r#"{"app_id_util_pct":88.5,"acc_id_util_pct":40,"ads_api_access_tier":"standard_access"}"#,
            ),
        ]);
        assert_eq!(told.app, Some(level(88.5, 0, false)));
        assert_eq!(told.account, Some(level(40.0, 0, false)));
    }

    #[test]
    fn headers_that_make_no_sense_tell_nothing() {
        for value in [
            "",
            "nonsense",
            "[]",
            "null",
            "7",
            r#"{"123":"x"}"#,
            r#"{"123":[7,{"type":3}]}"#,
            r#"{"call_count":"many"}"#,
        ] {
            let told = read(&[
                ("x-app-usage", value),
                ("x-ad-account-usage", value),
                ("x-business-use-case-usage", value),
                ("x-fb-ads-insights-throttle", value),
            ]);
            assert_eq!(told, Told::default(), "{value}");
        }
    }

    #[test]
    fn no_time_is_believed_that_is_longer_than_a_day() {
        let told = read(&[(
            "x-business-use-case-usage",
            r#"{"1":[{"call_count":1e300,"estimated_time_to_regain_access":1e300}],"2":[{"call_count":-5,"estimated_time_to_regain_access":-5}]}"#,
        )]);
        let one = ("1".to_owned(), level(1_000.0, 86_400, true));
        let two = ("2".to_owned(), level(0.0, 0, false));
        assert_eq!(told.cases, [one, two]);
    }

    proptest! {
        #[test]
        fn no_header_is_too_odd(
            text in r#"[ -~]{0,60}|\{"[0-9]{1,5}":\[\{"call_count":-?[0-9]{1,400},"estimated_time_to_regain_access":-?[0-9e]{1,9}\}\]\}"#,
        ) {
            let told = Told::read(|_| Some(text.as_str()));
            let levels = [told.app, told.account].into_iter().flatten();
            for level in levels.chain(told.cases.into_iter().map(|(_, level)| level)) {
                prop_assert!((0.0..=1_000.0).contains(&level.percent));
                prop_assert!(level.regain.as_secs_f64() <= DAY);
            }
        }
    }
}
