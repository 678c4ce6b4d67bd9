//! Views of jobs that were given up.

use app::model::*;
use app::pages::admin;
use app::routes::pattern;
use chrono::Duration;

use super::gallery::{Sample, sample};
use super::*;

fn job(number: u128, kind: JobKind, trouble: JobTrouble) -> JobRow {
    JobRow {
        id: id(number),
        kind,
        client: Some((id(101), "Kowalska Ceramics".into())),
        trouble,
        error: Some("meta revoke: no answer in time (Retry, code -, subcode -)".into()),
        tries: 10,
        enqueued_at: now() - Duration::hours(5),
        given_up_at: now() - Duration::minutes(40),
    }
}

/// One of every kind, and one for every trouble.
fn jobs() -> JobsView {
    let names = ["Kowalska Ceramics", LONG, ARABIC, HOSTILE];
    let kinds = JobKind::ALL.iter().cycle();
    let troubles = JobTrouble::ALL.iter().cycle();
    let count = JobKind::ALL.len().max(JobTrouble::ALL.len());
    let rows = (300..).zip(kinds.zip(troubles)).zip(names.iter().cycle());
    let jobs = rows.take(count).map(|((number, (kind, trouble)), name)| {
        let is_for_nobody = matches!(
            kind,
            JobKind::MetaEvent
                | JobKind::ValidateTokens
                | JobKind::TidyAgency
                | JobKind::TidyInstallation
        );
        JobRow {
            client: (!is_for_nobody).then(|| (id(101), (*name).into())),
            ..job(number, *kind, *trouble)
        }
    });
    JobsView {
        count: 62,
        jobs: jobs.collect(),
        next: Some("abc".into()),
        unknown: vec![UnknownJobs {
            kind: "send_digest".into(),
            count: 3,
            since: now() - Duration::days(2),
        }],
        may_mend: true,
    }
}

pub fn pages() -> Vec<Sample> {
    let few = || JobsView {
        count: 2,
        jobs: vec![
            job(300, JobKind::RevokeToken, JobTrouble::Meta),
            job(301, JobKind::SendMail, JobTrouble::Database),
        ],
        next: None,
        unknown: vec![],
        may_mend: true,
    };
    let empty = move || JobsView {
        count: 0,
        jobs: vec![],
        ..few()
    };
    vec![
        sample("jobs", staff(pattern::JOBS), |f| admin::jobs(f, &jobs())),
        sample("jobs-few", staff(pattern::JOBS), move |f| {
            admin::jobs(f, &few())
        }),
        sample("jobs-for-reading", staff(pattern::JOBS), move |f| {
            let view = JobsView {
                may_mend: false,
                ..few()
            };
            admin::jobs(f, &view)
        }),
        sample("jobs-empty", staff(pattern::JOBS), move |f| {
            admin::jobs(f, &empty())
        }),
    ]
}
