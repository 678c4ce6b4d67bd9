//! What `docs/ARCHITECTURE.md` says of the house, read off the sources: who may import whom, the one
//! place that makes a scope, how long a file may be, and that every route is mounted.

mod arrows;
pub mod source;

use source::{Source, files, read, sources};

/// Every crate of the workspace.
const CRATES: [&str; 6] = ["app", "server", "migrations", "sandbox", "tests", "xtask"];
/// Lines of the longest file.
const LINES_MAX: usize = 500;

/// Functions of `store::lookup`: the only finders without a scope. Whoever adds one here has read
/// `docs/SECURITY.md` on isolation.
const UNSCOPED: [&str; 16] = [
    "agencies",
    "agencies_of_people",
    "alive_of_person",
    "deletion",
    "first_agency",
    "forget_expired",
    "invitation_link",
    "job_scope",
    "logo",
    "oauth_state",
    "sealed_values",
    "session",
    "sign_in_link",
    "staff_by_email",
    "visit",
    "visits_of_browser",
];

#[test]
fn imports_follow_the_arrows() {
    let wrong: Vec<String> = CRATES
        .iter()
        .flat_map(|krate| sources(krate))
        .flat_map(|source| arrows::wrong(&source))
        .collect();
    assert!(
        wrong.is_empty(),
        "arrows that do not exist:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn manifests_name_only_what_their_crate_may_know() {
    let wrong: Vec<String> = CRATES
        .iter()
        .flat_map(|krate| arrows::wrong_in_manifest(krate))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_lookup_makes_a_scope() {
    for source in sources("server") {
        let is_home = source.module == ["store", "lookup"];
        assert_eq!(
            source.says(&["AgencyScope", "of"]),
            is_home,
            "{}: a scope comes from an authenticated actor or from store::lookup",
            source.file
        );
    }
}

#[test]
fn unscoped_finders_are_these() {
    let lookup = sources("server")
        .into_iter()
        .find(|source| source.module == ["store", "lookup"])
        .expect("there is a lookup");
    let mut found = lookup.public_functions();
    found.sort();
    assert_eq!(found, UNSCOPED);
}

/// What a repository may ask without a scope, and why it may.
const WITHOUT_SCOPE: [(&str, &str, &str); 21] = [
    ("database", "connect", "opens the database"),
    (
        "jobs",
        "claim",
        "the worker works for every agency; the job then says for which",
    ),
    ("jobs", "next_at", "as above: only when, not what"),
    ("jobs", "renew", "by the worker that has claimed it"),
    ("jobs", "finish", "by the worker that has claimed it"),
    ("schedules", "*", "one for all agencies"),
    ("bell", "*", "rings, and says nothing"),
    ("migrations", "*", "change the schema, not the rows"),
    (
        "rates",
        "count",
        "counts tries of people who are nobody yet",
    ),
    ("rates", "clear", "as above"),
    ("rates", "forget_before", "as above"),
    ("installation", "*", "one for all agencies"),
    (
        "meta_usage",
        "put",
        "Meta counts by app and account, and knows no agencies",
    ),
    ("meta_usage", "heard_since", "as above"),
    ("meta_usage", "of_app", "as above"),
    ("meta_usage", "forget_before", "as above"),
    (
        "drafts",
        "*",
        "belong to a cookie: nobody is signed in on the sign-in page",
    ),
    ("agencies", "create", "there is no scope before"),
    ("accounts", "upsert", "a row carries its agency"),
    ("*", "create", "a row carries its agency"),
    ("*", "create_*", "a row carries its agency"),
];

#[test]
fn repositories_take_a_scope() {
    let mut wrong = Vec::new();
    for source in sources("server") {
        let [room, repository] = source.module.as_slice() else {
            continue;
        };
        if room != "store" || repository == "lookup" || repository == "entity" {
            continue;
        }
        for (name, signature) in signatures(&source.text) {
            let is_excused = WITHOUT_SCOPE.iter().any(|(file, function, _)| {
                let names_it = match function.strip_suffix('*') {
                    Some(prefix) => name.starts_with(prefix),
                    None => name == *function,
                };
                (*file == "*" || file == repository) && names_it
            });
            if signature.contains("db: &") && !signature.contains("AgencyScope") && !is_excused {
                wrong.push(format!("{}: {name} takes no AgencyScope", source.file));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names and parameters of public functions.
fn signatures(text: &str) -> Vec<(String, String)> {
    text.split("pub async fn ")
        .skip(1)
        .filter_map(|rest| {
            let (name, rest) = rest.split_once('(')?;
            let (parameters, _) = rest.split_once(") ->")?;
            Some((name.to_owned(), parameters.to_owned()))
        })
        .collect()
}

#[test]
fn files_are_short() {
    let long: Vec<String> = CRATES
        .iter()
        .flat_map(|krate| files(krate, &[".rs", ".ts", ".css", ".html"]))
        .chain(files("style", &[".css"]))
        .filter_map(|file| {
            let lines = read(&file).lines().count();
            (lines > LINES_MAX).then(|| format!("{file}: {lines} lines, {LINES_MAX} at most"))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, so that this file does not find itself.
    let marks = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["todo", "!"].concat(),
        ["unimplemented", "!"].concat(),
        ["allow(dead", "_code)"].concat(),
    ];
    let found: Vec<String> = CRATES
        .iter()
        .flat_map(|krate| {
            files(
                krate,
                &[".rs", ".ts", ".css", ".html", ".txt", ".ftl", ".toml"],
            )
        })
        .chain(files("style", &[".css"]))
        .filter_map(|file| {
            let text = read(&file);
            let mark = marks.iter().find(|mark| text.contains(mark.as_str()))?;
            Some(format!("{file}: {mark}"))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The content security policy allows no style in a page; mails have no other way and live in `server::mail`.
#[test]
fn pages_have_no_inline_style() {
    let found: Vec<String> = files("app/src", &[".rs"])
        .into_iter()
        .chain(files("sandbox/src", &[".rs"]))
        .chain(files("sandbox/templates", &[".html"]))
        .filter(|file| {
            let text = read(file);
            text.split("style=").count() > 1 || text.contains("style:")
        })
        .collect();
    assert!(found.is_empty(), "inline style: {found:?}");
}

#[test]
fn every_route_is_mounted() {
    let router = sources("server")
        .into_iter()
        .find(|source| source.module == ["web"])
        .expect("there is a router");
    let routes = read("app/src/routes.rs");
    let patterns = routes
        .split_once("pub mod pattern {")
        .and_then(|(_, rest)| rest.split_once("\n}"))
        .map(|(patterns, _)| patterns)
        .expect("there are patterns");
    let names: Vec<&str> = patterns
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub const "))
        .filter_map(|line| line.split_once(':').map(|(name, _)| name))
        .collect();
    assert!(names.len() > 25, "the patterns were not understood");
    for name in names {
        assert!(
            is_mounted(&router, name),
            "pattern::{name} is not mounted in server::web"
        );
    }
}

fn is_mounted(router: &Source, name: &str) -> bool {
    let text: String = router.text.split_whitespace().collect();
    text.contains(&format!(".route(pattern::{name},"))
}
