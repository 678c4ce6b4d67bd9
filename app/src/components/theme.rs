use leptos::prelude::*;

use crate::islands::ThemeSwitch;
use crate::text::t;

/// The choice of colours, for the people of the desk. A client's page follows the phone it is on: the switch would
/// cost a download there that nothing else on most of those pages asks for.
pub fn theme_switch() -> AnyView {
    view! {
        <ThemeSwitch label=t("theme") system=t("theme-system") light=t("theme-light") dark=t("theme-dark") />
    }
    .into_any()
}
