//! Words of mails: the catalogue for templates, dates, and values made harmless.

use std::{fmt::Write as _, sync::OnceLock};

use app::text::{Lang, Value as TextValue};
use chrono::{DateTime, Utc};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, escape_formatter,
    syntax::SyntaxConfig,
    value::{Kwargs, Value},
};

/// A text of one line: control characters become spaces, direction overrides go, ends are trimmed.
pub(super) fn line(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !is_direction_mark(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.trim().to_owned()
}

/// A text of several lines, made harmless like [`line`].
pub(super) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<_> = text.lines().map(line).collect();
    lines.join("\n").trim().to_owned()
}

/// A sentence of ours with names in it on one line. The isolates that [`name`] put around them stay.
pub(super) fn folded(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A name inside a sentence. One that is written from right to left is isolated, so that it does not turn the
/// words around it; the marks are left out where nothing needs them, since old mail programs show them.
pub(super) fn name(text: &str) -> String {
    let text = line(text);
    if text.chars().any(is_right_to_left) {
        format!("\u{2068}{text}\u{2069}")
    } else {
        text
    }
}

/// Embeddings, overrides and isolates could make a name look like another.
const fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The blocks of the scripts that are written from right to left.
const fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// A day in words, by UTC: `Sunday, 29 November 2026`.
pub(super) fn day(lang: Lang, at: DateTime<Utc>) -> String {
    match lang {
        Lang::English => at.format("%A, %-d %B %Y").to_string(),
    }
}

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("templates/", $name)))),+]
    };
}

/// Every template. They are part of the program: a broken one is found by the first test that renders.
const TEMPLATES: [(&str, &str); 37] = templates![
    "layout.html",
    "layout.txt",
    "button.html",
    "button.txt",
    "invitation/subject.txt",
    "invitation/body.txt",
    "invitation/body.html",
    "fresh_link/subject.txt",
    "fresh_link/body.txt",
    "fresh_link/body.html",
    "approved/subject.txt",
    "approved/body.txt",
    "approved/body.html",
    "rejected/subject.txt",
    "rejected/body.txt",
    "rejected/body.html",
    "reconnected/subject.txt",
    "reconnected/body.txt",
    "reconnected/body.html",
    "disconnected/subject.txt",
    "disconnected/body.txt",
    "disconnected/body.html",
    "removed/subject.txt",
    "removed/body.txt",
    "removed/body.html",
    "help/subject.txt",
    "help/body.txt",
    "help/body.html",
    "submitted/subject.txt",
    "submitted/body.txt",
    "submitted/body.html",
    "test/subject.txt",
    "test/body.txt",
    "test/body.html",
    "password_changed/subject.txt",
    "password_changed/body.txt",
    "password_changed/body.html",
];

/// The templates with the words of a language.
pub(super) fn templates(lang: Lang) -> &'static Environment<'static> {
    static ENGLISH: OnceLock<Environment<'static>> = OnceLock::new();
    match lang {
        Lang::English => ENGLISH.get_or_init(|| load(lang)),
    }
}

fn load(lang: Lang) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .expect("the usual marks"),
    );
    // minijinja's own escaping writes a slash as `&#x2f;`, which people see in a link they copy from the source.
    env.set_formatter(|out, state, value| {
        if matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe() {
            return out
                .write_str(&escape(&value.to_string()))
                .map_err(Error::from);
        }
        escape_formatter(out, state, value)
    });
    env.add_function("t", move |key: String, values: Kwargs| {
        words(lang, &key, &values)
    });
    for (name, source) in TEMPLATES {
        env.add_template(name, source)
            .expect("a template that parses");
    }
    env
}

/// `t("key", name=value)`: a text of the catalogue. A key that is missing there is an error here.
fn words(lang: Lang, key: &str, values: &Kwargs) -> Result<String, Error> {
    if !lang.has(key) {
        let missing = format!("no text {key}");
        return Err(Error::new(ErrorKind::InvalidOperation, missing));
    }
    let names: Vec<String> = values.args().map(str::to_owned).collect();
    let mut given = Vec::with_capacity(names.len());
    for name in &names {
        let value: Value = values.get(name)?;
        given.push((
            name.as_str(),
            u64::try_from(value.clone())
                .map_or_else(|_| TextValue::Text(value.to_string()), TextValue::Number),
        ));
    }
    Ok(lang.text(key, &given))
}

fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut out, c| {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                c => {
                    let _ = out.write_char(c);
                }
            }
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_in_words() {
        let at = DateTime::from_timestamp(1_795_910_400, 0).expect("a time");
        assert_eq!(day(Lang::English, at), "Sunday, 29 November 2026");
    }

    #[test]
    fn texts_are_made_harmless() {
        assert_eq!(line(" a\r\nBcc: x\u{0} "), "a  Bcc: x");
        assert_eq!(line("evil\u{202E}txt.exe"), "eviltxt.exe");
        assert_eq!(lines("a\r\n\r\n b\u{7}"), "a\n\nb");
        assert_eq!(name("Anna"), "Anna");
        assert_eq!(name("שלום"), "\u{2068}שלום\u{2069}");
    }
}
