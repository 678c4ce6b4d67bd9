//! The whole page: how things stand, and the parts one below the other.

use minijinja::{Value, context};
use serde_json::json;

use super::words::{DAYS, MODES};
use super::{format, people, render::render, trouble};
use crate::Config;
use crate::state::{Call, Data, Delivery, DeliveryKind, DeliveryState, SandboxState};

/// How many of the latest calls are shown.
const CALLS: usize = 200;
/// How many of the latest calls to the portal are shown.
const DELIVERIES: usize = 100;

/// The page as it is now, with one person's part open, and what to say about the last press.
pub fn html(
    state: &SandboxState,
    person: Option<&str>,
    said: Option<&str>,
    problem: Option<&str>,
) -> String {
    let data = state.lock();
    let about = person.and_then(|id| data.world.person(id));
    let now = data.clock.unix();
    render(
        "page.html",
        context! {
            said,
            problem,
            about => about.map(|person| person.name.as_str()),
            now => format::moment(now),
            distance => format::distance(&data.clock),
            days => DAYS,
            app => app(&data, state.config()),
            counts => counts(&data),
            people => people::html(&data, person),
            trouble => trouble::html(&data),
            deliveries => deliveries(&data),
            calls => calls(&data),
        },
    )
}

fn app(data: &Data, config: &Config) -> Value {
    let current = json!(data.settings.app_mode);
    let modes = MODES.into_iter().map(|(value, label)| {
        context! { value, label, selected => current == json!(value) }
    });
    context! {
        id => config.app_id.as_str(),
        modes => modes.collect::<Vec<_>>(),
        mode => current.as_str(),
        callbacks => data.settings.callbacks,
        callback_url => config.callback_url.as_str(),
        subscribed => data.outbox.subscribed,
    }
}

fn counts(data: &Data) -> Value {
    let people = data.world.people.iter();
    let failed = data.calls.iter().filter(|call| is_bad(call)).count();
    context! {
        people => people.filter(|person| person.system_user.is_none()).count(),
        faults => data.faults.len() + data.gates.len(),
        deliveries => data.outbox.log().len(),
        calls => data.calls.len(),
        failed,
    }
}

fn is_bad(call: &Call) -> bool {
    call.error_code.is_some() || !(200..300).contains(&call.status)
}

fn calls(data: &Data) -> String {
    let latest = data.calls.iter().rev().take(CALLS);
    let rows = latest.map(|call| {
        let spilled = [
            (call.token_in_url, "token"),
            (call.secret_in_url, "secret"),
            (call.code_in_url, "code"),
        ];
        let spilled = spilled.into_iter().filter(|(is_there, _)| *is_there);
        context! {
            at => format::second(call.at),
            method => call.method.as_str(),
            path => call.path.as_str(),
            edge => call.edge.as_str(),
            status => call.status,
            error => call.error_code,
            bad => is_bad(call),
            proof => call.proof,
            batch => call.batch,
            spilled => spilled.map(|(_, what)| what).collect::<Vec<_>>(),
        }
    });
    let rows: Vec<Value> = rows.collect();
    render(
        "calls.html",
        context! { rows, more => data.calls.len().saturating_sub(CALLS) },
    )
}

fn deliveries(data: &Data) -> String {
    let log = data.outbox.log();
    let rows = log.iter().rev().take(DELIVERIES).map(|one| row(data, one));
    let rows: Vec<Value> = rows.collect();
    render(
        "deliveries.html",
        context! { rows, more => log.len().saturating_sub(DELIVERIES) },
    )
}

fn row(data: &Data, delivery: &Delivery) -> Value {
    let person = delivery.person.as_deref();
    let last = delivery.attempts.last();
    let answer = delivery
        .attempts
        .iter()
        .rev()
        .find_map(|one| one.answer.as_ref());
    let (state, mood) = match delivery.state {
        DeliveryState::Waiting => ("Under way", "soft"),
        DeliveryState::Delivered => ("Delivered", "good"),
        DeliveryState::Failed => ("Failed", "bad"),
    };
    let kind = match delivery.kind {
        DeliveryKind::Deauthorization => "App removed",
        DeliveryKind::DataDeletion => "Deletion request",
        DeliveryKind::Webhook => "Webhook",
        DeliveryKind::Verification => "Webhook verification",
    };
    context! {
        id => delivery.id.as_str(),
        kind,
        state,
        mood,
        path => delivery.path.as_str(),
        person => person.map(|id| data.world.person(id).map_or(id, |person| &person.name)),
        tries => delivery.attempts.len(),
        at => last.map(|attempt| format::second(attempt.at)),
        status => last.and_then(|attempt| attempt.status),
        problem => last.and_then(|attempt| attempt.problem.as_deref()),
        code => answer.map(|answer| answer.confirmation_code.as_str()),
        url => answer.map(|answer| answer.url.as_str()),
        // What the portal says may be anything; only a web address becomes a link.
        is_link => answer.is_some_and(|answer| {
            answer.url.starts_with("http://") || answer.url.starts_with("https://")
        }),
    }
}
