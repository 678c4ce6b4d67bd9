use leptos::prelude::*;

use crate::model::meta_code;
use crate::routes;
use crate::text::t;

/// From a number of Meta's to what explains it. For staff only.
pub(crate) fn code_link(code: i64, subcode: Option<i64>) -> AnyView {
    let place = meta_code::place(code, subcode);
    let href = routes::help_errors(place.as_deref().unwrap_or(meta_code::UNKNOWN));
    view! { <a href=href>{t("errors-link")}</a> }.into_any()
}
