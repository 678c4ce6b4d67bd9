//! Schedules fire once, however many workers look.

use chrono::TimeDelta;
use futures::future::join_all;
use server::{
    jobs::{SCHEDULES, Worker},
    service::schedules::Fire,
};
use tests::TestApp;

use super::of_kind;

/// How often each schedule has fired: the jobs of the first agency tell.
async fn fired(app: &TestApp) -> Vec<usize> {
    let mut counts = Vec::new();
    for schedule in &SCHEDULES {
        counts.push(of_kind(app, schedule.kind.code()).await.len());
    }
    counts
}

#[tokio::test]
async fn four_processes_that_look_at_once_fire_once() {
    let app = TestApp::start().await;
    let mut portals = vec![app.portal.clone()];
    for _ in 0..3 {
        let (portal, _) = app.start_again(&[]).await.expect("another process");
        portals.push(portal);
    }
    for round in 1..=10 {
        let firing = portals
            .iter()
            .map(|portal| portal.fire(&SCHEDULES, Fire::Due));
        for next in join_all(firing).await {
            next.expect("a time");
        }
        assert_eq!(fired(&app).await, [round; SCHEDULES.len()], "round {round}");
        assert_eq!(app.run_jobs().await.failed, 0);
        let longest = SCHEDULES.iter().map(|schedule| schedule.every).max();
        app.advance(longest.expect("a schedule"));
    }
}

/// A day in which nothing ran is made up for by one time, and what is not due does not fire.
#[tokio::test]
async fn a_missed_time_fires_once() {
    let app = TestApp::start().await;
    let look = || app.portal.fire(&SCHEDULES, Fire::Due);
    for (passed, expected) in [
        (TimeDelta::zero(), 1),
        (TimeDelta::seconds(1), 1),
        (TimeDelta::days(3), 2),
        (TimeDelta::seconds(1), 2),
    ] {
        app.advance(passed);
        look().await.expect("a time");
        app.run_jobs().await;
        assert_eq!(fired(&app).await, [expected; SCHEDULES.len()], "{passed}");
    }
}

/// The tries of a job that fails are its own; a schedule that comes round does not double it.
#[tokio::test]
async fn a_schedule_whose_job_still_waits_enqueues_no_second() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        app.portal
            .fire(&SCHEDULES, Fire::Due)
            .await
            .expect("a time");
        app.advance(TimeDelta::days(1));
    }
    assert_eq!(fired(&app).await, [1; SCHEDULES.len()]);
}

#[tokio::test]
async fn every_schedule_runs_when_it_is_asked_for() {
    let app = TestApp::start().await;
    for round in 1..=2 {
        let worker = Worker::new(app.portal.clone());
        worker.run_schedules().await.expect("schedules");
        let report = worker.until_idle().await.expect("an end");
        assert_eq!(report.failed, 0);
        assert_eq!(fired(&app).await, [round; SCHEDULES.len()]);
        for schedule in &SCHEDULES {
            for job in of_kind(&app, schedule.kind.code()).await {
                assert_eq!(job.state, "done", "{job:?}");
            }
        }
    }
}

/// Each agency gets its own job, and the installation one.
#[tokio::test]
async fn each_agency_is_tidied() {
    let app = TestApp::start().await;
    let other = tests::Agency::found(&app, "Southlight").await;
    app.portal
        .fire(&SCHEDULES, Fire::All)
        .await
        .expect("a time");
    let mut tidied: Vec<_> = (of_kind(&app, "tidy_agency").await.iter())
        .map(|job| (job.agency_id, job.subject_id))
        .collect();
    tidied.sort();
    let mut all = [app.scope, other.scope].map(|scope| (scope.agency(), Some(scope.agency())));
    all.sort();
    assert_eq!(tidied, all);
    assert_eq!(of_kind(&app, "tidy_installation").await.len(), 1);
}
