//! The catalogue of words: Fluent files, one folder a language, read on the server.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

/// A language that Portico speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    English,
}

impl Lang {
    /// From a client's stored language; English where it is not spoken.
    #[must_use]
    pub fn from_code(_code: &str) -> Self {
        Self::English
    }

    /// The code for `<html lang>`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// The direction of its script.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::English => "ltr",
        }
    }

    /// A text with its values put in. A missing key shows as itself, so that a test finds it.
    #[must_use]
    pub fn text(self, key: &str, values: &[(&str, Value)]) -> String {
        let bundle = bundle(self);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.fluent());
        }
        let mut errors = Vec::new();
        bundle
            .format_pattern(pattern, Some(&args), &mut errors)
            .into_owned()
    }

    /// Whether the catalogue has a text.
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        bundle(self).has_message(key)
    }
}

/// A value to be put into a text: words, or a number that decides the plural.
#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Number(u64),
}

impl Value {
    fn fluent(&self) -> FluentValue<'static> {
        match self {
            Self::Text(text) => FluentValue::from(text.clone()),
            #[expect(clippy::cast_precision_loss, reason = "counts of things on a page")]
            Self::Number(number) => FluentValue::from(*number as f64),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// The language of the page that is being rendered.
#[must_use]
pub fn lang() -> Lang {
    leptos::prelude::use_context::<Lang>().unwrap_or_default()
}

/// A text of the page's language.
#[must_use]
pub fn t(key: &str) -> String {
    lang().text(key, &[])
}

/// A text of the page's language, with values.
#[must_use]
pub fn tv(key: &str, values: &[(&str, Value)]) -> String {
    lang().text(key, values)
}

const ENGLISH: &[&str] = &[
    include_str!("../locales/en/common.ftl"),
    include_str!("../locales/en/client.ftl"),
    include_str!("../locales/en/admin.ftl"),
    include_str!("../locales/en/health.ftl"),
    include_str!("../locales/en/mail.ftl"),
    include_str!("../locales/en/guide.ftl"),
    include_str!("../locales/en/errors.ftl"),
];

fn bundle(lang: Lang) -> &'static FluentBundle<FluentResource> {
    static ENGLISH_BUNDLE: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    match lang {
        Lang::English => ENGLISH_BUNDLE.get_or_init(|| load("en", ENGLISH)),
    }
}

/// The files are part of the program: a broken one is found by the first test that runs.
fn load(language: &str, files: &[&str]) -> FluentBundle<FluentResource> {
    let language = language.parse().expect("a language tag of ours");
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Names stand in <bdi> or have dir="auto" where their direction matters.
    bundle.set_use_isolating(false);
    for file in files {
        let resource =
            FluentResource::try_new((*file).to_owned()).expect("a catalogue that parses");
        bundle
            .add_resource(resource)
            .expect("every text is defined once");
    }
    bundle
}
