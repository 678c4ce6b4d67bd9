//! Writes every page that has a picture in `docs/screens` as an HTML file, for `cargo xtask screens` to
//! photograph. Takes the folder to write into.

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
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("gallery: the folder to write into is missing");
        return ExitCode::from(2);
    };
    if let Err(error) = write_faces(&folder) {
        eprintln!("gallery: cannot write into {}: {error}", folder.display());
        return ExitCode::FAILURE;
    }
    for sample in gallery() {
        if !SCREENS.contains(&sample.name.as_str()) {
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
