//! `/i/{secret}`: what opening changes, and what becomes of a link.

use app::model::Role;
use chrono::TimeDelta;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use server::store::entity::{invitation_links, invitations};
use tests::{Answer, Consent, TestApp, people};

/// What a page about an ended link may never tell.
fn assert_tells_nothing(page: &Answer) {
    for private in ["Kowalska", "Marta", "client.example", "1015"] {
        assert!(!page.body.contains(private), "{private}: {}", page.text());
    }
    assert!(!page.has_button("Continue with Facebook"));
}

#[tokio::test]
async fn opening_a_hundred_times_changes_nothing_but_the_counter() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let before = everything_but_the_counters(&app).await;
    for round in 0..50 {
        let scanner = app.browser();
        let page = scanner.get(&link).await.expect(200);
        let head = scanner.request("HEAD", &link, &[]).await.expect(200);
        for answer in [page, head] {
            assert_eq!(answer.header("set-cookie"), "", "round {round}");
        }
    }
    assert_eq!(everything_but_the_counters(&app).await, before);
    let invitation = newest_invitation(&app).await;
    assert_eq!(invitation.opened_count, 100);
    assert_eq!(
        (
            invitation.started_at,
            invitation.spent_at,
            invitation.revoked_at
        ),
        (None, None, None)
    );
    let admin = app.staff(Role::Viewer).await;
    admin
        .client_page(client)
        .await
        .must_say("Opened 100 times, maybe by a mail scanner");

    let visitor = app.client();
    visitor.connect(&link, &Consent::of(people::MARTA)).await;
    let page = admin.client_page(client).await;
    page.must_say("Started").must_say("Done");
}

/// How many rows each table has.
async fn everything_but_the_counters(app: &TestApp) -> Vec<(&'static str, i64)> {
    const TABLES: [&str; 22] = [
        "ad_accounts",
        "agencies",
        "audit_events",
        "audit_heads",
        "client_tokens",
        "clients",
        "connections",
        "form_drafts",
        "grants",
        "installation",
        "invitation_links",
        "invitations",
        "jobs",
        "mails",
        "meta_troubles",
        "oauth_states",
        "person_keys",
        "sessions",
        "sign_in_links",
        "staff",
        "validations",
        "visits",
    ];
    let mut rows = Vec::new();
    for table in TABLES {
        let sql = format!("SELECT COUNT(*) AS rows_there FROM {table}");
        rows.push((table, app.value("rows_there", &sql).await));
    }
    rows
}

async fn newest_invitation(app: &TestApp) -> invitations::Model {
    let found = invitations::Entity::find()
        .order_by_desc(invitations::Column::CreatedAt)
        .one(app.portal.db.reader())
        .await;
    found.expect("a readable row").expect("an invitation")
}

#[tokio::test]
async fn unknown_link_is_not_valid() {
    let app = TestApp::start().await;
    app.invite(app.add_client("Kowalska").await).await;
    let unknown = "A".repeat(43);
    for secret in [unknown.as_str(), "x", "%00", "..%2Fadmin"] {
        let page = app.browser().get(&format!("/i/{secret}")).await.expect(404);
        assert_eq!(page.heading(), "This link is not valid");
        assert_tells_nothing(&page);
    }
    let start = app
        .browser()
        .post(&format!("/i/{unknown}/start"), &[])
        .await;
    let page = app.browser().follow(start).await;
    assert_eq!(page.heading(), "This link is not valid");
}

#[tokio::test]
async fn resend_ends_the_earlier_link_and_copy_does_not() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let client = app.add_client("Kowalska").await;
    let sent = reviewer
        .browser
        .press(&reviewer.client_page(client).await, "Send link")
        .await;
    app.run_jobs().await;
    let first = app.mail.mails().remove(0).link();

    let copied = reviewer.browser.press(&sent, "Copy link").await;
    copied.must_say("earlier links still work");
    let second = copied.attributes("input#minted", "value").remove(0);
    assert_ne!(first, second);
    let visitor = app.browser();
    for link in [&first, &second] {
        visitor.get(link).await.expect(200).must_say("Kowalska");
    }
    // The secret is shown this once.
    let later = reviewer.client_page(client).await;
    assert!(
        !later
            .body
            .contains(second.rsplit('/').next().expect("a secret"))
    );

    let page = reviewer.browser.press(&later, "Resend").await;
    page.must_say("Earlier links no longer work.");
    app.run_jobs().await;
    let third = app.mail.mails().remove(1).link();
    for link in [&first, &second] {
        let page = visitor.get(link).await.expect(410);
        assert_eq!(page.heading(), "This link is no longer in use");
        assert_tells_nothing(&page);
    }
    visitor.get(&third).await.expect(200);
    let story = app.story(client).await;
    let links: Vec<_> = story
        .iter()
        .filter(|action| action.starts_with("invitation."))
        .collect();
    assert_eq!(
        links,
        [
            "invitation.sent",
            "invitation.link_copied",
            "invitation.resent"
        ]
    );
}

#[tokio::test]
async fn resend_lets_a_visit_that_has_begun_go_on() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    reviewer
        .browser
        .press(&reviewer.client_page(client).await, "Resend")
        .await;
    visitor.browser.get(&link).await.expect(410);
    let choice = visitor.confirm(&identity).await;
    choice.must_say("Kowalska Ceramics");
}

#[tokio::test]
async fn revoke_ends_links_and_visits() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let (early, late) = (app.client(), app.client());
    let dialog = late.start(&link).await;
    let callback = late.agree(&dialog, &Consent::of(people::MARTA)).await;
    let identity = early.sign_in(&link, &Consent::of(people::MARTA)).await;
    let page = reviewer
        .browser
        .press(&reviewer.client_page(client).await, "Revoke")
        .await;
    page.must_say("The links of this client no longer work.");

    let ended = early.browser.get(&link).await.expect(410);
    assert_eq!(ended.heading(), "This link is no longer in use");
    assert_tells_nothing(&ended);
    let stopped = early.browser.press(&identity, "Yes, this is me").await;
    assert!(
        !stopped.has_button("Submit for approval"),
        "{}",
        stopped.text()
    );
    app.run_jobs().await;
    let stopped = early.browser.open(&stopped.path).await;
    assert!(
        !stopped.has_button("Submit for approval"),
        "{}",
        stopped.text()
    );
    let stopped = late.browser.arrive(&callback).await;
    assert_ne!(stopped.heading(), "Is this you?");
    assert_eq!(app.connection_of(client).await.state, "draft");
    let pressed = early.browser.post(&format!("{link}/start"), &[]).await;
    assert_eq!(early.browser.follow(pressed).await.status, 410);
}

#[tokio::test]
async fn expired_link_mails_a_fresh_one_to_the_address_on_file() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    app.advance(TimeDelta::days(7));
    let visitor = app.client();
    let page = visitor.browser.get(&link).await.expect(410);
    assert_eq!(page.heading(), "This link has expired");
    assert_tells_nothing(&page);
    let form = page.form("E-mail me a fresh link");
    assert_eq!(form.fields, [], "no address is asked for");
    let asked = visitor
        .browser
        .post(&form.action, &[("email", "mallory@evil.example")])
        .await
        .expect(200);
    assert_eq!(asked.heading(), "Look into your mailbox");
    assert_tells_nothing(&asked);
    app.run_jobs().await;
    let [mail] = app.mail.mails().try_into().expect("one mail");
    assert_eq!(mail.to, "kowalska@client.example");
    assert_ne!(mail.link(), link);
    // The same words, and no mail, for whoever asks again with what is ended now.
    let again = visitor.browser.send(&form).await.expect(200);
    assert_eq!(again.heading(), asked.heading());
    app.run_jobs().await;
    assert_eq!(app.mail.mails().len(), 1);
    visitor.browser.get(&link).await.expect(410);
    visitor
        .connect(&mail.link(), &Consent::of(people::MARTA))
        .await
        .must_say("Your part is done");
}

#[tokio::test]
async fn fresh_link_is_not_mailed_for_a_link_that_never_was_or_was_revoked() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    reviewer
        .browser
        .press(&reviewer.client_page(client).await, "Revoke")
        .await;
    app.advance(TimeDelta::days(8));
    for asked in [format!("{link}/fresh"), "/i/unknown/fresh".to_owned()] {
        let page = app.browser().post(&asked, &[]).await.expect(200);
        assert_eq!(page.heading(), "Look into your mailbox");
    }
    app.run_jobs().await;
    assert_eq!(app.mail.mails().len(), 0);
}

#[tokio::test]
async fn links_are_mailed_five_times_an_hour_to_a_client() {
    let app = TestApp::start().await;
    let reviewer = app.staff(Role::Reviewer).await;
    let client = app.add_client("Kowalska").await;
    let send = format!("{}/send", app::routes::client(client));
    for _ in 0..5 {
        let answer = reviewer.browser.post(&send, &[]).await;
        reviewer
            .browser
            .follow(answer)
            .await
            .must_say("The link is on its way.");
    }
    let refused = reviewer.browser.post(&send, &[]).await;
    let refused = reviewer.browser.follow(refused).await;
    refused.must_say("This client got as many links as may be sent in an hour.");
    app.run_jobs().await;
    let mails = app.mail.mails();
    assert_eq!(mails.len(), 5);
    // The newest one ends, and asks in vain: the hour is full.
    let link = mails[4].link();
    app.browser().get(&link).await.expect(200);
    let id = app.sql_id(newest_invitation(&app).await.id);
    app.execute(&format!(
        "UPDATE invitations SET expires_at = created_at WHERE id = {id}"
    ))
    .await;
    let expired = app.browser().get(&link).await.expect(410);
    let asked = app
        .browser()
        .send(&expired.form("E-mail me a fresh link"))
        .await;
    assert_eq!(asked.heading(), "Look into your mailbox");
    app.run_jobs().await;
    assert_eq!(app.mail.mails().len(), 5);
    app.advance(TimeDelta::minutes(61));
    app.browser()
        .send(&expired.form("E-mail me a fresh link"))
        .await
        .expect(200)
        .must_say("mailbox");
    app.run_jobs().await;
    assert_eq!(app.mail.mails().len(), 6);
}

#[tokio::test]
async fn spent_link_shows_state_and_date_only() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    app.client()
        .connect(&link, &Consent::of(people::MARTA))
        .await;
    let page = app.browser().get(&link).await.expect(200);
    assert_eq!(page.heading(), "This link has done its work");
    page.must_say("was submitted on 23 Nov 2026");
    assert_tells_nothing(&page);
    let connection = app.connection_of(client).await.id;
    admin
        .approve(&admin.queue().await, connection)
        .await
        .must_say("approved");
    let page = app.browser().get(&link).await.expect(200);
    page.must_say("was approved on 23 Nov 2026");
    assert_tells_nothing(&page);
    let pressed = app.browser().post(&format!("{link}/start"), &[]).await;
    let page = app.browser().follow(pressed).await;
    assert_eq!(page.heading(), "This link has done its work");
}

#[tokio::test]
async fn link_pages_are_shown_sixty_times_a_minute_to_an_address() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let scanner = app.browser();
    for _ in 0..60 {
        scanner.get(&link).await.expect(200).must_say("Kowalska");
    }
    let page = scanner.get(&link).await.expect(429);
    let wait: i64 = page.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(page.heading(), "That was a bit too often");
    app.browser()
        .get(&link)
        .await
        .expect(200)
        .must_say("Kowalska");
    app.advance(TimeDelta::seconds(wait));
    scanner.get(&link).await.expect(200).must_say("Kowalska");
}

#[tokio::test]
async fn link_secrets_are_stored_hashed_only() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let secret = link.rsplit('/').next().expect("a secret");
    let rows = invitation_links::Entity::find()
        .all(app.portal.db.reader())
        .await;
    let [row] = rows.expect("rows").try_into().expect("one link");
    assert_eq!(row.secret_hash, server::vault::secret_hash(secret));
    assert_eq!(row.secret_hash.len(), 32);
}

#[tokio::test]
async fn visit_lasts_thirty_minutes_and_the_link_works_after_it() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    app.advance(TimeDelta::minutes(31));
    let over = visitor.browser.press(&identity, "Yes, this is me").await;
    assert_eq!(over.heading(), "That took a little too long");
    visitor
        .connect(&link, &Consent::of(people::MARTA))
        .await
        .must_say("Your part is done");
}

#[tokio::test]
async fn visit_of_another_browser_is_not_shown() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let identity = app
        .client()
        .sign_in(&link, &Consent::of(people::MARTA))
        .await;
    let stranger = app.client();
    stranger.start(&link).await;
    for browser in [&stranger.browser, &app.browser()] {
        let page = browser.open(&identity.path).await;
        assert_eq!(page.heading(), "We can’t tell that this is you");
        for action in [
            "confirm",
            "again",
            "accounts",
            "accounts/read",
            "pass-on",
            "help",
        ] {
            let answer = browser
                .post(
                    &format!("{}/{action}", identity.path),
                    &[("action", "submit")],
                )
                .await;
            assert_eq!(answer.location(), "/connect/stopped/other_browser");
        }
    }
}
