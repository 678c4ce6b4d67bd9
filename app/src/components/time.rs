use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SecondsFormat, Utc};
use leptos::prelude::*;

use super::said;
use crate::islands::FreshTimes;
use crate::model::{Ago, Days, counted::pack};
use crate::text::{Lang, lang, t, tv};

/// After so many days the day itself is told.
const DAYS_MAX: u64 = 14;

/// A day with its year: `29 November 2026`. In UTC, like every time that is shown.
#[must_use]
pub fn day_words(at: DateTime<Utc>) -> String {
    said(("day", "".into(), at.num_days_from_ce().into()), || {
        tv(
            "date-day",
            &[
                ("day", at.day().to_string().into()),
                ("month", month(at).into()),
                ("year", at.year().to_string().into()),
            ],
        )
    })
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

/// A day of the calendar in few letters: `29 Nov`.
#[must_use]
pub fn date_words(day: NaiveDate) -> String {
    short_day_words(day.and_time(NaiveTime::MIN).and_utc())
}

/// Days from one to another: `29 Nov – 5 Dec`; one day by itself.
#[must_use]
pub fn days_words(days: Days) -> String {
    let from = date_words(days.from);
    if days.from == days.to {
        return from;
    }
    tv(
        "date-days",
        &[("from", from.into()), ("to", date_words(days.to).into())],
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
    said(("moment", "".into(), at.timestamp().div_euclid(60)), || {
        tv(
            "date-moment",
            &[
                ("day", at.day().to_string().into()),
                ("month", t(&format!("month-short-{}", at.month())).into()),
                ("year", at.year().to_string().into()),
                ("time", at.format("%H:%M").to_string().into()),
            ],
        )
    })
}

/// How long ago, seen from `now`: `just now`, `14 minutes ago`, `3 days ago`; after two weeks the day itself.
/// A moment that lies ahead (two machines' clocks differ) counts as now.
#[must_use]
pub fn ago_words(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let distance = distance(at, now);
    if let Ago::Days(DAYS_MAX..) = distance {
        return tv("ago-date", &[("date", day_words(at).into())]);
    }
    let minutes = now.signed_duration_since(at).num_minutes();
    said(("ago", "".into(), minutes), || match distance {
        Ago::Now => t("ago-now"),
        Ago::Minutes(count) => counted("ago-minutes", count),
        Ago::Hours(count) => counted("ago-hours", count),
        Ago::Days(count) => counted("ago-days", count),
    })
}

fn distance(at: DateTime<Utc>, now: DateTime<Utc>) -> Ago {
    Ago::of_minutes(now.signed_duration_since(at).num_minutes())
}

fn counted(key: &str, count: u64) -> String {
    tv(key, &[("count", count.into())])
}

/// Keeps "ago" fresh on a page that stays open, and tells every moment in the reader's own time zone.
/// The button shows the moments themselves to those who cannot hover.
pub fn fresh_times(now: DateTime<Utc>) -> AnyView {
    let (minutes, hours, days) = distances(lang());
    view! {
        <p class="times" hidden=true data-wakes="times">
            <button type="button" class="link small" aria-pressed="false">{t("times-exact")}</button>
        </p>
        <FreshTimes
            now=machine_words(now)
            locale=t("date-locale")
            just_now=t("ago-now")
            minutes=minutes
            hours=hours
            days=days
        />
    }
    .into_any()
}

/// The words for minutes, hours and days. A hundred texts that every page of the desk has: each language says them
/// once.
fn distances(lang: Lang) -> (String, String, String) {
    static SAID: OnceLock<(String, String, String)> = OnceLock::new();
    match lang {
        Lang::English => SAID.get_or_init(|| {
            (
                pack(1..60, |count| counted("ago-minutes", count)),
                pack(1..24, |count| counted("ago-hours", count)),
                // A page that stays open for long goes on counting days.
                pack(1..=2 * DAYS_MAX, |count| counted("ago-days", count)),
            )
        }),
    }
    .clone()
}

fn month(at: DateTime<Utc>) -> String {
    t(&format!("month-{}", at.month()))
}

/// [`day_words`] in a `<time>`.
pub fn day(at: DateTime<Utc>) -> AnyView {
    element(at, day_words(at))
}

/// [`weekday_words`] in a `<time>`.
pub fn weekday(at: DateTime<Utc>) -> AnyView {
    element(at, weekday_words(at))
}

/// [`moment_words`] in a `<time>`.
pub fn moment(at: DateTime<Utc>) -> AnyView {
    element(at, moment_words(at))
}

/// [`ago_words`] in a `<time>`, the moment itself behind it.
pub fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> AnyView {
    let words = ago_words(at, now);
    // Where the day is told in place of its distance, it stays so.
    let stays = matches!(distance(at, now), Ago::Days(DAYS_MAX..)).then(|| words.clone());
    view! {
        <time datetime=machine_words(at) title=moment_words(at) data-ago=stays.unwrap_or_default()>
            {words}
        </time>
    }
    .into_any()
}

fn element(at: DateTime<Utc>, words: String) -> AnyView {
    view! { <time datetime=machine_words(at)>{words}</time> }.into_any()
}

fn machine_words(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
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
