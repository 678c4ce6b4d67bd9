//! The files that the browser loads, under names that carry a hash of their content, each with
//! its compressed forms beside it, ready to be built into the server.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::browser;
use crate::compress;
use crate::failure::{Context, Failure, Outcome};
use crate::files;
use crate::progress;
use crate::style::{self, Style};
use crate::workspace::{Profile, Workspace};

/// Puts the site of a profile together: `pkg/` with the files, `site.json` with their names.
pub fn assemble(workspace: &Workspace, profile: Profile) -> Outcome {
    let part = progress::step("Browser part (WebAssembly)", || {
        browser::build(workspace, profile)
    })?;
    progress::step("Stylesheet, fonts and compressed forms", || {
        let style = Style::read(&workspace.root().join("style")).context("style/")?;
        let hash = style::short_hash(&[part.script.as_bytes(), &part.wasm]);
        let output_name = format!("portico.{hash}");
        let folder = workspace.site(profile).join("pkg");
        let mut package = Package::open(&folder, profile)?;
        package.add(&format!("{output_name}.js"), part.script.as_bytes())?;
        let wasm = format!("{output_name}_bg.wasm");
        package.add(&wasm, &part.wasm)?;
        package.add(&style.css_name, style.css.as_bytes())?;
        let budget = Budget::of(profile);
        within(
            "the WebAssembly",
            package.compressed_size(&wasm)?,
            budget.wasm,
        )?;
        within(
            "the stylesheet",
            package.compressed_size(&style.css_name)?,
            budget.css,
        )?;
        for font in &style.fonts {
            package.add_as_is(&font.name, &font.bytes)?;
        }
        package.close()?;
        let manifest = json!({
            "output_name": output_name,
            "css": style.css_name,
            "font": style.fonts.first().map(|font| &font.name),
        });
        let path = workspace.site(profile).join("site.json");
        files::write_if_changed(&path, format!("{manifest:#}\n").as_bytes())
    })
}

/// What a page may ask of a phone, in bytes as brotli.
struct Budget {
    wasm: u64,
    /// With the 8 kB that the HTML of a client's page may weigh (`tests/tests/routes/weight.rs`) that makes 20 kB.
    css: u64,
}

impl Budget {
    /// Debug builds are neither small nor well compressed: theirs only catch what is far too much, such as a
    /// dependency that does not belong into a browser.
    const fn of(profile: Profile) -> Self {
        match profile {
            Profile::Debug => Self {
                wasm: 1_200_000,
                css: 14_000,
            },
            Profile::Release => Self {
                wasm: 150_000,
                css: 12_000,
            },
        }
    }
}

fn within(what: &str, weight: u64, budget: u64) -> Outcome {
    if weight <= budget {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{what} weighs {weight} bytes as brotli, and {budget} is what a page may ask of a phone"
    )))
}

/// The folder `pkg/` while it is filled.
struct Package<'a> {
    folder: &'a Path,
    profile: Profile,
    names: BTreeSet<String>,
}

impl<'a> Package<'a> {
    fn open(folder: &'a Path, profile: Profile) -> Outcome<Self> {
        fs::create_dir_all(folder).context(format!("cannot make {}", folder.display()))?;
        Ok(Self {
            folder,
            profile,
            names: BTreeSet::new(),
        })
    }

    /// Adds a file with its compressed forms. A name carries the hash of the content, so what
    /// lies there already was compressed from the same.
    fn add(&mut self, name: &str, content: &[u8]) -> Outcome {
        self.add_as_is(name, content)?;
        self.add_form(&format!("{name}.br"), || {
            compress::brotli(content, self.profile)
        })?;
        self.add_form(&format!("{name}.gz"), || {
            compress::gzip(content, self.profile)
        })?;
        let sizes = [name.to_owned(), format!("{name}.br")]
            .map(|name| fs::metadata(self.folder.join(name)).map_or(0, |file| file.len() / 1024));
        progress::note(&format!(
            "{name}: {} KiB, {} KiB as brotli",
            sizes[0], sizes[1]
        ));
        self.names
            .extend([format!("{name}.br"), format!("{name}.gz")]);
        Ok(())
    }

    /// What the browser is sent of a file that was added.
    fn compressed_size(&self, name: &str) -> Outcome<u64> {
        let path = self.folder.join(format!("{name}.br"));
        let file = fs::metadata(&path).context(format!("cannot find {}", path.display()))?;
        Ok(file.len())
    }

    /// Adds a file that is compressed in itself.
    fn add_as_is(&mut self, name: &str, content: &[u8]) -> Outcome {
        files::write_if_changed(&self.folder.join(name), content)?;
        self.names.insert(name.to_owned());
        Ok(())
    }

    fn add_form(&self, name: &str, make: impl FnOnce() -> Outcome<Vec<u8>>) -> Outcome {
        let path = self.folder.join(name);
        if path.exists() {
            return Ok(());
        }
        // Not under its final name before it is whole.
        let beside = self.folder.join("unfinished");
        fs::write(&beside, make()?)
            .and_then(|()| fs::rename(&beside, &path))
            .context(format!("cannot write {}", path.display()))
    }

    /// Removes what an earlier build left.
    fn close(self) -> Outcome {
        for path in files::below(self.folder)? {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if !self.names.contains(&name) {
                fs::remove_file(&path).context(format!("cannot remove {}", path.display()))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_its_budget_is_refused() {
        let budget = Budget::of(Profile::Release);
        assert!(budget.wasm <= 150_000 && budget.css <= 12_000);
        assert!(within("it", budget.wasm, budget.wasm).is_ok());
        let Err(Failure::Message(refusal)) = within("it", budget.wasm + 1, budget.wasm) else {
            panic!("too heavy");
        };
        assert!(refusal.contains("150001 bytes"), "{refusal}");
    }
}
