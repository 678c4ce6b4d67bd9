//! The browser part: the crate `app` as WebAssembly, with the JavaScript that loads it.
//!
//! The standard library for WebAssembly does not come with a Rust toolchain. `PORTICO_WASM_STD`
//! says where to get it: `rustup` downloads it; `distro` builds it from source with the
//! distribution's compiler; `auto` takes what is there, then tries one after the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::cargo;
use crate::failure::{Context, Failure, Outcome};
use crate::files;
use crate::prerequisites;
use crate::process;
use crate::progress;
use crate::workspace::{Profile, Workspace};

const TARGET: &str = "wasm32-unknown-unknown";
const DISTRO_CARGO: &str = "/usr/bin/cargo";
const DISTRO_RUSTC: &str = "/usr/bin/rustc";
const DISTRO_LINKERS: [&str; 2] = ["wasm-ld-19", "wasm-ld"];
/// The name that wasm-bindgen writes into its files before they get their hashed one.
const PLAIN_NAME: &str = "portico";

/// What the browser loads.
pub struct BrowserPart {
    /// The module that loads the WebAssembly.
    pub script: String,
    /// The WebAssembly.
    pub wasm: Vec<u8>,
}

/// Builds the browser part, or takes the last one if nothing it is made of has changed.
pub fn build(workspace: &Workspace, profile: Profile) -> Outcome<BrowserPart> {
    let kept = Kept::at(workspace, profile);
    let inputs = inputs(workspace)?;
    if let Some(part) = kept.read(&inputs) {
        progress::note("unchanged");
        return Ok(part);
    }
    let built = compile(workspace, profile, choose(workspace)?)?;
    let part = bind(&built, profile)?;
    kept.write(&inputs, &part)?;
    Ok(part)
}

/// Whether the distribution's compiler can build the standard library.
pub fn distro_compiler_present() -> bool {
    Path::new(DISTRO_CARGO).is_file() && distro_linker().is_some() && distro_source_present()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Rustup,
    Distro,
}

impl Way {
    /// The target folder, one for each compiler: neither can use what the other one built.
    fn target(self, workspace: &Workspace) -> PathBuf {
        workspace.target().join(match self {
            Self::Rustup => "browser-rustup",
            Self::Distro => "browser-distro",
        })
    }
}

fn choose(workspace: &Workspace) -> Outcome<Way> {
    let asked = std::env::var("PORTICO_WASM_STD").unwrap_or_default();
    match asked.as_str() {
        "rustup" => add_rustup_target().map(|()| Way::Rustup),
        "distro" => prerequisites::ensure(&prerequisites::BROWSER_COMPILER).map(|()| Way::Distro),
        "" | "auto" => choose_freely(workspace),
        other => Err(Failure::new(format!(
            "PORTICO_WASM_STD is `{other}`: use `auto`, `rustup` or `distro`"
        ))),
    }
}

fn choose_freely(workspace: &Workspace) -> Outcome<Way> {
    if rustup_target_present() {
        return Ok(Way::Rustup);
    }
    // What went well the last time is not worth another try at a download.
    if Way::Distro.target(workspace).is_dir() && distro_compiler_present() {
        return Ok(Way::Distro);
    }
    let Err(refusal) = add_rustup_target() else {
        return Ok(Way::Rustup);
    };
    process::go_on()?;
    if !prerequisites::apt_present() {
        return Err(refusal);
    }
    progress::note("rustup cannot get it; taking the distribution's compiler");
    prerequisites::ensure(&prerequisites::BROWSER_COMPILER)?;
    Ok(Way::Distro)
}

fn add_rustup_target() -> Outcome {
    if rustup_target_present() {
        return Ok(());
    }
    let missing = || {
        Failure::new(format!(
            "the Rust target {TARGET} is missing. Run this and start again:\n    \
             rustup target add {TARGET}\n\
             or set PORTICO_WASM_STD=distro to use the compiler of Debian or Ubuntu"
        ))
    };
    if prerequisites::on_path("rustup").is_none() {
        return Err(missing());
    }
    process::run(
        Command::new("rustup").args(["target", "add", TARGET]),
        "rustup target add",
    )
    .map_err(|failure| match failure {
        Failure::Stopped => Failure::Stopped,
        Failure::Message(_) => missing(),
    })
}

fn rustup_target_present() -> bool {
    standard_library_below(Command::new("rustc"), &format!("lib/rustlib/{TARGET}/lib"))
}

fn distro_source_present() -> bool {
    let mut command = Command::new(DISTRO_RUSTC);
    forget_rustup(&mut command);
    standard_library_below(command, "lib/rustlib/src/rust/library/Cargo.toml")
}

fn standard_library_below(mut rustc: Command, path: &str) -> bool {
    cargo::forget_own_build(&mut rustc);
    process::output(rustc.args(["--print", "sysroot"]), "rustc")
        .is_ok_and(|sysroot| Path::new(sysroot.trim()).join(path).exists())
}

fn distro_linker() -> Option<&'static str> {
    DISTRO_LINKERS
        .into_iter()
        .find(|name| prerequisites::on_path(name).is_some())
}

/// Another compiler is called than the one that runs us, so nothing may point to that one.
fn forget_rustup(command: &mut Command) {
    for (key, _) in std::env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("RUSTUP_") || name == "CARGO" || name == "RUSTC" || name == "RUSTDOC" {
            command.env_remove(&key);
        }
    }
}

fn compile(workspace: &Workspace, profile: Profile, way: Way) -> Outcome<PathBuf> {
    let target = way.target(workspace);
    let mut command = match way {
        Way::Rustup => Command::new("cargo"),
        Way::Distro => distro_cargo()?,
    };
    cargo::forget_own_build(&mut command);
    command
        .current_dir(workspace.root())
        .args(["build", "--locked", "--target", TARGET]);
    command.args([
        "-p",
        "app",
        "--lib",
        "--no-default-features",
        "--features",
        "hydrate",
    ]);
    command.arg("--target-dir").arg(&target);
    if way == Way::Distro {
        command.args(["-Z", "build-std=std,panic_abort"]);
    }
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => {
            command.args(["--profile", "wasm-release"]);
            "wasm-release"
        }
    };
    process::run(&mut command, "the build of the browser part")?;
    Ok(target.join(TARGET).join(folder).join("app.wasm"))
}

fn distro_cargo() -> Outcome<Command> {
    let linker = distro_linker()
        .ok_or_else(|| Failure::new("wasm-ld is missing: apt-get install lld-19"))?;
    let mut command = Command::new(DISTRO_CARGO);
    forget_rustup(&mut command);
    let path = std::env::var("PATH").unwrap_or_default();
    command
        .env("PATH", format!("/usr/bin:{path}"))
        .env("RUSTC", DISTRO_RUSTC)
        // A released compiler builds its own standard library only when told so.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    Ok(command)
}

/// Makes the JavaScript and the final WebAssembly, as the program `wasm-bindgen` would.
fn bind(built: &Path, profile: Profile) -> Outcome<BrowserPart> {
    let release = profile == Profile::Release;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(built)
        .web(true)
        .context("wasm-bindgen")?
        .out_name(PLAIN_NAME)
        .typescript(false)
        .omit_default_module_path(true)
        // The names of functions make a stack readable; visitors of a release do not need them.
        .remove_name_section(release)
        .remove_producers_section(true);
    let mut output = bindgen.generate_output().map_err(|error| {
        Failure::new(format!(
            "wasm-bindgen cannot read {}: {error:#}",
            built.display()
        ))
    })?;
    let snippets = output.snippets().values().any(|list| !list.is_empty());
    if snippets || !output.local_modules().is_empty() {
        return Err(Failure::new(
            "a dependency of `app` brings JavaScript of its own, which the site does not serve",
        ));
    }
    let wasm = output.wasm_mut().emit_wasm();
    Ok(BrowserPart {
        script: output.js().to_owned(),
        wasm,
    })
}

/// Everything that the browser part is made of, as one digest.
fn inputs(workspace: &Workspace) -> Outcome<String> {
    let root = workspace.root();
    let mut files = files::below(&root.join("app"))?;
    for name in [
        "Cargo.lock",
        "Cargo.toml",
        ".cargo/config.toml",
        "xtask/src/browser.rs",
    ] {
        files.push(root.join(name));
    }
    files::digest(&files)
}

/// The last browser part and the digest of what it was made of.
struct Kept {
    folder: PathBuf,
}

impl Kept {
    fn at(workspace: &Workspace, profile: Profile) -> Self {
        Self {
            folder: workspace.site(profile).join("browser"),
        }
    }

    fn read(&self, inputs: &str) -> Option<BrowserPart> {
        let stamp = fs::read_to_string(self.folder.join("inputs")).ok()?;
        if stamp != inputs {
            return None;
        }
        Some(BrowserPart {
            script: fs::read_to_string(self.folder.join("portico.js")).ok()?,
            wasm: fs::read(self.folder.join("portico_bg.wasm")).ok()?,
        })
    }

    fn write(&self, inputs: &str, part: &BrowserPart) -> Outcome {
        let folder = &self.folder;
        let what = || format!("cannot write to {}", folder.display());
        fs::create_dir_all(folder).context(what())?;
        fs::write(folder.join("portico.js"), &part.script).context(what())?;
        fs::write(folder.join("portico_bg.wasm"), &part.wasm).context(what())?;
        // Last, so that a build that was broken off leaves no stamp.
        fs::write(folder.join("inputs"), inputs).context(what())
    }
}
