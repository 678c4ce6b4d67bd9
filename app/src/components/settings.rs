use leptos::prelude::*;

use crate::model::Frame;
use crate::routes::pattern;
use crate::text::t;

/// The way from each page of the settings to the others.
pub fn settings_tabs(frame: &Frame) -> AnyView {
    let link = |path: &'static str, words: String| {
        let here = (frame.path == path).then_some("page");
        view! { <a href=path aria-current=here>{words}</a> }
    };
    view! {
        <nav class="tabs" aria-label=t("nav-settings")>
            {link(pattern::SETTINGS, t("settings-agency"))}
            {link(pattern::TEAM, t("settings-team"))}
        </nav>
    }
    .into_any()
}
