//! The headers that Graph puts on every answer (`meta.md` §7).

use axum::http::header::{CACHE_CONTROL, EXPIRES};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;

use super::reply::Reply;
use super::{GraphCall, version};
use crate::state::{Charge, Data, UsageLevel};

/// Meta has three names for how much an app may do; this is the highest.
const TIER: &str = "standard_access";

/// Adds usage, version and trace headers.
pub fn dress(reply: &mut Reply, data: &mut Data, call: &GraphCall, charge: &Charge, trace: &str) {
    let today = data.clock.now().date_naive();
    let code = reply.error_code;
    let headers = &mut reply.headers;
    usage(headers, data, charge, code);
    set(
        headers,
        "facebook-api-version",
        &version::served(&call.version, today),
    );
    if code == Some(2635) {
        let warning = "You are calling a deprecated version of the Ads API. Please update to the \
                       latest version.";
        set(headers, "x-ad-api-version-warning", warning);
    }
    set(headers, "x-fb-trace-id", trace);
    set(headers, "x-fb-rev", "1030000000");
    set(headers, "x-fb-debug", trace);
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache, no-store, must-revalidate"),
    );
    headers.insert(
        EXPIRES,
        HeaderValue::from_static("Sat, 01 Jan 2000 00:00:00 GMT"),
    );
}

/// How much is used. Who is throttled on demand finds the header that goes with it full.
fn usage(headers: &mut HeaderMap, data: &mut Data, charge: &Charge, code: Option<i64>) {
    let now = data.clock.unix();
    let app = told(data.usage.app(now), code == Some(4));
    let percent = app.percent as u64;
    let value = json!({ "call_count": percent, "total_time": percent, "total_cputime": percent });
    set(headers, "x-app-usage", &value.to_string());
    if let Some(id) = &charge.account {
        let level = told(data.usage.account(id, now), matches!(code, Some(17 | 613)));
        let percent = (level.percent * 100.0).round() / 100.0;
        let value = json!({
            "acc_id_util_pct": percent, "reset_time_duration": level.regain,
            "ads_api_access_tier": TIER,
        });
        set(headers, "x-ad-account-usage", &value.to_string());
    }
    if let Some((case, id)) = &charge.case {
        let level = told(
            data.usage.case(*case, id, now),
            matches!(code, Some(80_000..=80_014)),
        );
        let percent = level.percent as u64;
        let value = json!({ id.as_str(): [{
            "type": case.name(), "call_count": percent, "total_cputime": percent,
            "total_time": percent, "estimated_time_to_regain_access": minutes(level),
            "ads_api_access_tier": TIER,
        }] });
        set(headers, "x-business-use-case-usage", &value.to_string());
        if case.name() == "ads_insights" {
            let value = json!({
                "app_id_util_pct": app.percent as u64, "acc_id_util_pct": percent,
                "ads_api_access_tier": TIER,
            });
            set(headers, "x-fb-ads-insights-throttle", &value.to_string());
        }
    }
}

fn told(level: UsageLevel, is_throttled: bool) -> UsageLevel {
    if !is_throttled {
        return level;
    }
    UsageLevel {
        percent: 100.0,
        regain: level.regain.max(60),
    }
}

/// Whole minutes until calls are taken again: none, unless it is full.
fn minutes(level: UsageLevel) -> i64 {
    if level.percent < 100.0 {
        return 0;
    }
    (level.regain + 59) / 60
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
