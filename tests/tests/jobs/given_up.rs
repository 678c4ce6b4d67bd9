//! Jobs that were given up are told in words, run again, and dismissed.

use app::{model::Role, routes, routes::pattern};
use chrono::TimeDelta;
use server::{
    domain::{clock::Clock as _, urgency::Urgency},
    store::{self, jobs::New},
};
use tests::TestApp;
use uuid::Uuid;

use super::{mail_link, of_kind};

/// A mail to a client that was given up. Gives its job.
async fn given_up(app: &TestApp, client: &str) -> Uuid {
    let client = app.add_client(client).await;
    let known: Vec<Uuid> = (of_kind(app, "send_mail").await.iter())
        .map(|job| job.id)
        .collect();
    mail_link(app, &app.portal, client).await;
    let jobs = of_kind(app, "send_mail").await;
    let job = jobs.iter().find(|job| !known.contains(&job.id));
    let job = job.expect("a job").id;
    app.give_up(job).await;
    job
}

#[tokio::test]
async fn an_admin_reads_what_was_given_up_and_runs_it_again() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let page = admin.browser.open(pattern::JOBS).await.expect(200);
    page.must_say("Nothing was given up");
    let job = given_up(&app, "Kowalska").await;
    let page = admin.browser.open(pattern::JOBS).await.expect(200);
    for words in [
        "Send a mail",
        "For Kowalska",
        "The database could not be reached",
        "After 20 tries",
    ] {
        page.must_say(words);
    }
    let told = admin.browser.press(&page, "Run again").await.expect(200);
    told.must_say("The job runs again.");
    told.must_say("Nothing was given up");
    assert_eq!(app.run_jobs().await.ran, 1);
    assert_eq!(app.mail.mails().len(), 1);
    // A second click on the page as it was.
    let told = admin.browser.press(&page, "Run again").await.expect(200);
    told.must_say("already");
    assert_eq!(app.run_jobs().await.ran, 0);
    assert_eq!(noted(&app, "job.run_again", job).await, 1);
}

#[tokio::test]
async fn all_are_run_again_at_once() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    for client in ["Kowalska", "Iglesias", "Weissmann"] {
        given_up(&app, client).await;
    }
    let page = owner.browser.open(pattern::JOBS).await.expect(200);
    let told = owner.browser.press(&page, "Run all again").await;
    told.must_say("3 jobs run again.");
    assert_eq!(app.run_jobs().await.ran, 3);
    assert_eq!(app.mail.mails().len(), 3);
}

#[tokio::test]
async fn a_job_is_dismissed_and_forgotten_after_a_week() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let job = given_up(&app, "Kowalska").await;
    let page = admin.browser.open(pattern::JOBS).await.expect(200);
    let told = admin.browser.press(&page, "Dismiss").await.expect(200);
    told.must_say("The job was dismissed.");
    let told = admin.browser.press(&page, "Dismiss").await.expect(200);
    told.must_say("already");
    assert_eq!(noted(&app, "job.dismissed", job).await, 1);
    app.advance(TimeDelta::days(6));
    app.tidy().await;
    assert_eq!(of_kind(&app, "send_mail").await.len(), 1);
    app.advance(TimeDelta::days(2));
    app.tidy().await;
    assert_eq!(of_kind(&app, "send_mail").await.len(), 0);
}

/// What was given up stays until a person has seen it, however long that takes.
#[tokio::test]
async fn what_was_given_up_is_not_tidied_away() {
    let app = TestApp::start().await;
    given_up(&app, "Kowalska").await;
    app.advance(TimeDelta::days(100));
    app.tidy().await;
    assert_eq!(of_kind(&app, "send_mail").await.len(), 1);
}

#[tokio::test]
async fn a_viewer_reads_and_has_no_buttons() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    let job = given_up(&app, "Kowalska").await;
    let page = viewer.browser.open(pattern::JOBS).await.expect(200);
    page.must_say("Send a mail");
    for button in ["Run again", "Run all again", "Dismiss"] {
        assert!(!page.has_button(button), "{button}");
    }
    for path in [routes::job_again(job), routes::job_dismiss(job)] {
        drop(viewer.browser.post(&path, &[]).await.expect(403));
    }
}

/// Work of a newer version that was rolled back: it is counted, told of, and left alone.
#[tokio::test]
async fn work_of_a_newer_version_is_told_of() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    let new = New {
        id: app.portal.new_id(),
        kind: "send_digest",
        subject: None,
        urgency: Urgency::Soon,
        run_at: now,
    };
    let db = app.portal.db.reader();
    let enqueued = store::jobs::enqueue(db, app.scope, new, now).await;
    enqueued.expect("a job");
    given_up(&app, "Kowalska").await;
    let client = app.add_client("Iglesias").await;
    mail_link(&app, &app.portal, client).await;
    let owner = app.staff(Role::Owner).await;
    let page = owner.browser.open(pattern::JOBS).await.expect(200);
    page.must_say("Waiting for a newer version");
    page.must_say("send_digest");

    app.advance(TimeDelta::minutes(5));
    let known = server::service::work::known_kinds();
    let now = app.clock.now();
    let ours = store::jobs::figures(db, app.scope, &known, now).await;
    let ours = ours.expect("figures");
    assert_eq!(
        (ours.queued_due, ours.running, ours.dead, ours.unknown),
        (1, 0, 1, 1)
    );
    let waited = now - ours.oldest_due.expect("a job");
    assert_eq!(waited.num_minutes(), 5);
    assert_eq!(app.run_jobs().await.ran, 1);
}

/// How often the trail says that this was done to a job.
async fn noted(app: &TestApp, action: &str, job: Uuid) -> i64 {
    let sql = format!(
        "SELECT COUNT(*) AS n FROM audit_events WHERE action = '{action}' AND details LIKE '%{job}%'"
    );
    app.value("n", &sql).await
}
