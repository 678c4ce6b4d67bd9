use leptos::prelude::*;

use crate::components::{
    ClientShell, Step, Weight, button_form, mailto, name, rich, strong_name, weekday,
};
use crate::islands::CopyButton;
use crate::model::{Frame, PassOnView};
use crate::render::Page;
use crate::routes;
use crate::text::{t, tv};

/// *Pass this on*: what it means, and a link to send to whoever manages the ads.
pub fn pass_on(frame: &Frame, view: PassOnView) -> Page {
    let title = t("pass-on-title");
    let intro = rich(
        "pass-on-intro",
        &[],
        vec![
            ("agency", name(&frame.agency.name)),
            ("client", strong_name(&view.client_name)),
        ],
    );
    let next = match &view.link {
        _ if view.link_ended => {
            let words = rich(
                "pass-on-ended",
                &[],
                vec![("agency", name(&frame.agency.name))],
            );
            view! { <p>{words}</p> }.into_any()
        }
        Some(link) => ready(frame, &view, link),
        None => button_form(
            routes::visit_pass_on(view.visit),
            Weight::Big,
            t("pass-on-make"),
            &[],
        ),
    };
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">{intro}</p>
        </div>
        <div class="card stack-l">{next}</div>
        <p><a href=routes::visit(view.visit)>{t("back-to-visit")}</a></p>
    };
    Page::new(title, ClientShell::step(Step::SignIn).view(frame, content))
}

/// The link in a field that can be selected by hand, a button that copies it where script is, and a mail
/// that is written already.
fn ready(frame: &Frame, view: &PassOnView, link: &str) -> AnyView {
    let agency = frame.agency.name.as_str();
    let body = tv(
        "pass-on-mail-body",
        &[
            ("agency", agency.into()),
            ("client", view.client_name.clone().into()),
            ("link", link.into()),
        ],
    );
    let subject = tv("pass-on-mail-subject", &[("agency", agency.into())]);
    let mail = format!(
        "{}?subject={}&body={}",
        mailto(""),
        routes::encode(&subject),
        routes::encode(&body)
    );
    let until = rich(
        "pass-on-until",
        &[],
        vec![("date", weekday(view.expires_at))],
    );
    view! {
        <div class="field">
            <label for="link">{t("pass-on-label")}</label>
            <div class="joined">
                <input class="input" id="link" readonly=true dir="ltr" value=link.to_owned() aria-describedby="link-hint" />
                <CopyButton text=link.to_owned() label=t("copy") copied=t("copied") />
            </div>
            <p class="hint" id="link-hint">{until}</p>
        </div>
        <p><a class="btn big" href=mail>{t("pass-on-mail")}</a></p>
    }
    .into_any()
}
