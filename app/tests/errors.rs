//! `docs/ERRORS.md` and the page that explains errors say the same: both come from the tables of `app::model` and
//! the catalogue. `PORTICO_WRITE_DOCS=1` writes the document anew.
#![cfg(feature = "ssr")]

mod samples;

use std::{collections::BTreeSet, fmt::Write as _, fs, path::PathBuf};

use app::model::{
    AnswerClass, Explanation, OwnSign, TokenStatus,
    meta_code::{self, known},
};
use app::pages::admin;
use app::routes::pattern;
use app::text::Lang;
use samples::{render, staff};

fn word(key: &str) -> String {
    Lang::English.text(key, &[])
}

/// The document, as it has to be.
fn document() -> String {
    let mut out = format!("# {}\n\n", word("errors-title"));
    let lead = word("errors-lead");
    let _ = writeln!(
        out,
        "{lead} {} {}\n\nThe portal shows the same to staff, at `{}`; its pages lead there.\n",
        word("errors-rule"),
        word("errors-clients"),
        pattern::HELP_ERRORS
    );
    statuses(&mut out);
    classes(&mut out);
    for class in AnswerClass::ALL {
        one(&mut out, *class);
    }
    let _ = writeln!(
        out,
        "{}\n## {}\n\n{}",
        place(meta_code::UNKNOWN),
        word("errors-unlisted"),
        word("errors-unknown")
    );
    out
}

fn place(name: &str) -> String {
    format!("<a id=\"{name}\"></a>")
}

fn statuses(out: &mut String) {
    let _ = writeln!(out, "## {}\n", word("errors-statuses"));
    let _ = writeln!(
        out,
        "| {} | code | {} |\n|---|---|---|",
        word("errors-status"),
        word("errors-meaning")
    );
    for status in TokenStatus::ALL {
        let code = status.code();
        let _ = writeln!(
            out,
            "| {}{} | `{code}` | {} |",
            place(&format!("status-{code}")),
            word(&format!("token-status-{code}")),
            word(&format!("errors-status-{code}"))
        );
    }
    out.push('\n');
}

fn classes(out: &mut String) {
    let _ = writeln!(out, "## {}\n", word("errors-classes"));
    let _ = writeln!(
        out,
        "| {} | {} | {} |\n|---|---|---|",
        word("errors-class"),
        word("errors-meaning"),
        word("errors-action")
    );
    for class in AnswerClass::ALL {
        let code = class.code();
        let _ = writeln!(
            out,
            "| [{}](#{code}) | {} | `{}` |",
            word(&format!("class-{code}")),
            word(&format!("class-{code}-text")),
            class.action()
        );
    }
    out.push('\n');
}

fn one(out: &mut String, class: AnswerClass) {
    let code = class.code();
    let _ = writeln!(
        out,
        "{}\n## {}\n\n{}\n",
        place(code),
        word(&format!("class-{code}")),
        word(&format!("class-{code}-text"))
    );
    let found = { Explanation::ALL.iter() }.filter(|explanation| explanation.class() == class);
    found.for_each(|explanation| explained(out, *explanation));
}

fn explained(out: &mut String, explanation: Explanation) {
    let code = explanation.code();
    let _ = writeln!(
        out,
        "{}\n### {}\n",
        place(&explanation.anchor()),
        word(&format!("found-{code}"))
    );
    for (name, words) in [
        ("errors-shown", format!("found-{code}-text")),
        ("errors-do", format!("found-{code}-do")),
        (
            "errors-whom",
            format!("errors-whom-{}", explanation.whom().code()),
        ),
    ] {
        let _ = writeln!(out, "- **{}**: {}", word(name), word(&words));
    }
    out.push('\n');
    for sign in { OwnSign::ALL.iter() }.filter(|sign| sign.explanation() == explanation) {
        let own = format!("own-{}", sign.code());
        let _ = writeln!(out, "- {}{}", place(&own), word(&own));
    }
    for row in known().filter(|row| row.explanation == explanation) {
        let number = row.number().unwrap_or_else(|| word("errors-no-number"));
        let _ = write!(out, "- {}**{number}** “{}”", place(&row.anchor()), row.says);
        if let Some(call) = row.call {
            let call = word(&format!("meta-call-{}", call.code()));
            let at = Lang::English.text("errors-at", &[("call", call.into())]);
            let _ = write!(out, " {at}");
        }
        out.push('\n');
    }
    out.push('\n');
}

fn path() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/ERRORS.md"))
}

#[test]
fn the_document_says_what_pages_say() {
    if std::env::var_os("PORTICO_WRITE_DOCS").is_some() {
        fs::write(path(), document()).expect("docs/ERRORS.md can be written");
    }
    let stands = fs::read_to_string(path()).expect("docs/ERRORS.md");
    for (number, (stands, wanted)) in stands.lines().zip(document().lines()).enumerate() {
        assert_eq!(stands, wanted, "line {} of docs/ERRORS.md", number + 1);
    }
    assert_eq!(stands, document(), "docs/ERRORS.md ends otherwise");
}

fn page() -> String {
    render(&staff(pattern::HELP_ERRORS), admin::errors)
}

/// Values of an attribute, wherever it stands.
fn values(html: &str, attribute: &str) -> BTreeSet<String> {
    let begin = format!("{attribute}=\"");
    html.split(&begin)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn page_and_document_have_the_same_places() {
    let (page, document) = (values(&page(), " id"), values(&document(), " id"));
    let missing: Vec<_> = document.difference(&page).collect();
    assert!(missing.is_empty(), "not on the page: {missing:?}");
    assert!(document.len() > 100, "{}", document.len());
    // The page has places of its own frame, and those of what it explains.
    let explains = ["status-", "found-", "own-", "code-"];
    let left_over: Vec<_> = { page.difference(&document) }
        .filter(|place| explains.iter().any(|kind| place.starts_with(kind)))
        .collect();
    assert!(left_over.is_empty(), "not in the document: {left_over:?}");
}

#[test]
fn every_word_of_the_document_stands_on_the_page() {
    let page = page();
    for explanation in Explanation::ALL {
        for part in ["", "-text", "-do"] {
            let words = word(&format!("found-{}{part}", explanation.code()));
            assert!(page.contains(&words), "not on the page: {words}");
        }
    }
    for class in AnswerClass::ALL {
        let words = word(&format!("class-{}-text", class.code()));
        assert!(page.contains(&words), "not on the page: {words}");
    }
}

#[test]
fn every_link_within_the_page_leads_somewhere() {
    let page = page();
    let places = values(&page, " id");
    for link in values(&page, "href") {
        let Some(place) = link.strip_prefix('#') else {
            continue;
        };
        assert!(places.contains(place), "{link} leads nowhere");
    }
}

/// What is said to people has neither a number of Meta's nor a word that only programs know.
#[test]
fn what_is_said_is_said_in_words() {
    for explanation in Explanation::ALL {
        for part in ["", "-text", "-do"] {
            let words = word(&format!("found-{}{part}", explanation.code()));
            for never in ["190", "OAuth access", "subcode", "error", "access_token"] {
                assert!(!words.contains(never), "{words}");
            }
            assert!(part.is_empty() || words.ends_with('.'), "{words}");
        }
    }
}
