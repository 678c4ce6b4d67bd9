//! The state of everything: what the page of health and the figures for programs are made of.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use uuid::Uuid;

use super::state::codes;
use super::{AnswerClass, MailState, MetaTrouble, TokenStatus};

codes! {
    /// Whose share of Meta's limits something is.
    UsageBucket { App = "app", Business = "business", AdAccount = "ad_account" }
}

/// The page of health.
#[derive(Clone, Debug)]
pub struct HealthView {
    /// What needs a person, worst first.
    pub needs: Vec<Need>,
    /// How many connections in use have a token of each status, in the order of the codes; those without are left out.
    pub tokens: Vec<(TokenStatus, u64)>,
    /// What ends in the next sixty days, a week each.
    pub ends: Vec<EndsWeek>,
    /// What validations said, a day each, oldest first: every day of the last thirty, or nothing.
    pub outcomes: Vec<OutcomeDay>,
    pub usage: UsageView,
    pub jobs: JobFigures,
    /// How many mails are in each state.
    pub mails: Vec<(MailState, u64)>,
}

/// Something that does not mend itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Meta refuses the agency's app.
    Trouble(MetaTrouble),
    /// Meta has the app wait.
    Stopped(DateTime<Utc>),
    /// Tokens of approved clients that Meta does not take any more: expired, revoked or blocked.
    Dead(TokenStatus, u64),
    /// Approved clients marked as critical without a backup that Meta takes.
    NoBackup(u64),
    /// Tokens in use, or their access to data, that end within 14 days.
    Ending(u64),
    /// What has waited for a decision for more than a day.
    WaitsLong(u64),
    /// Jobs that were given up.
    DeadLetters(u64),
    /// Work that has been due for too long: is a worker running?
    NoWorker(DateTime<Utc>),
    /// Mails that did not leave and can be sent again.
    MailsFailed(u64),
}

impl Need {
    /// How many of it there are, where that can be counted.
    #[must_use]
    pub const fn count(self) -> Option<u64> {
        match self {
            Self::Dead(_, count)
            | Self::NoBackup(count)
            | Self::Ending(count)
            | Self::WaitsLong(count)
            | Self::DeadLetters(count)
            | Self::MailsFailed(count) => Some(count),
            Self::Trouble(_) | Self::Stopped(_) | Self::NoWorker(_) => None,
        }
    }
}

/// What ends in one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndsWeek {
    /// The first day, and the last one.
    pub days: Days,
    pub count: u64,
}

/// Days from one to another, in UTC, both among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Days {
    /// What stands between the days in an address.
    const TO: &'static str = "..";
    /// Nothing of ours lies outside.
    const YEARS: std::ops::RangeInclusive<i32> = 2_000..=2_999;

    /// As an address says it: `2026-11-25..2026-12-01`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}{}{}", self.from, Self::TO, self.to)
    }

    /// From what an address says. Days in the wrong order are none.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (from, to) = code.split_once(Self::TO)?;
        let days = Self {
            from: from.parse().ok()?,
            to: to.parse().ok()?,
        };
        let is_sound = days.from <= days.to && Self::is_ours(days.from) && Self::is_ours(days.to);
        is_sound.then_some(days)
    }

    /// Whether something of ours can lie on a day.
    #[must_use]
    pub fn is_ours(day: NaiveDate) -> bool {
        Self::YEARS.contains(&day.year())
    }
}

/// What the validations of a day said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeDay {
    /// In UTC.
    pub day: NaiveDate,
    /// In the order of [`AnswerClass::ALL`].
    pub counts: [u64; AnswerClass::ALL.len()],
}

impl OutcomeDay {
    /// A day without validations.
    #[must_use]
    pub const fn quiet(day: NaiveDate) -> Self {
        Self {
            day,
            counts: [0; AnswerClass::ALL.len()],
        }
    }

    /// How many said this.
    #[must_use]
    pub fn of(&self, class: AnswerClass) -> u64 {
        self.counts[class as usize]
    }
}

/// Validations that said the same.
#[derive(Clone, Debug)]
pub struct ValidationsView {
    pub class: AnswerClass,
    /// Those of this day (in UTC) only.
    pub day: Option<NaiveDate>,
    /// One page, newest first.
    pub validations: Vec<ValidationRow>,
    /// Opaque: where the next page begins.
    pub next: Option<String>,
}

/// A validation in the list.
#[derive(Clone, Debug)]
pub struct ValidationRow {
    pub client_id: Uuid,
    pub client_name: String,
    pub made_at: DateTime<Utc>,
    /// What the token was found to be.
    pub status: TokenStatus,
    /// Meta's numbers, for whoever looks them up.
    pub code: Option<i64>,
    pub subcode: Option<i64>,
}

/// How much of Meta's limits is used.
#[derive(Clone, Debug, Default)]
pub struct UsageView {
    /// The app's share; `None` until Meta has told it.
    pub app: Option<Used>,
    /// The busiest ad accounts of the agency, busiest first.
    pub accounts: Vec<AccountUse>,
}

/// How much of a share is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    pub percent: u64,
    pub seen_at: DateTime<Utc>,
    /// No call is sent before.
    pub stopped_until: Option<DateTime<Utc>>,
}

/// How much an ad account has used of its share.
#[derive(Clone, Debug)]
pub struct AccountUse {
    pub number: String,
    pub name: String,
    pub client_id: Uuid,
    pub client_name: String,
    pub used: Used,
}

/// How the work goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobFigures {
    /// Due and not begun.
    pub due: u64,
    /// Since when the oldest of these is due.
    pub oldest_due: Option<DateTime<Utc>>,
    /// Given up.
    pub dead: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_and_read() {
        let code = "2026-11-25..2026-12-01";
        assert_eq!(Days::from_code(code).map(Days::code).as_deref(), Some(code));
        for wrong in [
            "",
            "2026-11-25",
            "2026-12-01..2026-11-25",
            "..",
            "a..b",
            "2026-11-31..2026-12-01",
            "+262142-12-31..+262142-12-31",
        ] {
            assert_eq!(Days::from_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_count_stands_under_its_class() {
        let mut day = OutcomeDay::quiet(NaiveDate::MIN);
        for (place, class) in AnswerClass::ALL.iter().enumerate() {
            day.counts[place] = place as u64 + 1;
            assert_eq!(day.of(*class), place as u64 + 1);
        }
    }
}
