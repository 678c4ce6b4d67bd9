//! A client with a guided link, a database, Meta, and a program that is killed and started again.

use app::routes;
use chrono::{DateTime, TimeDelta, Utc};
use sandbox::{DeliveryState, Event, Sandbox, Target};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, sea_query::Expr,
};
use serde_json::json;
use server::{
    domain::clock::{Clock as _, SystemClock},
    jobs::SCHEDULES,
    store::{
        Database, Write,
        entity::{
            client_tokens, connections, grants, invitations, jobs, mails, oauth_states, visits,
        },
        schedules,
    },
};
use tests::{
    Answer, Browser, TestDatabase, open_accounts, people,
    process::{APP_ID, APP_SECRET, Program, Server, agree},
};
use url::Url;

/// Her accounts are held through a business only: reading them takes every edge.
const PERSON: &str = people::PRIYA;

/// Everything that outlives the program.
pub struct Scene {
    pub program: Program,
    pub meta: Sandbox,
    pub link: String,
    database: TestDatabase,
}

/// How far a connection may have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Nothing,
    Draft,
    Pending,
}

impl Scene {
    /// A client who was just sent a link.
    pub async fn set() -> Self {
        let database = TestDatabase::create().await;
        let program = Program::over(&database);
        let origin = program.origin().origin().ascii_serialization();
        let config = sandbox::Config::new(APP_ID, APP_SECRET, &origin);
        let meta = Sandbox::start(config, ([127, 0, 0, 1], 0).into()).await;
        let meta = meta.expect("the sandbox starts");
        let program = program
            .set("PORTICO_META__GRAPH_URL", &meta.url())
            .set("PORTICO_META__DIALOG_URL", &meta.url());
        let add = [
            "client",
            "add",
            "--name",
            "Rao Retail",
            "--email",
            "priya@rao.example",
        ];
        program.json(&add).await;
        let invite = ["invite", "--client", "priya@rao.example", "--no-mail"];
        let sent = program.json(&invite).await;
        let db = database.open().await;
        nothing_is_scheduled(&db).await;
        db.close().await;
        Self {
            link: sent["url"].as_str().expect("a link").to_owned(),
            program,
            meta,
            database,
        }
    }

    /// A server with its worker, as one process.
    pub async fn serve(&self) -> Server {
        self.program.serve(&[]).await
    }

    /// A server whose jobs run when the test says so.
    pub async fn serve_without_worker(&self) -> Server {
        self.program.serve(&["--no-worker"]).await
    }

    /// Runs what is due. Gives how many jobs ran; none may die.
    pub async fn work(&self) -> u64 {
        let report = self.program.json(&["worker", "--until-idle"]).await;
        assert_eq!(report["failed"], 0, "{report}");
        report["ran"].as_u64().expect("a count")
    }

    /// From the link through the dialog. Gives the callback that the browser is sent to.
    pub async fn to_callback(&self, browser: &Browser) -> String {
        let page = browser.open(&self.link).await.expect(200);
        self.through_dialog(browser, &page).await
    }

    /// From a page with the button through the dialog.
    pub async fn through_dialog(&self, browser: &Browser, page: &Answer) -> String {
        let answer = browser.send(&page.form("Continue with Facebook")).await;
        let dialog = Url::parse(answer.location()).expect("a whole address");
        agree(&dialog, PERSON).await
    }

    /// From the link to *Is this you?*.
    pub async fn sign_in(&self, browser: &Browser) -> Answer {
        let callback = self.to_callback(browser).await;
        browser.arrive(&callback).await.expect(200)
    }

    /// From *Is this you?* to the choice of accounts, with the worker beside the server.
    pub async fn confirm(&self, browser: &Browser, identity: &Answer) -> Answer {
        let progress = browser.press(identity, "Yes, this is me").await;
        assert_eq!(self.work().await, 1);
        browser.open(&progress.path).await.expect(200)
    }

    /// Ticks the first open account and submits.
    pub async fn submit(&self, browser: &Browser, choice: &Answer) -> Answer {
        let first = open_accounts(choice).into_iter().next();
        let form = choice.form("Submit for approval");
        let form = form.tick("account", &first.expect("an open account"));
        browser.submit(&form).await.expect(200)
    }

    /// The promise: whatever happened, the link leads a new browser to *Done*.
    pub async fn finish_by_link(&self) {
        let server = self.serve_without_worker().await;
        let browser = self.program.browser();
        let identity = self.sign_in(&browser).await;
        let choice = self.confirm(&browser, &identity).await;
        self.submit_and_finish(&browser, &choice).await;
        self.end(server).await;
    }

    /// From the choice to *Done*.
    pub async fn submit_and_finish(&self, browser: &Browser, choice: &Answer) {
        let progress = self.submit(browser, choice).await;
        assert_eq!(self.work().await, 1);
        let done = browser.open(&progress.path).await.expect(200);
        done.must_say("Your part is done");
    }

    /// The last look at a scene that has come to its end.
    pub async fn end(&self, server: Server) {
        let browser = self.program.browser();
        let spent = browser.open(&self.link).await.expect(200);
        assert!(
            !spent.has_button("Continue with Facebook"),
            "{}",
            spent.text()
        );
        let log = server.stop().await;
        self.program.assert_silent(&log);
        self.must_hold(Kept::Pending).await;
    }

    /// Asserts that what is stored is whole, and how far it has come.
    pub async fn must_hold(&self, kept: Kept) {
        let db = self.db().await;
        let reader = db.reader();
        let connections = connections::Entity::find().all(reader).await.expect("rows");
        let tokens = client_tokens::Entity::find()
            .all(reader)
            .await
            .expect("rows");
        let grants = grants::Entity::find().all(reader).await.expect("rows");
        let invitation = invitations::Entity::find().one(reader).await.expect("rows");
        let states: Vec<&str> = connections.iter().map(|row| row.state.as_str()).collect();
        match kept {
            Kept::Nothing => assert_eq!((states.len(), tokens.len(), grants.len()), (0, 0, 0)),
            Kept::Draft => assert_eq!(states, ["draft"]),
            Kept::Pending => assert_eq!(states, ["pending"]),
        }
        for connection in &connections {
            let living = tokens.iter().filter(|token| {
                token.connection_id == connection.id
                    && token.standing == "candidate"
                    && token.destroyed_at.is_none()
                    && token.token_sealed.is_some()
            });
            assert_eq!(living.count(), 1, "a connection has one living token");
            let granted = grants
                .iter()
                .filter(|grant| grant.connection_id == connection.id);
            assert!(granted.count() > 0, "a connection has its grant");
        }
        for token in &tokens {
            let is_dead = token.destroyed_at.is_some();
            assert_eq!(
                token.token_sealed.is_none(),
                is_dead,
                "destroyed as a whole or not at all"
            );
        }
        let is_spent = invitation.expect("the invitation").spent_at.is_some();
        assert_eq!(
            is_spent,
            kept == Kept::Pending,
            "a link is spent by submission alone"
        );
        db.close().await;
        let trail = self.program.json(&["audit", "verify"]).await;
        assert_eq!(trail["reason"], json!(null), "{trail}");
    }

    /// The person asks Meta to have their data deleted; waits until the portal was told, and took it.
    pub async fn ask_for_deletion(&self) {
        let meta = self.meta.state();
        let mut settings = meta.settings();
        settings.callbacks = true;
        meta.set_settings(settings);
        let target = Target::Person(PERSON.to_owned());
        meta.event(Event::RequestDeletion, &target).expect("Priya");
        meta.deliveries_settled().await;
        for delivery in meta.deliveries() {
            assert_eq!(delivery.state, DeliveryState::Delivered, "{delivery:?}");
        }
    }

    /// The states and the names of all connections.
    pub async fn connections(&self) -> Vec<(String, String)> {
        let db = self.db().await;
        let rows = connections::Entity::find().all(db.reader()).await;
        db.close().await;
        { rows.expect("rows").into_iter() }
            .map(|row| (row.state, row.meta_user_name))
            .collect()
    }

    /// How many jobs of a kind are in a state.
    pub async fn jobs(&self, kind: &str, state: &str) -> usize {
        let db = self.db().await;
        let jobs = jobs::Entity::find().all(db.reader()).await.expect("rows");
        db.close().await;
        let is_it = |job: &&jobs::Model| job.kind == kind && job.state == state;
        jobs.iter().filter(is_it).count()
    }

    /// How many mails are in the outbox.
    pub async fn mails(&self) -> u64 {
        let db = self.db().await;
        let count = mails::Entity::find()
            .count(db.reader())
            .await
            .expect("rows");
        db.close().await;
        count
    }

    /// As if half a minute had passed: the leases of the dead are over.
    pub async fn outlive_leases(&self) {
        let db = self.db().await;
        let update = jobs::Entity::update_many()
            .col_expr(jobs::Column::LeaseUntil, Expr::value(ago(1)))
            .filter(jobs::Column::State.eq("running"))
            .exec(db.reader());
        assert_eq!(update.await.expect("an update").rows_affected, 1);
        db.close().await;
    }

    /// The page of the one visit there is.
    pub async fn visit(&self) -> String {
        let db = self.db().await;
        let visit = visits::Entity::find().one(db.reader()).await.expect("rows");
        db.close().await;
        routes::visit(visit.expect("a visit").id)
    }

    /// As if a minute had passed since the callback came.
    pub async fn outlive_login(&self) {
        let db = self.db().await;
        let update = oauth_states::Entity::update_many()
            .col_expr(oauth_states::Column::ClaimedAt, Expr::value(ago(61)))
            .exec(db.reader());
        assert_eq!(update.await.expect("an update").rows_affected, 1);
        db.close().await;
    }

    async fn db(&self) -> Database {
        self.database.open().await
    }
}

/// No schedule comes round while the test runs: it counts the jobs that a client causes.
async fn nothing_is_scheduled(db: &Database) {
    let now = SystemClock.now();
    for schedule in &SCHEDULES {
        let row = schedules::get(db.reader(), schedule.kind.code(), now).await;
        let tomorrow = now + TimeDelta::days(1);
        let fired = schedules::fire(db.reader(), &row.expect("a row"), tomorrow, now).await;
        assert_eq!(fired, Ok(Write::Done));
    }
}

pub fn ago(seconds: i64) -> DateTime<Utc> {
    SystemClock.now() - TimeDelta::seconds(seconds)
}
