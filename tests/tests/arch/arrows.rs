//! The arrows of `docs/ARCHITECTURE.md`, "Who may import whom", as a table, and what breaks them.

use super::source::{Named, Source, read};

/// Rooms of the server and the rooms of the server that each may know.
const SERVER: &[(&str, &[&str])] = &[
    // Only these two know everything: the command line and what puts a portal together.
    ("cli", &["*"]),
    ("boot", &["*"]),
    ("web", &["service", "domain", "config", "assets"]),
    ("jobs", &["service", "domain"]),
    ("service", &["domain", "store", "vault", "meta", "mail"]),
    // Of the vault a repository knows the sealed type alone: see `STORE_FROM_VAULT`.
    ("store", &["domain", "vault"]),
    // The vault draws its randomness and reads its clock where everybody does.
    ("vault", &["domain"]),
    ("meta", &["domain"]),
    ("mail", &["domain"]),
    ("config", &[]),
    ("domain", &[]),
    ("assets", &[]),
    // The root of the library names its rooms; `main.rs` calls the command line.
    ("", &["*"]),
];

/// What a repository may take from the vault: what is stored, never what opens it.
const STORE_FROM_VAULT: &[&str] = &["Sealed"];

/// Rooms of the server and the modules of `app` that each may know.
const SERVER_FROM_APP: &[(&str, &[&str])] = &[
    ("cli", &["model", "text", "validate"]),
    ("boot", &["routes"]),
    ("web", &["*"]),
    // Views and closed codes, and the pure rules that browser and server share; words for mails;
    // paths for links; what becomes of the agency's colour.
    (
        "service",
        &["model", "ports", "routes", "text", "tint", "validate"],
    ),
    ("mail", &["initials", "text"]),
    // The kinds of job, and why one failed: a page tells them in words.
    ("jobs", &["model"]),
    // The closed codes of states and roles: pages show them, so they live in `app::model`.
    ("store", &["model"]),
    ("domain", &["model", "validate"]),
    ("meta", &["model"]),
];

/// Rooms of `app` and the rooms of `app` that each may know.
const APP: &[(&str, &[&str])] = &[
    (
        "pages",
        &[
            "components",
            "islands",
            "api",
            "routes",
            "model",
            "validate",
            "text",
            "render",
        ],
    ),
    ("api", &["ports", "model", "validate", "routes"]),
    ("ports", &["model"]),
    // The frame of the desk holds islands, and fields tell theirs what the rules are.
    (
        "components",
        &["initials", "islands", "model", "routes", "text", "validate"],
    ),
    ("islands", &["model", "validate"]),
    // The document around a page: escaped by the same rule as the components.
    ("render", &["components", "model", "text"]),
    ("validate", &["model"]),
    ("routes", &["model"]),
    ("model", &[]),
    ("tint", &["model"]),
    ("initials", &[]),
    ("text", &[]),
    ("", &["*"]),
];

/// Crates that a room of the server may not know, since another room is their one home.
const FOREIGN_IN_SERVER: &[(&str, &[&str])] = &[
    // The database. A Sealed value is one of its types; services hold the transaction.
    ("sea_orm", &["store", "service", "boot", "vault", "cli"]),
    ("migrations", &["store"]),
    ("reqwest", &["meta"]),
    ("oauth2", &["meta"]),
    ("lettre", &["mail", "config"]),
    ("aes_gcm", &["vault"]),
    ("argon2", &["vault"]),
    ("axum", &["web", "assets", "boot"]),
    ("axum_extra", &["web"]),
    ("tower", &["web", "assets"]),
    ("tower_http", &["web"]),
    ("figment", &["config"]),
    ("clap", &["cli", ""]),
    ("rand", &["domain"]),
];

/// What `app` never knows, whatever travels between browser and server.
const FOREIGN_TO_APP: &[&str] = &[
    "sea_orm", "reqwest", "oauth2", "aes_gcm", "axum", "tokio", "secrecy",
];

/// Our crates, and which of ours each may know.
const CRATES: &[(&str, &[&str])] = &[
    ("app", &[]),
    ("server", &["app", "migrations"]),
    ("migrations", &[]),
    ("sandbox", &[]),
    ("tests", &["app", "server", "migrations", "sandbox"]),
    ("xtask", &[]),
];

/// Everything in a file that no arrow allows, in words.
pub fn wrong(source: &Source) -> Vec<String> {
    let krate = source.file.split('/').next().unwrap_or_default();
    let paths = source.paths();
    paths
        .iter()
        .filter_map(|path| {
            let reason = refuse(krate, source, path)?;
            Some(format!("{}: {} ({reason})", source.file, path.join("::")))
        })
        .collect()
}

fn refuse(krate: &str, source: &Source, path: &Named) -> Option<String> {
    let room = room_of(krate, source);
    if path[0] != "crate" {
        // Tests beside the code play the other side with whatever does it best.
        let is_test = source.module.iter().any(|module| module == "tests");
        let reason = refuse_crate(krate, room, path);
        return reason.filter(|_| !is_test || has(CRATES, &path[0]));
    }
    let to = path.get(1)?.as_str();
    match krate {
        "server" => refuse_server(room, to, path),
        "app" => refuse_room(APP, room, to),
        _ => None,
    }
}

/// The first module of a file, if the table has it as a room.
fn room_of<'a>(krate: &str, source: &'a Source) -> &'a str {
    let first = source.module.first().map_or("", String::as_str);
    match krate {
        "server" if !has(SERVER, first) => "",
        "app" if !has(APP, first) => "",
        _ => first,
    }
}

fn has(table: &[(&str, &[&str])], room: &str) -> bool {
    table.iter().any(|(from, _)| *from == room)
}

fn allowed<'a>(table: &'a [(&str, &'a [&'a str])], from: &str) -> &'a [&'a str] {
    table
        .iter()
        .find(|(room, _)| *room == from)
        .map_or(&[], |(_, to)| to)
}

fn refuse_room(table: &[(&str, &[&str])], from: &str, to: &str) -> Option<String> {
    // What is no room lies at the root, such as a macro.
    if from == to || !has(table, to) {
        return None;
    }
    let may = allowed(table, from);
    let fits = may.contains(&"*") || may.contains(&to);
    (!fits).then(|| format!("{from} may know {may:?}"))
}

fn refuse_server(from: &str, to: &str, path: &Named) -> Option<String> {
    if let Some(reason) = refuse_room(SERVER, from, to) {
        return Some(reason);
    }
    if from == "store" && to == "vault" {
        let item = path.get(2).map_or("", String::as_str);
        let fits = STORE_FROM_VAULT.contains(&item);
        return (!fits).then(|| format!("store may know {STORE_FROM_VAULT:?} of the vault"));
    }
    None
}

fn refuse_crate(krate: &str, room: &str, path: &Named) -> Option<String> {
    let name = path[0].as_str();
    if has(CRATES, name) && name != krate {
        let may = allowed(CRATES, krate);
        if !may.contains(&name) {
            return Some(format!("{krate} may know {may:?}"));
        }
    }
    match krate {
        "app" if FOREIGN_TO_APP.contains(&name) => Some("app never knows it".to_owned()),
        "server" if name == "app" => {
            let may = allowed(SERVER_FROM_APP, room);
            let module = path.get(1)?.as_str();
            let fits = may.contains(&"*") || may.contains(&module);
            (!fits).then(|| format!("{room} may know {may:?} of app"))
        }
        "server" => {
            let (_, homes) = FOREIGN_IN_SERVER
                .iter()
                .find(|(foreign, _)| *foreign == name)?;
            (!homes.contains(&room)).then(|| format!("its homes are {homes:?}"))
        }
        _ => None,
    }
}

/// Dependencies of a crate that it may not have.
pub fn wrong_in_manifest(krate: &str) -> Vec<String> {
    let manifest = read(&format!("{krate}/Cargo.toml"));
    let mut section = "";
    let mut wrong = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
            continue;
        }
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if !section.contains("dependencies]") || name.is_empty() || name.starts_with('#') {
            continue;
        }
        let is_ours = has(CRATES, name) && !allowed(CRATES, krate).contains(&name);
        let is_foreign =
            krate == "app" && FOREIGN_TO_APP.contains(&name.replace('-', "_").as_str());
        let is_more = krate == "migrations" && name != "sea-orm-migration" && name != "async-trait";
        if is_ours || is_foreign || is_more {
            wrong.push(format!("{krate}/Cargo.toml: {krate} may not know {name}"));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_wrong(file: &str, text: &str) -> bool {
        let krate = file.split('/').next().unwrap_or_default();
        let source = Source::new(file, &format!("{krate}/src"), text.to_owned());
        !wrong(&source).is_empty()
    }

    #[test]
    fn an_arrow_that_does_not_exist_is_found() {
        for (file, text) in [
            (
                "server/src/web/a.rs",
                "use crate::{service, vault::secret_hash};",
            ),
            (
                "server/src/web/a.rs",
                "fn a() { crate::store::jobs::claim() }",
            ),
            (
                "server/src/web/layers/a.rs",
                "use super::super::super::store;",
            ),
            ("server/src/web/a.rs", "use sea_orm::DbErr;"),
            ("server/src/service/a.rs", "use crate::config::Config;"),
            ("server/src/service/a.rs", "use app::pages::admin;"),
            ("server/src/store/a.rs", "use crate::vault::Vault;"),
            ("server/src/domain/a.rs", "use crate::service::Error;"),
            ("server/src/jobs/a.rs", "mod tests { use crate::web; }"),
            ("server/src/meta/tests/a.rs", "use sandbox::Sandbox;"),
            ("app/src/components/a.rs", "use crate::pages;"),
            ("app/src/pages/a.rs", "use sea_orm::Entity;"),
            ("sandbox/src/a.rs", "use server::meta;"),
            ("server/src/cli/a.rs", "use tests::TestApp;"),
        ] {
            assert!(is_wrong(file, text), "{file}: {text}");
        }
    }

    #[test]
    fn an_arrow_that_exists_is_let_through() {
        for (file, text) in [
            (
                "server/src/cli/a.rs",
                "use crate::{boot, store::lookup, vault::KeyRing};",
            ),
            (
                "server/src/store/a.rs",
                "use crate::{domain::agency::AgencyScope, vault::Sealed};",
            ),
            (
                "server/src/web/a.rs",
                "use super::{Web, page}; use axum::Router;",
            ),
            ("server/src/meta/tests/a.rs", "use axum::Router;"),
            (
                "app/src/pages/a.rs",
                "use crate::{components::Step, model::Frame};",
            ),
            ("tests/src/a.rs", "use server::store; use sandbox::Sandbox;"),
        ] {
            assert!(!is_wrong(file, text), "{file}: {text}");
        }
    }
}
