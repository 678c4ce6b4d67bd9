//! One stylesheet out of the files in `style/`, and the font beside it.
//!
//! This file is read twice: by xtask, which puts the site together, and by `server/build.rs`,
//! which serves the stylesheet also when the server is built without a site. It therefore uses
//! nothing of either.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

const MAIN: &str = "main.css";
const FONT: &str = "fonts/figtree.woff2";
const FONT_FILE: &str = "figtree.woff2";
/// Hexadecimal digits of the hash in a file's name: 64 bits, plenty against a stale cache.
const HASH_DIGITS: usize = 16;

/// What `style/` amounts to, under the names it is served by.
pub struct Style {
    /// `portico.<hash>.css`.
    pub css_name: String,
    /// The stylesheet with its imports in place.
    pub css: String,
    /// `figtree.<hash>.woff2`.
    pub font_name: String,
    /// The font.
    pub font: Vec<u8>,
}

impl Style {
    /// Reads the folder `style/`.
    ///
    /// # Errors
    /// A file that is missing, an import in another form than `@import "file.css";`, or a
    /// `url()` of something that is not served.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let font = read(&folder.join(FONT))?;
        let font_name = format!("figtree.{}.woff2", short_hash(&[&font]));
        let inlined = inline(folder)?;
        let css = point_to_font(&inlined, &font_name)?;
        let css_name = format!("portico.{}.css", short_hash(&[css.as_bytes()]));
        Ok(Self {
            css_name,
            css,
            font_name,
            font,
        })
    }
}

/// The hash that stands in the names of served files.
pub fn short_hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    let digest = hasher.finalize();
    digest
        .iter()
        .take(HASH_DIGITS / 2)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn inline(folder: &Path) -> io::Result<String> {
    let mut css = String::new();
    for line in read_text(folder, MAIN)?.lines() {
        match imported(line).map_err(wrong)? {
            Some(name) => css.push_str(&imported_text(folder, name)?),
            None => css.push_str(line),
        }
        css.push('\n');
    }
    Ok(css)
}

/// An imported file imports nothing itself: one list, in `main.css`, shows the order.
fn imported_text(folder: &Path, name: &str) -> io::Result<String> {
    let text = read_text(folder, name)?;
    if text
        .lines()
        .any(|line| line.trim_start().starts_with("@import"))
    {
        return Err(wrong(format!("{name} imports: only {MAIN} may")));
    }
    Ok(text)
}

/// The file that a line imports, if it is such a line.
fn imported(line: &str) -> Result<Option<&str>, String> {
    let Some(rest) = line.trim().strip_prefix("@import") else {
        return Ok(None);
    };
    rest.trim()
        .strip_suffix(';')
        .and_then(|quoted| quoted.trim().strip_prefix('"')?.strip_suffix('"'))
        .map(Some)
        .ok_or_else(|| {
            format!(
                "`{}` is not of the form `@import \"file.css\";`",
                line.trim()
            )
        })
}

/// Gives every `url()` of the font its served name, and lets nothing else pass: the site serves
/// no other file, and the content security policy allows none from elsewhere.
fn point_to_font(css: &str, font_name: &str) -> io::Result<String> {
    let mut result = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("url(") {
        let after = &rest[start + "url(".len()..];
        let end = after
            .find(')')
            .ok_or_else(|| wrong("a `url(` without its end".to_owned()))?;
        let address = after[..end].trim().trim_matches(['"', '\'']);
        result.push_str(&rest[..start]);
        if address.rsplit('/').next() == Some(FONT_FILE) {
            result.push_str(&format!("url(\"{font_name}\")"));
        } else if address.starts_with("data:") || address.starts_with('#') {
            result.push_str(&rest[start..=start + "url(".len() + end]);
        } else {
            return Err(wrong(format!(
                "`{address}` is not among the files that are served"
            )));
        }
        rest = &after[end + 1..];
    }
    result.push_str(rest);
    Ok(result)
}

fn read_text(folder: &Path, name: &str) -> io::Result<String> {
    String::from_utf8(read(&folder.join(name))?).map_err(|_| wrong(format!("{name} is not UTF-8")))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path).map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("cannot read {}: {error}", path.display()),
        )
    })
}

fn wrong(problem: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("fonts")).expect("fonts/");
        fs::write(folder.path().join(FONT), "the font").expect("the font");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        folder
    }

    #[test]
    fn imports_are_put_in_place_and_the_font_gets_its_served_name() {
        let main = "@layer tokens, base;\n@import \"tokens.css\";\n@import \"base.css\";\n";
        let folder = folder(&[
            ("main.css", main),
            ("tokens.css", "@layer tokens { :root { --ink: #123; } }"),
            (
                "base.css",
                "@font-face { src: url(\"figtree.woff2\") format(\"woff2\") }",
            ),
        ]);
        let style = Style::read(folder.path()).expect("a style");
        let expected = format!(
            "@layer tokens, base;\n@layer tokens {{ :root {{ --ink: #123; }} }}\n\
             @font-face {{ src: url(\"{}\") format(\"woff2\") }}\n",
            style.font_name
        );
        assert_eq!(style.css, expected);
        assert_eq!(
            style.css_name,
            format!("portico.{}.css", short_hash(&[expected.as_bytes()]))
        );
        assert_eq!(
            style.font_name,
            format!("figtree.{}.woff2", short_hash(&[b"the font"]))
        );
        assert_eq!(style.font, b"the font");
    }

    #[test]
    fn what_would_not_be_served_is_refused() {
        for css in [
            "@import url(tokens.css);",
            "@import \"missing.css\";",
            "a { background: url(https://example.com/a.png) }",
            "a { background: url(\"fonts/not-figtree.woff2\") }",
            "a { background: url(",
        ] {
            assert!(
                Style::read(folder(&[("main.css", css)]).path()).is_err(),
                "{css}"
            );
        }
    }

    #[test]
    fn pictures_inside_the_stylesheet_stay() {
        let css = "a { mask: url(\"data:image/svg+xml,<svg/>\") }";
        let style = Style::read(folder(&[("main.css", css)]).path()).expect("a style");
        assert_eq!(style.css.trim(), css);
    }
}
