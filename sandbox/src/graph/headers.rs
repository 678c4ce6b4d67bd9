//! The headers that Graph puts on every answer (`meta.md` §7).

use axum::http::header::{CACHE_CONTROL, EXPIRES};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::{Edge, GraphCall};

/// Adds usage, version and trace headers. Usage grows with the calls so far and stays low: real
/// throttling is a fault to be asked for.
pub fn dress(headers: &mut HeaderMap, call: &GraphCall, edge: &Edge, calls: usize, trace: &str) {
    let percent = (calls / 100).min(50);
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    let app = json!({ "call_count": percent, "total_time": percent, "total_cputime": percent });
    set("x-app-usage", &app.to_string());
    if let Some((id, is_account)) = business_case(edge) {
        set(
            "x-business-use-case-usage",
            &business_usage(id, percent).to_string(),
        );
        if is_account {
            let usage = json!({
                "acc_id_util_pct": percent, "reset_time_duration": 0,
                "ads_api_access_tier": "standard_access",
            });
            set("x-ad-account-usage", &usage.to_string());
        }
    }
    set("facebook-api-version", &call.version);
    set("x-fb-trace-id", trace);
    set("x-fb-rev", "1030000000");
    set("x-fb-debug", trace);
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache, no-store, must-revalidate"),
    );
    headers.insert(
        EXPIRES,
        HeaderValue::from_static("Sat, 01 Jan 2000 00:00:00 GMT"),
    );
}

/// The bare id that the use case is counted under, and whether it is an ad account's.
fn business_case(edge: &Edge) -> Option<(&str, bool)> {
    match edge {
        Edge::Account(id) | Edge::Campaigns(id) => Some((id, true)),
        Edge::OwnedAdAccounts(id) | Edge::ClientAdAccounts(id) => Some((id, false)),
        _ => None,
    }
}

fn business_usage(id: &str, percent: usize) -> Value {
    json!({ id: [{
        "type": "ads_management", "call_count": percent, "total_cputime": percent,
        "total_time": percent, "estimated_time_to_regain_access": 0,
        "ads_api_access_tier": "standard_access",
    }] })
}
