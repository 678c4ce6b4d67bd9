//! The style guide shows every component, every sign and every value: read from the sources, so that a new one
//! without its place there fails.
#![cfg(feature = "ssr")]

mod samples;

use std::{fs, path::Path};

use app::pages::styleguide::styleguide;
use samples::{render, visitor};

/// Around pages, not in them: seen on every page of `docs/screens`.
const FRAMES: &[&str] = &["desk", "ClientShell"];

fn read(path: impl AsRef<Path>) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join(path)).expect("a readable source")
}

fn sources(folder: &str) -> Vec<String> {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    files
        .expect("a folder of sources")
        .map(|file| read(file.expect("a file").path()))
        .collect()
}

/// The sources of the guide without what they import: a name that is left is used.
fn guide() -> String {
    let mut used = String::new();
    for source in sources("src/pages/styleguide") {
        let mut is_import = false;
        for line in source.lines() {
            is_import |= line.starts_with("use ");
            if !is_import {
                used.push_str(line);
                used.push('\n');
            }
            is_import &= !line.ends_with(';');
        }
    }
    used
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a source has this name as a word of its own.
fn names(source: &str, name: &str) -> bool {
    source.match_indices(name).any(|(at, _)| {
        let before = source[..at].chars().next_back();
        let after = source[at + name.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// What a line defines, if it begins so.
fn defined<'a>(line: &'a str, beginning: &str) -> Option<&'a str> {
    line.strip_prefix(beginning)?
        .split(|c| !is_part(c))
        .next()
        .filter(|name| !name.is_empty())
}

/// Functions that draw, and types that do: those with a `view` of their own.
fn components() -> Vec<String> {
    let mut found = Vec::new();
    for source in sources("src/components") {
        for (at, _) in source.match_indices("\npub fn ") {
            let signature = source[at + 1..].split('{').next().unwrap_or_default();
            if signature.contains("AnyView") && signature.contains("->") {
                found.extend(defined(signature, "pub fn ").map(str::to_owned));
            }
        }
        if source.contains("    pub fn view(") {
            let types = source
                .lines()
                .filter_map(|line| defined(line, "pub struct "));
            found.extend(types.map(str::to_owned));
        }
    }
    found
}

/// The members of an enum of the components.
fn members(name: &str) -> Vec<String> {
    let all = sources("src/components").concat();
    let head = format!("pub enum {name} {{\n");
    let body = all.split(&head).nth(1).expect("the enum").split('}').next();
    let lines = body.unwrap_or_default().lines();
    lines
        .filter_map(|line| line.trim().strip_suffix(','))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_component_is_shown() {
    let guide = guide();
    let components = components();
    assert!(components.len() > 30, "the scan finds them: {components:?}");
    let missing: Vec<_> = components
        .iter()
        .filter(|name| !FRAMES.contains(&name.as_str()) && !names(&guide, name))
        .collect();
    assert!(missing.is_empty(), "not in the style guide: {missing:?}");
}

#[test]
fn every_sign_and_weight_is_shown() {
    let guide = guide();
    for name in ["Icon", "Drawing", "Weight", "AvatarSize", "Step", "Reached"] {
        let members = members(name);
        assert!(members.len() >= 3, "{name}: {members:?}");
        for member in members {
            let whole = format!("{name}::{member}");
            assert!(names(&guide, &whole), "not in the style guide: {whole}");
        }
    }
}

#[test]
fn every_value_is_shown() {
    let html = render(&visitor(), styleguide);
    let tokens = read("../style/tokens.css");
    let values: Vec<_> = tokens
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split(':').next())
        .collect();
    assert!(values.len() > 30, "the scan finds them: {values:?}");
    for value in values {
        let code = format!(">--{value}<");
        assert!(html.contains(&code), "not in the style guide: {value}");
    }
}
