use leptos::prelude::*;

use crate::model::{Explanation, meta_code};
use crate::routes;
use crate::text::t;

/// What a check found, by its name, which leads to what explains it. For staff only.
pub(crate) fn explanation_link(explanation: Explanation) -> AnyView {
    let href = routes::help_errors(&explanation.anchor());
    view! { <a href=href>{t(&format!("found-{}", explanation.code()))}</a> }.into_any()
}

/// What a check found and what to do. For staff only.
pub(crate) fn explanation_line(explanation: Explanation) -> AnyView {
    let code = explanation.code();
    view! {
        {explanation_link(explanation)}
        ": "
        {t(&format!("found-{code}-text"))}
        " "
        {t(&format!("found-{code}-do"))}
    }
    .into_any()
}

/// A number of Meta's, which leads to what explains it. For staff only.
pub(crate) fn code_link(code: i64, subcode: Option<i64>) -> AnyView {
    let place = meta_code::place(code, subcode);
    let href = routes::help_errors(place.as_deref().unwrap_or(meta_code::UNKNOWN));
    view! { <a class="num" href=href>{meta_code::number(code, subcode)}</a> }.into_any()
}
