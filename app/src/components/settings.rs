use leptos::prelude::*;

use crate::model::Frame;
use crate::routes::pattern;
use crate::text::t;

/// The head of a page of the settings: its name, and the way to the others.
pub fn settings_head(frame: &Frame, title: &str) -> AnyView {
    let link = |path: &'static str, words: String| {
        let here = (frame.path == path).then_some("page");
        view! { <a href=path aria-current=here>{words}</a> }
    };
    view! {
        <div class="page-head">
            <h1>{title.to_owned()}</h1>
            <nav class="tabs" aria-label=t("nav-settings")>
                {link(pattern::SETTINGS, t("settings-agency"))}
                {link(pattern::TEAM, t("settings-team"))}
            </nav>
        </div>
    }
    .into_any()
}
