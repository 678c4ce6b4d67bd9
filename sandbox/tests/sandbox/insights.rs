//! Insights, at once and as reports.

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use sandbox::app_secret_proof;
use serde_json::{Value, json};

use crate::world::{MARTA, NINA, SECRET, World, answer, codes, text};

const INSIGHTS: &str = "act_1015880000000101/insights";

async fn world() -> (World, String) {
    let world = World::start().await;
    let noon: DateTime<Utc> = "2026-03-05T12:00:00Z".parse().expect("a time");
    world.sandbox.state().set_now(noon);
    let token = world.mint(MARTA);
    (world, token)
}

fn rows(page: &Value) -> &Vec<Value> {
    page["data"].as_array().expect("a list")
}

#[tokio::test]
async fn numbers_are_strings_and_add_up() {
    let (world, token) = world().await;
    let query = [
        ("fields", "spend,impressions"),
        ("date_preset", "yesterday"),
    ];
    let (status, page) = world.graph(&token, INSIGHTS, &query).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let row = &rows(&page)[0];
    let day = json!("2026-03-04");
    assert_eq!((&row["date_start"], &row["date_stop"]), (&day, &day));
    assert!(text(&row["impressions"]).parse::<u64>().expect("a number") > 0);
    let (whole, cents) = text(&row["spend"]).split_once('.').expect("cents");
    assert!(whole.parse::<u64>().is_ok() && cents.len() == 2);
    assert_eq!(row.as_object().map(serde_json::Map::len), Some(4));
    assert!(page["paging"]["cursors"]["after"].is_string() && page["paging"]["next"].is_null());
    assert_eq!(
        world.graph(&token, INSIGHTS, &query).await.1,
        page,
        "the same at every call"
    );

    let week = [
        ("fields", "impressions,campaign_id"),
        ("date_preset", "last_7d"),
    ];
    let (_, total) = world.graph(&token, INSIGHTS, &week).await;
    let sum = |page: &Value| -> u64 {
        let numbers = rows(page)
            .iter()
            .map(|row| text(&row["impressions"]).parse::<u64>());
        numbers.map(|number| number.expect("a number")).sum()
    };
    for divided in [
        [("time_increment", "1"), ("limit", "50")],
        [("level", "campaign"), ("limit", "50")],
    ] {
        let (_, parts) = world
            .graph(&token, INSIGHTS, &[week.as_slice(), &divided].concat())
            .await;
        assert!(rows(&parts).len() > 1);
        assert_eq!(sum(&parts), sum(&total));
    }
    let (_, campaigns) = world
        .graph(&token, "act_1015880000000101/campaigns", &[])
        .await;
    let campaign = text(&campaigns["data"][0]["id"]);
    let (_, one) = world
        .graph(&token, &format!("{campaign}/insights"), &week)
        .await;
    assert_eq!(
        (rows(&one).len(), text(&rows(&one)[0]["campaign_id"])),
        (1, campaign)
    );
    let (_, node) = world
        .graph(&token, campaign, &[("fields", "name,status")])
        .await;
    assert_eq!(text(&node["status"]), "ACTIVE");
}

#[tokio::test]
async fn days_come_on_pages_whose_links_keep_the_question() {
    let (world, token) = world().await;
    let range = r#"{"since":"2026-01-01","until":"2026-02-09"}"#;
    let mut query = vec![
        ("time_range", range.to_owned()),
        ("time_increment", "1".to_owned()),
    ];
    let (mut days, mut pages) = (Vec::new(), 0);
    loop {
        let pairs: Vec<_> = query
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        let (_, page) = world.graph(&token, INSIGHTS, &pairs).await;
        days.extend(
            rows(&page)
                .iter()
                .map(|row| text(&row["date_start"]).to_owned()),
        );
        pages += 1;
        let Some(next) = page["paging"]["next"].as_str() else {
            break;
        };
        assert!(next.contains("time_increment=1") && next.contains("time_range="));
        query.retain(|(key, _)| *key != "after");
        query.push((
            "after",
            text(&page["paging"]["cursors"]["after"]).to_owned(),
        ));
    }
    assert_eq!((pages, days.len()), (2, 40));
    assert_eq!(
        (days[0].as_str(), days[39].as_str()),
        ("2026-01-01", "2026-02-09")
    );
}

#[tokio::test]
async fn where_nothing_was_delivered_there_is_nothing() {
    let (world, token) = world().await;
    let closed = world
        .graph(&token, "act_1015880000000103/insights", &[])
        .await
        .1;
    assert_eq!(closed, json!({ "data": [] }));
    let ads = world.graph(&token, INSIGHTS, &[("level", "ad")]).await.1;
    assert_eq!(ads, json!({ "data": [] }));
    let code =
        async |query: &[(&str, &str)]| codes(&world.graph(&token, INSIGHTS, query).await.1).0;
    assert_eq!(
        code(&[(
            "time_range",
            r#"{"since":"2023-02-04","until":"2023-03-01"}"#
        )])
        .await,
        3018
    );
    assert_eq!(
        code(&[(
            "time_range",
            r#"{"since":"2023-02-05","until":"2023-03-01"}"#
        )])
        .await,
        0
    );
    assert_eq!(
        code(&[(
            "time_range",
            r#"{"since":"2026-02-02","until":"2026-02-01"}"#
        )])
        .await,
        100
    );
    assert_eq!(code(&[("date_preset", "whenever")]).await, 100);
    assert_eq!(code(&[("fields", "nonsense")]).await, 100);
    assert_eq!(code(&[("level", "universe")]).await, 100);
    let nina = world.mint(NINA);
    assert_eq!(
        codes(&world.graph(&nina, INSIGHTS, &[]).await.1),
        (100, Some(33))
    );
}

#[tokio::test]
async fn a_report_is_begun_polled_and_fetched() {
    let (world, token) = world().await;
    let proof = app_secret_proof(SECRET, &token);
    let form = [
        ("fields", "spend"),
        ("date_preset", "yesterday"),
        ("level", "campaign"),
        ("appsecret_proof", proof.as_str()),
    ];
    let url = world.url(&format!("/v25.0/{INSIGHTS}"));
    let begun = world
        .http
        .post(url)
        .bearer_auth(&token)
        .form(&form)
        .send()
        .await;
    let (_, begun) = answer(begun.expect("an answer")).await;
    let run = text(&begun["report_run_id"]).to_owned();
    assert!(!run.is_empty(), "{begun}");
    let result = format!("{run}/insights");
    assert_eq!(
        codes(&world.graph(&token, &result, &[]).await.1).0,
        2601,
        "not yet"
    );
    let mut seen = Vec::new();
    for _ in 0..5 {
        let (_, polled) = world.graph(&token, &run, &[]).await;
        seen.push((
            text(&polled["async_status"]).to_owned(),
            polled["async_percent_completion"].as_u64(),
        ));
    }
    let expected = [
        ("Job Not Started", 0),
        ("Job Started", 10),
        ("Job Running", 60),
        ("Job Completed", 100),
        ("Job Completed", 100),
    ];
    assert_eq!(
        seen,
        expected.map(|(status, percent)| (status.to_owned(), Some(percent)))
    );
    let (_, first) = world.graph(&token, &result, &[("limit", "2")]).await;
    assert_eq!(rows(&first).len(), 2);
    let now = [
        ("fields", "spend"),
        ("date_preset", "yesterday"),
        ("level", "campaign"),
        ("limit", "2"),
    ];
    let (_, same) = world.graph(&token, INSIGHTS, &now).await;
    assert_eq!(first["data"], same["data"]);

    let edges: Vec<_> = world
        .sandbox
        .state()
        .calls()
        .iter()
        .map(|call| call.edge.clone())
        .collect();
    assert_eq!(
        edges[..3],
        ["insights:post", "report_run/insights", "report_run"]
    );
    let nina = world.mint(NINA);
    assert_eq!(
        codes(&world.graph(&nina, &run, &[]).await.1),
        (100, Some(33))
    );
    world.sandbox.state().advance(31 * 86_400);
    assert_eq!(
        codes(&world.graph(&token, &run, &[]).await.1),
        (100, Some(33)),
        "after 30 days"
    );
}
