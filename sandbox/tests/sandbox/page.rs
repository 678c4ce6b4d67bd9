//! The control page: what it shows, what its buttons do, and who may press them.

use reqwest::header::{HOST, ORIGIN};
use reqwest::{RequestBuilder, Response, StatusCode};
use sandbox::{AppMode, Event, Fault, Target};
use serde_json::json;

use crate::portal::Portal;
use crate::world::{ENDLESS, MARTA, NINA, SCOPES, World, code_in, codes, text};

const ZOE: &str = "4815162342";

async fn page(world: &World) -> String {
    let response = world.http.get(world.url("/_control")).send().await;
    let response = response.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    response.text().await.expect("a page")
}

fn pressing(world: &World, what: &str, form: &[(&str, &str)]) -> RequestBuilder {
    let url = world.url(&format!("/_control/press/{what}"));
    world.http.post(url).form(form)
}

/// Presses as a browser does, and tells where it leads.
async fn press(world: &World, what: &str, form: &[(&str, &str)]) -> String {
    let request = pressing(world, what, form).header("sec-fetch-site", "same-origin");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::SEE_OTHER, "{what} {form:?}");
    let back = response.headers()["location"].to_str().expect("text");
    back.to_owned()
}

async fn refused(request: RequestBuilder) -> (StatusCode, String) {
    let response: Response = request.send().await.expect("an answer");
    let status = response.status();
    (status, response.text().await.expect("text"))
}

async fn happen(world: &World, person: &str, happening: &str) -> String {
    press(
        world,
        "person",
        &[("person", person), ("happening", happening)],
    )
    .await
}

/// The part of the page about a person.
fn part<'a>(page: &'a str, person: &str) -> &'a str {
    let from = page.find(&format!("id=\"person-{person}\"")).expect("them");
    let to = page[from..].find("</details>").expect("an end");
    &page[from..from + to]
}

#[tokio::test]
async fn the_address_of_the_sandbox_leads_to_its_page() {
    let world = World::start().await;
    let response = world.http.get(world.url("/")).send().await.expect("one");
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], "/_control");
    let response = world.http.get(world.url("/_control")).send().await;
    let response = response.expect("an answer");
    let policy = response.headers()["content-security-policy"].to_str();
    let policy = policy.expect("text");
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"));
    assert_eq!(response.headers()["cache-control"], "no-store");
    let sheet = world.url("/_sandbox/control.css");
    let sheet = world.http.get(sheet).send().await.expect("a sheet");
    assert_eq!(sheet.headers()["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn names_are_escaped_and_tokens_told_by_their_end() {
    let world = World::start().await;
    let token = world.mint(ZOE);
    world
        .control("people", json!({ "id": ZOE, "name": r#"<b>"'&amp;</b>"# }))
        .await;
    world.sandbox.state().fault(Fault {
        person: Some(ZOE.to_owned()),
        message: "<i>no</i>".to_owned(),
        ..Fault::transient("me")
    });
    let page = page(&world).await;
    assert!(!page.contains("<b>") && !page.contains("<i>"));
    assert!(page.contains("&lt;b&gt;&quot;&#x27;&amp;amp;&lt;&#x2f;b&gt;"));
    assert!(part(&page, ZOE).contains(&format!("<code>…{}</code>", &token[token.len() - 6..])));
    assert!(!page.contains(&token) && !page.contains("EAA"));
}

/// Every button and choice has words of its own: buttons by their text, the rest by a label.
#[tokio::test]
async fn every_control_has_a_label() {
    let world = World::start().await;
    code_in(&world.consent(MARTA, &[("scope", "ads_read")], &[]).await);
    let page = page(&world).await;
    let starts = |tag: &str| {
        page.match_indices(tag)
            .map(|(at, _)| &page[at..])
            .collect::<Vec<_>>()
    };
    for select in starts("<select ") {
        let id = select.split('"').nth(1).expect("an id");
        assert!(page.contains(&format!("<label for=\"{id}\">")), "{id}");
    }
    for input in starts("<input ") {
        let tag = &input[..input.find('>').expect("an end")];
        let before = &page[..page.len() - input.len()];
        assert!(tag.contains("type=\"hidden\"") || before.ends_with("<label class=\"check\">"));
    }
    for button in starts("<button") {
        let end = button.find("</button>").expect("an end");
        let text = button[..end].split_once('>').expect("a tag").1.trim();
        assert!(!text.is_empty());
    }
    assert!(!page.contains("style=") && !page.contains("<script"));
}

#[tokio::test]
async fn what_can_happen_to_a_person_can_be_pressed() {
    for (happening, subcode) in [
        ("expire", 463),
        ("end_data_access", 493),
        ("change_password", 460),
        ("log_out", 467),
        ("remove_app", 458),
        ("request_deletion", 458),
        ("block", 459),
    ] {
        let world = World::start().await;
        let token = world.mint(MARTA);
        let others = world.mint(NINA);
        let back = happen(&world, MARTA, happening).await;
        assert_eq!(
            back,
            format!("/_control?said={happening}&person={MARTA}#person-{MARTA}")
        );
        let (_, body) = world.graph(&token, "me", &[]).await;
        assert_eq!(codes(&body), (190, Some(subcode)), "{happening}");
        assert_eq!(world.graph(&others, "me", &[]).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn the_page_tells_how_a_person_stands() {
    let world = World::start().await;
    assert!(part(&page(&world).await, MARTA).contains("No token"));
    let form = [("scope", "ads_read")];
    let code = code_in(&world.consent(MARTA, &form, &[]).await);
    world.redeem(&code).await;
    let before = page(&world).await;
    let before = part(&before, MARTA);
    assert!(before.contains("1 token<") && before.contains("Works until"));
    assert!(before.contains("value=\"ads_read\"") && before.contains("Declined"));
    assert!(!before.contains("value=\"public_profile\""));
    assert!(before.contains(">Block<") && !before.contains(">Unblock<"));

    happen(&world, MARTA, "block").await;
    let back = press(
        &world,
        "person",
        &[("person", MARTA), ("revoke", "ads_read")],
    )
    .await;
    let response = world.http.get(world.url(&back)).send().await;
    let after = response.expect("an answer").text().await.expect("a page");
    assert!(after.contains("Marta Kowalska</bdi></strong>: The permission was taken back."));
    let after = part(&after, MARTA);
    assert!(after.starts_with(&format!("id=\"person-{MARTA}\" open")));
    assert!(after.contains(">Unblock<") && after.contains(">Blocked<"));
    assert!(!after.contains("value=\"ads_read\""));
    happen(&world, MARTA, "unblock").await;
    happen(&world, MARTA, "expire").await;
    let after = page(&world).await;
    assert!(part(&after, MARTA).contains("No token works"));
    assert!(part(&after, MARTA).contains("Expired "));
}

#[tokio::test]
async fn a_system_user_is_shown_with_what_can_happen_to_it() {
    let world = World::start().await;
    let login = world.business_login(ENDLESS).await;
    let seen = world.debug(text(&login["access_token"])).await;
    let id = text(&seen["user_id"]);
    let page = page(&world).await;
    let part = part(&page, id);
    assert!(part.contains("System user of") && part.contains("Works, without an end"));
    assert!(part.contains("value=\"remove_app\"") && part.contains("the portal is not called"));
    assert!(!part.contains("value=\"change_password\"") && !part.contains("value=\"block\""));
}

#[tokio::test]
async fn trouble_is_made_for_whom_it_is_meant_and_cleared() {
    let world = World::start().await;
    let (marta, nina) = (world.mint(MARTA), world.mint(NINA));
    let fault = |preset, edge, person, times| {
        [
            ("preset", preset),
            ("edge", edge),
            ("person", person),
            ("times", times),
        ]
    };
    press(&world, "fault", &fault("throttled_user", "*", MARTA, "0")).await;
    press(&world, "fault", &fault("html", "me", "", "1")).await;
    let shown = page(&world).await;
    assert!(shown.contains("2 active") && shown.contains("until cleared"));
    assert!(shown.contains("1 more time<"));
    for _ in 0..2 {
        assert_eq!(codes(&world.graph(&marta, "me", &[]).await.1).0, 17);
    }
    press(&world, "clear", &[("edge", "me")]).await;
    assert_eq!(world.graph(&nina, "me", &[]).await.0, StatusCode::OK);
    assert_eq!(codes(&world.graph(&marta, "me", &[]).await.1).0, 17);
    press(&world, "clear", &[]).await;
    assert_eq!(world.graph(&marta, "me", &[]).await.0, StatusCode::OK);
    for wrong in [
        fault("no_such", "me", "", "1"),
        fault("html", "nowhere", "", "1"),
        fault("html", "me", "1", "1"),
        fault("html", "me", "", "often"),
    ] {
        let request = pressing(&world, "fault", &wrong).header("sec-fetch-site", "same-origin");
        let (status, shown) = refused(request).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(shown.contains("role=\"alert\""));
    }
    assert!(
        page(&world)
            .await
            .contains("Every call is answered as it should be.")
    );
}

#[tokio::test]
async fn clock_and_app_are_set() {
    let world = World::start().await;
    let state = world.sandbox.state();
    let begin = state.now();
    for days in ["1", "7", "60", "90"] {
        press(&world, "clock", &[("days", days)]).await;
    }
    assert_eq!((state.now() - begin).num_days(), 158);
    assert!(
        page(&world)
            .await
            .contains("158 days ahead of this computer")
    );
    press(&world, "clock", &[("real", "1")]).await;
    assert_eq!((state.now() - begin).num_days(), 0);

    for (value, mode) in [
        ("development", AppMode::Development),
        ("inactive", AppMode::Inactive),
        ("live", AppMode::Live),
    ] {
        press(&world, "app", &[("app_mode", value), ("callbacks", "1")]).await;
        assert_eq!(state.settings().app_mode, mode);
        assert!(
            page(&world)
                .await
                .contains(&format!("value=\"{value}\" selected"))
        );
    }
    assert!(state.settings().callbacks);
    press(&world, "app", &[("app_mode", "live")]).await;
    assert!(!state.settings().callbacks);

    let token = world.mint(MARTA);
    press(&world, "reset", &[]).await;
    assert_eq!(codes(&world.graph(&token, "me", &[]).await.1).0, 190);
}

#[tokio::test]
async fn calls_are_shown_newest_first_and_no_more_than_two_hundred() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    for _ in 0..200 {
        world.graph(&token, "me", &[]).await;
    }
    let url = world.url("/v25.0/me/permissions");
    let url = format!("{url}?access_token={token}");
    world.http.get(url).send().await.expect("an answer");
    let shown = page(&world).await;
    let table = &shown[shown.find("<tbody>").expect("a table")..];
    assert_eq!(table.matches("<tr>").count(), 200);
    assert!(shown.contains("And 1 earlier."));
    let first = &table[..table.find("</tr>").expect("a row")];
    assert!(first.contains("me&#x2f;permissions") && first.contains("token in the address"));
    assert!(first.contains("400 · error 100"));
}

#[tokio::test]
async fn calls_to_the_portal_are_shown_and_sent_again() {
    let (portal, world) = Portal::start().await;
    world.mint(MARTA);
    let promise = r#"{"url":"https://p.example/d?a=1&b=2","confirmation_code":"<abc>"}"#;
    portal.answer(StatusCode::OK, "");
    portal.answer(StatusCode::OK, promise);
    happen(&world, MARTA, "remove_app").await;
    let state = world.sandbox.state();
    state.deliveries_settled().await;
    happen(&world, MARTA, "request_deletion").await;
    state.deliveries_settled().await;
    let shown = page(&world).await;
    for expected in [
        "App removed",
        "Deletion request",
        "&lt;abc&gt;",
        "p.example&#x2f;d?a=1&amp;b=2",
    ] {
        assert!(shown.contains(expected), "{expected}");
    }
    let id = state.deliveries()[0].id.clone();
    press(&world, "redeliver", &[("id", &id)]).await;
    state.deliveries_settled().await;
    assert_eq!(portal.got().len(), 3);
    assert_eq!(portal.got()[0].body, portal.got()[2].body);

    // What is no web address is not made a link.
    portal.answer(
        StatusCode::OK,
        r#"{"url":"javascript:alert(1)","confirmation_code":"x"}"#,
    );
    happen(&world, MARTA, "request_deletion").await;
    state.deliveries_settled().await;
    assert!(!page(&world).await.contains("href=\"javascript"));
}

#[tokio::test]
async fn no_other_website_can_press() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let form = [("person", MARTA), ("happening", "expire")];
    let request = || pressing(&world, "person", &form);
    let here = world.sandbox.url();
    let foreign = [
        request(),
        request().header("sec-fetch-site", "cross-site"),
        request().header("sec-fetch-site", "same-site"),
        request().header("sec-fetch-site", "none"),
        request()
            .header("sec-fetch-site", "cross-site")
            .header(ORIGIN, &here),
        request().header(ORIGIN, "http://evil.example"),
        request().header(ORIGIN, "null"),
        request()
            .header(HOST, "evil.example:4000")
            .header(ORIGIN, "http://evil.example:4000"),
        request()
            .header(HOST, "127.0.0.1.evil.example")
            .header("sec-fetch-site", "same-origin"),
        world
            .http
            .get(world.url("/_control"))
            .header(HOST, "evil.example:4000"),
    ];
    for request in foreign {
        assert_eq!(refused(request).await.0, StatusCode::FORBIDDEN);
    }
    assert_eq!(world.graph(&token, "me", &[]).await.0, StatusCode::OK);
    // A browser too old for Sec-Fetch-Site tells the origin.
    let response = request().header(ORIGIN, &here).send().await;
    assert_eq!(response.expect("one").status(), StatusCode::SEE_OTHER);
    assert_eq!(
        codes(&world.graph(&token, "me", &[]).await.1),
        (190, Some(463))
    );
}

#[tokio::test]
async fn a_press_that_makes_no_sense_changes_nothing() {
    let world = World::start().await;
    let state = world.sandbox.state();
    for (what, form) in [
        ("person", vec![("person", "1"), ("happening", "expire")]),
        ("person", vec![("person", MARTA), ("happening", "marry")]),
        ("person", vec![("person", MARTA)]),
        ("person", vec![("happening", "expire")]),
        ("clock", vec![("days", "36500")]),
        ("clock", vec![]),
        ("app", vec![("app_mode", "dead")]),
        ("redeliver", vec![("id", "1")]),
        ("nothing", vec![]),
    ] {
        let request = pressing(&world, what, &form).header("sec-fetch-site", "same-origin");
        assert_eq!(refused(request).await.0, StatusCode::BAD_REQUEST, "{what}");
    }
    assert!(
        state
            .event(Event::Block, &Target::Person("1".to_owned()))
            .is_err()
    );
    let ticked: Vec<_> = SCOPES.split(',').map(|scope| ("scope", scope)).collect();
    code_in(&world.consent(MARTA, &ticked, &[]).await);
}
