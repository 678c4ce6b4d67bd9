//! The catalogue of texts against those who read it: nothing is missing, nothing is left over.

use std::collections::BTreeSet;

use app::{
    pages::admin::{TIMELINE_ACTIONS, timeline_key},
    text::Lang,
};

use crate::arch::source::{files, read};

/// Keys of the catalogue, in the order of its files.
fn keys() -> Vec<String> {
    files("app/locales/en", &[".ftl"])
        .iter()
        .flat_map(|file| {
            let text = read(file);
            { text.lines() }
                .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
                .filter_map(|line| line.split_once(" ="))
                .map(|(key, _)| key.to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Texts between quotation marks in everything that can name a key.
fn literals() -> BTreeSet<String> {
    let mut sources = files("app/src", &[".rs"]);
    sources.extend(files("server/src", &[".rs", ".txt", ".html"]));
    let mut found = BTreeSet::new();
    for source in sources {
        found.extend(read(&source).split('"').map(str::to_owned));
    }
    found
}

#[test]
fn no_key_stands_twice() {
    let keys = keys();
    assert!(keys.len() > 250, "the catalogue was not understood");
    let once: BTreeSet<&String> = keys.iter().collect();
    assert_eq!(once.len(), keys.len());
}

#[test]
fn no_text_is_left_over() {
    let literals = literals();
    let patterns: Vec<Vec<&str>> = literals
        .iter()
        .filter_map(|literal| pattern(literal))
        .collect();
    // Made of a closed code in Rust, dots and underlines turned to hyphens.
    let timeline: BTreeSet<String> = TIMELINE_ACTIONS.iter().map(|a| timeline_key(a)).collect();
    let left_over: Vec<String> = keys()
        .into_iter()
        .filter(|key| !literals.contains(key))
        .filter(|key| !timeline.iter().any(|known| key.starts_with(known.as_str())))
        .filter(|key| !patterns.iter().any(|pattern| fits(pattern, key)))
        .collect();
    assert!(left_over.is_empty(), "nobody reads {left_over:?}");
}

/// The fixed parts of a literal such as `stop-{code}-title`; `None` where it could be anything.
fn pattern(literal: &str) -> Option<Vec<&str>> {
    let is_key = |part: &str| {
        { part.bytes() }.all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'_')
    };
    let mut parts = Vec::new();
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('{') {
        let (_, behind) = after.split_once('}')?;
        parts.push(before);
        rest = behind;
    }
    parts.push(rest);
    let is_telling = parts.len() > 1 && parts[0].ends_with('-');
    (is_telling && parts.iter().all(|part| is_key(part))).then_some(parts)
}

fn fits(pattern: &[&str], key: &str) -> bool {
    let (first, last) = (pattern[0], pattern[pattern.len() - 1]);
    key.len() > first.len() + last.len() && key.starts_with(first) && key.ends_with(last)
}

#[test]
fn every_text_of_a_mail_is_there() {
    let mut count = 0;
    for file in files("server/src/mail/templates", &[".txt", ".html"]) {
        for rest in read(&file).split("t(\"").skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            assert!(Lang::English.has(key), "{file}: no text {key}");
            count += 1;
        }
    }
    assert!(count > 20, "the templates were not understood");
}

/// What the services write of a client is told in words on the client's page.
#[test]
fn every_action_about_a_client_is_told() {
    let mut count = 0;
    for file in files("server/src/service", &[".rs"]) {
        let text = read(&file);
        let calls = text.split("Event::about_client(").skip(1);
        for call in calls {
            let call = call.split_once(')').map_or(call, |(call, _)| call);
            let Some(action) = call.split('"').nth(1) else {
                continue;
            };
            assert!(
                TIMELINE_ACTIONS.contains(&action),
                "{file}: {action} has no words"
            );
            count += 1;
        }
    }
    assert!(count > 12, "the services were not understood");
}
