use reqwest::{StatusCode, header::HeaderMap};
use scraper::{ElementRef, Html};

use crate::form::{Form, plain, selector};

/// An answer of the portal, with what a person sees of it.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// Path and query that were asked for.
    pub path: String,
    pub body: String,
    /// Bytes of the body as they came, compressed where they were.
    pub size: usize,
}

impl Answer {
    /// Asserts the status.
    ///
    /// # Panics
    /// When it is another one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.text());
        self
    }

    /// A header, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// Where a redirect leads.
    ///
    /// # Panics
    /// When this is none.
    #[must_use]
    #[track_caller]
    pub fn location(&self) -> &str {
        assert!(
            self.status.is_redirection(),
            "{} is no redirect: {}",
            self.path,
            self.text()
        );
        self.header("location")
    }

    /// What stands on the page, without the white space of its source.
    #[must_use]
    pub fn text(&self) -> String {
        let page = self.html();
        let body = selector("body");
        let texts = page.select(&body).flat_map(|body| body.text());
        plain(&texts.collect::<String>())
    }

    /// The text of each element that a selector finds.
    #[must_use]
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.each(css, |element| {
            Some(plain(&element.text().collect::<String>()))
        })
    }

    /// An attribute of each element that a selector finds.
    #[must_use]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.each(css, |element| element.attr(name).map(str::to_owned))
    }

    /// The page's first heading.
    #[must_use]
    pub fn heading(&self) -> String {
        self.texts("h1").into_iter().next().unwrap_or_default()
    }

    /// Whether these words stand on the page.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// Asserts that these words stand on the page.
    ///
    /// # Panics
    /// When they do not.
    #[track_caller]
    pub fn must_say(&self, words: &str) -> &Self {
        assert!(
            self.says(words),
            "{} does not say {words:?}: {}",
            self.path,
            self.text()
        );
        self
    }

    /// Whether there is a button with these words.
    #[must_use]
    pub fn has_button(&self, words: &str) -> bool {
        Form::find(&self.html(), words, |_| true).is_some()
    }

    /// The form behind a button.
    ///
    /// # Panics
    /// When there is no such button.
    #[must_use]
    #[track_caller]
    pub fn form(&self, button: &str) -> Form {
        self.form_where(button, |_| true)
    }

    /// The form behind the button with these words whose value pleases.
    ///
    /// # Panics
    /// When there is no such button.
    #[must_use]
    #[track_caller]
    pub fn form_where(&self, button: &str, pleases: impl Fn(&str) -> bool) -> Form {
        match Form::find(&self.html(), button, pleases) {
            Some(form) => form,
            None => panic!("{} has no button {button:?}: {}", self.path, self.text()),
        }
    }

    fn each(&self, css: &str, of: impl Fn(ElementRef) -> Option<String>) -> Vec<String> {
        self.html().select(&selector(css)).filter_map(of).collect()
    }

    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }
}
