use leptos::prelude::*;

use crate::components::{Item, checklist};
use crate::model::{MailSetup, MetaSetup, SetupView};
use crate::routes::pattern;
use crate::text::t;

/// Where an app's id and secret are found.
const APP_DASHBOARD: &str = "https://developers.facebook.com/apps/";

/// What a new agency has to do until its first client is connected.
pub fn setup(view: &SetupView) -> AnyView {
    let meta = match view.meta {
        MetaSetup::Done => None,
        MetaSetup::Missing => Some(("setup-meta-missing", APP_DASHBOARD, "setup-meta-link")),
        MetaSetup::Refused => Some(("setup-meta-refused", APP_DASHBOARD, "setup-meta-link")),
    };
    let mail = match view.mail {
        MailSetup::Done => None,
        MailSetup::Untested => Some(("setup-mail-untested", pattern::OUTBOX, "setup-mail-link")),
        MailSetup::Kept => Some(("setup-mail-kept", pattern::OUTBOX, "setup-mail-link")),
    };
    let client = (!view.has_client).then_some((
        "setup-client-text",
        pattern::NEW_CLIENT,
        "setup-client-link",
    ));
    let approval = (!view.has_approval).then_some((
        "setup-approval-text",
        pattern::CLIENTS,
        "setup-approval-link",
    ));
    let steps = [
        ("setup-meta", meta),
        ("setup-mail", mail),
        ("setup-client", client),
        ("setup-approval", approval),
    ];
    let first = steps.iter().position(|(_, open)| open.is_some());
    let items = { steps.into_iter().enumerate() }
        .map(|(index, (key, open))| Item {
            words: t(key),
            is_done: open.is_none(),
            is_next: first == Some(index),
            more: open.map(|(text, href, link)| {
                view! { <p class="soft small">{t(text)} " " <a href=href>{t(link)}</a></p> }
                    .into_any()
            }),
        })
        .collect();
    view! {
        <section class="card stack" aria-labelledby="setup">
            <h2 id="setup">{t("setup-title")}</h2>
            {checklist(items)}
        </section>
    }
    .into_any()
}
