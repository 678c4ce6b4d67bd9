//! `/metrics`, and what stands in `docs/monitoring` against it. All figures in one test: whatever counts, counts for the
//! whole process.

use std::collections::BTreeSet;

use app::{model::Role, routes::pattern};
use chrono::TimeDelta;
use sandbox::Quotas;
use server::{boot::metrics, meta::Fault};
use tests::{TestApp, people};
use tokio_util::sync::CancellationToken;
use yaml_rust2::{Yaml, YamlLoader};

use crate::arch::source::read;

const ALERTS: &str = "docs/monitoring/alerts.yml";
const DASHBOARD: &str = "docs/monitoring/grafana.json";

/// What Prometheus would read.
struct Scrape(String);

impl Scrape {
    /// The value of the series that begins so.
    fn value(&self, series: &str) -> f64 {
        let line = self.0.lines().find_map(|line| {
            let rest = line.strip_prefix(series)?;
            rest.starts_with([' ', '{', ',', '}']).then_some(line)
        });
        let line = line.unwrap_or_else(|| panic!("no {series} in\n{}", self.0));
        let value = line.rsplit(' ').next().expect("a value");
        value.parse().expect("a number")
    }

    /// The names of all series, and of what they are parts of.
    fn names(&self) -> BTreeSet<&str> {
        { self.0.lines() }
            .map(|line| line.strip_prefix("# TYPE ").unwrap_or(line))
            .filter_map(|line| line.split([' ', '{']).next())
            .filter(|name| name.starts_with("portico_"))
            .collect()
    }
}

/// Words that look like the names of figures.
fn named(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("portico_"))
        .collect()
}

#[test]
fn each_alert_says_what_is_wrong_and_what_to_do() {
    let documents = YamlLoader::load_from_str(&read(ALERTS)).expect("YAML");
    let [document] = documents.as_slice() else {
        panic!("{} documents", documents.len());
    };
    let groups = document["groups"].as_vec().expect("groups");
    let rules = groups.iter().flat_map(|group| {
        assert!(group["name"].as_str().is_some(), "{group:?}");
        group["rules"].as_vec().expect("rules")
    });
    let operations = read("docs/OPERATIONS.md");
    let mut names = BTreeSet::new();
    for rule in rules {
        let text = |value: &Yaml| value.as_str().unwrap_or_default().to_owned();
        let name = text(&rule["alert"]);
        assert!(names.insert(name.clone()), "{name} stands twice");
        assert!(
            text(&rule["expr"]).contains("portico_"),
            "{name}: no figure"
        );
        assert!(!text(&rule["for"]).is_empty(), "{name}: for how long");
        let severity = text(&rule["labels"]["severity"]);
        let severities = ["critical", "warning", "info"];
        assert!(
            severities.contains(&severity.as_str()),
            "{name}: {severity}"
        );
        assert!(
            text(&rule["annotations"]["summary"]).ends_with(['.', '?']),
            "{name}: a sentence"
        );
        let runbook = text(&rule["annotations"]["runbook"]);
        assert_eq!(runbook, "docs/OPERATIONS.md#when-an-alert-fires", "{name}");
        assert!(
            operations.contains(&format!("\n| {name} | ")),
            "{name}: what to do"
        );
    }
    assert!(operations.contains("\n### When an alert fires\n"));
    let explained = operations.matches("\n| Portico").count();
    assert_eq!(
        explained,
        names.len(),
        "an alert that is not there is explained"
    );
}

#[test]
fn the_dashboard_can_be_imported() {
    let dashboard: serde_json::Value = serde_json::from_str(&read(DASHBOARD)).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let mut ids = BTreeSet::new();
    for panel in panels {
        let title = panel["title"].as_str().expect("a title");
        assert!(
            ids.insert(panel["id"].as_u64()),
            "{title}: its id stands twice"
        );
        let asked = panel["targets"].as_array().map_or(0, Vec::len);
        assert_eq!(asked == 0, panel["type"] == "row", "{title}");
    }
    let source = &dashboard["templating"]["list"][0];
    assert_eq!(
        (&source["name"], &source["type"]),
        (&"datasource".into(), &"datasource".into())
    );
}

#[tokio::test]
async fn figures_are_read_from_the_database_and_name_nobody() {
    let app = TestApp::start().await;
    let metrics = metrics::listen("127.0.0.1:0".parse().expect("an address"))
        .await
        .expect("a listener");
    let address = metrics.address().expect("a port");
    let stop = CancellationToken::new();
    let serving = tokio::spawn(metrics.until(app.portal.clone(), stop.clone()));
    let scrape = || async {
        let answer = reqwest::get(format!("http://{address}/metrics")).await;
        let answer = answer.expect("an answer").error_for_status().expect("200");
        Scrape(answer.text().await.expect("a text"))
    };

    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska Ceramics", people::MARTA).await;
    app.pending("Zielinski", people::TOMASZ).await;
    app.browser().request("KOWALSKA", "/", &[]).await;
    let unsigned = String::from("signed_request=e30.e30");
    app.post_as_meta(pattern::DEAUTHORIZE, &[], unsigned).await;
    let first = scrape().await;
    for (series, value) in [
        ("portico_database_up", 1.0),
        ("portico_tokens{status=\"active\"}", 1.0),
        ("portico_tokens{status=\"revoked\"}", 0.0),
        ("portico_approvals_waiting", 1.0),
        ("portico_approvals_waiting_long", 0.0),
        ("portico_dead_letters", 0.0),
        ("portico_queue_age_seconds", 0.0),
        ("portico_validations_total{class=\"none\"}", 2.0),
        ("portico_validations_total{class=\"relogin\"}", 0.0),
        ("portico_mails{state=\"failed\"}", 0.0),
        ("portico_meta_stopped{of=\"app\"}", 0.0),
    ] {
        assert_eq!(first.value(series), value, "{series}");
    }

    // However often somebody asks: for so long the database is not.
    let id = app.sql_id(client);
    let dead = format!("UPDATE clients SET token_status = 'revoked' WHERE id = {id}");
    assert_eq!(app.execute(&dead).await, 1);
    assert_eq!(
        scrape().await.value("portico_tokens{status=\"revoked\"}"),
        0.0
    );
    // Until Meta asks to wait.
    app.sandbox.state().set_quotas(Quotas {
        app: 1,
        ..Quotas::default()
    });
    let (graph, token) = (app.portal.graph().expect("a Meta app"), "EAAnobodys".into());
    while graph
        .debug_token(&token)
        .await
        .err()
        .map(|error| error.fault)
        != Some(Fault::Held)
    {}
    app.advance(TimeDelta::seconds(15));
    let second = scrape().await;
    assert_eq!(second.value("portico_tokens{status=\"revoked\"}"), 1.0);
    assert_eq!(second.value("portico_figures_age_seconds"), 0.0);

    // Patterns, and nothing of anybody.
    admin.client_page(client).await;
    let text = scrape().await.0;
    assert!(text.contains("route=\"/admin/clients/{id}\""), "{text}");
    assert!(text.contains("method=\"other\""), "{text}");
    for private in [
        "kowalska",
        "northlight",
        people::MARTA,
        "/i/",
        &client.to_string(),
    ] {
        let line = { text.lines() }.find(|line| line.to_lowercase().contains(private));
        let is_pattern = line.is_some_and(|line| line.contains("/i/{secret}"));
        assert!(line.is_none() || is_pattern, "{private}: {line:?}");
    }

    // What the files for Prometheus and Grafana ask for is there.
    let names = second.names();
    for file in [ALERTS, DASHBOARD, "docs/OPERATIONS.md"] {
        let asked = read(file);
        let asked = named(&asked);
        assert!(asked.len() > 8, "{file}: {asked:?}");
        let missing: Vec<_> = asked.iter().filter(|name| !names.contains(*name)).collect();
        assert!(missing.is_empty(), "{file} asks for {missing:?}\n{names:?}");
    }

    let operations = read("docs/OPERATIONS.md");
    let explained = named(&operations);
    let families = { second.0.lines() }.filter_map(|line| line.strip_prefix("# TYPE "));
    for family in families.filter_map(|line| line.split(' ').next()) {
        assert!(
            explained.contains(family),
            "docs/OPERATIONS.md does not explain {family}"
        );
    }

    // A database that is gone is said to be, with what was known before.
    app.portal.db.clone().close().await;
    app.advance(TimeDelta::seconds(60));
    let last = scrape().await;
    assert_eq!(last.value("portico_database_up"), 0.0);
    assert_eq!(last.value("portico_figures_age_seconds"), 60.0);
    assert_eq!(last.value("portico_tokens{status=\"revoked\"}"), 1.0);
    stop.cancel();
    serving.await.expect("an end");
}
