//! What a consent changes: the person's permissions and assets, and a code for the app.

use std::collections::BTreeSet;

use super::request::DialogRequest;
use crate::random;
use crate::seed::{Person, bare};
use crate::state::{CODE_SECONDS, Code, Consent, Data, PermissionStatus};

/// The permissions that the dialog asks this person for: what they declined before is asked again
/// only on `auth_type=rerequest`.
pub fn askable<'a>(data: &Data, request: &'a DialogRequest, person: &str) -> Vec<&'a str> {
    let consent = data.consents.get(person);
    let again = request.is_rerequest() || request.is_all_or_nothing();
    let asked = request.asked.iter().map(String::as_str);
    asked
        .filter(|scope| again || !consent.is_some_and(|consent| consent.has_declined(scope)))
        .collect()
}

/// Writes down what the person agreed to and makes a code for it.
pub fn give(data: &mut Data, request: &DialogRequest, person: &str) -> String {
    let now = data.clock.unix();
    let ticked = request.ticked();
    let is_granted = |scope: &str| {
        scope == "public_profile"
            || request.is_all_or_nothing()
            || ticked.iter().any(|ticked| ticked == scope)
    };
    let (granted, declined): (Vec<&str>, Vec<&str>) = askable(data, request, person)
        .into_iter()
        .partition(|scope| is_granted(scope));
    let assets = data
        .world
        .person(person)
        .and_then(|person| assets(data, request, person));
    for scope in declined {
        data.revoke_permission(person, scope);
        decline(data, person, scope, now);
    }
    let consent = data
        .consents
        .entry(person.to_owned())
        .or_insert_with(|| Consent::new(now));
    for scope in granted {
        consent.set(scope, PermissionStatus::Granted);
    }
    consent.assets = assets;
    consent.logged_in_at = now;
    let code = random::code();
    data.codes
        .insert(code.clone(), new_code(request, person, now));
    code
}

fn decline(data: &mut Data, person: &str, scope: &str, now: i64) {
    let consent = data
        .consents
        .entry(person.to_owned())
        .or_insert_with(|| Consent::new(now));
    consent.set(scope, PermissionStatus::Declined);
}

fn new_code(request: &DialogRequest, person: &str, now: i64) -> Code {
    Code {
        person: person.to_owned(),
        redirect_uri: request.redirect_uri().to_owned(),
        challenge: request.challenge().map(str::to_owned),
        expires_at: now + CODE_SECONDS,
        used: false,
    }
}

/// The picked accounts of the person. `None`: all, now and later. That is what a script gets that
/// posts no `asset` of this person's and did not fill in the page with the list.
fn assets(data: &Data, request: &DialogRequest, person: &Person) -> Option<BTreeSet<String>> {
    let reach = data.world.reach(person);
    let posted = request.assets();
    let all_of_them: BTreeSet<&str> = reach.iter().map(|account| account.id.as_str()).collect();
    let picked: BTreeSet<String> = posted
        .into_iter()
        .map(bare)
        .filter(|id| all_of_them.contains(id.as_str()))
        .collect();
    let is_all = picked.len() == all_of_them.len();
    let is_silent = picked.is_empty() && !request.has_shown_assets();
    (!is_all && !is_silent).then_some(picked)
}
