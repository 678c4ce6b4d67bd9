use leptos::prelude::*;

use crate::components::{Field, Weight, desk, error_summary, submit};
use crate::model::{Frame, NewClientView};
use crate::render::Page;
use crate::routes::pattern;
use crate::text::t;
use crate::validate::{EMAIL_MAX, NAME_MAX};

/// The form for a new client.
pub fn new_client(frame: &Frame, view: NewClientView) -> Page {
    let title = t("new-client-title");
    let form = &view.form;
    let fields = [
        ("name", t("new-client-name")),
        ("email", t("new-client-email")),
        ("meta_account_name", t("new-client-meta")),
    ];
    let content = view! {
        <div class="stack measure">
            <p class="crumbs"><a href=pattern::CLIENTS>{t("nav-clients")}</a></p>
            <h1>{title.clone()}</h1>
            <p class="soft">{t("new-client-intro")}</p>
        </div>
        {error_summary(form, &fields)}
        <form class="card stack-l measure" method="post" action=pattern::CLIENTS>
            {Field::text("name", t("new-client-name"), NAME_MAX).name().required().view(form)}
            {Field::email("email", t("new-client-email"), EMAIL_MAX)
                .hint(t("new-client-email-hint"))
                .required()
                .view(form)}
            {Field::text("meta_account_name", t("new-client-meta"), NAME_MAX)
                .hint(t("new-client-meta-hint"))
                .name()
                .view(form)}
            <div class="row">
                {submit(Weight::Main, t("new-client-button"))}
                <a class="btn ghost" href=pattern::CLIENTS>{t("cancel")}</a>
            </div>
        </form>
    };
    Page::new(title, desk(frame, content))
}
