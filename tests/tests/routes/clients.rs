//! `/admin/clients`.

use app::{model::Role, routes::pattern};
use chrono::TimeDelta;
use tests::{Staff, TestApp, people};

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
    app.advance(TimeDelta::minutes(31));
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

/// The names that a list shows.
async fn names(staff: &Staff, query: &str) -> Vec<String> {
    let path = format!("{}?{query}", pattern::CLIENTS);
    let page = staff.browser.open(&path).await.expect(200);
    page.texts("tbody strong")
}

#[tokio::test]
async fn clients_are_narrowed_by_connection_token_and_end() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    app.add_client("Alone").await;
    app.pending("Pending", people::TOMASZ).await;
    app.approved("Working", people::MARTA).await;
    // A token of 60 days, a day later.
    app.advance(TimeDelta::days(1));
    viewer.sign_in_at(&viewer.browser).await.expect(200);
    for (query, found) in [
        ("", &["Alone", "Pending", "Working"][..]),
        ("q=&state=&token=&ends=", &["Alone", "Pending", "Working"]),
        ("state=none", &["Alone"]),
        ("state=pending", &["Pending"]),
        ("state=approved", &["Working"]),
        ("state=rejected", &[]),
        // Of those whose token is in use.
        ("token=active", &["Working"]),
        ("token=pending", &[]),
        ("ends=60", &["Working"]),
        ("ends=14", &[]),
        ("ends=ended", &[]),
        ("q=work&state=approved&token=active&ends=60", &["Working"]),
        ("q=alone&state=approved", &[]),
        // What no page of ours says narrows nothing.
        ("state=archived", &["Alone", "Pending", "Working"]),
        ("rows=many&token=%00", &["Alone", "Pending", "Working"]),
        ("q=al%00one", &["Alone"]),
    ] {
        assert_eq!(names(&viewer, query).await, found, "{query}");
    }
    app.advance(TimeDelta::days(49));
    viewer.sign_in_at(&viewer.browser).await.expect(200);
    assert_eq!(names(&viewer, "ends=14").await, ["Working"]);
    assert_eq!(names(&viewer, "ends=ended").await, [""; 0]);
    app.advance(TimeDelta::days(11));
    viewer.sign_in_at(&viewer.browser).await.expect(200);
    assert_eq!(names(&viewer, "ends=ended").await, ["Working"]);
}

#[tokio::test]
async fn list_says_how_many_match_and_what_to_do_where_none_does() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    app.add_client("One").await;
    app.add_client("Two").await;
    let list = |query: &'static str| {
        let path = format!("{}?{query}", pattern::CLIENTS);
        let browser = &viewer.browser;
        async move { browser.open(&path).await.expect(200) }
    };
    assert_eq!(list("").await.texts("#found"), ["2 clients"]);
    let some = list("q=one&state=none").await;
    assert_eq!(some.texts("#found"), ["1 client matches"]);
    // The form says what the page shows.
    assert_eq!(some.attributes("#q", "value"), ["one"]);
    assert_eq!(
        some.attributes("#state option[selected]", "value"),
        ["none"]
    );
    let none = list("state=approved").await;
    none.must_say("No client matches")
        .must_say("take one of the filters away");
    assert_eq!(
        none.attributes(".empty a", "href"),
        [pattern::CLIENTS],
        "{}",
        none.text()
    );
}

#[tokio::test]
async fn search_filters_and_rows_are_kept_from_page_to_page() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    for number in 0..7 {
        app.add_client(&format!("Branch {number}")).await;
    }
    app.add_client("Other").await;
    let mut path = format!("{}?q=branch&state=none&rows=3", pattern::CLIENTS);
    let mut pages = Vec::new();
    loop {
        let page = viewer.browser.open(&path).await.expect(200);
        assert_eq!(page.texts("#found"), ["7 clients match"]);
        pages.push(page.texts("tbody strong").len());
        match page.attributes("a[rel=next]", "href").pop() {
            Some(next) => path = next,
            None => {
                let first = page.attributes("a[rel=first]", "href");
                let of_all = format!("{}?q=branch&state=none&rows=3", pattern::CLIENTS);
                assert_eq!(first, [of_all]);
                break;
            }
        }
    }
    assert_eq!(pages, [3, 3, 1]);
}

#[tokio::test]
async fn a_page_holds_a_thousand_rows_at_most_and_fifty_unasked() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    for number in 0..51 {
        app.add_client(&format!("Client {number:02}")).await;
    }
    let usual = viewer.browser.open(pattern::CLIENTS).await.expect(200);
    assert_eq!(usual.texts("tbody strong").len(), 50);
    let many = usual.attributes("a[href*='rows=1000']", "href").remove(0);
    let all = viewer.browser.open(&many).await.expect(200);
    assert_eq!(all.texts("tbody strong").len(), 51);
    let path = format!("{}?rows=5000", pattern::CLIENTS);
    let most = viewer.browser.open(&path).await.expect(200);
    assert_eq!(most.attributes("input[name=rows]", "value"), ["1000"]);
}

#[tokio::test]
async fn list_tells_how_far_each_client_has_come() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    app.add_client("A alone").await;
    let invited = app.add_client("B invited").await;
    app.invite(invited).await;
    let opened = app.add_client("C opened").await;
    let link = app.invite(opened).await;
    app.browser().get(&link).await.expect(200);
    app.pending("D pending", people::TOMASZ).await;
    app.approved("E approved", people::MARTA).await;
    let page = viewer.browser.open(pattern::CLIENTS).await.expect(200);
    let told = page.texts("tbody td:nth-child(5)");
    assert_eq!(
        told,
        [
            "0 of 7next: Invited",
            "1 of 7next: Link opened",
            "2 of 7next: Signed in",
            "5 of 7next: Approved",
            "6 of 7next: Backup held",
        ]
    );
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
