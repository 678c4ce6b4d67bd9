/// Escapes a text for an element whose content is text only (`<title>`, `<textarea>`), to be put in with
/// `inner_html`. Leptos 0.8 does not escape a textarea's content, and leaves a comment mark in a title.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_ends_the_element() {
        assert_eq!(
            escape("</textarea>&lt;<script>"),
            "&lt;/textarea>&amp;lt;&lt;script>"
        );
    }
}
