//! Every page with usual, hard and hostile views: what must hold of all of them, and what each journey relies on.
#![cfg(feature = "ssr")]

mod samples;

use std::io::Write;

use app::model::*;
use app::pages::{admin, client};
use app::render::{AssetPaths, Refresh, Rendered, html};
use app::routes::{self, pattern};
use app::text::Lang;
use flate2::{Compression, write::GzEncoder};
use samples::{gallery::gallery, *};

/// A page by its name in the gallery.
fn page(name: &str) -> String {
    rendered(name).html
}

fn rendered(name: &str) -> Rendered {
    let sample = gallery()
        .into_iter()
        .find(|sample| sample.name == name)
        .unwrap_or_else(|| panic!("no page {name}"));
    html(Lang::English, &sample.frame, &assets(), sample.draw)
}

#[test]
fn holds_for_every_page() {
    for sample in gallery() {
        let name = sample.name.clone();
        let Rendered { html, nonce, .. } =
            app::render::html(Lang::English, &sample.frame, &assets(), sample.draw);
        assert!(!html.contains("style="), "{name}: an inline style");
        assert!(!html.contains("<style"), "{name}: a style element");
        let nonces = [
            format!("<script nonce=\"{nonce}\">"),
            format!("<script type=\"module\" nonce=\"{nonce}\">"),
        ];
        let ours: usize = nonces
            .iter()
            .map(|script| html.matches(script.as_str()).count())
            .sum();
        assert_eq!(
            (ours, html.matches("<script").count()),
            (2, 2),
            "{name}: a script that is not ours"
        );
        assert!(
            !html.contains("onclick") && !html.contains("onsubmit"),
            "{name}: a handler"
        );
        assert_eq!(html.matches("<h1").count(), 1, "{name}: one headline");
        assert_eq!(html.matches(r#"id="main""#).count(), 1, "{name}: one main");
        let title = html
            .split("<title>")
            .nth(1)
            .and_then(|rest| rest.split("</title>").next());
        let title = title.expect("a title");
        assert!(
            !title.contains('<'),
            "{name}: nothing but words in the title: {title}"
        );
        assert!(!html.contains('\u{E000}'), "{name}: a slot was left open");
    }
}

#[test]
fn ids_are_unique() {
    for sample in gallery() {
        let name = sample.name.clone();
        let html = render(&sample.frame, sample.draw);
        let mut ids: Vec<_> = html
            .split(r#" id=""#)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}");
    }
}

#[test]
fn no_key_shows_as_itself() {
    let keys = [
        "-title",
        "-text",
        "scope-",
        "stop-",
        "timeline-",
        "notice-",
        "problem-",
        "invitation-",
        "never-",
        "guide-",
        "keys-",
        "-ask",
        "-yes",
    ];
    for sample in gallery() {
        let name = sample.name.clone();
        let html = render(&sample.frame, sample.draw);
        for text in html.split('>').filter_map(|part| part.split('<').next()) {
            let is_key = !text.contains(' ') && keys.iter().any(|key| text.contains(key));
            assert!(!is_key, "{name}: {text}");
        }
    }
}

#[test]
fn names_are_escaped_everywhere() {
    let html = page("invitation-hard");
    assert!(html.contains("&lt;script&gt;alert("));
    let html = page("client-hostile");
    assert!(html.contains("&lt;script&gt;"));
    let mut form = FormState::default().with("reason-selected", "</textarea><script>x</script>");
    form.refuse("reason-selected", Some(Problem::Required));
    let view = QueueView { form, ..queue() };
    let html = render(&staff(pattern::QUEUE), |frame| admin::queue(frame, view));
    assert!(!html.contains("<script>"));
    assert!(html.contains("&lt;/textarea>&lt;script>"));
}

#[test]
fn invitation_says_what_is_asked() {
    let html = page("invitation");
    assert!(html.contains(r#"action="/i/secret/start""#));
    assert!(html.contains("Continue with Facebook"));
    assert!(html.contains("Change your ads or your budget"));
    assert!(
        !html.contains("Change how you pay"),
        "business_management may"
    );
    assert!(html.contains("Sunday, 29 November"));
    let html = page("invitation-hard");
    assert!(!html.contains("Change your ads or your budget"));
    assert!(html.contains("pages_messaging"));
}

#[test]
fn deletion_says_what_goes_and_what_stays_and_looks_again_until_it_is_done() {
    for (name, refreshes) in [
        ("deletion-received", true),
        ("deletion-doing", true),
        ("deletion-done", false),
        ("deletion-nothing", false),
    ] {
        let Rendered { html, refresh, .. } = rendered(name);
        let path = routes::deletion(DELETION_CODE);
        let expected = refreshes.then_some(Refresh { seconds: 10, path });
        assert_eq!(refresh, expected, "{name}");
        let is_known = name != "deletion-nothing";
        assert_eq!(html.contains("What stays, and why"), is_known, "{name}");
        assert!(html.contains(DELETION_CODE), "{name}");
    }
}

#[test]
fn identity_leads_three_ways() {
    let html = page("identity-missing");
    assert!(html.contains(&format!(r#"action="{}""#, routes::visit_confirm(id(1)))));
    assert!(html.contains(r#"name="how" value="another""#));
    assert!(html.contains(r#"name="how" value="missing""#));
    assert!(html.contains("limited connection"));
    assert!(html.contains(r#"referrerpolicy="no-referrer""#));
    assert!(!page("identity").contains(r#"value="missing""#));
}

#[test]
fn enter_searches_and_never_submits() {
    let html = page("accounts-hard");
    let form = html.split("picking").nth(1).expect("the form");
    let place = |action: &str| form.find(&format!(r#"name="action" value="{action}""#));
    assert!(place("search").is_some() && place("search") < place("page:1"));
    assert!(place("page:1") < place("submit"));
    assert!(html.contains(r#"value="page:1""#) && html.contains(r#"value="page:3""#));
    assert!(html.contains("3 more on other pages"));
}

#[test]
fn only_open_accounts_can_be_ticked() {
    let html = page("accounts");
    assert_eq!(html.matches(r#"name="shown""#).count(), 3);
    assert_eq!(html.matches(r#"name="account""#).count(), 4);
    assert_eq!(html.matches(" disabled").count(), 1);
    assert_eq!(html.matches(" checked").count(), 2);
}

#[test]
fn queue_belongs_to_one_form() {
    let html = page("queue");
    assert_eq!(
        html.matches(&format!(r#"action="{}""#, pattern::QUEUE_DECIDE))
            .count(),
        1
    );
    assert!(html.contains(&format!(r#"value="{}:3""#, id(1))));
    assert!(html.contains(r#"name="approve" value="selected""#));
    let first = html.find(r#"form="decide""#).expect("a button of the form");
    let start = html[..first].rfind('<').expect("its element");
    let end = start + html[start..].find('>').expect("its end");
    assert!(
        html[start..end].contains(r#"formmethod="dialog""#),
        "Enter decides nothing"
    );
    assert!(!page("queue-look-only").contains("approve"));
}

#[test]
fn refused_reason_is_kept_and_open() {
    let html = page("queue-refused");
    assert!(html.contains(&"x".repeat(80)));
    assert_eq!(html.matches("<details open").count(), 1);
    assert!(html.contains(&format!("#field-reason-{}", id(3))));
}

#[test]
fn client_page_offers_what_fits() {
    let html = page("client");
    assert!(html.contains("/send\"") && !html.contains("/resend\"") && !html.contains("/revoke\""));
    let html = page("client-fresh");
    assert!(!html.contains("/send\"") && html.contains("/resend\"") && html.contains("/revoke\""));
    assert!(html.contains("readonly") && html.contains("leptos-island"));
    let html = page("client-pending");
    assert!(html.contains(&format!(
        r#"name="back" value="{}""#,
        routes::client(id(101))
    )));
    assert!(
        page("client").contains("odd.thing_happened"),
        "an unknown action is named"
    );
    assert!(!page("client-hostile").contains("/copy\""));
}

#[test]
fn a_password_is_never_put_back() {
    let mut form = FormState::default()
        .with("email", "a@b.co")
        .with("password", "hunter2hunter2");
    form.refuse("password", Some(Problem::WrongSignIn));
    let view = SignInView {
        next: Some("/admin/queue".into()),
        is_again: false,
        form,
    };
    let html = render(&visitor(), |frame| admin::sign_in(frame, view));
    assert!(!html.contains("hunter2"));
    assert!(html.contains(r#"name="next" value="/admin/queue""#));
    assert!(html.contains(r#"aria-invalid="true""#));
    assert!(html.contains(r#"value="a@b.co""#));
}

#[test]
fn work_in_progress_comes_again_by_itself() {
    let again = Refresh {
        seconds: 3,
        path: routes::visit(id(1)),
    };
    assert_eq!(rendered("progress-reading").refresh, Some(again));
    assert_eq!(rendered("done").refresh, None);
}

/// What the HTML of a client's page may weigh on the wire: with the stylesheet 20 kB. Compressed as gzip here, which
/// is larger than the brotli that most browsers take.
const PAGE_BYTES: usize = 11_000;

#[test]
fn every_page_of_a_client_is_light() {
    for sample in gallery() {
        // The style guide is for developers.
        if sample.frame.staff.is_some() || sample.name == "styleguide" {
            continue;
        }
        let html = render(&sample.frame, sample.draw);
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(html.as_bytes()).expect("room");
        let weight = packed.finish().expect("room").len();
        assert!(weight <= PAGE_BYTES, "{}: {weight} bytes", sample.name);
    }
}

#[test]
fn scripts_come_with_islands_only() {
    let assets = AssetPaths {
        browser: Some("portico.hash".into()),
        ..assets()
    };
    let with_script = |view| {
        let page = |frame: &Frame| admin::client(frame, view);
        html(Lang::English, &staff("/admin/clients"), &assets, page)
    };
    let rendered = with_script(fresh_client());
    assert!(rendered.html.contains("/pkg/portico.hash_bg.wasm"));
    // It is fetched when the page is whole; an early hint would have it compete with stylesheet and font.
    assert!(!rendered.html.contains("modulepreload"));
    assert_eq!(rendered.html.matches("preload").count(), 1, "the font");
    let plain = |frame: &Frame| client::done(frame, done(ConnectionState::Pending));
    let plain = html(Lang::English, &visitor(), &assets, plain).html;
    assert!(!plain.contains("import(") && !plain.contains(".wasm"));
}

#[test]
fn an_unsent_name_is_no_trouble() {
    let view = DoneView {
        person_name: String::new(),
        client_name: String::new(),
        email: String::new(),
        accounts: vec![],
        scopes: vec![],
        ..done(ConnectionState::Pending)
    };
    let html = render(&visitor(), |frame| client::done(frame, view));
    assert!(html.contains("Your part is done"));
}

/// Names of the public pages in `app/src/pages/{room}/mod.rs`: constants are written in capitals.
fn pages_of(room: &str) -> Vec<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let source = std::fs::read_to_string(format!("{root}/src/pages/{room}/mod.rs"));
    let source = source.expect("a readable source");
    let exports = source.lines().filter(|line| line.starts_with("pub use "));
    exports
        .flat_map(|line| line.rsplit("::").next().unwrap_or_default().split(','))
        .map(|name| name.trim_matches(|c: char| !c.is_alphanumeric() && c != '_'))
        .filter(|name| !name.is_empty() && !name.contains(|c: char| c.is_uppercase()))
        .filter(|name| !name.ends_with("_key"))
        .map(|name| format!("{room}::{name}"))
        .collect()
}

/// All that is written in `tests/samples`.
fn sources_of_samples() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
    let files = std::fs::read_dir(folder).expect("the samples");
    files
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a source"))
        .collect()
}

/// Whether a source names this page, and not one whose name only begins so.
fn draws(source: &str, page: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    source
        .match_indices(page)
        .any(|(at, _)| !source[at + page.len()..].starts_with(is_part))
}

/// Whether a sample of this name, or one of those with this beginning (`done-{}`), is photographed.
fn is_photographed(name: &str) -> bool {
    let begin = name.split('{').next().unwrap_or_default();
    SCREENS
        .iter()
        .any(|screen| *screen == name || (begin != name && screen.starts_with(begin)))
}

#[test]
fn every_page_has_its_pictures() {
    let source = sources_of_samples();
    let names: Vec<_> = gallery().into_iter().map(|sample| sample.name).collect();
    let mut expected = Vec::new();
    for name in SCREENS {
        assert!(names.iter().any(|known| known == name), "no page {name}");
        for size in [360, 1280] {
            for scheme in ["light", "dark"] {
                expected.push(format!("{name}-{size}-{scheme}.webp"));
            }
        }
    }
    expected.sort();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screens");
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .expect("docs/screens")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    found.sort();
    assert_eq!(found, expected, "run `cargo xtask screens`");
    for page in pages_of("client").into_iter().chain(pages_of("admin")) {
        let is_drawn = source.split("sample(").any(|sample| {
            let name = sample.split('"').nth(1).unwrap_or_default();
            is_photographed(name) && draws(sample, &page)
        });
        assert!(
            is_drawn,
            "{page} has no picture: name one of its samples in SCREENS"
        );
    }
}
