use leptos::prelude::*;

use crate::components::{ClientShell, Drawing, drawing, name, rich};
use crate::model::Frame;
use crate::render::Page;
use crate::routes;
use crate::text::t;

/// The start page, for whoever comes without a link.
pub fn home(frame: &Frame) -> Page {
    let title = t("home-title");
    let sign_in = view! { <a href=routes::sign_in(None)>{t("home-sign-in")}</a> }.into_any();
    let content = view! {
        {drawing(Drawing::Door)}
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p>{rich("home-text", &[], vec![("agency", name(&frame.agency.name))])}</p>
            <p class="soft">{rich("home-staff", &[], vec![("link", sign_in)])}</p>
        </div>
    };
    Page::new(title, ClientShell::plain().view(frame, content))
}
