use leptos::prelude::*;

use crate::components::{ClientShell, Step, Weight, button_form, facts, name, rich};
use crate::model::{Frame, HelpView};
use crate::render::Page;
use crate::routes;
use crate::text::{t, tv};

/// *Ask for help*: what will be told to the agency, and the one button.
pub fn help(frame: &Frame, view: HelpView) -> Page {
    let title = t("help-title");
    let intro = rich(
        "help-intro",
        &[],
        vec![
            ("agency", name(&frame.agency.name)),
            ("email", name(&view.email)),
        ],
    );
    let person = match &view.person_name {
        Some(person) => name(person),
        None => t("help-nobody").into_any(),
    };
    let pairs = vec![
        (t("help-client"), name(&view.client_name)),
        (t("help-person"), person),
        (t("help-step"), t(&view.step.key()).into_any()),
        (
            t("help-case"),
            tv(&view.case.key(), &[("count", view.case.count().into())]).into_any(),
        ),
    ];
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{intro}</p>
        </div>
        <div class="card stack-l">
            <div class="stack">
                <h2>{t("help-told")}</h2>
                {facts(pairs)}
                <p class="soft small">{t("help-no-secrets")}</p>
            </div>
            {button_form(routes::visit_help(view.visit), Weight::Big, t("help-ask"), &[])}
        </div>
        <p><a href=routes::visit(view.visit)>{t("back-to-visit")}</a></p>
    };
    Page::new(title, ClientShell::step(Step::SignIn).view(frame, content))
}
