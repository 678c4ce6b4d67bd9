//! Writes pages with made-up people in them as HTML files: those that have a picture in `docs/screens`, for
//! `cargo xtask screens` to photograph, or with `--all` every sample, for the browser tests. Takes the folder to
//! write into.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use samples::{
    SCREENS,
    face::{LOGO, WORN, stylesheet},
    gallery::gallery,
    render,
};

fn main() -> ExitCode {
    let mut arguments: Vec<_> = env::args_os().skip(1).collect();
    let before = arguments.len();
    arguments.retain(|argument| argument != "--all");
    let is_all = arguments.len() < before;
    let [folder] = arguments.as_slice() else {
        eprintln!("usage: gallery [--all] FOLDER");
        return ExitCode::from(2);
    };
    let folder = PathBuf::from(folder);
    if let Err(error) = write_faces(&folder) {
        eprintln!("gallery: cannot write into {}: {error}", folder.display());
        return ExitCode::FAILURE;
    }
    for sample in gallery() {
        if !is_all && !SCREENS.contains(&sample.name.as_str()) {
            continue;
        }
        let path = folder.join(format!("{}.html", sample.name));
        let html = render(&sample.frame, sample.draw);
        if let Err(error) = fs::write(&path, html) {
            eprintln!("gallery: cannot write {}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// What the samples wear: the colours and the logo of agencies that have their own.
fn write_faces(folder: &Path) -> std::io::Result<()> {
    fs::write(folder.join("logo.png"), LOGO)?;
    WORN.iter()
        .try_for_each(|(name, swatch)| fs::write(folder.join(name), stylesheet(*swatch)))
}
