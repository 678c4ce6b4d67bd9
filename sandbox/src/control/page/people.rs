//! The people: what they gave, their tokens, and what can happen to them.

use minijinja::{Value, context};

use super::format;
use super::render::render;
use super::words::{HAPPENINGS, Happening};
use crate::seed::Person;
use crate::state::{Data, Event, Token};

/// How many of a person's latest tokens are shown.
const TOKENS: usize = 10;

/// All people, one of them open.
pub fn html(data: &Data, open: Option<&str>) -> String {
    let people = data.world.people.iter();
    let rows: Vec<Value> = people
        .map(|person| row(data, person, open == Some(&person.id)))
        .collect();
    render("people.html", context! { rows })
}

fn row(data: &Data, person: &Person, open: bool) -> Value {
    let now = data.clock.unix();
    let mut tokens: Vec<&Token> = data
        .tokens
        .iter()
        .filter(|token| token.person == person.id)
        .collect();
    tokens.reverse();
    let alive = tokens.iter().filter(|token| format::is_alive(token, now));
    let consent = data.consents.get(&person.id);
    let is_blocked = data.blocked.contains(&person.id);
    let user = person.system_user.as_ref();
    let business = user.and_then(|user| data.world.business(&user.business));
    let happenings: Vec<Value> = HAPPENINGS
        .iter()
        .filter(|one| is_possible(one, is_blocked, user.is_some()))
        .map(|one| {
            let disabled = one.needs_token && tokens.is_empty();
            let then = if user.is_some() {
                one.then_to_system_user()
            } else {
                one.then
            };
            context! { name => one.name, label => one.label, then, disabled }
        })
        .collect();
    context! {
        id => person.id.as_str(),
        name => person.name.as_str(),
        open,
        is_blocked,
        is_system_user => user.is_some(),
        business => business.map(|business| business.name.as_str()),
        accounts => data.world.reach(person).len(),
        alive => alive.count(),
        logged_in => consent.map(|consent| format::moment(consent.logged_in_at)),
        picked => consent.and_then(|consent| consent.assets.as_ref().map(|ids| ids.len())),
        permissions => consent.map(permissions),
        more => tokens.len().saturating_sub(TOKENS),
        tokens => tokens.iter().take(TOKENS).map(|token| token_row(token, now)).collect::<Vec<_>>(),
        happenings,
    }
}

/// Who is blocked can only be unblocked, and the other way round. A system user has no password
/// and no page to log out of: its tokens end, or its business removes the app.
fn is_possible(happening: &Happening, is_blocked: bool, is_system_user: bool) -> bool {
    match happening.event {
        Event::Expire | Event::RemoveApp => true,
        _ if is_system_user => false,
        Event::Block => !is_blocked,
        Event::Unblock => is_blocked,
        _ => true,
    }
}

fn permissions(consent: &crate::Consent) -> Vec<Value> {
    let all = consent.permissions.keys();
    all.map(|scope| {
        let granted = !consent.has_declined(scope);
        // Meta never lets this one be taken back by itself.
        context! { scope, granted, fixed => scope == "public_profile" }
    })
    .collect()
}

fn token_row(token: &Token, now: i64) -> Value {
    context! {
        tail => format::tail(&token.access_token),
        life => format::life(token, now),
        alive => format::is_alive(token, now),
        kind => if token.long_lived { "long-lived" } else { "short-lived" },
        issued => format::moment(token.issued_at),
    }
}
