//! Faults: those that are set, and the form for another.

use minijinja::{Value, context};
use serde_json::json;

use super::render::render;
use super::words::{EDGES, GROUPS, TIMES};
use crate::state::{Data, Fault, FaultKind, Preset, presets};

/// What is set, and the form for more.
pub fn html(data: &Data) -> String {
    let people = data.world.people.iter();
    let people: Vec<Value> = people
        .map(|person| context! { id => person.id.as_str(), name => person.name.as_str() })
        .collect();
    let times = TIMES.into_iter();
    let times: Vec<Value> = times
        .map(|(value, label)| context! { value, label })
        .collect();
    let holds = data.gates.iter();
    let holds: Vec<Value> = holds
        .map(|gate| context! { edge => gate.edge.as_str(), arrived => gate.arrivals() })
        .collect();
    render(
        "trouble.html",
        context! {
            faults => data.faults.iter().map(|fault| row(data, fault)).collect::<Vec<_>>(),
            holds,
            groups => groups(),
            edges => EDGES,
            people,
            times,
        },
    )
}

fn groups() -> Vec<Value> {
    let groups = GROUPS.into_iter();
    groups
        .map(|(action, label)| {
            let fitting = presets().filter(|preset| preset.action == action);
            let presets: Vec<Value> = fitting.map(choice).collect();
            context! { label, presets }
        })
        .collect()
}

fn choice(preset: &Preset) -> Value {
    context! { name => preset.name, code => number(preset.code, preset.subcode) }
}

fn row(data: &Data, fault: &Fault) -> Value {
    let id = fault.person.as_deref();
    let person = id.map(|id| data.world.person(id).map_or(id, |person| &person.name));
    let is_error = matches!(fault.kind, FaultKind::Error | FaultKind::LegacyError);
    let kind = json!(fault.kind);
    context! {
        edge => fault.edge.as_str(),
        person,
        account => fault.account.as_deref(),
        one_token => fault.token.is_some(),
        what => if is_error { fault.message.as_str() } else { kind.as_str().unwrap_or_default() },
        code => number(fault.code, fault.subcode.unwrap_or(0)),
        status => fault.status,
        latency => fault.latency_ms,
        left => (fault.times != Fault::UNTIL_CLEARED).then_some(fault.times),
        share => fault.share,
    }
}

/// `190/463`, as far as there are two.
fn number(code: i64, subcode: i64) -> Option<String> {
    match (code, subcode) {
        (0, _) => None,
        (code, 0) => Some(code.to_string()),
        (code, subcode) => Some(format!("{code}/{subcode}")),
    }
}
