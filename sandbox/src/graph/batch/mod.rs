//! `POST /{version}/` with `batch`: up to fifty calls in one (`meta.md` §11).

mod item;
mod reference;

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use self::item::Item;
use super::reply::{Delivery, Due, Reply};
use super::serve::serve;
use super::{Edge, GraphCall, GraphError, caller};
use crate::random;
use crate::{Config, state::Data};

/// More calls are refused as a whole.
const MOST: usize = 50;

/// Does a batch's items, one after the other.
pub fn run(data: &mut Data, config: &Config, call: &GraphCall, trace: &str) -> Due {
    match items(data, config, call) {
        Ok(items) => answer(data, config, call, &items),
        Err(error) => Due::now(Reply::of(Err(error), trace)),
    }
}

/// The items of a batch that may be done.
///
/// # Errors
/// What concerns the whole batch: its own token, which is needed even where each item has one,
/// its proof, its size, its form, and an item that waits for one that does not precede it.
fn items(data: &Data, config: &Config, call: &GraphCall) -> Result<Vec<Item>, GraphError> {
    caller(data, config, call)?.ok_or_else(GraphError::no_token)?;
    let text = call.get("batch").unwrap_or_default();
    let items: Vec<Item> = serde_json::from_str(text)
        .map_err(|_| GraphError::bad_parameter("param batch must be an array."))?;
    if items.len() > MOST {
        let message = format!("Too many requests in batch message. Maximum batch size is {MOST}");
        return Err(GraphError::batch(message));
    }
    let mut names = BTreeSet::new();
    for (number, item) in items.iter().enumerate() {
        if let Some(missing) = item.needs().iter().find(|name| !names.contains(*name)) {
            let message = format!(
                "Request {number} cannot depend on an  unresolved request with  name {missing}. \
                 Requests can only depend on preceding requests"
            );
            return Err(GraphError::batch(message));
        }
        names.extend(item.name.clone());
    }
    Ok(items)
}

fn answer(data: &mut Data, config: &Config, call: &GraphCall, items: &[Item]) -> Due {
    let mut done: Vec<Due> = Vec::new();
    for item in items {
        let preceding: Vec<(&Item, &Reply)> = items
            .iter()
            .zip(done.iter().map(|due| &due.reply))
            .collect();
        let due = match item.call(call, &preceding) {
            Ok(call) => serve(data, config, &call, &Edge::of(&call), &random::trace_id()),
            Err(error) => Due::now(Reply::of(Err(error), &random::trace_id())),
        };
        done.push(due);
    }
    let with_headers = call.get("include_headers") != Some("false");
    let mut rows = Vec::new();
    for (number, (item, due)) in items.iter().zip(&done).enumerate() {
        let has_dependent = item.name.as_ref().is_some_and(|name| {
            let later = &items[number + 1..];
            later.iter().any(|other| other.needs().contains(name))
        });
        let omitted = item.omit_response_on_success.unwrap_or(has_dependent)
            && has_dependent
            && due.reply.status.is_success();
        rows.push(if omitted {
            Value::Null
        } else {
            row(&due.reply, with_headers)
        });
    }
    together(done, Reply::json(StatusCode::OK, &Value::Array(rows)))
}

/// An item's answer inside the batch's. What is cut off alone is merely short in here.
fn row(reply: &Reply, with_headers: bool) -> Value {
    let body = match reply.delivery {
        Delivery::Null => return Value::Null,
        Delivery::CutOff => &reply.body[..reply.half()],
        Delivery::Whole | Delivery::Reset | Delivery::Close => &reply.body,
    };
    let mut row = json!({ "code": reply.status.as_u16(), "body": body });
    if with_headers {
        row["headers"] = headers(&reply.headers);
    }
    row
}

fn headers(headers: &HeaderMap) -> Value {
    let pairs = headers.iter().map(|(name, value)| {
        json!({ "name": spelled(name.as_str()), "value": String::from_utf8_lossy(value.as_bytes()) })
    });
    Value::Array(pairs.collect())
}

/// `content-type` as `Content-Type`.
fn spelled(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    words.collect::<Vec<_>>().join("-")
}

/// The batch goes as late, and as badly, as the worst of its items.
fn together(items: Vec<Due>, mut reply: Reply) -> Due {
    let broken = items.iter().map(|due| due.reply.delivery);
    let mut broken =
        broken.filter(|delivery| matches!(delivery, Delivery::Reset | Delivery::Close));
    reply.delivery = broken.next().unwrap_or(Delivery::Whole);
    let mut due = Due::now(reply);
    due.latency = items
        .iter()
        .map(|due| due.latency)
        .max()
        .unwrap_or(Duration::ZERO);
    for item in items {
        due.edges.extend(item.edges);
        due.hang = due.hang.or(item.hang);
    }
    due
}
