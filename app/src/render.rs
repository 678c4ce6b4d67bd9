//! From a page to its HTML.

mod scripts;

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::{
    nonce::{provide_nonce, use_nonce},
    prelude::*,
    tachys::view::Position,
};

use crate::{
    components::{anew, escape},
    model::Frame,
    text::{Lang, t},
};

/// A page: its title, its body, and whether it asks for itself again.
pub struct Page {
    pub title: String,
    pub body: AnyView,
    /// When the browser is to load a page by itself, and which: for work in progress.
    pub refresh: Option<Refresh>,
    /// The stylesheet with a colour that is tried on, in place of the agency's.
    pub stylesheet: Option<String>,
}

impl Page {
    /// A page that stays.
    pub fn new(title: String, body: impl IntoView + 'static) -> Self {
        Self {
            title,
            body: body.into_any(),
            refresh: None,
            stylesheet: None,
        }
    }

    /// A page that tries on a colour which is not the agency's yet.
    #[must_use]
    pub fn trying_on(mut self, stylesheet: Option<String>) -> Self {
        self.stylesheet = stylesheet;
        self
    }

    /// A page about work in progress: after some seconds `path` is loaded, without script too.
    #[must_use]
    pub fn refreshing(mut self, seconds: u32, path: String) -> Self {
        self.refresh = Some(Refresh { seconds, path });
        self
    }
}

/// A page that goes on by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refresh {
    pub seconds: u32,
    /// Named, since a browser whose address has a fragment (as after Facebook's callback) would jump to that
    /// fragment and load nothing.
    pub path: String,
}

/// Where the files of the browser lie, as the server serves them.
#[derive(Clone, Debug)]
pub struct AssetPaths {
    /// Path of the stylesheet.
    pub stylesheet: String,
    /// Path of the font, to be loaded early.
    pub font: String,
    /// The name of the browser part without its ending; `None` where it was not built: every page works without.
    pub browser: Option<String>,
}

/// A rendered page.
pub struct Rendered {
    pub html: String,
    /// The nonce of its scripts, for the Content-Security-Policy.
    pub nonce: String,
    /// For the `Refresh` header.
    pub refresh: Option<Refresh>,
}

/// Room for the scripts of a page.
const SCRIPTS: usize = 8 * 1024;

/// Renders a page in the language of its reader.
pub fn html(
    lang: Lang,
    frame: &Frame,
    assets: &AssetPaths,
    page: impl FnOnce(&Frame) -> Page,
) -> Rendered {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let rendered = owner.with(|| {
        anew(|| {
            provide_nonce();
            provide_context(lang);
            let nonce = use_nonce()
                .map(|nonce| nonce.to_string())
                .unwrap_or_default();
            let page = page(frame);
            let refresh = page.refresh.clone();
            let document = document(lang, frame, assets, page);
            // A page may be a megabyte: it is written in one place, and copied nowhere.
            let mut html = String::with_capacity(document.html_len() + SCRIPTS);
            html.push_str("<!DOCTYPE html>");
            document.to_html_with_buf(&mut html, &mut Position::FirstChild, true, false, vec![]);
            add_scripts(&mut html, assets, &nonce);
            Rendered {
                html,
                nonce,
                refresh,
            }
        })
    });
    owner.unset();
    rendered
}

/// Adds the scripts. The browser part is for pages with islands: most have none, and a phone is spared the load.
fn add_scripts(html: &mut String, assets: &AssetPaths, nonce: &str) {
    let browser = assets.browser.as_deref();
    let browser = browser.filter(|_| html.contains("<leptos-island"));
    for (before, script) in [
        ("<title>", scripts::theme(nonce)),
        ("</head>", scripts::page(nonce, browser)),
    ] {
        if let Some(at) = html.find(before) {
            html.insert_str(at, &script);
        }
    }
}

fn document(lang: Lang, frame: &Frame, assets: &AssetPaths, page: Page) -> impl IntoView {
    let title = format!("{} · {}", page.title, frame.agency.name);
    // After the main stylesheet: of two that set the hue, the later one counts.
    let brand = page
        .stylesheet
        .or_else(|| frame.agency.stylesheet.clone())
        .map(|path| view! { <link rel="stylesheet" href=path /> });
    view! {
        <html lang=lang.code() dir=lang.direction()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title inner_html=escape(&title)></title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="preload" href=assets.font.clone() r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                <link rel="stylesheet" href=assets.stylesheet.clone() />
                {brand}
            </head>
            <body>
                <a class="skip" href="#main">{t("skip-to-content")}</a>
                {page.body}
            </body>
        </html>
    }
}
