//! What a consent changes: the person's permissions and assets, and a code for the app.

use std::collections::BTreeSet;

use super::business;
use super::request::DialogRequest;
use crate::random;
use crate::seed::{AdAccount, Person, TokenLife, bare};
use crate::state::{CODE_SECONDS, Code, CodeFor, Consent, Data, PermissionStatus, Quirks};

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

/// The ad accounts that the person may pick from: of the chosen business portfolio, or all of
/// their own.
pub fn offered<'a>(
    data: &'a Data,
    request: &DialogRequest,
    person: &Person,
    scopes: &[&str],
) -> Vec<&'a AdAccount> {
    match business::chosen(data, request, person) {
        _ if !request.asks_for_ad_accounts(scopes) => Vec::new(),
        Some(business) => {
            let ids = business.owned.iter().chain(&business.client);
            ids.filter_map(|id| data.world.account(id)).collect()
        }
        None => data.world.reach(person),
    }
}

/// Writes down what the person agreed to and makes a code for it.
pub fn give(data: &mut Data, request: &DialogRequest, person: &str) -> String {
    if request.is_for_business() {
        give_for_business(data, request, person)
    } else {
        give_for_person(data, request, person)
    }
}

/// Gives a system user of the chosen portfolio the permissions of the configuration and the
/// picked ad accounts, and no others.
fn give_for_business(data: &mut Data, request: &DialogRequest, person: &str) -> String {
    let known = data.world.person(person).cloned().unwrap_or_default();
    let scopes = askable(data, request, person);
    let offered: BTreeSet<String> = offered(data, request, &known, &scopes)
        .iter()
        .map(|account| account.id.clone())
        .collect();
    let picked: BTreeSet<String> = request.assets().into_iter().map(bare).collect();
    let is_silent = picked.is_disjoint(&offered) && !request.has_shown_assets();
    let assets = if is_silent {
        offered
    } else {
        offered.intersection(&picked).cloned().collect()
    };
    let business = business::chosen(data, request, &known).map(|business| business.id.clone());
    let user = data.integration_user(&business.unwrap_or_default());
    data.delegate(&user, &scopes, assets);
    let quirks = quirks(data, request, person);
    keep_code(data, request, &user, quirks)
}

fn give_for_person(data: &mut Data, request: &DialogRequest, person: &str) -> String {
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
    let before = data.consents.get(person).cloned();
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
    data.tell_granted(person, before.as_ref());
    let quirks = quirks(data, request, person);
    keep_code(data, request, person, quirks)
}

/// What was said to be odd about the person's next login, which this is.
fn quirks(data: &mut Data, request: &DialogRequest, person: &str) -> Quirks {
    let next = data.next_logins.remove(person).unwrap_or_default();
    next.quirks(request.metadata())
}

fn decline(data: &mut Data, person: &str, scope: &str, now: i64) {
    let consent = data
        .consents
        .entry(person.to_owned())
        .or_insert_with(|| Consent::new(now));
    consent.set(scope, PermissionStatus::Declined);
}

fn keep_code(data: &mut Data, request: &DialogRequest, person: &str, quirks: Quirks) -> String {
    let is_for = match &request.configuration {
        Some(configuration) if configuration.is_for_business() => CodeFor::Business {
            ends: configuration.expiry == TokenLife::SixtyDays,
        },
        _ => CodeFor::Person,
    };
    let kept = Code {
        person: person.to_owned(),
        is_for,
        redirect_uri: request.redirect_uri().to_owned(),
        challenge: request.challenge().map(str::to_owned),
        expires_at: data.clock.unix() + CODE_SECONDS,
        used: false,
        quirks,
    };
    let code = random::code();
    data.codes.insert(code.clone(), kept);
    code
}

/// The picked accounts of the person. `None`: all, now and later. That is what a script gets that
/// posts no `asset` of this person's and did not fill in the page with the list.
fn assets(data: &Data, request: &DialogRequest, person: &Person) -> Option<BTreeSet<String>> {
    let configuration = request.configuration.as_ref();
    if configuration.is_some_and(|configuration| !configuration.asks_for_ad_accounts()) {
        return Some(BTreeSet::new());
    }
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
