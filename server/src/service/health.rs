//! The state of everything, for whoever watches over it: what needs a person first, then the figures.

mod figures;
mod usage;
mod usage_kept;
mod validations;

use std::{collections::HashMap, sync::RwLock};

use app::model::{
    AnswerClass, BackupFilter, ClientFilter, ConnectionState, Days, Ends, EndsFilter, EndsWeek,
    HealthView, JobFigures, MailState, Need, OutcomeDay, StateFilter, TokenStatus, UsageView,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::{Portal, Result, actor::StaffActor, clients, work::known_kinds};
use crate::{
    domain::{agency::AgencyScope, role::Permission},
    store::{self, entity::validation_days},
};

pub use figures::{Figures, Shares};
use usage_kept::UsageKept;

/// Days that the page looks ahead.
const DAYS_AHEAD: i64 = 60;
/// Days that the page looks back.
const DAYS_BACK: i64 = 30;
/// Who has waited for so long has waited for too long.
pub const LONG_WAIT: TimeDelta = TimeDelta::days(1);
/// When work has been due for so long, there is nobody who does it.
const LONG_DUE: TimeDelta = TimeDelta::minutes(15);
/// So long the number in the navigation may be old: it stands on every page of the desk.
const COUNT_KEPT: TimeDelta = TimeDelta::minutes(1);
/// Tokens that no program can use. Each asks for something else of a person.
const DEAD: [TokenStatus; 3] = [
    TokenStatus::Revoked,
    TokenStatus::Expired,
    TokenStatus::Blocked,
];

/// What a process remembers of health.
#[derive(Default)]
pub struct Watched {
    /// How many things needed a person in each agency, and when that was counted.
    needs: RwLock<HashMap<Uuid, (DateTime<Utc>, u64)>>,
    usage: UsageKept,
}

impl Portal {
    /// The page of health.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn health(&self, actor: &StaffActor) -> Result<HealthView> {
        actor.require(Permission::ReadDesk)?;
        let scope = actor.scope;
        let usage = self.usage(scope).await?;
        let jobs = self.job_figures(scope).await?;
        let needs = self.needs(scope, &usage, jobs).await?;
        self.note_needs(scope, needs.len() as u64);
        Ok(HealthView {
            needs,
            tokens: self.token_figures(scope).await?,
            ends: self.ends(scope).await?,
            outcomes: self.outcomes(scope).await?,
            usage,
            jobs,
            mails: self.mail_figures(scope).await?,
        })
    }

    /// How many things need a person, for the navigation: counted anew once a minute, and by the page itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_needs(&self, actor: &StaffActor) -> Result<u64> {
        let scope = actor.scope;
        let kept = { self.watched.needs.read().ok() }
            .and_then(|kept| kept.get(&scope.agency()).copied())
            .filter(|(counted_at, _)| *counted_at > self.now() - COUNT_KEPT);
        if let Some((_, count)) = kept {
            return Ok(count);
        }
        let usage = UsageView {
            app: self.app_usage().await?,
            ..UsageView::default()
        };
        let jobs = self.job_figures(scope).await?;
        let count = self.needs(scope, &usage, jobs).await?.len() as u64;
        self.note_needs(scope, count);
        Ok(count)
    }

    fn note_needs(&self, scope: AgencyScope, count: u64) {
        if let Ok(mut kept) = self.watched.needs.write() {
            kept.insert(scope.agency(), (self.now(), count));
        }
    }

    /// What needs a person, worst first. Each number is counted as the list counts that it leads to.
    async fn needs(
        &self,
        scope: AgencyScope,
        usage: &UsageView,
        jobs: JobFigures,
    ) -> Result<Vec<Need>> {
        let (db, now) = (self.db.reader(), self.now());
        let mut needs = Vec::new();
        needs.extend(self.trouble_kind(scope).await?.map(Need::Trouble));
        let stopped = usage.app.and_then(|app| app.stopped_until);
        needs.extend(stopped.map(Need::Stopped));
        for status in DEAD {
            let dead = ClientFilter {
                state: Some(StateFilter::In(ConnectionState::Approved)),
                token: Some(status),
                ..ClientFilter::default()
            };
            let count = self.count_clients(scope, &dead).await?;
            needs.push(Need::Dead(status, count));
        }
        let critical = ClientFilter {
            backup: Some(BackupFilter::Missing),
            ..ClientFilter::default()
        };
        needs.push(Need::NoBackup(self.count_clients(scope, &critical).await?));
        let ending = clients::stretch(Ends::Offered(EndsFilter::Fortnight), now);
        let ending = store::health::ends(db, scope, &[ending]).await?;
        needs.push(Need::Ending(ending.into_iter().sum()));
        let since = now - LONG_WAIT;
        let long = store::health::waiting_since_before(db, scope, since).await?;
        needs.push(Need::WaitsLong(long));
        needs.push(Need::DeadLetters(jobs.dead));
        let overdue = jobs.oldest_due.filter(|due| *due < now - LONG_DUE);
        needs.extend(overdue.map(Need::NoWorker));
        needs.push(Need::MailsFailed(
            store::health::failed_mails(db, scope).await?,
        ));
        needs.retain(|need| need.count() != Some(0));
        Ok(needs)
    }

    pub(super) async fn token_figures(
        &self,
        scope: AgencyScope,
    ) -> Result<Vec<(TokenStatus, u64)>> {
        let mut counts = store::health::token_statuses(self.db.reader(), scope).await?;
        counts.sort_unstable_by_key(|(status, _)| *status);
        Ok(counts)
    }

    async fn ends(&self, scope: AgencyScope) -> Result<Vec<EndsWeek>> {
        let now = self.now();
        let weeks = weeks(now.date_naive());
        let stretches: Vec<_> = { weeks.iter() }
            .map(|days| clients::stretch(Ends::On(*days), now))
            .collect();
        let counts = store::health::ends(self.db.reader(), scope, &stretches).await?;
        let ends = weeks.into_iter().zip(counts);
        Ok(ends.map(|(days, count)| EndsWeek { days, count }).collect())
    }

    async fn outcomes(&self, scope: AgencyScope) -> Result<Vec<OutcomeDay>> {
        let first = self.now().date_naive() - TimeDelta::days(DAYS_BACK - 1);
        let rows = store::validation_days::since(self.db.reader(), scope, first).await?;
        Ok(each_day(first, &rows))
    }

    pub(super) async fn job_figures(&self, scope: AgencyScope) -> Result<JobFigures> {
        let db = self.db.reader();
        let figures = store::jobs::figures(db, scope, &known_kinds(), self.now()).await?;
        Ok(JobFigures {
            due: figures.queued_due,
            oldest_due: figures.oldest_due,
            dead: figures.dead,
        })
    }

    pub(super) async fn mail_figures(&self, scope: AgencyScope) -> Result<Vec<(MailState, u64)>> {
        let rows = store::mails::count_each(self.db.reader(), scope).await?;
        let count = |state: MailState| {
            let row = rows.iter().find(|(code, _)| code == state.code());
            row.and_then(|(_, count)| u64::try_from(*count).ok())
        };
        let each = MailState::ALL.iter();
        Ok(each
            .filter_map(|state| Some((*state, count(*state)?)))
            .collect())
    }
}

/// The weeks that begin with a day, up to the last day that the page looks ahead.
fn weeks(today: NaiveDate) -> Vec<Days> {
    let day = |number: i64| today + TimeDelta::days(number);
    (0..DAYS_AHEAD)
        .step_by(7)
        .map(|first| Days {
            from: day(first),
            to: day((first + 6).min(DAYS_AHEAD - 1)),
        })
        .collect()
}

/// Every day from the first one on, or none where there were no validations.
fn each_day(first: NaiveDate, rows: &[validation_days::Model]) -> Vec<OutcomeDay> {
    if rows.is_empty() {
        return Vec::new();
    }
    let mut days: Vec<_> = (0..DAYS_BACK)
        .map(|number| OutcomeDay::quiet(first + TimeDelta::days(number)))
        .collect();
    for row in rows {
        let place = usize::try_from((row.day - first).num_days()).ok();
        let day = place.and_then(|place| days.get_mut(place));
        let class = AnswerClass::from_code(&row.class);
        if let (Some(day), Some(class)) = (day, class) {
            day.counts[class as usize] += u64::try_from(row.validations).unwrap_or_default();
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_days_are_nine_weeks_without_a_gap() {
        let today: NaiveDate = "2026-11-25".parse().unwrap();
        let weeks = weeks(today);
        assert_eq!(weeks.len(), 9);
        assert_eq!(weeks[0].code(), "2026-11-25..2026-12-01");
        assert_eq!(weeks[8].code(), "2027-01-20..2027-01-23");
        for pair in weeks.windows(2) {
            assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
        }
    }

    #[test]
    fn a_day_without_validations_stands_between_those_with_some() {
        let first: NaiveDate = "2026-11-01".parse().unwrap();
        let row = |day: i64, class: &str, validations| validation_days::Model {
            agency_id: Uuid::nil(),
            day: first + TimeDelta::days(day),
            class: class.to_owned(),
            validations,
        };
        let days = each_day(
            first,
            &[row(0, "none", 7), row(2, "relogin", 2), row(2, "none", 5)],
        );
        assert_eq!(days.len(), 30);
        assert_eq!(days[0].of(AnswerClass::None), 7);
        assert_eq!(days[1], OutcomeDay::quiet(first + TimeDelta::days(1)));
        assert_eq!(days[2].of(AnswerClass::Relogin), 2);
        assert_eq!(each_day(first, &[]), []);
    }
}
