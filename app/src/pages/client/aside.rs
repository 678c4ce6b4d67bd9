use leptos::prelude::*;
use uuid::Uuid;

use crate::components::{Weight, button_form, name, rich};
use crate::model::Frame;
use crate::routes;
use crate::text::t;

/// Below a page where somebody may be stuck: the ways on that are not their own.
pub(super) fn elsewhere(frame: &Frame, visit: Uuid) -> AnyView {
    let other = button_form(
        routes::visit_again(visit),
        Weight::Plain,
        t("no-accounts-other-login"),
        &[("how", "another")],
    );
    view! {
        <section class="stack">
            <h2>{t("elsewhere-title")}</h2>
            <p class="soft">{rich("elsewhere-text", &[], vec![("agency", name(&frame.agency.name))])}</p>
            <div class="ways">
                <a class="btn plain" href=routes::visit_pass_on(visit)>{t("pass-on")}</a>
                {other}
                <a class="btn plain" href=routes::visit_help(visit)>{t("help-ask")}</a>
            </div>
        </section>
    }
    .into_any()
}

/// The same in one line, where it is not what the page is about.
pub(super) fn elsewhere_line(visit: Uuid) -> AnyView {
    view! {
        <p class="soft small row">
            <a href=routes::visit_pass_on(visit)>{t("pass-on-short")}</a>
            <a href=routes::visit_help(visit)>{t("help-ask")}</a>
        </p>
    }
    .into_any()
}
