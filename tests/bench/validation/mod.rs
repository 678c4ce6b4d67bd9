//! The checks of tokens by schedule: how many in a second, what each costs and whom, and whether two workers
//! share the work.

mod rows;
mod scene;
mod sweep;

use std::time::Instant;

use sea_orm::{EntityTrait as _, QueryOrder as _, QuerySelect as _};
use serde_json::{Value, json};
use server::{service::actor::Who, store::entity::client_tokens};
use tests::{Kind, stats::median};
use uuid::Uuid;

use crate::progress;
use scene::{LATENCY, Scene};
use sweep::{Sweep, sweep};

/// How much is checked.
pub struct Plan {
    /// Tokens that are asked about one after the other.
    singly: u64,
    /// Connections of a small agency, and how often all of them are checked.
    few: usize,
    runs: usize,
    /// Connections of a large one.
    many: usize,
    /// Connections that two workers share.
    shared: usize,
}

impl Plan {
    /// For the record.
    pub const FULL: Self = Self {
        singly: 100,
        few: 1_000,
        runs: 5,
        many: 100_000,
        shared: 30_000,
    };

    /// Whether it works, and a first idea.
    pub const QUICK: Self = Self {
        singly: 40,
        few: 1_000,
        runs: 3,
        many: 10_000,
        shared: 5_000,
    };
}

/// Everything, on one database.
pub async fn measure(plan: &Plan) -> Value {
    progress("rows of a small agency");
    let scene = Scene::set().await;
    let mut rows = rows::Rows::begin(&scene).await;
    rows.fill(&scene, plan.few).await;
    progress("one by one");
    let singly = one_by_one(&scene, plan.singly).await;
    progress("a small agency");
    let idle = sweep(&scene, 0, 1).await;
    let mut few = Vec::with_capacity(plan.runs);
    for _ in 0..plan.runs {
        few.push(sweep(&scene, plan.few, 1).await);
    }
    progress("rows of a large agency");
    rows.fill(&scene, plan.many).await;
    progress("a large agency");
    let many = sweep(&scene, plan.many, 1).await;
    let shared = match scene.database.kind() {
        Kind::Sqlite => Value::Null,
        Kind::Postgres => {
            progress("two workers");
            let one = sweep(&scene, plan.shared, 1).await;
            let two = sweep(&scene, plan.shared, 2).await;
            json!({
                "connections": plan.shared,
                "one_per_second": one.rate(),
                "two_per_second": two.rate(),
                "ratio": two.rate() / one.rate(),
                "twice": two.twice,
            })
        }
    };
    json!({
        "database": crate::scene::version(&scene.database, &scene.portal).await,
        "latency_ms": LATENCY,
        "singly_per_second": singly,
        "few": plan.few,
        "few_per_second": median(few.iter().map(Sweep::rate)),
        "few_cost_ms": median(few.iter().map(|sweep| sweep.cost_ms(&idle))),
        "many": plan.many,
        "many_per_second": many.rate(),
        "many_seconds": many.took.as_secs_f64(),
        "many_cost_ms": many.cost_ms(&idle),
        "growth": many.cost_ms(&idle) / median(few.iter().map(|sweep| sweep.cost_ms(&idle))),
        "ratio": many.rate() / singly,
        "twice": many.twice,
        "resident_mib": many.highest_mib,
        "ours_ms": many.each_ms(many.ours),
        "database_ms": many.each_ms(many.database),
        "sandbox_ms": many.each_ms(many.sandbox),
        "shared": shared,
    })
}

/// Checks in a second where each waits for the one before.
async fn one_by_one(scene: &Scene, count: u64) -> f64 {
    let ids: Vec<Uuid> = client_tokens::Entity::find()
        .select_only()
        .column(client_tokens::Column::Id)
        .order_by_asc(client_tokens::Column::Id)
        .limit(count)
        .into_tuple()
        .all(scene.portal.db.reader())
        .await
        .expect("a database that reads");
    assert_eq!(ids.len() as u64, count, "tokens");
    let begun = Instant::now();
    for id in &ids {
        let checked = { &scene.portal }
            .check_stored(scene.scope, &[*id], &Who::Operator)
            .await;
        let checked = checked.expect("a check that is kept");
        assert!(checked[0].finding.is_told(), "{:?}", checked[0].finding);
    }
    let count = u32::try_from(count).expect("a number of tokens");
    f64::from(count) / begun.elapsed().as_secs_f64()
}
