//! What a press does, and where it leads back to.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde_json::json;
use url::form_urlencoded::{Serializer, parse};

use super::super::Wrong;
use super::words::{DAYS, EDGES, HAPPENINGS};
use crate::state::{AppMode, Event, Fault, SandboxState, Target};

type Form = HashMap<String, String>;

/// Where on the page to go on, and what to say there.
struct Back {
    said: &'static str,
    person: Option<String>,
    place: String,
}

/// Does what a form asks for and tells the address to go on at.
///
/// # Errors
/// What is wrong with the form, for the person.
pub fn press(state: &SandboxState, what: &str, body: &[u8]) -> Result<String, Wrong> {
    let form: Form = parse(body).into_owned().collect();
    let back = match what {
        "person" => person(state, &form)?,
        "fault" => fault(state, &form)?,
        "clear" => clear(state, &form),
        "clock" => clock(state, &form)?,
        "app" => app(state, &form)?,
        "redeliver" => redeliver(state, &form)?,
        "reset" => reset(state),
        _ => return Err(Wrong::new("There is no such button.")),
    };
    Ok(back.address())
}

fn person(state: &SandboxState, form: &Form) -> Result<Back, Wrong> {
    let id = need(form, "person")?;
    let said = match (form.get("happening"), form.get("revoke")) {
        (Some(name), None) => {
            let happening = HAPPENINGS.iter().find(|one| one.name == name);
            let happening = happening.ok_or_else(|| Wrong::new("That cannot happen."))?;
            befall(state, happening.event, id)?;
            happening.name
        }
        (None, Some(scope)) => {
            state.revoke_permission(id, scope).map_err(|_| nobody())?;
            "revoked"
        }
        _ => return Err(Wrong::new("Press one of the buttons.")),
    };
    Ok(Back {
        said,
        person: Some(id.to_owned()),
        place: format!("person-{id}"),
    })
}

fn befall(state: &SandboxState, event: Event, id: &str) -> Result<(), Wrong> {
    let target = Target::Person(id.to_owned());
    state.event(event, &target).map_err(|_| nobody())
}

fn fault(state: &SandboxState, form: &Form) -> Result<Back, Wrong> {
    let edge = need(form, "edge")?;
    if !EDGES.contains(&edge) {
        return Err(Wrong::new("There are no such calls."));
    }
    let person = form.get("person").filter(|id| !id.is_empty());
    if let Some(id) = person {
        let is_there = state.lock().world.person(id).is_some();
        is_there.then_some(()).ok_or_else(nobody)?;
    }
    let times: u32 = number(form, "times")?;
    let times = if times == 0 {
        Fault::UNTIL_CLEARED
    } else {
        times
    };
    state.fault(Fault {
        person: person.cloned(),
        times,
        ..Fault::preset(edge, need(form, "preset")?)?
    });
    Ok(Back::to("fault", "trouble"))
}

fn clear(state: &SandboxState, form: &Form) -> Back {
    let edge = form.get("edge").map(String::as_str);
    state.clear_faults(edge);
    Back::to("cleared", "trouble")
}

fn clock(state: &SandboxState, form: &Form) -> Result<Back, Wrong> {
    const DAY: i64 = 86_400;
    if form.contains_key("real") {
        state.lock().clock.real();
    } else {
        let days: i64 = number(form, "days")?;
        if !DAYS.contains(&days) {
            return Err(Wrong::new("The clock moves by 1, 7, 60 or 90 days."));
        }
        state.advance(days * DAY);
    }
    Ok(Back::to("clock", "clock"))
}

fn app(state: &SandboxState, form: &Form) -> Result<Back, Wrong> {
    let mode: AppMode = parsed(need(form, "app_mode")?)?;
    let mut data = state.lock();
    data.settings.app_mode = mode;
    data.settings.callbacks = form.contains_key("callbacks");
    Ok(Back::to("app", "app"))
}

fn redeliver(state: &SandboxState, form: &Form) -> Result<Back, Wrong> {
    if state.redeliver(need(form, "id")?) {
        Ok(Back::to("again", "deliveries"))
    } else {
        Err(Wrong::new("There is no such call to the portal."))
    }
}

fn reset(state: &SandboxState) -> Back {
    state.reset();
    Back::to("reset", "top")
}

impl Back {
    fn to(said: &'static str, place: &str) -> Self {
        Self {
            said,
            person: None,
            place: place.to_owned(),
        }
    }

    fn address(&self) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("said", self.said);
        if let Some(person) = &self.person {
            query.append_pair("person", person);
        }
        format!("/_control?{}#{}", query.finish(), self.place)
    }
}

fn need<'a>(form: &'a Form, field: &str) -> Result<&'a str, Wrong> {
    let value = form.get(field).map(String::as_str);
    value.ok_or_else(|| Wrong(format!("The form has no {field}.")))
}

fn number<T: std::str::FromStr>(form: &Form, field: &str) -> Result<T, Wrong> {
    let number = need(form, field)?.parse();
    number.map_err(|_| Wrong(format!("{field} is not a number that fits.")))
}

fn parsed<T: DeserializeOwned>(name: &str) -> Result<T, Wrong> {
    serde_json::from_value(json!(name)).map_err(|_| Wrong::new("There is no such choice."))
}

fn nobody() -> Wrong {
    Wrong::new("There is no such person.")
}
