//! A worker that runs beside a portal: it is told of work at once, and keeps places for what people wait for.

use std::{sync::Arc, time::Duration};

use server::{
    jobs::{Pace, Worker},
    service::Portal,
};
use tests::{Consent, Kind, TestApp, people};
use tokio::{task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{mail_link, of_kind};

/// Longer than anything takes that is waited for, so that a test that waits in vain says so.
const PATIENCE: Duration = Duration::from_secs(60);
/// Longer than any test.
const NEVER: Duration = Duration::from_secs(3_600);

/// A worker of a process of its own.
struct Running {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    /// It looks by itself only where the database cannot tell it of work.
    fn start(app: &TestApp, portal: Arc<Portal>) -> Self {
        let pace = Pace {
            look: match app.database.kind() {
                Kind::Sqlite => Duration::from_millis(20),
                Kind::Postgres => NEVER,
            },
            look_when_told: NEVER,
            ..Pace::default()
        };
        let stop = CancellationToken::new();
        let work = Worker::new(portal).at(pace).work(stop.clone());
        let task = tokio::spawn(work);
        Self { stop, task }
    }

    async fn stop(self) {
        self.stop.cancel();
        let stopped = timeout(PATIENCE, self.task).await;
        stopped.expect("an end").expect("no panic");
    }
}

/// The worker rests for an hour where the database tells it of work; each mail is written after the last one
/// arrived.
#[tokio::test]
async fn work_of_another_process_starts_at_once() {
    let app = TestApp::start().await;
    let (other, _) = app.start_again(&[]).await.expect("another process");
    let worker = Running::start(&app, other);
    for count in 1..=5 {
        let client = app.add_client(&format!("Kowalska {count}")).await;
        mail_link(&app, &app.portal, client).await;
        let arrived = timeout(PATIENCE, app.mail.received(count)).await;
        arrived.expect("the mail arrives");
    }
    worker.stop().await;
    assert_eq!(app.mail.mails().len(), 5);
}

/// A job rings when it is committed, and never when it is not.
#[tokio::test]
async fn only_what_is_committed_rings() {
    let app = TestApp::start().await;
    let bell = app.portal.hang_bell().await.expect("an answer");
    let Some(mut bell) = bell else {
        assert_eq!(app.database.kind(), Kind::Sqlite, "PostgreSQL has a bell");
        return;
    };
    let (other, _) = app.start_again(&[]).await.expect("another process");
    let subject = app.add_client("Kowalska").await;
    let kind = app::model::JobKind::SendMail;
    for is_committed in [false, true] {
        let tx = other.begin().await.expect("a transaction");
        let enqueued = other.enqueue(&tx, app.scope, kind, subject).await;
        enqueued.expect("a job");
        if is_committed {
            other.commit(tx).await.expect("a commit");
        } else {
            tx.rollback().await.expect("a way back");
        }
    }
    timeout(PATIENCE, bell.rung())
        .await
        .expect("a ring")
        .expect("a connection");
    // There was one ring, and the bell is quiet now: nothing else is on the wire when the next one has come.
    let tx = other.begin().await.expect("a transaction");
    let enqueued = other.enqueue(&tx, app.scope, kind, subject).await;
    enqueued.expect("a job");
    other.commit(tx).await.expect("a commit");
    timeout(PATIENCE, bell.rung())
        .await
        .expect("a ring")
        .expect("a connection");
    assert_eq!(of_kind(&app, kind.code()).await.len(), 2);
}

/// Six jobs that nobody waits for are stuck at Meta; a mail leaves all the same.
#[tokio::test]
async fn bulk_work_leaves_places_for_people() {
    const BULK: usize = 6;
    let app = TestApp::start().await;
    for number in 0..BULK {
        let client = app.add_client(&format!("Kowalska {number}")).await;
        let link = app.invite(client).await;
        let visitor = app.client();
        let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
        visitor.browser.press(&identity, "Yes, this is me").await;
    }
    let patient = "UPDATE jobs SET priority = 2 WHERE kind = 'read_accounts'";
    assert_eq!(app.execute(patient).await, BULK as u64);
    let held = app.sandbox.hold("me/adaccounts");
    let worker = Running::start(&app, app.portal.clone());
    let places = Pace::default().patient;
    let stuck = timeout(PATIENCE, held.arrived_times(places)).await;
    stuck.expect("bulk work fills its places");

    let client = app.add_client("Iglesias").await;
    mail_link(&app, &app.portal, client).await;
    let arrived = timeout(PATIENCE, app.mail.received(1)).await;
    arrived.expect("the mail passes by");
    let bulk = of_kind(&app, "read_accounts").await;
    let running = bulk.iter().filter(|job| job.state == "running").count();
    assert_eq!(running, places, "bulk work keeps to its places");

    // With room again, the rest follows.
    let rest = app.sandbox.hold("me/adaccounts");
    held.release();
    let begun = timeout(PATIENCE, rest.arrived_times(BULK - places)).await;
    begun.expect("the rest is begun");
    rest.release();
    worker.stop().await;
    for job in of_kind(&app, "read_accounts").await {
        assert_eq!(job.state, "done", "{job:?}");
    }
}
