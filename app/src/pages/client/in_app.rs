use leptos::prelude::*;

use crate::components::note;
use crate::islands::{CopyButton, OpenElsewhere};
use crate::model::{InApp, InAppBrowser, Phone, Tone};
use crate::routes;
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
        <OpenElsewhere
            link=link.to_owned()
            intent=intent(browser, link)
            open=t("in-app-open")
            share=t("in-app-share")
        />
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

/// The address that asks Android to open a page in its browser. The apps that name themselves pass it on; a window
/// that does not say whose it is may show a failure in place of our page, so it is not offered there. iOS has no such
/// address.
fn intent(browser: InAppBrowser, link: &str) -> Option<String> {
    if browser.phone != Phone::Android || browser.app == InApp::Unnamed {
        return None;
    }
    let (scheme, rest) = link.split_once("://")?;
    let otherwise = routes::encode(link);
    Some(format!(
        "intent://{rest}#Intent;scheme={scheme};action=android.intent.action.VIEW;\
         category=android.intent.category.BROWSABLE;S.browser_fallback_url={otherwise};end"
    ))
}
