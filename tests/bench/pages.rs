//! Pages, each beside a bare handler that answers the same bytes: turn and turn about, so that what else the
//! machine does hits both.

use app::{routes, routes::pattern};
use serde_json::{Value, json};
use tests::stats::{median, millis};
use url::{Position, Url};

use crate::{
    bare::Bare,
    load::{self, Load, Target},
    plan::Plan,
    portico::Serving,
    scene::Scene,
};

/// The page behind a link.
pub const INVITATION: &str = "Invitation page";
/// All that wait.
pub const QUEUE: &str = "Queue";
/// The list of clients, with as many rows as it gives at once.
pub const LIST: &str = "List of clients";
/// The page of one client.
pub const CLIENT: &str = "Client page";

/// Where the list of clients is asked for all rows.
const ALL_ROWS: &str = "?rows=1000";

/// Where a page is.
pub fn target(scene: &Scene, name: &str) -> Target {
    let (path, cookie) = match name {
        INVITATION => {
            let link = Url::parse(&scene.link).expect("a whole address");
            (link[Position::BeforePath..].to_owned(), String::new())
        }
        QUEUE => (pattern::QUEUE.to_owned(), scene.cookie.clone()),
        LIST => (
            format!("{}{ALL_ROWS}", pattern::CLIENTS),
            scene.cookie.clone(),
        ),
        CLIENT => (routes::client(scene.approved), scene.cookie.clone()),
        other => panic!("no page is called {other}"),
    };
    Target {
        server: scene.program.address(),
        path,
        cookie,
    }
}

pub async fn measure(scene: &Scene, plan: &Plan) -> Vec<Value> {
    let (serving, _) = Serving::portal(&scene.program, &[]).await;
    let mut pages = Vec::new();
    for name in [INVITATION, QUEUE, LIST] {
        pages.push(page(scene, plan, name).await);
    }
    serving.stop().await;
    pages
}

async fn page(scene: &Scene, plan: &Plan, name: &str) -> Value {
    let target = target(scene, name);
    let answer = load::once(&target).await;
    let html = String::from_utf8_lossy(&answer.body);
    let rows = match name {
        QUEUE => html.matches("class=\"tick\"").count(),
        LIST => html.matches("<tr").count() - 1,
        _ => 0,
    };
    let bare = Bare::start(&answer).await;
    let beside = Target {
        server: bare.address,
        path: "/".to_owned(),
        ..target.clone()
    };
    for warmed in [&beside, &target] {
        load::for_a_time(warmed, plan.connections, plan.run / 2).await;
    }
    let mut runs = Vec::with_capacity(plan.runs);
    for _ in 0..plan.runs {
        let bare = load::for_a_time(&beside, plan.connections, plan.run).await;
        let ours = load::for_a_time(&target, plan.connections, plan.run).await;
        runs.push((bare, ours));
    }
    let of =
        |value: fn(&Load, &Load) -> f64| median(runs.iter().map(|(bare, ours)| value(bare, ours)));
    json!({
        "page": name,
        "rows": rows,
        "bytes": answer.body.len(),
        "per_second": of(|_, ours| ours.rate()),
        "p50_ms": of(|_, ours| millis(ours.times.percentile(50))),
        "p99_ms": of(|_, ours| millis(ours.times.percentile(99))),
        "bare_per_second": of(|bare, _| bare.rate()),
        "bare_p50_ms": of(|bare, _| millis(bare.times.percentile(50))),
        "bare_p99_ms": of(|bare, _| millis(bare.times.percentile(99))),
        // Of each pair of neighbours, not of the medians.
        "share": of(|bare, ours| ours.rate() / bare.rate()),
    })
}
