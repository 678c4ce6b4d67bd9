//! One call, alone or in a batch: its fault or its work, its headers, its place in the log.

use std::time::Duration;

use super::reply::{Due, Reply};
use super::{Edge, GraphCall, GraphError, answer, batch, campaigns, headers};
use crate::Config;
use crate::state::{Call, Charge, Data, Fault, FaultKind, Subject, UseCase};

/// Does what a call asks, or what a fault wants instead.
pub fn serve(data: &mut Data, config: &Config, call: &GraphCall, edge: &Edge, trace: &str) -> Due {
    let subject = subject(data, call, edge);
    let charge = charge(data, edge, subject.account.as_deref());
    let admitted = match edge {
        // Its items count, each for itself; and a login is never throttled here.
        Edge::Batch | Edge::AccessToken(_) => Ok(()),
        _ => data.usage.admit(&charge, data.clock.unix()),
    };
    let fault = data.take_fault(&subject);
    let mut work = || match admitted {
        Ok(()) => work(data, config, call, edge, trace),
        Err(preset) => Due::now(Reply::of(Err(throttled(&subject.edge, preset)), trace)),
    };
    let mut due = match &fault {
        None => work(),
        Some(fault) => {
            let worked = fault.lets_work().then(work);
            spoil(data, fault, worked, trace)
        }
    };
    if due.reply.is_graphs {
        headers::dress(&mut due.reply, data, call, &charge, trace);
    }
    let at = data.clock.unix();
    let entry = log_entry(call, &subject.edge, &due.reply, at);
    data.calls.push(entry);
    due.edges.push(subject.edge);
    due
}

/// The error of a quota that is full.
fn throttled(edge: &str, preset: &str) -> GraphError {
    let fault = Fault::preset(edge, preset).unwrap_or_else(|_| Fault::transient(edge));
    GraphError::from(&fault)
}

/// What a call uses up.
fn charge(data: &Data, edge: &Edge, account: Option<&str>) -> Charge {
    let case = match edge {
        Edge::Insights(_) | Edge::StartReport(_) | Edge::ReportRun(_) | Edge::ReportResult(_) => {
            account.map(|id| (UseCase::Insights, id.to_owned()))
        }
        Edge::OwnedAdAccounts(id) | Edge::ClientAdAccounts(id) => {
            let business = data.world.business(id);
            business.map(|business| (UseCase::Management, business.id.clone()))
        }
        _ => account.map(|id| (UseCase::Management, id.to_owned())),
    };
    Charge {
        account: account.map(str::to_owned),
        score: if matches!(edge, Edge::StartReport(_)) {
            3
        } else {
            1
        },
        case,
    }
}

fn work(data: &mut Data, config: &Config, call: &GraphCall, edge: &Edge, trace: &str) -> Due {
    match edge {
        Edge::Batch if !call.in_batch => batch::run(data, config, call, trace),
        _ => Due::now(Reply::of(answer(data, config, call, edge), trace)),
    }
}

/// What a fault makes of the work, if any was done.
fn spoil(data: &mut Data, fault: &Fault, worked: Option<Due>, trace: &str) -> Due {
    let (latency, hang, edges, reply) = match worked {
        Some(due) => (due.latency, due.hang, due.edges, Some(due.reply)),
        None => (Duration::ZERO, None, Vec::new(), None),
    };
    let hangs = fault.kind == FaultKind::Hang;
    Due {
        reply: Reply::faulty(fault, reply, trace),
        latency: latency + Duration::from_millis(fault.latency_ms),
        hang: hang.or_else(|| hangs.then(|| data.hang(&fault.edge))),
        edges,
    }
}

/// What faults are told apart by.
fn subject(data: &Data, call: &GraphCall, edge: &Edge) -> Subject {
    let named = ["input_token", "fb_exchange_token", "revoke_token"].map(|key| call.get(key));
    let tokens: Vec<String> = named
        .into_iter()
        .chain([call.access_token()])
        .flatten()
        .map(str::to_owned)
        .collect();
    let bearers = tokens.iter().filter_map(|token| data.token(token));
    let code = call.get("code").and_then(|code| data.codes.get(code));
    let asked = call.segments.first();
    let people = bearers
        .map(|token| &token.person)
        .chain(code.map(|code| &code.person))
        .chain(asked.filter(|id| data.world.person(id).is_some()))
        .cloned()
        .collect();
    Subject {
        edge: edge.name(),
        people,
        tokens,
        account: account_of(data, edge),
        in_batch: call.in_batch,
    }
}

/// The ad account that a call is about, by itself, by one of its campaigns or by a report.
pub fn account_of(data: &Data, edge: &Edge) -> Option<String> {
    let object = match edge {
        Edge::ReportRun(run) | Edge::ReportResult(run) => data.reports.get(run)?.of.clone(),
        _ => edge.object()?,
    };
    match object.strip_prefix("act_") {
        Some(id) => Some(id.to_owned()),
        None => campaigns::account_of(&data.world, &object).map(|account| account.id.clone()),
    }
}

fn log_entry(call: &GraphCall, edge: &str, reply: &Reply, at: i64) -> Call {
    // The address of a batch's item stands in a body.
    let in_url = |key: &str| call.query_value(key).filter(|_| !call.in_batch);
    let any_in_url = |keys: &[&str]| keys.iter().any(|key| in_url(key).is_some());
    let mut tokens_in_url = ["access_token", "input_token"]
        .into_iter()
        .filter_map(in_url);
    let app_token_in_url = tokens_in_url.any(|value| value.contains('|'));
    Call {
        method: call.method.to_string(),
        path: call.path.clone(),
        edge: edge.to_owned(),
        query_keys: call.query.iter().map(|(key, _)| key.clone()).collect(),
        form_keys: call.form.iter().map(|(key, _)| key.clone()).collect(),
        token_in_url: any_in_url(&[
            "access_token",
            "input_token",
            "fb_exchange_token",
            "revoke_token",
        ]),
        secret_in_url: any_in_url(&["client_secret"]) || app_token_in_url,
        code_in_url: any_in_url(&["code", "code_verifier"]),
        proof: call.get("appsecret_proof").is_some(),
        batch: call.in_batch,
        status: reply.seen_status(),
        error_code: reply.error_code,
        at,
    }
}
