//! `/admin/health`: what needs a person, and that each number leads to a list of exactly that many.

use app::{
    model::{AnswerClass, InvitationKind, MailState, Role, UsageBucket},
    routes::{self, pattern},
};
use chrono::TimeDelta;
use sandbox::Quotas;
use secrecy::SecretString;
use server::{meta::Fault, store};
use tests::{Answer, Consent, Staff, TestApp, people};
use uuid::Uuid;

async fn health(staff: &Staff) -> Answer {
    staff.browser.open(pattern::HEALTH).await.expect(200)
}

/// What needs a person, in words.
fn needs(page: &Answer) -> Vec<String> {
    page.texts(".needs a")
}

/// The number beside *Health* in the navigation; nothing where there is none.
fn in_navigation(page: &Answer) -> Option<String> {
    let link = format!("nav a[href='{}'] .count", pattern::HEALTH);
    page.texts(&link).into_iter().next()
}

async fn set(app: &TestApp, table: &str, client: Uuid, what: &str) {
    let (column, id) = match table {
        "clients" => ("id", app.sql_id(client)),
        _ => ("client_id", app.sql_id(client)),
    };
    let sql = format!("UPDATE {table} SET {what} WHERE {column} = {id}");
    assert!(app.execute(&sql).await > 0, "{sql}");
}

/// Signs in anew where time has passed.
async fn later(app: &TestApp, staff: &Staff, by: TimeDelta) {
    app.advance(by);
    staff.sign_in_at(&staff.browser).await.expect(200);
}

#[tokio::test]
async fn new_agency_is_told_what_will_stand_there() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    let page = health(&viewer).await;
    page.must_say("Nothing needs you.")
        .must_say("No connection is in use yet.")
        .must_say("No token in use ends in the next 60 days.")
        .must_say("No mails yet.");
    assert_eq!(in_navigation(&page), None);
    assert_eq!(page.texts("svg.chart").len(), 0);
}

#[tokio::test]
async fn what_needs_a_person_leads_to_exactly_that() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (revoked, _) = app.approved("Revoked", people::MARTA).await;
    let (expired, _) = app.approved("Expired", people::TOMASZ).await;
    app.pending("Waits", people::LAYLA).await;
    let page = health(&admin).await;
    assert_eq!(needs(&page), [""; 0]);

    set(
        &app,
        "clients",
        revoked,
        "token_status = 'revoked', is_critical = true",
    )
    .await;
    set(&app, "clients", expired, "token_status = 'expired'").await;
    later(&app, &admin, TimeDelta::days(50)).await;
    let page = health(&admin).await;
    let told = needs(&page);
    assert_eq!(
        told,
        [
            "One client’s token was revoked",
            "One client’s token has expired",
            "One critical client has no backup that works",
            "2 connections end within 14 days",
            "One connection has waited for a decision for more than a day",
        ]
    );
    assert_eq!(in_navigation(&page).as_deref(), Some("5 things need you"));
    for (words, href) in told.iter().zip(page.attributes(".needs a", "href")) {
        let list = admin.browser.open(&href).await.expect(200);
        let rows = list.texts("tbody tr").len() + list.texts(".queue > li").len();
        let count = if words.starts_with('2') { 2 } else { 1 };
        assert_eq!(rows, count, "{words}: {href}");
    }
}

#[tokio::test]
async fn backup_that_works_is_enough() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    set(&app, "clients", client, "is_critical = true").await;
    let without = needs(&health(&admin).await);
    assert_eq!(without, ["One critical client has no backup that works"]);
    let link = app.invite_for(client, InvitationKind::Backup).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::TOMASZ)).await;
    visitor.confirm(&identity).await;
    let id = app.sql_id(client);
    let sql = format!("SELECT id FROM candidates WHERE client_id = {id}");
    let case: Uuid = app.value("id", &sql).await;
    admin.approve(&admin.queue().await, case).await;
    assert_eq!(needs(&health(&admin).await), [""; 0]);
    // A backup that Meta does not take is none.
    let dead = format!(
        "UPDATE client_tokens SET token_status = 'revoked' WHERE client_id = {id} AND standing = 'backup'"
    );
    assert_eq!(app.execute(&dead).await, 1);
    assert_eq!(needs(&health(&admin).await), without);
}

#[tokio::test]
async fn each_number_leads_to_a_list_of_so_many() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (first, _) = app.approved("First", people::MARTA).await;
    let (second, _) = app.approved("Second", people::TOMASZ).await;
    app.pending("Third", people::LAYLA).await;
    app.run_jobs().await;
    set(&app, "clients", second, "token_status = 'limited'").await;
    // One ends with its token, the other with its access to data.
    let at = |days: i64| {
        let moment = app.portal.now() + TimeDelta::days(days);
        moment.format("%Y-%m-%d 12:00:00.000000+00:00").to_string()
    };
    let (ends, data) = (at(9), at(30));
    set(
        &app,
        "client_tokens",
        first,
        &format!("expires_at = '{ends}'"),
    )
    .await;
    set(
        &app,
        "client_tokens",
        second,
        &format!("data_access_expires_at = '{data}'"),
    )
    .await;
    let page = health(&admin).await;
    let counts = page.texts(".counts a");
    assert!(counts.len() >= 3, "{}", page.text());
    let hrefs = page.attributes(".counts a", "href");
    for (count, href) in counts.iter().zip(hrefs) {
        let list = admin.browser.open(&href).await.expect(200);
        assert_eq!(list.texts("tbody tr").len().to_string(), *count, "{href}");
    }
    let bars = page.attributes("svg.bars a", "href");
    assert_eq!(bars.len(), 2, "{bars:?}");
    for href in bars {
        let list = admin.browser.open(&href).await.expect(200);
        assert_eq!(list.texts("tbody tr").len(), 1, "{href}");
        // The filter is there to be seen and to be taken away.
        let chosen = list.attributes("#ends option[selected]", "value");
        assert!(
            href.contains(&routes::encode(&chosen[0])),
            "{href}: {chosen:?}"
        );
    }
}

#[tokio::test]
async fn outcomes_are_shown_day_by_day() {
    let app = TestApp::start().await;
    let viewer = app.staff(Role::Viewer).await;
    let today = app.portal.now().date_naive();
    for (days, class, count) in [
        (0, AnswerClass::None, 5),
        (0, AnswerClass::Relogin, 1),
        (29, AnswerClass::None, 7),
        // Longer ago than the page looks back.
        (30, AnswerClass::Retry, 9),
    ] {
        let tx = app.portal.begin().await.expect("a transaction");
        let day = today - TimeDelta::days(days);
        let counts = [(class, count), (AnswerClass::Wait, 0)];
        for _ in 0..2 {
            store::validation_days::count_validations(&tx, app.scope, day, &counts)
                .await
                .expect("counted");
        }
        app.portal.commit(tx).await.expect("a commit");
    }
    let page = health(&viewer).await;
    assert_eq!(
        page.texts("svg.areas polygon").len(),
        3,
        "two classes, and what is not well once more"
    );
    let labels = page.attributes("svg.areas", "aria-label");
    assert_eq!(
        labels,
        [
            "26 validations in 30 days",
            "2 validations of 30 days were not well"
        ]
    );
    let table = page.texts("table[aria-label='Validations of the last 30 days'] tbody tr");
    assert_eq!(table.len(), 2, "days without any are left out: {table:?}");
}

#[tokio::test]
async fn mail_that_can_be_sent_again_needs_somebody_for_as_long_as_it_can() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let client = app.add_client("Kowalska").await;
    app.mail.refuse("550 5.1.1 nobody here");
    admin
        .browser
        .press(&admin.client_page(client).await, "Send link")
        .await;
    app.run_jobs().await;
    let page = health(&admin).await;
    assert_eq!(needs(&page), ["One mail did not leave"]);
    let href = page.attributes(".needs a", "href").remove(0);
    let list = admin.browser.open(&href).await.expect(200);
    assert_eq!(list.texts("tbody tr").len(), 1);
    assert!(list.has_button("Send again"));
    assert_eq!(list.texts(".tabs a[aria-current]"), ["To send again 1"]);
    // Its link is over by then, and its text is destroyed.
    later(&app, &admin, TimeDelta::days(8)).await;
    app.tidy().await;
    let page = health(&admin).await;
    assert_eq!(needs(&page), [""; 0]);
    let failed = page.texts(".counts a[href$='failed']");
    assert_eq!(failed, ["1"], "{}", MailState::Failed.code());
}

#[tokio::test]
async fn number_in_the_navigation_is_a_minute_old_at_most() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    assert_eq!(in_navigation(&admin.queue().await), None);
    set(&app, "clients", client, "token_status = 'blocked'").await;
    app.advance(TimeDelta::seconds(61));
    assert_eq!(
        in_navigation(&admin.queue().await).as_deref(),
        Some("1 thing needs you")
    );
}

#[tokio::test]
async fn another_agencys_figures_are_not_counted() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    set(
        &app,
        "clients",
        client,
        "token_status = 'revoked', is_critical = true",
    )
    .await;
    let other = tests::Agency::found(&app, "Southlight").await;
    let page = health(&other.owner).await;
    assert_eq!(needs(&page), [""; 0]);
    page.must_say("No connection is in use yet.");
}

#[tokio::test]
async fn what_validations_said_is_listed_by_class_and_day() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.approved("Kowalska", people::MARTA).await;
    let page = health(&admin).await;
    let link = "a[href*='/admin/health/validations']";
    // The key of the chart, and the table by day.
    let numbers = page.texts(link);
    assert_eq!(numbers.len(), 2, "{numbers:?}");
    for (number, href) in numbers.iter().zip(page.attributes(link, "href")) {
        let list = admin.browser.open(&href).await.expect(200);
        let rows = list.texts("tbody tr");
        assert_eq!(rows.len().to_string(), *number, "{href}");
        assert!(rows.iter().all(|row| row.contains("Kowalska")), "{rows:?}");
        assert_eq!(list.texts(".tabs a[aria-current]"), ["All is well"]);
    }
    let yesterday = app.portal.now().date_naive() - TimeDelta::days(1);
    for path in [
        routes::validations(AnswerClass::None, Some(yesterday), None),
        routes::validations(AnswerClass::Relogin, None, None),
    ] {
        let none = admin.browser.open(&path).await.expect(200);
        none.must_say("No such validation");
    }
    let odd = format!("{}?class=x&day=2026-13-45&after=y", pattern::VALIDATIONS);
    admin.browser.open(&odd).await.expect(200);
}

#[tokio::test]
async fn validations_are_paged_without_losing_one() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let kept = app.tokens_of(client).await.remove(0);
    let checks = store::validations::of_token(app.portal.db.reader(), app.scope, kept.id, 1).await;
    let check = checks.expect("readable rows").remove(0);
    let rows = (0..60).map(|_| store::validations::Model {
        id: app.portal.new_id(),
        class: AnswerClass::Relogin.code().to_owned(),
        ..check.clone()
    });
    store::validations::create_many(app.portal.db.reader(), rows.collect())
        .await
        .expect("kept");
    let path = routes::validations(AnswerClass::Relogin, Some(check.made_at.date_naive()), None);
    let first = admin.browser.open(&path).await.expect(200);
    assert_eq!(first.texts("tbody tr").len(), 50);
    let next = first.attributes("a[rel=next]", "href").remove(0);
    let second = admin.browser.open(&next).await.expect(200);
    assert_eq!(second.texts("tbody tr").len(), 10);
}

#[tokio::test]
async fn fresh_process_obeys_a_stop_that_another_was_told_of() {
    let mut app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.approved("Kowalska", people::MARTA).await;
    let page = health(&admin).await;
    assert_eq!(needs(&page), [""; 0]);
    page.must_say("This app");

    app.sandbox.state().set_quotas(Quotas {
        app: 1,
        ..Quotas::default()
    });
    let token = SecretString::from("EAAnobodys");
    let ask = async |app: &TestApp| {
        let graph = app.portal.graph.as_ref().expect("a Meta app");
        graph
            .debug_token(&token)
            .await
            .err()
            .map(|error| error.fault)
    };
    while ask(&app).await != Some(Fault::Held) {}
    app.portal.keep_usage().await.expect("kept");
    let before = app.sandbox.state().calls().len();
    app.restart().await;
    assert_eq!(ask(&app).await, Some(Fault::Held));
    assert_eq!(app.sandbox.state().calls().len(), before);

    let page = health(&admin).await;
    let told = needs(&page);
    assert!(
        told[0].starts_with("Meta has told this app to wait until"),
        "{told:?}"
    );
    assert_eq!(page.attributes(".needs a", "href"), ["#usage"]);
    let figures = app.portal.figures().await.expect("figures");
    let (_, shares) = figures.shares[0];
    assert_eq!(shares.stopped, 1);
    assert!(shares.stop_seconds > 0, "{shares:?}");

    later(&app, &admin, TimeDelta::days(1) + TimeDelta::seconds(1)).await;
    assert_eq!(needs(&health(&admin).await), [""; 0]);
    app.tidy().await;
    let rows = "SELECT count(*) AS n FROM meta_usage";
    assert_eq!(
        app.value::<i64>("n", rows).await,
        0,
        "forgotten after a day"
    );
}

#[tokio::test]
async fn ad_accounts_of_another_agency_are_not_shown() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let id = app.sql_id(client);
    let number: String = app
        .value(
            "number",
            &format!(
                "SELECT a.number FROM ad_accounts a JOIN connections c ON c.id = a.connection_id
                 WHERE c.client_id = {id} AND a.is_selected ORDER BY a.number"
            ),
        )
        .await;
    let share = |number: &str, percent| store::meta_usage::Model {
        bucket: UsageBucket::AdAccount.code().to_owned(),
        meta_id: number.to_owned(),
        percent,
        stopped_until: None,
        seen_at: app.portal.now(),
    };
    let rows = vec![share(&number, 61.4), share("999999999999", 99.0)];
    store::meta_usage::put(app.portal.db.reader(), rows)
        .await
        .expect("kept");
    let limits = "#usage tbody tr";
    let page = health(&admin).await;
    let shown = page.texts(limits);
    assert_eq!(shown.len(), 2, "the app's, and one account's: {shown:?}");
    assert!(
        shown[1].contains("61 %") && shown[1].contains("Kowalska"),
        "{shown:?}"
    );
    assert_eq!(
        page.attributes("#usage tbody a", "href"),
        [routes::client(client)]
    );
    let other = tests::Agency::found(&app, "Southlight").await;
    let shown = health(&other.owner).await.texts(limits);
    assert_eq!(
        shown.len(),
        1,
        "the app's, which all have in common: {shown:?}"
    );
    // What Meta told more than an hour ago says nothing any more.
    later(&app, &admin, TimeDelta::minutes(61)).await;
    assert_eq!(health(&admin).await.texts(limits).len(), 1);
}
