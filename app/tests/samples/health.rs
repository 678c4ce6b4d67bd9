//! Views of the page of health.

use app::model::*;
use chrono::{Days as Later, Duration, NaiveDate};

use super::*;

fn today() -> NaiveDate {
    now().date_naive()
}

fn week(number: u64, count: u64) -> EndsWeek {
    let from = today() + Later::new(7 * number);
    EndsWeek {
        days: Days {
            from,
            to: from + Later::new(if number == 8 { 3 } else { 6 }),
        },
        count,
    }
}

fn used(percent: u64, minutes: i64, stopped: Option<i64>) -> Used {
    Used {
        percent,
        seen_at: now() - Duration::minutes(minutes),
        stopped_until: stopped.map(|minutes| now() + Duration::minutes(minutes)),
    }
}

fn account(number: u128, name: &str, client: &str, used: Used) -> AccountUse {
    AccountUse {
        number: format!("1048229011{number:02}"),
        name: name.into(),
        client_id: id(100 + number),
        client_name: client.into(),
        used,
    }
}

/// Thirty days: what is well grows, and one day Meta was in trouble.
fn outcomes() -> Vec<OutcomeDay> {
    let day = |number: u64| {
        let mut day = OutcomeDay::quiet(today() - Later::new(29 - number));
        let mut put = |class: AnswerClass, count| day.counts[class as usize] = count;
        put(AnswerClass::None, 380 + 4 * number + number % 7 * 3);
        put(AnswerClass::Relogin, number % 5);
        put(AnswerClass::AskPermission, 2 + number / 9);
        put(AnswerClass::Blocked, u64::from(number % 11 == 3));
        put(AnswerClass::Wait, if number == 17 { 12 } else { 0 });
        put(
            AnswerClass::Retry,
            if (17..19).contains(&number) {
                31
            } else {
                number % 3
            },
        );
        day
    };
    (0..30).map(day).collect()
}

pub fn health() -> HealthView {
    HealthView {
        needs: vec![
            Need::Dead(TokenStatus::Revoked, 3),
            Need::Dead(TokenStatus::Blocked, 1),
            Need::Ending(12),
        ],
        tokens: vec![
            (TokenStatus::Active, 418),
            (TokenStatus::Expiring, 12),
            (TokenStatus::Revoked, 3),
            (TokenStatus::Blocked, 1),
            (TokenStatus::Limited, 6),
            (TokenStatus::Unknown, 2),
        ],
        ends: [7, 5, 31, 64, 58, 0, 71, 49, 20]
            .into_iter()
            .zip(0..)
            .map(|(count, number)| week(number, count))
            .collect(),
        outcomes: outcomes(),
        usage: UsageView {
            app: Some(used(34, 1, None)),
            accounts: vec![
                account(
                    1,
                    "Kowalska Ceramics – Shop",
                    "Kowalska Ceramics",
                    used(97, 3, Some(12)),
                ),
                account(2, ARABIC, LONG, used(61, 8, None)),
                account(3, HOSTILE, HOSTILE, used(4, 190, None)),
            ],
        },
        jobs: JobFigures {
            due: 14,
            oldest_due: Some(now() - Duration::minutes(2)),
            dead: 0,
        },
        mails: MailState::ALL
            .iter()
            .copied()
            .zip([2, 1_204, 0, 0])
            .collect(),
    }
}

/// All that can need a person, and numbers as large as they come.
pub fn health_bad() -> HealthView {
    let mut view = health();
    view.needs = vec![
        Need::Trouble(MetaTrouble::WrongSecret),
        Need::Stopped(now() + Duration::minutes(24)),
        Need::Dead(TokenStatus::Revoked, 968),
        Need::Dead(TokenStatus::Expired, 1),
        Need::Dead(TokenStatus::Blocked, 397),
        Need::NoBackup(3_597),
        Need::Ending(32_100),
        Need::WaitsLong(2),
        Need::DeadLetters(5),
        Need::NoWorker(now() - Duration::hours(3)),
        Need::MailsFailed(1),
    ];
    view.tokens = TokenStatus::ALL
        .iter()
        .copied()
        .zip([4, 85_515, 3_700, 1, 968, 397, 900, 720])
        .collect();
    for week in &mut view.ends {
        week.count = week.count * 211 + 1;
    }
    view.usage.app = Some(used(100, 0, Some(24)));
    view.jobs = JobFigures {
        due: 41_833,
        oldest_due: Some(now() - Duration::hours(3)),
        dead: 5,
    };
    view
}

/// A new agency: nothing to show yet.
pub fn health_new() -> HealthView {
    HealthView {
        needs: vec![],
        tokens: vec![],
        ends: (0..9).map(|number| week(number, 0)).collect(),
        outcomes: vec![],
        usage: UsageView::default(),
        jobs: JobFigures::default(),
        mails: vec![],
    }
}

pub fn validations() -> ValidationsView {
    let row = |number: u128, client: &str, status, code: Option<i64>, subcode: Option<i64>| {
        ValidationRow {
            client_id: id(100 + number),
            client_name: client.into(),
            made_at: now() - Duration::hours(i64::try_from(number).expect("a number")),
            status,
            code,
            subcode,
        }
    };
    ValidationsView {
        class: AnswerClass::Relogin,
        day: Some(today()),
        validations: vec![
            row(
                1,
                "Kowalska Ceramics",
                TokenStatus::Revoked,
                Some(190),
                Some(460),
            ),
            row(2, ARABIC, TokenStatus::Expired, Some(190), Some(463)),
            row(3, LONG, TokenStatus::Revoked, Some(190), None),
            row(4, HOSTILE, TokenStatus::Expired, None, None),
        ],
        next: Some("abc".into()),
    }
}
