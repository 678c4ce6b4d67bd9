use leptos::prelude::*;

use super::{field_id, note, problem_words};
use crate::model::{FormState, Tone};
use crate::text::t;

/// Says above a refused form what is wrong, with a link to each field, in the order of `fields`; nothing where
/// all is well.
/// A problem that belongs to no field is said without a link.
pub fn error_summary(form: &FormState, fields: &[(&str, String)]) -> Option<AnyView> {
    if form.problems.is_empty() {
        return None;
    }
    let place = |name: &str| fields.iter().position(|(field, _)| *field == name);
    let mut problems: Vec<_> = form.problems.iter().collect();
    problems.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
    let lines: Vec<_> = problems
        .into_iter()
        .map(|(name, problem)| {
            let words = problem_words(*problem);
            match fields.iter().find(|(field, _)| field == name) {
                Some((_, label)) => {
                    let label = label.clone();
                    view! {
                        <li>
                            <a href=format!("#{}", field_id(name))>{label}</a>
                            ": "
                            {words}
                        </li>
                    }
                    .into_any()
                }
                None => view! { <li>{words}</li> }.into_any(),
            }
        })
        .collect();
    let body = view! {
        <strong>{t("form-refused")}</strong>
        <ul>{lines}</ul>
    };
    Some(view! { <div role="alert">{note(Tone::Bad, body)}</div> }.into_any())
}
