//! Which days insights are about, and how they are divided.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;

use super::Subject;
use crate::graph::{GraphCall, GraphError};

/// Insights reach no further back.
const MOST_MONTHS: u32 = 37;

/// What is asked of insights, but for the fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// First and last day of each part.
    pub parts: Vec<(NaiveDate, NaiveDate)>,
    pub level: Level,
}

/// What gets a row of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Account,
    Campaign,
    /// Ad sets and ads: there are none in the sandbox.
    Below,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    since: NaiveDate,
    until: NaiveDate,
}

impl Wanted {
    /// What a call asks for: `time_range` before `date_preset` (`last_30d`), `time_increment`,
    /// `level`. Days are those of the account's time zone.
    ///
    /// # Errors
    /// 100 for what cannot be read, 3018 for a beginning too far back.
    pub fn asked(
        call: &GraphCall,
        subject: &Subject<'_>,
        now: DateTime<Utc>,
    ) -> Result<Self, GraphError> {
        let minutes = subject.account().timezone_offset_hours_utc * 60.0;
        let today = (now + TimeDelta::minutes(minutes as i64)).date_naive();
        let earliest = today - Months::new(MOST_MONTHS);
        let (since, until) = match call.get("time_range") {
            Some(text) => range(text)?,
            None => preset(
                call.get("date_preset").unwrap_or("last_30d"),
                today,
                earliest,
            )?,
        };
        if since < earliest {
            return Err(GraphError::start_too_old());
        }
        Ok(Self {
            parts: parts(
                since,
                until,
                call.get("time_increment").unwrap_or("all_days"),
            )?,
            level: level(call.get("level"), subject)?,
        })
    }
}

fn range(text: &str) -> Result<(NaiveDate, NaiveDate), GraphError> {
    let range: Range = serde_json::from_str(text).map_err(|_| {
        GraphError::bad_parameter("param time_range must have since and until as YYYY-MM-DD.")
    })?;
    if range.since > range.until {
        let message = "The start date of the time range must not be after its end.";
        return Err(GraphError::bad_parameter(message));
    }
    Ok((range.since, range.until))
}

fn preset(
    name: &str,
    today: NaiveDate,
    earliest: NaiveDate,
) -> Result<(NaiveDate, NaiveDate), GraphError> {
    let yesterday = today - Days::new(1);
    let month = today - Days::new(u64::from(today.day0()));
    let year = today - Days::new(u64::from(today.ordinal0()));
    let last = |days: u64| (today - Days::new(days), yesterday);
    Ok(match name {
        "today" => (today, today),
        "yesterday" => (yesterday, yesterday),
        "last_3d" => last(3),
        "last_7d" => last(7),
        "last_14d" => last(14),
        "last_28d" => last(28),
        "last_30d" => last(30),
        "last_90d" => last(90),
        "this_month" => (month, today),
        "last_month" => (month - Months::new(1), month - Days::new(1)),
        "this_year" => (year, today),
        "last_year" => (year - Months::new(12), year - Days::new(1)),
        "maximum" | "data_maximum" => (earliest, today),
        _ => {
            let message = "param date_preset must be one of the documented values.";
            return Err(GraphError::bad_parameter(message));
        }
    })
}

/// A period in parts of so many days, of calendar months, or in one.
fn parts(
    since: NaiveDate,
    until: NaiveDate,
    increment: &str,
) -> Result<Vec<(NaiveDate, NaiveDate)>, GraphError> {
    let days = match increment {
        "all_days" => return Ok(vec![(since, until)]),
        "monthly" => None,
        number => match number.parse::<u64>() {
            Ok(days @ 1..=90) => Some(days),
            _ => {
                let message = "param time_increment must be 1 to 90, monthly or all_days.";
                return Err(GraphError::bad_parameter(message));
            }
        },
    };
    let next = |from: NaiveDate| match days {
        Some(days) => from + Days::new(days),
        None => from - Days::new(u64::from(from.day0())) + Months::new(1),
    };
    let mut parts = Vec::new();
    let mut from = since;
    while from <= until {
        let end = next(from) - Days::new(1);
        parts.push((from, end.min(until)));
        from = next(from);
    }
    Ok(parts)
}

fn level(asked: Option<&str>, subject: &Subject<'_>) -> Result<Level, GraphError> {
    match (asked, subject) {
        (Some("account"), _) | (None, Subject::Account(_)) => Ok(Level::Account),
        (Some("campaign"), _) | (None, Subject::Campaign(..)) => Ok(Level::Campaign),
        (Some("adset" | "ad"), _) => Ok(Level::Below),
        (Some(_), _) => {
            let message = "param level must be one of {ad, adset, campaign, account}.";
            Err(GraphError::bad_parameter(message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn presets_are_counted_from_today() {
        let span = |name: &str| {
            let (since, until) =
                preset(name, day("2026-03-05"), day("2023-02-05")).map_err(|error| error.code)?;
            Ok::<_, i64>(format!("{since} {until}"))
        };
        let expected = [
            ("today", "2026-03-05 2026-03-05"),
            ("yesterday", "2026-03-04 2026-03-04"),
            ("last_7d", "2026-02-26 2026-03-04"),
            ("this_month", "2026-03-01 2026-03-05"),
            ("last_month", "2026-02-01 2026-02-28"),
            ("this_year", "2026-01-01 2026-03-05"),
            ("last_year", "2025-01-01 2025-12-31"),
            ("maximum", "2023-02-05 2026-03-05"),
        ];
        for (name, days) in expected {
            assert_eq!(span(name), Ok(days.to_owned()), "{name}");
        }
        assert_eq!(span("tomorrow"), Err(100));
    }

    #[test]
    fn a_period_is_divided() {
        let lengths = |increment: &str| {
            let parts = parts(day("2026-01-20"), day("2026-03-02"), increment);
            let parts = parts.map_err(|error| error.code)?;
            let days = parts.iter().map(|(from, to)| (*to - *from).num_days() + 1);
            Ok::<_, i64>(days.collect::<Vec<_>>())
        };
        assert_eq!(lengths("all_days"), Ok(vec![42]));
        assert_eq!(lengths("monthly"), Ok(vec![12, 28, 2]));
        assert_eq!(lengths("30"), Ok(vec![30, 12]));
        assert_eq!(lengths("1").map(|days| days.len()), Ok(42));
        for wrong in ["0", "91", "weekly", ""] {
            assert_eq!(lengths(wrong), Err(100), "{wrong}");
        }
    }
}
