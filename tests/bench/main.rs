//! What `cargo xtask bench server` measures with: the released programs as processes of their own on
//! loopback, over a database with rows in it, beside a bare handler that answers the same bytes.
//!
//! `bench measure [--quick]` prints one JSON object of pages, memory and start, `bench validation [--quick]` one of
//! the checks of tokens; which database, `PORTICO_TEST_DATABASE` says.
//! `bench bare FILE` is the bare handler. `bench load PAGE SECONDS` asks for one page all the while, for whoever
//! looks with a profiler.

mod bare;
mod capture;
mod control;
mod load;
mod memory;
mod pages;
mod plan;
mod portico;
mod processors;
mod rows;
mod scene;
mod start;
mod stopwatch;
mod validation;
mod visits;
mod world;

use std::{process::ExitCode, time::Duration};

use plan::Plan;
use portico::Serving;
use scene::Scene;
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["bare", file] => bare::serve(file.as_ref()).await,
        ["measure"] => println!("{}", measure(&Plan::FULL).await),
        ["measure", "--quick"] => println!("{}", measure(&Plan::QUICK).await),
        ["validation"] => println!("{}", validation::measure(&validation::Plan::FULL).await),
        ["validation", "--quick"] => {
            println!("{}", validation::measure(&validation::Plan::QUICK).await);
        }
        ["load", page, seconds] => load_only(page, seconds.parse().expect("seconds")).await,
        _ => {
            eprintln!(
                "bench measure [--quick] | bench validation [--quick] | bench load PAGE SECONDS | bench bare FILE"
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Everything, on one database.
async fn measure(plan: &Plan) -> Value {
    progress("rows");
    let scene = Scene::set(plan).await;
    progress("cold starts");
    let start = start::measure(&scene, plan).await;
    progress("memory");
    let memory = memory::measure(&scene, plan).await;
    progress("pages");
    let (pages, ladder) = pages::measure(&scene, plan).await;
    progress("captures");
    let capture = capture::measure(&scene, plan).await;
    json!({
        "database": scene.database_version().await,
        "rows": scene.rows(),
        "connections": plan.connections,
        "runs": plan.runs,
        "run_seconds": plan.run.as_secs_f64(),
        "pages": pages,
        "ladder": ladder,
        "memory": memory,
        "capture": capture,
        "start": start,
    })
}

async fn load_only(page: &str, seconds: u64) {
    let plan = Plan::QUICK;
    let scene = Scene::set(&plan).await;
    let (serving, _) = Serving::portal(&scene.program, &[]).await;
    progress(page);
    let target = pages::target(&scene, page);
    let time = Duration::from_secs(seconds);
    let load = load::for_a_time(&target, plan.connections, time).await;
    println!("{:.0} pages/s", load.rate());
    serving.stop().await;
}

fn progress(what: &str) {
    eprintln!("    {what}");
}
