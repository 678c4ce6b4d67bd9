use chrono::{DateTime, Datelike, Utc};
use leptos::prelude::*;

use crate::text::{t, tv};

/// A day with its year: `29 November 2026`. In UTC, like every time that is shown.
#[must_use]
pub fn day_words(at: DateTime<Utc>) -> String {
    tv(
        "date-day",
        &[
            ("day", at.day().to_string().into()),
            ("month", month(at).into()),
            ("year", at.year().to_string().into()),
        ],
    )
}

/// A day in few letters: `29 Nov`.
#[must_use]
pub fn short_day_words(at: DateTime<Utc>) -> String {
    tv(
        "date-short",
        &[
            ("day", at.day().to_string().into()),
            ("month", t(&format!("month-short-{}", at.month())).into()),
        ],
    )
}

/// A day with its weekday: `Sunday, 29 November`.
#[must_use]
pub fn weekday_words(at: DateTime<Utc>) -> String {
    let weekday = at.weekday().number_from_monday();
    tv(
        "date-weekday",
        &[
            ("weekday", t(&format!("weekday-{weekday}")).into()),
            ("day", at.day().to_string().into()),
            ("month", month(at).into()),
        ],
    )
}

/// A moment to the minute: `22 Nov 2026, 14:32 UTC`.
#[must_use]
pub fn moment_words(at: DateTime<Utc>) -> String {
    tv(
        "date-moment",
        &[
            ("day", at.day().to_string().into()),
            ("month", t(&format!("month-short-{}", at.month())).into()),
            ("year", at.year().to_string().into()),
            ("time", at.format("%H:%M").to_string().into()),
        ],
    )
}

/// How long ago, seen from `now`: `just now`, `14 minutes ago`, `3 days ago`; after two weeks the day itself.
/// A moment that lies ahead (two machines' clocks differ) counts as now.
#[must_use]
pub fn ago_words(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let past = now.signed_duration_since(at);
    let count = |number: i64| u64::try_from(number).unwrap_or_default().into();
    match past.num_minutes() {
        ..1 => t("ago-now"),
        1..60 => tv("ago-minutes", &[("count", count(past.num_minutes()))]),
        60..1440 => tv("ago-hours", &[("count", count(past.num_hours()))]),
        1440..20160 => tv("ago-days", &[("count", count(past.num_days()))]),
        _ => tv("ago-date", &[("date", day_words(at).into())]),
    }
}

fn month(at: DateTime<Utc>) -> String {
    t(&format!("month-{}", at.month()))
}

/// [`day_words`] in a `<time>`.
pub fn day(at: DateTime<Utc>) -> AnyView {
    element(at, day_words(at), None)
}

/// [`weekday_words`] in a `<time>`.
pub fn weekday(at: DateTime<Utc>) -> AnyView {
    element(at, weekday_words(at), None)
}

/// [`moment_words`] in a `<time>`.
pub fn moment(at: DateTime<Utc>) -> AnyView {
    element(at, moment_words(at), None)
}

/// [`ago_words`] in a `<time>`, the moment itself behind it.
pub fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> AnyView {
    element(at, ago_words(at, now), Some(moment_words(at)))
}

fn element(at: DateTime<Utc>, words: String, title: Option<String>) -> AnyView {
    let datetime = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    view! { <time datetime=datetime title=title>{words}</time> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    #[test]
    fn words_of_a_moment() {
        let moment = at("2026-11-29T14:32:59Z");
        assert_eq!(day_words(moment), "29 November 2026");
        assert_eq!(weekday_words(moment), "Sunday, 29 November");
        assert_eq!(moment_words(moment), "29 Nov 2026, 14:32 UTC");
    }

    #[test]
    fn how_long_ago() {
        let now = at("2026-11-29T14:32:00Z");
        for (then, words) in [
            ("2026-11-29T14:33:00Z", "just now"),
            ("2026-11-29T14:31:01Z", "just now"),
            ("2026-11-29T14:31:00Z", "1 minute ago"),
            ("2026-11-29T14:18:00Z", "14 minutes ago"),
            ("2026-11-29T13:32:00Z", "1 hour ago"),
            ("2026-11-28T14:32:00Z", "1 day ago"),
            ("2026-11-26T14:32:00Z", "3 days ago"),
            ("2026-11-01T14:32:00Z", "on 1 November 2026"),
        ] {
            assert_eq!(ago_words(at(then), now), words);
        }
    }
}
