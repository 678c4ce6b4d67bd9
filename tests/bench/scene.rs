//! What is there before anything is measured: a database with rows as they come in life, made by the portal's
//! own use cases and by people who went through its pages.

use std::net::SocketAddr;

use app::routes::pattern;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use server::{
    boot::{self, World},
    service::Portal,
};
use tests::{
    Browser, Kind, TestDatabase,
    process::{Program, free_port},
};
use uuid::Uuid;

use crate::{
    control::Control, plan::Plan, portico::Serving, rows, stopwatch::Stopwatch, visits::Visitors,
    world,
};

/// Everything that measurements work with.
pub struct Scene {
    pub program: Program,
    pub stopwatch: Stopwatch,
    pub visitors: Visitors,
    /// A link that leads on, of a client who has not come yet.
    pub link: String,
    /// A client whose connection is approved.
    pub approved: Uuid,
    /// Of a member of staff who is signed in.
    pub cookie: String,
    rows: Value,
    _sandbox: Serving,
    database: TestDatabase,
}

impl Scene {
    /// Makes the rows. Clients whose login will be captured come on top of them.
    pub async fn set(plan: &Plan) -> Self {
        let database = TestDatabase::create().await;
        let program = Program::over(&database);
        let meta = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let sandbox = sandbox(&program, meta, plan).await;
        let stopwatch = Stopwatch::before(meta).await;
        let program = program
            .set("PORTICO_META__GRAPH_URL", &stopwatch.url)
            .set("PORTICO_META__DIALOG_URL", &format!("http://{meta}"));
        let config = program.configuration();
        let db = boot::database(&config).await.expect("a database");
        let started = boot::portal(&config, db, World::real()).await;
        let (portal, scope) = started.expect("the portal starts");
        let visitors = Visitors::of(portal, scope);
        let (serving, _) = Serving::portal(&program, &["--no-worker"]).await;
        let staff = visitors.staff(&program).await;
        // One more than are to wait: it is approved, and those that are connected are made after it.
        let waiting = visitors.submit_all(&program, 0..=plan.cases).await;
        let queue = staff.open(pattern::QUEUE).await.expect(200);
        let approved = waiting[plan.cases];
        visitors.approve(&staff, &queue, approved).await;
        let first = plan.cases + 1 + plan.captures;
        let others = first..first + plan.clients - plan.cases - 1;
        let link = rows::others(&visitors, approved, others).await;
        let queue = staff.open(pattern::QUEUE).await.expect(200);
        let cases = queue.attributes("input.tick", "value").len();
        assert_eq!(cases, plan.cases, "cases that wait");
        serving.stop().await;
        Self {
            link,
            approved,
            cookie: cookie(&staff),
            rows: json!({"clients": plan.clients, "cases": plan.cases}),
            program,
            stopwatch,
            visitors,
            _sandbox: sandbox,
            database,
        }
    }

    /// How many there are of what.
    pub fn rows(&self) -> Value {
        self.rows.clone()
    }

    /// What the database calls itself.
    pub async fn database_version(&self) -> String {
        version(&self.database, &self.visitors.portal).await
    }
}

/// What a database calls itself.
pub async fn version(database: &TestDatabase, portal: &Portal) -> String {
    let (name, sql) = match database.kind() {
        Kind::Sqlite => ("SQLite", "SELECT sqlite_version() AS version"),
        Kind::Postgres => (
            "PostgreSQL",
            "SELECT current_setting('server_version') AS version",
        ),
    };
    let db = portal.db.reader();
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.expect("a version");
    let version: String = { row.expect("a version") }
        .try_get("", "version")
        .expect("a text");
    // Debian adds the name of its package.
    let version = version.split(' ').next().unwrap_or_default();
    format!("{name} {version}")
}

/// The sandbox with as many people as will sign in.
async fn sandbox(program: &Program, address: SocketAddr, plan: &Plan) -> Serving {
    let people = program.folder().join("people.json");
    let seed = world::sandbox_seed(plan.cases + 1 + plan.captures);
    std::fs::write(&people, seed.to_string()).expect("a writable folder");
    let sandbox = Serving::sandbox(program, address, &people).await;
    Control::of(address).unlimited().await;
    sandbox
}

fn cookie(browser: &Browser) -> String {
    let pairs = { browser.cookie_names().into_iter() }
        .map(|name| format!("{name}={}", browser.cookie(&name).unwrap_or_default()));
    pairs.collect::<Vec<_>>().join("; ")
}
