//! One stylesheet out of the files in `style/`, and the fonts beside it.
//!
//! This file is read twice: by xtask, which puts the site together, and by `server/build.rs`,
//! which serves the stylesheet also when the server is built without a site. It therefore uses
//! nothing of either.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

const MAIN: &str = "main.css";
const FONT_FOLDER: &str = "fonts";
/// The font that every page preloads comes first; the others are fetched where a page has a letter of theirs.
const FONT_FILES: [&str; 2] = ["figtree.woff2", "figtree-more.woff2"];
/// Hexadecimal digits of the hash in a file's name: 64 bits, plenty against a stale cache.
const HASH_DIGITS: usize = 16;

/// What `style/` amounts to, under the names it is served by.
pub struct Style {
    /// `portico.<hash>.css`.
    pub css_name: String,
    /// The stylesheet with its imports in place.
    pub css: String,
    /// The fonts, the one to preload first.
    pub fonts: Vec<Font>,
}

/// A font as it is served.
pub struct Font {
    /// What the stylesheet calls it: `figtree.woff2`.
    file: &'static str,
    /// `figtree.<hash>.woff2`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Font {
    fn read(folder: &Path, file: &'static str) -> io::Result<Self> {
        let bytes = read(&folder.join(FONT_FOLDER).join(file))?;
        let stem = file.trim_end_matches(".woff2");
        let name = format!("{stem}.{}.woff2", short_hash(&[&bytes]));
        Ok(Self { file, name, bytes })
    }
}

impl Style {
    /// Reads the folder `style/`.
    ///
    /// # Errors
    /// A file that is missing, an import in another form than `@import "file.css";`, or a
    /// `url()` of something that is not served.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let fonts = FONT_FILES.map(|file| Font::read(folder, file));
        let fonts = fonts.into_iter().collect::<io::Result<Vec<_>>>()?;
        let css = point_to_fonts(&inline(folder)?, &fonts)?;
        let css_name = format!("portico.{}.css", short_hash(&[css.as_bytes()]));
        Ok(Self {
            css_name,
            css,
            fonts,
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

/// Gives every `url()` of a font its served name, and lets nothing else pass: the site serves
/// no other file, and the content security policy allows none from elsewhere.
fn point_to_fonts(css: &str, fonts: &[Font]) -> io::Result<String> {
    let mut result = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("url(") {
        let after = &rest[start + "url(".len()..];
        let end = after
            .find(')')
            .ok_or_else(|| wrong("a `url(` without its end".to_owned()))?;
        let address = after[..end].trim().trim_matches(['"', '\'']);
        let file = address.rsplit('/').next();
        result.push_str(&rest[..start]);
        if let Some(font) = fonts.iter().find(|font| Some(font.file) == file) {
            result.push_str(&format!("url(\"{}\")", font.name));
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
        let fonts = folder.path().join(FONT_FOLDER);
        fs::create_dir(&fonts).expect("fonts/");
        for file in FONT_FILES {
            fs::write(fonts.join(file), file).expect("a font");
        }
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        folder
    }

    #[test]
    fn imports_are_put_in_place_and_fonts_get_their_served_names() {
        let main = "@layer tokens, base;\n@import \"tokens.css\";\n@import \"base.css\";\n";
        let folder = folder(&[
            ("main.css", main),
            ("tokens.css", "@layer tokens { :root { --ink: #123; } }"),
            (
                "base.css",
                "@font-face { src: url(\"figtree.woff2\") } @font-face { src: url(\"figtree-more.woff2\") }",
            ),
        ]);
        let style = Style::read(folder.path()).expect("a style");
        let expected = format!(
            "@layer tokens, base;\n@layer tokens {{ :root {{ --ink: #123; }} }}\n\
             @font-face {{ src: url(\"{}\") }} @font-face {{ src: url(\"{}\") }}\n",
            style.fonts[0].name, style.fonts[1].name
        );
        assert_eq!(style.css, expected);
        assert_eq!(
            style.css_name,
            format!("portico.{}.css", short_hash(&[expected.as_bytes()]))
        );
        assert_eq!(
            style.fonts[0].name,
            format!("figtree.{}.woff2", short_hash(&[b"figtree.woff2"]))
        );
        assert_eq!(style.fonts[1].bytes, b"figtree-more.woff2");
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
