use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::components::{percent, short_day_words};
use crate::model::TokenLife;
use crate::text::tv;

/// So long before an end it is time to renew: as the token's status says.
const RENEW: TimeDelta = TimeDelta::days(14);

/// Where things stand on the bar, in thousandths of its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    now: i64,
    /// From when to when it is time to renew.
    renew: (i64, i64),
    token: Option<i64>,
    data: Option<i64>,
}

/// The life of a token from its capture to its last end; `None` where it never ends.
fn bar(from: DateTime<Utc>, life: &TokenLife, now: DateTime<Utc>) -> Option<Bar> {
    let ends = [life.expires_at, life.data_access_expires_at];
    let last = ends.into_iter().flatten().max()?;
    let first = ends.into_iter().flatten().min()?;
    let whole = (last - from).num_seconds();
    if whole <= 0 {
        return None;
    }
    let place = |at: DateTime<Utc>| ((at - from).num_seconds() * 1_000 / whole).clamp(0, 1_000);
    Some(Bar {
        now: place(now),
        renew: (place(first - RENEW), place(first)),
        token: life.expires_at.map(place),
        data: life.data_access_expires_at.map(place),
    })
}

/// A word at a place of the bar, above or below it.
struct Label {
    place: i64,
    anchor: &'static str,
    y: &'static str,
    words: String,
}

const ABOVE: &str = "12";
const BELOW: &str = "54";

/// How long a token lives, drawn; in words for whoever does not see it. Nothing where it never ends.
pub fn token_life(from: DateTime<Utc>, life: &TokenLife, now: DateTime<Utc>) -> Option<AnyView> {
    let bar = bar(from, life, now)?;
    let labels: Vec<_> = labels(bar, from, life)
        .into_iter()
        .map(|label| {
            view! {
                <text x=percent(label.place) y=label.y text-anchor=label.anchor>{label.words}</text>
            }
        })
        .collect();
    let (renew_from, renew_to) = bar.renew;
    Some(
        view! {
            <svg class="life" width="100%" role="img" aria-label=spoken(from, life)>
                <rect class="base" x="0" y="22" width="100%" height="12" rx="6" />
                <rect class="used" x="0" y="22" width=percent(bar.now) height="12" rx="6" />
                <rect class="soon" x=percent(renew_from) y="22" width=percent(renew_to - renew_from) height="12" />
                <circle class="today" cx=percent(bar.now) cy="28" r="8" />
                {labels}
            </svg>
        }
        .into_any(),
    )
}

/// The words of the bar. What would stand on another word is left out: the line below says all of it.
fn labels(bar: Bar, from: DateTime<Utc>, life: &TokenLife) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut put = |place: i64, anchor, y, words| {
        labels.push(Label {
            place,
            anchor,
            y,
            words,
        });
    };
    if bar.data.is_none_or(|data| data - bar.now > 350) {
        put(bar.now, anchor(bar.now), ABOVE, tv("life-bar-today", &[]));
    }
    if let (Some(place), Some(at)) = (bar.data, life.data_access_expires_at) {
        put(place, anchor(place), ABOVE, dated("life-bar-data", at));
    }
    let (renew_from, renew_to) = bar.renew;
    let has_room = renew_from > 280;
    if has_room {
        put(0, "start", BELOW, short_day_words(from));
        let first = [life.expires_at, life.data_access_expires_at];
        if let Some(at) = first.into_iter().flatten().min() {
            let words = dated("life-bar-renew", at - RENEW);
            put(renew_from, "end", BELOW, words);
        }
    }
    if let (Some(place), Some(at)) = (bar.token, life.expires_at) {
        let anchor = if place > 850 || place < renew_to {
            "end"
        } else {
            "start"
        };
        put(place, anchor, BELOW, dated("life-bar-ends", at));
    }
    labels
}

/// A word stays within the bar.
const fn anchor(place: i64) -> &'static str {
    match place {
        ..120 => "start",
        120..=880 => "middle",
        _ => "end",
    }
}

/// The bar in words.
fn spoken(from: DateTime<Utc>, life: &TokenLife) -> String {
    let ends = [life.expires_at, life.data_access_expires_at];
    let first = ends.into_iter().flatten().min();
    let parts = [
        Some(dated("life-bar-captured", from)),
        first.map(|at| dated("life-bar-renew", at - RENEW)),
        life.expires_at.map(|at| dated("life-bar-ends", at)),
        life.data_access_expires_at
            .map(|at| dated("life-bar-data", at)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn dated(key: &str, at: DateTime<Utc>) -> String {
    tv(key, &[("date", short_day_words(at).into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(number)
    }

    fn life(token: Option<i64>, data: Option<i64>) -> TokenLife {
        TokenLife {
            expires_at: token.map(day),
            data_access_expires_at: data.map(day),
        }
    }

    #[test]
    fn the_bar_ends_with_what_ends_last() {
        let drawn = bar(day(0), &life(Some(60), Some(100)), day(10));
        let expected = Bar {
            now: 100,
            renew: (460, 600),
            token: Some(600),
            data: Some(1_000),
        };
        assert_eq!(drawn, Some(expected));
    }

    #[test]
    fn data_that_ends_first_says_when_to_renew() {
        let drawn = bar(day(0), &life(None, Some(50)), day(10)).expect("a bar");
        assert_eq!((drawn.renew, drawn.token), ((720, 1_000), None));
    }

    #[test]
    fn nothing_stands_outside_of_the_bar() {
        let drawn = bar(day(0), &life(Some(7), None), day(90)).expect("a bar");
        assert_eq!((drawn.now, drawn.renew), (1_000, (0, 1_000)));
    }

    #[test]
    fn what_never_ends_has_no_bar() {
        assert_eq!(bar(day(0), &TokenLife::default(), day(1)), None);
        assert_eq!(bar(day(3), &life(Some(3), None), day(3)), None);
    }
}
