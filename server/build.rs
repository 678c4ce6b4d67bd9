//! Builds the files that the browser loads into the server.
//!
//! `cargo xtask` puts them together and names their folder in `PORTICO_SITE_DIR`. Without it, as
//! in a plain `cargo check`, there is no browser part: the stylesheet and the font are taken
//! straight from `style/`, and every page still works, since none needs script.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[path = "../xtask/src/style.rs"]
mod style;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../xtask/src/style.rs");
    println!("cargo::rerun-if-env-changed=PORTICO_SITE_DIR");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let package = match env::var_os("PORTICO_SITE_DIR") {
        Some(site) => package_of_site(Path::new(&site))?,
        None => package_of_style(&out)?,
    };
    fs::write(out.join("assets.rs"), table(&package)?)
}

/// The folder that xtask filled.
fn package_of_site(site: &Path) -> io::Result<PathBuf> {
    let manifest = site.join("site.json");
    println!("cargo::rerun-if-changed={}", manifest.display());
    if manifest.is_file() {
        return Ok(site.join("pkg"));
    }
    Err(io::Error::new(
        io::ErrorKind::NotFound,
        format!(
            "{} is missing: build with `cargo xtask build`",
            manifest.display()
        ),
    ))
}

/// A folder with the stylesheet and the font alone.
fn package_of_style(out: &Path) -> io::Result<PathBuf> {
    let style = style::Style::read(Path::new("../style"))?;
    println!("cargo::rerun-if-changed=../style");
    let package = out.join("pkg");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(&package)?;
    fs::write(package.join(&style.css_name), &style.css)?;
    for font in &style.fonts {
        fs::write(package.join(&font.name), &font.bytes)?;
    }
    Ok(package)
}

/// The table of files as Rust source. Compressed forms belong to the file beside which they lie.
fn table(package: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(package)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let mut source = String::from("static ASSETS: &[(&str, Asset)] = &[\n");
    for name in names
        .iter()
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
    {
        let form = |ending: &str| {
            let form = format!("{name}.{ending}");
            if names.contains(&form) {
                format!("Some({})", include(&package.join(form)))
            } else {
                "None".to_owned()
            }
        };
        let (brotli, gzip) = (form("br"), form("gz"));
        let bytes = include(&package.join(name));
        let content_type = content_type(name)?;
        let _ = writeln!(
            source,
            "    ({name:?}, Asset {{ bytes: {bytes}, brotli: {brotli}, gzip: {gzip}, \
             content_type: {content_type:?} }}),"
        );
    }
    source.push_str("];\n");
    let served = |beginning: &str, ending: &str| {
        names
            .iter()
            .find(|name| name.starts_with(beginning) && name.ends_with(ending))
            .ok_or_else(|| {
                let problem = format!("{} has no {beginning}*{ending}", package.display());
                io::Error::new(io::ErrorKind::NotFound, problem)
            })
    };
    let output_name = names.iter().find_map(|name| name.strip_suffix("_bg.wasm"));
    let _ = writeln!(
        source,
        "const STYLESHEET: &str = \"/pkg/{}\";",
        served("portico.", ".css")?
    );
    let _ = writeln!(
        source,
        "const FONT: &str = \"/pkg/{}\";",
        served("figtree.", ".woff2")?
    );
    let _ = writeln!(source, "const OUTPUT_NAME: Option<&str> = {output_name:?};");
    Ok(source)
}

fn include(path: &Path) -> String {
    format!("include_bytes!({:?})", path.display().to_string())
}

fn content_type(name: &str) -> io::Result<&'static str> {
    match name.rsplit('.').next() {
        Some("css") => Ok("text/css; charset=utf-8"),
        Some("js") => Ok("text/javascript; charset=utf-8"),
        Some("wasm") => Ok("application/wasm"),
        Some("woff2") => Ok("font/woff2"),
        _ => Err(io::Error::other(format!(
            "no content type is known for {name}"
        ))),
    }
}
