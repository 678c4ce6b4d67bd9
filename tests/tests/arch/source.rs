//! A reader of Rust sources, just good enough to find every path in them: words and signs without
//! comments and literals, `use` trees spread out, `crate`, `self` and `super` resolved.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A path that a file writes, from the crate's root or from another crate: `["crate", "store", "jobs"]`.
pub type Named = Vec<String>;

/// A source file of one of our crates.
pub struct Source {
    /// From the checkout, with slashes.
    pub file: String,
    /// Its module, without the crate: `["web", "health"]`.
    pub module: Vec<String>,
    pub text: String,
    tokens: Vec<Token>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Path,
    Sign(char),
}

/// The checkout.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Every file of these endings below a folder of the checkout, sorted; without what tools have made.
pub fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    const MADE: [&str; 4] = [
        "node_modules",
        "target",
        "test-results",
        "playwright-report",
    ];
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).into_iter().flatten() {
            let entry = entry.expect("the folder can be read");
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{folder}/{name}");
            if entry.file_type().expect("it has a type").is_dir() {
                if !MADE.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The text of a file of the checkout.
pub fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).expect("the file can be read")
}

/// Every source file of a crate.
pub fn sources(krate: &str) -> Vec<Source> {
    let folder = format!("{krate}/src");
    let found = files(&folder, &[".rs"]);
    assert!(!found.is_empty(), "{folder} has no sources");
    found
        .iter()
        .map(|file| Source::new(file, &folder, read(file)))
        .collect()
}

impl Source {
    pub fn new(file: &str, folder: &str, text: String) -> Self {
        let inside = file[folder.len() + 1..].trim_end_matches(".rs");
        let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
        if ["mod", "lib", "main"].contains(&module[module.len() - 1].as_str()) {
            module.pop();
        }
        let tokens = tokens(&text);
        Self {
            file: file.to_owned(),
            module,
            text,
            tokens,
        }
    }

    /// Every path that the file writes: in `use` lines and elsewhere.
    pub fn paths(&self) -> BTreeSet<Named> {
        Reader::new(self).paths()
    }

    /// Whether these words and `::` stand in the code, whatever the white space.
    pub fn says(&self, path: &[&str]) -> bool {
        let mut wanted = Vec::new();
        for (index, word) in path.iter().enumerate() {
            if index > 0 {
                wanted.push(Token::Path);
            }
            wanted.push(Token::Word((*word).to_owned()));
        }
        self.tokens.windows(wanted.len()).any(|seen| seen == wanted)
    }

    /// Names of the functions that the file gives away.
    pub fn public_functions(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (index, token) in self.tokens.iter().enumerate() {
            let is_fn = *token == Token::Word("fn".to_owned());
            let before = &self.tokens[index.saturating_sub(3)..index];
            if is_fn
                && before.contains(&Token::Word("pub".to_owned()))
                && let Some(Token::Word(name)) = self.tokens.get(index + 1)
            {
                names.push(name.clone());
            }
        }
        names
    }
}

/// Walks over the tokens of a file and knows which module it is in.
struct Reader<'a> {
    tokens: &'a [Token],
    file_module: &'a [String],
    /// Inline modules that are open, each with the depth of braces around it.
    inline: Vec<(String, usize)>,
    found: BTreeSet<Named>,
    /// Names that `use` and `mod` bring in: no crates, whatever they are called.
    local: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source) -> Self {
        Self {
            tokens: &source.tokens,
            file_module: &source.module,
            inline: Vec::new(),
            found: BTreeSet::new(),
            local: BTreeSet::new(),
        }
    }

    fn paths(mut self) -> BTreeSet<Named> {
        let (mut at, mut depth) = (0, 0_usize);
        while at < self.tokens.len() {
            match &self.tokens[at] {
                Token::Sign('{') => depth += 1,
                Token::Sign('}') => {
                    depth = depth.saturating_sub(1);
                    self.inline.retain(|(_, around)| *around < depth);
                }
                Token::Word(word) if word == "mod" => self.open_module(at, depth),
                Token::Word(_) if self.begins_path(at) => {
                    at = self.tree(at, &[]);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        let local = self.local;
        // A local name at the front of a path is no crate.
        self.found
            .into_iter()
            .filter(|path| path[0] == "crate" || !local.contains(&path[0]))
            .collect()
    }

    fn open_module(&mut self, at: usize, depth: usize) {
        let Some(Token::Word(name)) = self.tokens.get(at + 1) else {
            return;
        };
        self.local.insert(name.clone());
        if self.tokens.get(at + 2) == Some(&Token::Sign('{')) {
            // The brace is counted next: the module is open while the depth is above this one.
            self.inline.push((name.clone(), depth));
        }
    }

    /// A path begins at a word that none is before, and that `::` follows; or after `use`.
    fn begins_path(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        let follows = self.tokens.get(at + 1) == Some(&Token::Path);
        before != Some(&Token::Path) && follows
    }

    /// Reads a path or a tree of paths and returns where it ends.
    fn tree(&mut self, mut at: usize, prefix: &[String]) -> usize {
        let mut path = prefix.to_vec();
        loop {
            match self.tokens.get(at) {
                Some(Token::Word(word)) if word == "self" && !path.is_empty() => at += 1,
                Some(Token::Word(word)) => {
                    path.push(word.clone());
                    at += 1;
                }
                Some(Token::Sign('{')) if !path.is_empty() => return self.group(at + 1, &path),
                _ => {
                    // A glob, or generics after `::`.
                    self.keep(&path, None);
                    return at.max(1);
                }
            }
            if self.tokens.get(at) == Some(&Token::Path) {
                at += 1;
                continue;
            }
            let alias = match (self.tokens.get(at), self.tokens.get(at + 1)) {
                (Some(Token::Word(word)), Some(Token::Word(alias))) if word == "as" => Some(alias),
                _ => None,
            };
            self.keep(&path, alias.map(String::as_str));
            return if alias.is_some() { at + 2 } else { at };
        }
    }

    fn group(&mut self, mut at: usize, prefix: &[String]) -> usize {
        loop {
            match self.tokens.get(at) {
                Some(Token::Sign('}')) => return at + 1,
                Some(Token::Word(_)) => at = self.tree(at, prefix),
                Some(_) => at += 1,
                None => return at,
            }
        }
    }

    fn keep(&mut self, path: &[String], alias: Option<&str>) {
        let Some(resolved) = self.resolve(path) else {
            return;
        };
        if resolved[0] == "crate"
            && let Some(name) = alias.or(resolved.last().map(String::as_str))
        {
            self.local.insert(name.to_owned());
        }
        self.found.insert(resolved);
    }

    /// From the root of the crate, if the path is one of ours.
    fn resolve(&self, path: &[String]) -> Option<Named> {
        let mut module: Vec<String> = self.file_module.to_vec();
        module.extend(self.inline.iter().map(|(name, _)| name.clone()));
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" | "super" | "self" => {}
            "Self" => return None,
            _ => return Some(path.to_vec()),
        }
        if rest[0] == "crate" {
            return Some(path.to_vec());
        }
        while let Some(first) = rest.first() {
            match first.as_str() {
                "super" => drop(module.pop()),
                "self" => {}
                _ => break,
            }
            rest = &rest[1..];
        }
        let mut resolved = vec!["crate".to_owned()];
        resolved.extend(module);
        resolved.extend(rest.iter().cloned());
        Some(resolved)
    }
}

/// Words and signs of a source, without comments, literals and lifetimes.
fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        at += match rest[0] {
            b'/' if rest.starts_with(b"//") => until(rest, b"\n"),
            b'/' if rest.starts_with(b"/*") => block_comment(rest),
            b'"' => string(rest),
            b'r' | b'b' | b'c' if literal_prefix(rest).is_some() => {
                literal_prefix(rest).unwrap_or(1)
            }
            b'\'' => character(rest),
            b':' if rest.starts_with(b"::") => {
                tokens.push(Token::Path);
                2
            }
            first if is_word(first) => {
                let length = rest.iter().take_while(|byte| is_word(**byte)).count();
                let word = String::from_utf8_lossy(&rest[..length]).into_owned();
                tokens.push(Token::Word(word));
                length
            }
            first if first.is_ascii_whitespace() => 1,
            first => {
                tokens.push(Token::Sign(char::from(first)));
                1
            }
        };
    }
    tokens
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Bytes up to and with an end, or all.
fn until(rest: &[u8], end: &[u8]) -> usize {
    rest.windows(end.len())
        .position(|seen| seen == end)
        .map_or(rest.len(), |at| at + end.len())
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != b'"' {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// The length of a literal with a prefix: `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `b'…'`.
fn literal_prefix(rest: &[u8]) -> Option<usize> {
    let letters = rest.iter().take_while(|b| b"rbc".contains(b)).count();
    if letters > 2 {
        return None;
    }
    let hashes = rest[letters..].iter().take_while(|b| **b == b'#').count();
    let open = rest.get(letters + hashes)?;
    let is_raw = rest[..letters].contains(&b'r');
    match open {
        b'"' if is_raw => {
            let mut end = vec![b'"'];
            end.extend(std::iter::repeat_n(b'#', hashes));
            let begin = letters + hashes + 1;
            Some(begin + until(&rest[begin..], &end))
        }
        b'"' if hashes == 0 => Some(letters + string(&rest[letters..])),
        b'\'' if hashes == 0 && rest[..letters] == *b"b" => {
            Some(letters + character(&rest[letters..]))
        }
        _ => None,
    }
}

/// A character literal, or the sign before a lifetime.
fn character(rest: &[u8]) -> usize {
    if rest.get(1) == Some(&b'\\') {
        return 2 + 1 + until(&rest[3..], b"'");
    }
    let text = String::from_utf8_lossy(&rest[1..rest.len().min(8)]);
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), Some('\'')) => 2 + letter.len_utf8(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(module: &str, text: &str) -> Vec<String> {
        let source = Source::new(&format!("x/src/{module}.rs"), "x/src", text.to_owned());
        source.paths().iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn trees_are_spread_out_and_resolved() {
        let text = "use crate::{a::{self, b}, c as d};\nuse super::{e, f::*};\nfn g() { sea_orm::Db::x(); d::y() }";
        assert_eq!(
            paths("web/health", text),
            [
                "crate::a",
                "crate::a::b",
                "crate::c",
                "crate::web::e",
                "crate::web::f",
                "sea_orm::Db::x"
            ]
        );
    }

    #[test]
    fn inline_modules_are_entered_and_left() {
        let text =
            "mod tests { use super::x; fn f() { if a { super::super::y() } } } use super::z;";
        assert_eq!(
            paths("web/health", text),
            ["crate::web::health::x", "crate::web::y", "crate::web::z"]
        );
    }

    #[test]
    fn comments_and_literals_say_nothing() {
        let text = r###"
            // use crate::a;
            /* use crate::b; /* nested */ crate::b2::x */
            /// [`crate::c::d`]
            const A: &str = "use crate::e::f;";
            const B: &str = r#"crate::g::"h""#;
            const C: char = '"'; const D: char = '\''; const E: &'static [u8] = b"crate::i::j";
            use crate::k;
        "###;
        assert_eq!(paths("m", text), ["crate::k"]);
    }
}
