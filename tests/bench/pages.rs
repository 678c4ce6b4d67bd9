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

/// What a page is made of, one thing more on each rung.
const LADDER: [&str; 5] = [HEALTH, SIGN_IN, ACCOUNT, CLIENT, SHORT_LIST];
/// Portico around an answer of two bytes: connection, layers, log line.
const HEALTH: &str = "Health (no page)";
/// A small page, drawn for nobody; the database is asked for the agency.
const SIGN_IN: &str = "Sign-in";
/// A small page of the desk: the session is looked up too, and what waits is counted.
const ACCOUNT: &str = "Own account";
/// The list as people meet it.
const SHORT_LIST: &str = "List of clients, 50 rows";

/// Of what a page was measured to bear, so much comes to it where times are measured that are no queue's.
const MODERATE: f64 = 0.5;

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
        SHORT_LIST => (pattern::CLIENTS.to_owned(), scene.cookie.clone()),
        HEALTH => (pattern::HEALTHZ.to_owned(), String::new()),
        SIGN_IN => (pattern::SIGN_IN.to_owned(), String::new()),
        ACCOUNT => (pattern::ACCOUNT.to_owned(), scene.cookie.clone()),
        CLIENT => (routes::client(scene.approved), scene.cookie.clone()),
        other => panic!("no page is called {other}"),
    };
    Target {
        server: scene.program.address(),
        path,
        cookie,
    }
}

/// The pages, and the ladder.
pub async fn measure(scene: &Scene, plan: &Plan) -> (Vec<Value>, Vec<Value>) {
    let (serving, _) = Serving::portal(&scene.program, &[]).await;
    let mut pages = Vec::new();
    for name in [INVITATION, QUEUE, LIST] {
        pages.push(page(scene, &serving, plan, name).await);
    }
    let mut ladder = Vec::new();
    for name in LADDER {
        ladder.push(rung(scene, &serving, plan, name).await);
    }
    serving.stop().await;
    (pages, ladder)
}

/// What a page takes, without anything beside it.
async fn rung(scene: &Scene, serving: &Serving, plan: &Plan, name: &str) -> Value {
    let target = target(scene, name);
    let bytes = load::once(&target).await.body.len();
    load::for_a_time(&target, plan.connections, plan.run / 2).await;
    let mut runs = Vec::with_capacity(plan.runs);
    for _ in 0..plan.runs {
        runs.push(ours(&target, serving, plan).await);
    }
    json!({
        "page": name,
        "bytes": bytes,
        "per_second": median(runs.iter().map(|(load, _)| load.rate())),
        "processor_ms": median(runs.iter().map(|(_, processor)| *processor)),
    })
}

/// The load, and the processors' time that Portico took for each page, in thousandths of a second.
async fn ours(target: &Target, serving: &Serving, plan: &Plan) -> (Load, f64) {
    let before = serving.processor_time();
    let load = load::for_a_time(target, plan.connections, plan.run).await;
    let took = serving.processor_time() - before;
    let pages = u32::try_from(load.times.len()).expect("a number of requests");
    (load, millis(took) / f64::from(pages))
}

async fn page(scene: &Scene, serving: &Serving, plan: &Plan, name: &str) -> Value {
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
        let (ours, processor) = ours(&target, serving, plan).await;
        runs.push((bare, ours, processor));
    }
    let of = |value: fn(&Load, &Load) -> f64| {
        median(runs.iter().map(|(bare, ours, _)| value(bare, ours)))
    };
    let per_second = of(|_, ours| ours.rate());
    let time = plan.run * u32::try_from(plan.runs).expect("a few runs");
    let moderate = load::at_a_rate(&target, per_second * MODERATE, time).await;
    json!({
        "page": name,
        "rows": rows,
        "bytes": answer.body.len(),
        "per_second": per_second,
        "processor_ms": median(runs.iter().map(|(_, _, processor)| *processor)),
        "p50_ms": of(|_, ours| millis(ours.times.percentile(50))),
        "p99_ms": of(|_, ours| millis(ours.times.percentile(99))),
        "moderate_p50_ms": millis(moderate.percentile(50)),
        "moderate_p99_ms": millis(moderate.percentile(99)),
        "bare_per_second": of(|bare, _| bare.rate()),
        "bare_p50_ms": of(|bare, _| millis(bare.times.percentile(50))),
        "bare_p99_ms": of(|bare, _| millis(bare.times.percentile(99))),
        // Of each pair of neighbours, not of the medians.
        "share": of(|bare, ours| ours.rate() / bare.rate()),
    })
}
