//! The evidence behind a consent, and who may read it.

use app::{model::Role, routes};
use chrono::TimeDelta;
use sandbox::Fault;
use tests::{Answer, Consent, TestApp, open_accounts, people};
use uuid::Uuid;

async fn grant_of(app: &TestApp, client: Uuid) -> String {
    let id = app.sql_id(client);
    let sql = format!("SELECT id FROM grants WHERE client_id = {id} ORDER BY granted_at DESC");
    routes::grant(client, app.value("id", &sql).await)
}

/// The row of a table that speaks of this.
fn row(page: &Answer, of: &str) -> String {
    let rows = page.texts("tr[role=row]");
    let found = rows.iter().find(|row| row.contains(of));
    found
        .unwrap_or_else(|| panic!("no row of {of}: {rows:?}"))
        .clone()
}

#[tokio::test]
async fn consent_tells_who_when_what_and_which_accounts() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let consent = Consent::of(people::MARTA).without("email");
    let choice = visitor.accounts(&link, &consent).await;
    let first = open_accounts(&choice)[..1].to_vec();
    visitor.submit(&choice, &first).await;
    let reviewer = app.staff(Role::Reviewer).await;
    let page = reviewer.client_page(client).await;
    page.must_say("Consents").must_say("3 of 4 given");
    let path = grant_of(&app, client).await;
    assert_eq!(
        page.attributes(".link-list a", "href"),
        [path.as_str()],
        "and no login that led to nothing"
    );
    let page = reviewer.browser.open(&path).await.expect(200);
    page.must_say("Marta Kowalska")
        .must_say(people::MARTA)
        .must_say("Mozilla/5.0 (tests)")
        .must_say("198.51.")
        .must_say("3 accounts offered, 1 chosen");
    assert!(row(&page, "email").ends_with("not given"));
    assert!(row(&page, "ads_read").ends_with("given") && !row(&page, "ads_read").contains("not"));
    assert!(row(&page, "Kowalska Workshops").contains("not chosen"));
    assert!(row(&page, "Kowalska Ceramics (old)").contains("Closed"));
    let tested = { page.texts("tr[role=row]").into_iter() }.find(|row| row.contains("7 campaigns"));
    assert!(tested.expect("a test").contains("Active"));
    // The queue leads there too.
    let queue = reviewer.queue().await;
    assert!(queue.attributes("a", "href").contains(&path));
}

#[tokio::test]
async fn viewer_reads_the_consent_and_nothing_personal_of_it() {
    let app = TestApp::start().await;
    let (client, _) = app.pending("Kowalska", people::MARTA).await;
    let viewer = app.staff(Role::Viewer).await;
    let path = grant_of(&app, client).await;
    let page = viewer.browser.open(&path).await.expect(200);
    page.must_say("Marta Kowalska")
        .must_say("Your role does not read these.");
    for hidden in ["Mozilla", "198.51.", "[redacted]", "expires_in"] {
        assert!(!page.says(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn address_of_an_erased_person_is_gone() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.pending("Kowalska", people::MARTA).await;
    let id = app.sql_id(client);
    let sql = format!("UPDATE person_keys SET key_sealed = NULL WHERE id = {id}");
    assert_eq!(app.execute(&sql).await, 1);
    let path = grant_of(&app, client).await;
    let page = admin.browser.open(&path).await.expect(200);
    page.must_say("Erased with the person’s data")
        .must_say("Marta Kowalska");
    assert!(!page.says("198.51.") && !page.says("Mozilla"));
}

#[tokio::test]
async fn answers_of_meta_are_kept_without_what_gives_access_for_thirty_days() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let client = app.add_client("Nordkaede").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::HENRIK)).await;
    let chosen = open_accounts(&choice)[..3].to_vec();
    visitor
        .submit(&choice, &chosen)
        .await
        .must_say("Your part is done");
    let path = grant_of(&app, client).await;
    let page = admin.browser.open(&path).await.expect(200);
    for call in [
        "Login exchanged for a token",
        "Token exchanged for a longer one",
        "Token checked",
        "Person",
        "Ad accounts",
        "Business portfolios",
        "Test call to an account",
    ] {
        let told = page.texts(".answers strong");
        assert!(told.iter().any(|told| told == call), "{call}: {told:?}");
    }
    // Names and addresses help support; what gives access does not stand there.
    page.must_say("henrik@nordkaede.example")
        .must_say("\"access_token\": \"[redacted]\"")
        .must_say("\"is_valid\": true");
    let tokens = app.sandbox.state().tokens();
    assert!(
        tokens
            .iter()
            .all(|token| !page.body.contains(&token.access_token))
    );
    assert!(!page.body.contains("appsecret_proof="), "{}", page.text());
    let tests = page.texts(".answers strong");
    let tests = tests
        .iter()
        .filter(|call| *call == "Test call to an account");
    assert_eq!(tests.count(), 3);
    let pages = page.texts(".answers li");
    let first = { pages.iter() }.find(|answer| answer.starts_with("Ad accounts ·"));
    assert!(!first.expect("the first page").contains("failed"));
    // Nothing of it is readable in the database.
    assert!(!app.database_holds("henrik@nordkaede.example").await);

    app.advance(TimeDelta::days(30) - TimeDelta::minutes(1));
    app.tidy().await;
    let count = "SELECT COUNT(*) AS n FROM meta_answers";
    assert!(app.value::<i64>("n", count).await > 6);
    app.advance(TimeDelta::minutes(2));
    app.tidy().await;
    assert_eq!(app.value::<i64>("n", count).await, 0);
    let admin = app.staff(Role::Admin).await;
    let page = admin.browser.open(&path).await.expect(200);
    page.must_say("Nothing is kept").must_say("Henrik Sørensen");
}

#[tokio::test]
async fn login_that_failed_keeps_what_meta_said() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    app.sandbox.state().fault(Fault {
        code: 190,
        subcode: Some(460),
        status: 400,
        is_transient: false,
        message: "Error validating access token: The session has been invalidated".to_owned(),
        ..Fault::transient("me")
    });
    visitor.browser.arrive(&callback).await;
    let admin = app.staff(Role::Admin).await;
    let page = admin.client_page(client).await;
    page.must_say("Login that led to nothing");
    let path = page.attributes(".link-list a", "href").remove(0);
    let told = admin.browser.open(&path).await.expect(200);
    told.must_say("The session has been invalidated")
        .must_say("HTTP 400")
        .must_say("code 190/460");
    let viewer = app.staff(Role::Viewer).await;
    viewer.browser.get(&path).await.expect(403);
    let page = viewer.client_page(client).await;
    assert!(!page.says("Login that led to nothing"), "{}", page.text());
    // Somebody else's client has no such login.
    let other = app.add_client("Berg").await;
    let login = path.rsplit('/').next().expect("an id");
    let foreign = routes::login(other, login.parse().expect("an id"));
    admin.browser.get(&foreign).await.expect(404);
}

#[tokio::test]
async fn answer_moved_to_another_row_does_not_open() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (victim, _) = app.pending("Kowalska", people::MARTA).await;
    let (thief, _) = app.pending("Zielinski", people::TOMASZ).await;
    let of = |client: Uuid| {
        let id = app.sql_id(client);
        format!("SELECT id FROM meta_answers WHERE client_id = {id} AND endpoint = 'me'")
    };
    let (from, to): (Uuid, Uuid) = (
        app.value("id", &of(victim)).await,
        app.value("id", &of(thief)).await,
    );
    let sql = format!(
        "UPDATE meta_answers SET body_sealed = (SELECT body_sealed FROM meta_answers WHERE id = {}) \
         WHERE id = {}",
        app.sql_id(from),
        app.sql_id(to)
    );
    assert_eq!(app.execute(&sql).await, 1);
    let path = grant_of(&app, thief).await;
    let page = admin.browser.get(&path).await.expect(500);
    assert!(!page.body.contains("marta@kowalska.example"));
    let path = grant_of(&app, victim).await;
    admin
        .browser
        .open(&path)
        .await
        .expect(200)
        .must_say("marta@kowalska.example");
}
