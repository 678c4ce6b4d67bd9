//! `/admin/clients`.

use app::{model::Role, routes::pattern};
use tests::TestApp;

#[tokio::test]
async fn refused_form_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.add_client("Kowalska").await;
    let form = admin
        .browser
        .open(pattern::NEW_CLIENT)
        .await
        .form("Add client");
    let long = "x".repeat(201);
    for (name, email, words) in [
        ("", "new@client.example", "This is needed."),
        (
            long.as_str(),
            "new@client.example",
            "200 characters at most",
        ),
        ("New", "new", "This does not look like an e-mail address."),
        (
            "Same",
            " KOWALSKA@client.example",
            "Another client already has this address.",
        ),
    ] {
        let form = form.clone().fill("name", name).fill("email", email);
        let page = admin
            .browser
            .submit(&form.fill("meta_account_name", "Typed"))
            .await;
        page.must_say(words);
        assert_eq!(page.attributes("input[name=name]", "value"), [name]);
        assert_eq!(
            page.attributes("input[name=meta_account_name]", "value"),
            ["Typed"]
        );
        // Bound to the session: nobody else sees it.
        let other = app.staff(Role::Admin).await;
        let stranger = other.browser.open(&page.path).await;
        assert_eq!(
            stranger.attributes("input[name=meta_account_name]", "value"),
            [""]
        );
    }
    assert_eq!(app.query("SELECT id FROM clients").await.len(), 1);
}

#[tokio::test]
async fn refused_form_is_forgotten_after_half_an_hour() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let form = admin
        .browser
        .open(pattern::NEW_CLIENT)
        .await
        .form("Add client");
    let page = admin.browser.submit(&form.fill("name", "Typed")).await;
    assert_eq!(page.attributes("input[name=name]", "value"), ["Typed"]);
    app.advance(chrono::TimeDelta::minutes(31));
    let page = admin.browser.open(&page.path).await;
    assert_eq!(page.attributes("input[name=name]", "value"), [""]);
}

#[tokio::test]
async fn clients_are_found_by_a_part_of_name_or_address() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    for name in ["Łódź Café", "100% Cotton", "Under_score", "Zoë & Sons"] {
        app.add_client(name).await;
    }
    for (query, found) in [
        ("łódź", Some("Łódź Café")),
        ("CAFÉ", Some("Łódź Café")),
        ("%", Some("100% Cotton")),
        ("_", Some("Under_score")),
        ("zo--", Some("Zoë & Sons")),
        ("nobody", None),
    ] {
        let path = format!("{}?q={}", pattern::CLIENTS, app::routes::encode(query));
        let page = viewer.browser.open(&path).await.expect(200);
        let names = page.texts("tbody strong");
        assert_eq!(names, found.into_iter().collect::<Vec<_>>(), "{query}");
    }
}

#[tokio::test]
async fn clients_are_paged_without_losing_one() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    for number in 0..55 {
        app.add_client(&format!("Client {number:02}")).await;
    }
    let first = viewer.browser.open(pattern::CLIENTS).await;
    let mut names = first.texts("tbody strong");
    assert_eq!(names.len(), 50);
    let next = first.attributes("a[href*='after=']", "href").remove(0);
    let second = viewer.browser.open(&next).await;
    names.extend(second.texts("tbody strong"));
    let all: Vec<_> = (0..55)
        .map(|number| format!("Client {number:02}"))
        .collect();
    assert_eq!(names, all);
}

#[tokio::test]
async fn what_is_not_there_is_told_within_the_desk() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Viewer).await;
    let path = app::routes::client(app.portal.new_id());
    for path in [path.as_str(), "/admin/nowhere", "/admin/clients/new"] {
        let page = staff.browser.get(path).await;
        assert!([403, 404].contains(&page.status.as_u16()), "{path}");
        assert!(page.has_button("Sign out"), "{path}: {}", page.text());
    }
    let stranger = app.browser().get("/admin/nowhere").await.expect(404);
    assert!(!stranger.has_button("Sign out"));
    let client = staff.browser.get("/nowhere").await.expect(404);
    assert!(!client.has_button("Sign out"));
}
