use leptos::prelude::*;
use uuid::Uuid;

use super::{Weight, button_form, note, scope_name, scope_why, where_to_tick};
use crate::model::{GoOn, MissingScope, Tone};
use crate::routes;
use crate::text::{t, tv};

/// Names the permissions that were asked and not given, one by one with why each is needed, and the one button
/// that asks for just those again. Nothing where all were given.
pub fn missing_note(
    visit: Uuid,
    missing: &[MissingScope],
    go_on: GoOn,
    agency: &str,
) -> Option<AnyView> {
    if missing.is_empty() {
        return None;
    }
    let count = u64::try_from(missing.len()).unwrap_or(u64::MAX);
    let lines: Vec<_> = missing
        .iter()
        .map(|missing| {
            view! {
                <li>
                    <strong>{scope_name(&missing.scope)}</strong>
                    ": "
                    {scope_why(&missing.scope)}
                </li>
            }
        })
        .collect();
    let consequence = match go_on {
        GoOn::Freely => None,
        GoOn::NothingToList => Some("missing-nothing-to-list"),
        GoOn::AfterAskingAgain => Some("missing-needed"),
        GoOn::Limited => Some("missing-limited"),
        GoOn::NotAtAll => Some("missing-not-at-all"),
    };
    let consequence =
        consequence.map(|key| view! { <p>{tv(key, &[("agency", agency.into())])}</p> });
    let weight = match go_on {
        GoOn::AfterAskingAgain | GoOn::NothingToList => Weight::Main,
        GoOn::Freely | GoOn::Limited | GoOn::NotAtAll => Weight::Plain,
    };
    // Where one can go on without, the drawing would weigh more than what is missing.
    let ticks = (go_on != GoOn::Freely).then(|| where_to_tick(t("tick-permissions")));
    let body = view! {
        <p><strong>{tv("missing-title", &[("count", count.into())])}</strong></p>
        <ul class="bullets">{lines}</ul>
        {consequence}
        {ticks}
        {button_form(
            routes::visit_again(visit),
            weight,
            tv("missing-ask-again", &[("count", count.into())]),
            &[("how", "missing")],
        )}
    };
    Some(note(Tone::Warn, body))
}
