//! Reports that are made while the client waits: asked for, polled, fetched.

use serde_json::{Map, Value, json};

use super::{Subject, Wanted, page};
use crate::graph::access::viewer;
use crate::graph::fields::{self, Node};
use crate::graph::paging::object;
use crate::graph::{Answer, GraphCall, GraphError};
use crate::random;
use crate::state::{Data, Report};
use crate::{Config, graph::errors::Told};

/// A run can be asked about for so long.
const LIFE_SECONDS: i64 = 30 * 86_400;

/// What polling finds, call by call; after the last, the last. How fast it goes at Meta is not
/// known.
const PROGRESS: [(&str, u32); 4] = [
    ("Job Not Started", 0),
    ("Job Started", 10),
    ("Job Running", 60),
    (COMPLETED, 100),
];
const COMPLETED: &str = "Job Completed";

const RUN: Node = Node {
    kind: "AdReportRun",
    known: &[
        "id",
        "account_id",
        "async_percent_completion",
        "async_status",
        "date_start",
        "date_stop",
        "is_running",
        "time_completed",
        "time_ref",
    ],
    usual: &[
        "id",
        "account_id",
        "async_percent_completion",
        "async_status",
        "date_start",
        "date_stop",
        "time_completed",
        "time_ref",
    ],
    inner: &[],
};

/// `POST /{of}/insights`: begins a report.
pub fn start(data: &mut Data, config: &Config, call: &GraphCall, of: &str) -> Answer {
    let report = {
        let viewer = viewer(data, config, call)?;
        let subject = Subject::find(&viewer, of)?;
        Report {
            of: of.to_owned(),
            fields: call.get("fields").unwrap_or_default().to_owned(),
            wanted: Wanted::asked(call, &subject, data.clock.now())?,
            begun_at: data.clock.unix(),
            polls: 0,
            completed_at: None,
        }
    };
    let id = random::run_id();
    data.reports.insert(id.clone(), report);
    Ok(json!({ "report_run_id": id }))
}

/// `GET /{run}`: how far it is, which is one step further at every call.
pub fn poll(data: &mut Data, config: &Config, call: &GraphCall, run: &str) -> Answer {
    let account = {
        let viewer = viewer(data, config, call)?;
        let report = living(data, run)?;
        Subject::find(&viewer, &report.of)?.account().id.clone()
    };
    let now = data.clock.unix();
    let report = data
        .reports
        .get_mut(run)
        .ok_or_else(|| GraphError::unreachable(run))?;
    let (status, percent) = PROGRESS[report.polls.min(PROGRESS.len() - 1)];
    report.polls += 1;
    if status == COMPLETED {
        report.completed_at.get_or_insert(now);
    }
    RUN.select(
        &all_fields(run, &account, report, status, percent),
        &fields::asked(call)?,
    )
}

fn all_fields(
    run: &str,
    account: &str,
    report: &Report,
    status: &str,
    percent: u32,
) -> Map<String, Value> {
    let parts = &report.wanted.parts;
    let mut all = object(json!({
        "id": run,
        "account_id": account,
        "async_status": status,
        "async_percent_completion": percent,
        "is_running": status != COMPLETED,
        "time_ref": report.begun_at,
        "date_start": parts.first().map(|part| part.0.to_string()),
        "date_stop": parts.last().map(|part| part.1.to_string()),
    }));
    if let Some(at) = report.completed_at {
        all.insert("time_completed".to_owned(), at.into());
    }
    all
}

/// `GET /{run}/insights`: the rows, once polling has found it completed.
pub fn result(data: &Data, config: &Config, call: &GraphCall, run: &str) -> Answer {
    let viewer = viewer(data, config, call)?;
    let report = living(data, run)?;
    let subject = Subject::find(&viewer, &report.of)?;
    if report.completed_at.is_none() {
        return Err(not_ready());
    }
    let asked = match report.fields.as_str() {
        "" => Vec::new(),
        fields => fields::parse(fields)?,
    };
    page(call, &subject, &report.wanted, &asked)
}

fn living<'a>(data: &'a Data, run: &str) -> Result<&'a Report, GraphError> {
    let now = data.clock.unix();
    let report = data.reports.get(run);
    let report = report.filter(|report| now - report.begun_at < LIFE_SECONDS);
    report.ok_or_else(|| GraphError::unreachable(run))
}

/// The code is known from clients that retry on it; the words are the sandbox's.
fn not_ready() -> GraphError {
    GraphError {
        told: Some(Box::new(Told {
            title: Some("Loading Async Report Failed".to_owned()),
            message: Some("The report is not ready yet. Please try again later.".to_owned()),
        })),
        ..GraphError::oauth(
            2601,
            Some(1_815_107),
            "(#2601) Error accessing adreport job.",
        )
    }
}
