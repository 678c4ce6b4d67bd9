//! `POST /_control/{people,businesses,accounts,configurations}`: changes the world outside the app.
//!
//! A body is one object or a list of them. An object with a known `id` changes just the fields it
//! has; with a new `id`, or none, it adds; with `"remove": true` it takes away, also from lists
//! that name it. All of a body happens, or none.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{Controlled, Wrong, read};
use crate::random;
use crate::seed::{AdAccount, Business, LoginConfiguration, Person, Seed, bare};
use crate::state::SandboxState;

/// Adds, changes or removes people.
pub async fn people(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    edit(&state, &body, |world| &mut world.people, |_, _| ())
}

/// Adds, changes or removes businesses.
pub async fn businesses(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    edit(
        &state,
        &body,
        |world| &mut world.businesses,
        |world, gone| {
            world.people.retain(|person| {
                let system_user = person.system_user.as_ref();
                system_user.is_none_or(|system_user| system_user.business != gone)
            });
            let people = world.people.iter_mut();
            people.for_each(|person| person.businesses.retain(|id| id != gone));
        },
    )
}

/// Adds, changes or removes ad accounts.
pub async fn accounts(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    edit(
        &state,
        &body,
        |world| &mut world.accounts,
        |world, gone| {
            let people = world.people.iter_mut();
            people.for_each(|person| person.accounts.retain(|id| id != gone));
            for business in &mut world.businesses {
                business.owned.retain(|id| id != gone);
                business.client.retain(|id| id != gone);
            }
        },
    )
}

/// Adds, changes or removes configurations of Login for Business.
pub async fn configurations(State(state): State<SandboxState>, body: Bytes) -> Controlled {
    edit(&state, &body, |world| &mut world.configurations, |_, _| ())
}

/// Something with an id.
trait Entity: Serialize + DeserializeOwned {
    fn id(&self) -> &str;
}

impl Entity for Person {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Entity for Business {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Entity for LoginConfiguration {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Entity for AdAccount {
    fn id(&self) -> &str {
        &self.id
    }
}

fn edit<T: Entity>(
    state: &SandboxState,
    body: &Bytes,
    list: impl Fn(&mut Seed) -> &mut Vec<T>,
    forget: impl Fn(&mut Seed, &str),
) -> Controlled {
    let changes = match read(body)? {
        Value::Array(changes) => changes,
        one => vec![one],
    };
    let mut data = state.lock();
    let mut world = data.world.clone();
    let mut results = Vec::new();
    for change in changes {
        let Value::Object(mut change) = change else {
            return Err(Wrong::new("not an object"));
        };
        let id = id_of(&change)?;
        if change.remove("remove") == Some(true.into()) {
            list(&mut world).retain(|entity| entity.id() != id);
            forget(&mut world, &id);
            results.push(json!({ "id": id, "removed": true }));
        } else {
            results.push(upsert(list(&mut world), id, change)?);
        }
    }
    world.check()?;
    data.world = world;
    Ok(Json(match results.len() {
        1 => results.remove(0),
        _ => Value::Array(results),
    }))
}

fn id_of(change: &Map<String, Value>) -> Result<String, Wrong> {
    match change.get("id") {
        None => Ok(random::id()),
        Some(Value::String(id)) => Ok(bare(id)),
        Some(_) => Err(Wrong::new("id is not a string")),
    }
}

fn upsert<T: Entity>(
    list: &mut Vec<T>,
    id: String,
    change: Map<String, Value>,
) -> Result<Value, Wrong> {
    let at = list.iter().position(|entity| entity.id() == id);
    let mut fields = match at.map(|at| serde_json::to_value(&list[at])) {
        Some(Ok(Value::Object(fields))) => fields,
        _ => Map::new(),
    };
    fields.extend(change);
    fields.insert("id".to_owned(), id.into());
    let entity: T = serde_json::from_value(Value::Object(fields))?;
    let shown = json!(entity);
    match at {
        Some(at) => list[at] = entity,
        None => list.push(entity),
    }
    Ok(shown)
}
