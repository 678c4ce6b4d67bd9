//! The few lines of script that stand in the pages themselves, each under the page's nonce.

use std::sync::LazyLock;

/// Sets the scheme of colours before anything is painted.
pub fn theme(nonce: &str) -> String {
    static SOURCE: LazyLock<String> = LazyLock::new(|| bare(include_str!("theme.js")));
    format!(r#"<script nonce="{nonce}">{}</script>"#, *SOURCE)
}

/// What runs once the page is read: forms that are sent once, and on a page with islands what wakes them from the
/// browser part of this name.
///
/// In place of Leptos' own script, which asks the browser to fetch WebAssembly together with stylesheet and font.
pub fn page(nonce: &str, browser: Option<&str>) -> String {
    static FORMS: LazyLock<String> = LazyLock::new(|| bare(include_str!("forms.js")));
    static WAKE: LazyLock<String> = LazyLock::new(|| bare(include_str!("wake.js")));
    let wake = browser.map(|name| WAKE.replace("NAME", name));
    let wake = wake.unwrap_or_default();
    format!(
        r#"<script type="module" nonce="{nonce}">{}{wake}</script>"#,
        *FORMS
    )
}

/// A script without its comments and its indentation.
fn bare(source: &str) -> String {
    let lines = source.lines().map(str::trim);
    let code = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    code.fold(String::new(), |bare, line| bare + line + "\n")
}
