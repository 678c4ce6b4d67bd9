use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Statement, sea_query::Expr,
};
use server::{
    jobs::SCHEDULES,
    service::schedules::Fire,
    store::entity::{client_tokens, validations},
};
use tests::{Kind, stats::millis};
use tokio::time::sleep;

use super::scene::Scene;
use crate::{portico::Serving, processors};

/// How often it is looked whether all are checked.
const GLANCE: Duration = Duration::from_millis(50);
/// Longer than a worker needs to find out that there is nothing to do.
const IDLE: Duration = Duration::from_millis(300);
/// Longer than any sweep may take.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// What sqlx calls the threads in which SQLite works.
const SQLITE_THREADS: &str = "sqlx-sqlite-wor";

/// What came of a sweep.
pub struct Sweep {
    checked: usize,
    /// From the start of the workers to the last check that was kept.
    pub took: Duration,
    /// Tokens that were checked more than once.
    pub twice: usize,
    /// The most memory that a worker has held, in MiB.
    pub highest_mib: f64,
    /// What the workers took of the processors, without the database where that is in their process.
    pub ours: Duration,
    pub database: Duration,
    pub sandbox: Duration,
}

impl Sweep {
    /// Checks in a second.
    pub fn rate(&self) -> f64 {
        self.number() / self.took.as_secs_f64()
    }

    /// A processors' time for each check, in thousandths of a second.
    pub fn each_ms(&self, time: Duration) -> f64 {
        millis(time) / self.number()
    }

    /// What each check costs us and the database, without what a worker costs that has nothing to do.
    pub fn cost_ms(&self, idle: &Self) -> f64 {
        let whole = self.ours + self.database;
        self.each_ms(whole.saturating_sub(idle.ours + idle.database))
    }

    fn number(&self) -> f64 {
        f64::from(u32::try_from(self.checked).expect("a number of checks"))
    }
}

/// Lets so many tokens be due, and workers check them.
pub async fn sweep(scene: &Scene, count: usize, workers: usize) -> Sweep {
    make_due(scene, count).await;
    let database = Database::of(scene).await;
    let (sandbox_before, database_before) = (scene.sandbox_time(), database.time());
    let (began, begun) = (scene.portal.now(), Instant::now());
    if count > 0 {
        let fired = scene.portal.fire(&SCHEDULES, Fire::All).await;
        fired.expect("schedules that fire");
    }
    let workers: Vec<Serving> = (0..workers)
        .map(|number| Serving::worker(&scene.program, &format!("worker-{number}")))
        .collect();
    // A worker that has nothing to do is given the time to find that out.
    sleep(IDLE).await;
    while is_any_open(scene, began).await {
        assert!(begun.elapsed() < PATIENCE, "not all are checked");
        sleep(GLANCE).await;
    }
    let (mut ours, mut within, mut highest) = (Duration::ZERO, Duration::ZERO, 0.0_f64);
    for worker in &workers {
        ours += processors::of_process(worker.id());
        within += processors::of_threads(worker.id(), SQLITE_THREADS);
        highest = highest.max(worker.highest());
    }
    for worker in workers {
        worker.stop().await;
    }
    let (kept, last) = kept_since(scene, began).await;
    assert!(kept >= count, "{kept} checks of {count} were kept");
    Sweep {
        checked: count.max(1),
        took: (last - began).to_std().unwrap_or_default(),
        twice: kept - count,
        highest_mib: highest,
        ours: ours.saturating_sub(within),
        database: within + database.time().saturating_sub(database_before),
        sandbox: scene.sandbox_time().saturating_sub(sandbox_before),
    }
}

async fn make_due(scene: &Scene, count: usize) {
    let first = client_tokens::Entity::find()
        .select_only()
        .column(client_tokens::Column::Id)
        .order_by_asc(client_tokens::Column::Id)
        .limit(count as u64)
        .into_query();
    let due = scene.portal.now() - TimeDelta::minutes(1);
    let made = client_tokens::Entity::update_many()
        .col_expr(client_tokens::Column::NextValidationAt, Expr::value(due))
        .filter(client_tokens::Column::Id.in_subquery(first))
        .exec(scene.portal.db.reader())
        .await;
    let made = made.expect("a database that writes").rows_affected;
    assert_eq!(made, count as u64, "tokens that are due");
}

/// Whether a token is still due, or claimed by a worker that has not settled it.
async fn is_any_open(scene: &Scene, began: DateTime<Utc>) -> bool {
    let soon = began + TimeDelta::minutes(20);
    let first = client_tokens::Entity::find()
        .select_only()
        .column(client_tokens::Column::NextValidationAt)
        .filter(client_tokens::Column::AgencyId.eq(scene.scope.agency()))
        .filter(client_tokens::Column::NextValidationAt.lte(soon))
        .limit(1)
        .into_tuple::<Option<DateTime<Utc>>>()
        .one(scene.portal.db.reader())
        .await;
    first.expect("a database that reads").is_some()
}

/// The checks that were kept since a moment, and when the last one was.
async fn kept_since(scene: &Scene, began: DateTime<Utc>) -> (usize, DateTime<Utc>) {
    let kept: Option<(i64, Option<DateTime<Utc>>)> = validations::Entity::find()
        .select_only()
        .column_as(validations::Column::Id.count(), "kept")
        .column_as(validations::Column::MadeAt.max(), "last")
        .filter(validations::Column::MadeAt.gte(began))
        .into_tuple()
        .one(scene.portal.db.reader())
        .await
        .expect("a database that reads");
    let (kept, last) = kept.expect("a count");
    (
        usize::try_from(kept).expect("a count"),
        last.unwrap_or(began),
    )
}

/// Where the database works, if not in the workers themselves.
struct Database {
    /// The process that has started those of the connections.
    postmaster: Option<u32>,
}

impl Database {
    async fn of(scene: &Scene) -> Self {
        if scene.database.kind() == Kind::Sqlite {
            return Self { postmaster: None };
        }
        let db = scene.portal.db.reader();
        let asked = Statement::from_string(db.get_database_backend(), "SELECT pg_backend_pid()");
        let row = db
            .query_one_raw(asked)
            .await
            .expect("a database that reads");
        let own: i32 = row.expect("a row").try_get_by_index(0).expect("a number");
        let own = u32::try_from(own).expect("a process");
        Self {
            postmaster: processors::parent(own),
        }
    }

    /// What it has had of the processors so far.
    fn time(&self) -> Duration {
        self.postmaster
            .map_or(Duration::ZERO, processors::of_family)
    }
}
