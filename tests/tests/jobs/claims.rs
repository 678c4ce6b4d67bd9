//! Who does a job: the most urgent first, one worker at a time, and another one after a worker has died.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use server::{
    domain::{clock::Clock as _, urgency::Urgency},
    store::{
        Write,
        jobs::{self, Ending, New},
    },
};
use tests::{Consent, TestApp, people};
use uuid::Uuid;

use super::{mail_link, of_kind};

/// A job about nothing that is due at a moment.
async fn enqueue(app: &TestApp, kind: &str, urgency: Urgency, run_at: DateTime<Utc>) -> Uuid {
    let id = app.portal.new_id();
    let new = New {
        id,
        kind,
        subject: None,
        urgency,
        run_at,
    };
    let db = app.portal.db.reader();
    let enqueued = jobs::enqueue(db, app.scope, new, run_at).await;
    enqueued.expect("a job");
    id
}

async fn claim(app: &TestApp, least: Urgency) -> Option<jobs::Model> {
    let claimed = app.portal.claim_job(app.portal.new_id(), least).await;
    claimed.expect("a readable queue")
}

#[tokio::test]
async fn the_most_urgent_comes_first_and_then_the_one_that_has_waited_longest() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    let mut expected = Vec::new();
    // The less urgent, the longer it has waited.
    for (minutes, urgency) in (1..).zip(Urgency::ALL) {
        for seconds in [30, 0] {
            let waited = TimeDelta::minutes(minutes) + TimeDelta::seconds(seconds);
            expected.push(enqueue(&app, "send_mail", urgency, now - waited).await);
        }
    }
    enqueue(
        &app,
        "send_mail",
        Urgency::Waiting,
        now + TimeDelta::days(1),
    )
    .await;
    enqueue(&app, "dance", Urgency::Waiting, now - TimeDelta::days(1)).await;
    let patient = expected.split_off(4);
    for id in expected {
        assert_eq!(claim(&app, Urgency::Soon).await.map(|job| job.id), Some(id));
    }
    assert_eq!(claim(&app, Urgency::Soon).await, None, "the rest can wait");
    for id in patient {
        assert_eq!(
            claim(&app, Urgency::Upkeep).await.map(|job| job.id),
            Some(id)
        );
    }
    assert_eq!(claim(&app, Urgency::Upkeep).await, None);
    let dance = of_kind(&app, "dance").await.remove(0);
    assert_eq!((dance.state.as_str(), dance.attempts), ("queued", 0));
}

/// Eight workers at once: each job is claimed once.
#[tokio::test]
async fn workers_share_the_queue() {
    const JOBS: usize = 120;
    let app = TestApp::start().await;
    let now = app.clock.now();
    for _ in 0..JOBS {
        enqueue(&app, "send_mail", Urgency::Bulk, now).await;
    }
    let workers = (0..8).map(|_| async {
        let mut claimed = Vec::new();
        while let Some(job) = claim(&app, Urgency::Bulk).await {
            claimed.push(job.id);
        }
        claimed
    });
    let mut claimed = join_all(workers).await.concat();
    claimed.sort();
    claimed.dedup();
    let jobs = of_kind(&app, "send_mail").await;
    assert_eq!(claimed.len(), JOBS);
    for job in jobs {
        assert_eq!((job.state.as_str(), job.attempts), ("running", 1));
    }
}

#[tokio::test]
async fn a_worker_knows_when_to_look_again() {
    let app = TestApp::start().await;
    let next = async |least| app.portal.next_job_at(least).await.expect("an answer");
    let now = app.clock.now();
    assert_eq!(next(Urgency::Upkeep).await, None);
    let [hour, day] = [TimeDelta::hours(1), TimeDelta::days(1)].map(|wait| now + wait);
    enqueue(&app, "dance", Urgency::Waiting, now).await;
    enqueue(&app, "send_mail", Urgency::Upkeep, hour).await;
    enqueue(&app, "send_mail", Urgency::Soon, day).await;
    assert_eq!(next(Urgency::Upkeep).await, Some(hour));
    assert_eq!(next(Urgency::Soon).await, Some(day));
    app.advance(TimeDelta::hours(1));
    let job = claim(&app, Urgency::Upkeep).await.expect("a job");
    let lease = of_kind(&app, "send_mail").await;
    let lease = lease.iter().find(|row| row.id == job.id).expect("it");
    assert_eq!(next(Urgency::Upkeep).await, lease.lease_until);
}

/// A job whose worker was killed each time would be taken over for ever.
#[tokio::test]
async fn a_job_that_no_worker_survives_is_given_up() {
    let app = TestApp::start().await;
    enqueue(&app, "read_accounts", Urgency::Waiting, app.clock.now()).await;
    for _ in 0..4 {
        claim(&app, Urgency::Waiting).await.expect("a job");
        app.advance(TimeDelta::minutes(1));
    }
    let report = app.run_jobs().await;
    assert_eq!((report.ran, report.failed), (1, 1));
    let job = of_kind(&app, "read_accounts").await.remove(0);
    assert_eq!(
        (job.state.as_str(), job.trouble.as_deref()),
        ("dead", Some("lost"))
    );
}

/// A mail server that asks for patience is no failure of the job.
#[tokio::test]
async fn a_try_that_is_put_off_does_not_count() {
    let app = TestApp::start().await;
    app.mail.refuse("451 later");
    let client = app.add_client("Kowalska").await;
    mail_link(&app, &app.portal, client).await;
    for _ in 0..3 {
        assert_eq!(app.run_jobs().await.failed, 0);
        let job = of_kind(&app, "send_mail").await.remove(0);
        assert_eq!((job.state.as_str(), job.attempts), ("queued", 0));
        app.advance(TimeDelta::hours(1));
    }
    app.mail.accept();
    app.run_jobs().await;
    assert_eq!(app.mail.mails().len(), 1);
}

#[tokio::test]
async fn a_job_of_a_worker_that_died_is_taken_over_after_its_lease() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    let waiting = visitor.browser.press(&identity, "Yes, this is me").await;
    assert_eq!(waiting.heading(), "Looking for your ad accounts");
    let db = app.portal.db.reader();
    let dead = app.portal.claim_job(app.portal.new_id(), Urgency::Upkeep);
    let dead = dead.await.expect("a readable queue").expect("a job");
    assert_eq!(dead.kind, "read_accounts");

    assert_eq!(app.run_jobs().await.ran, 0, "somebody is at work");
    app.advance(TimeDelta::seconds(25));
    jobs::renew(db, &dead, app.clock.now())
        .await
        .expect("a longer lease");
    app.advance(TimeDelta::seconds(25));
    assert_eq!(app.run_jobs().await.ran, 0, "still");
    app.advance(TimeDelta::seconds(6));
    assert_eq!(app.run_jobs().await.ran, 1);
    let choice = visitor.browser.open(&waiting.path).await;
    choice.must_say("Kowalska Ceramics");
    // The one that was taken for dead comes back too late to say how it ended.
    let late = jobs::finish(db, &dead, Ending::Done, app.clock.now()).await;
    assert_eq!(late.expect("a readable queue"), Write::Conflict);
}

#[tokio::test]
async fn a_job_is_run_by_one_of_two_workers() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    visitor.browser.press(&identity, "Yes, this is me").await;
    let (one, two) = tokio::join!(app.run_jobs(), app.run_jobs());
    assert_eq!(one.ran + two.ran, 1);
}
