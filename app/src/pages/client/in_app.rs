use leptos::prelude::*;

use crate::components::note;
use crate::islands::CopyButton;
use crate::model::{InAppBrowser, Tone};
use crate::text::{t, tv};

/// Inside the window of an app: why that is trouble, how to open the page in the real browser, and the link to
/// take there. The field can be selected by hand where no script runs.
pub(super) fn in_app_note(browser: InAppBrowser, link: &str) -> AnyView {
    let (app, phone) = (browser.app.code(), browser.phone.code());
    let title = tv(
        "in-app-title",
        &[("app", t(&format!("in-app-{app}-window")).into())],
    );
    let body = view! {
        <strong>{title}</strong>
        <p>{t("in-app-why")}</p>
        <p>{t(&format!("in-app-{app}-{phone}"))}</p>
        <div class="field">
            <label for="link">{t(&format!("in-app-or-{phone}"))}</label>
            <div class="joined">
                <input class="input" id="link" readonly=true dir="ltr" value=link.to_owned() />
                <CopyButton text=link.to_owned() label=t("copy") copied=t("copied") />
            </div>
        </div>
    };
    note(Tone::Warn, body)
}
