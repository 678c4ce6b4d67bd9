use leptos::prelude::*;

use super::{Tab, tabs};
use crate::model::Frame;
use crate::routes::pattern;
use crate::text::t;

/// The way from each page of the settings to the others.
pub fn settings_tabs(frame: &Frame) -> AnyView {
    let tab = |path: &str, words: String| Tab {
        href: path.to_owned(),
        words,
        count: None,
        is_here: frame.path == path,
    };
    tabs(
        t("nav-settings"),
        vec![
            tab(pattern::SETTINGS, t("settings-agency")),
            tab(pattern::TEAM, t("settings-team")),
        ],
    )
}
