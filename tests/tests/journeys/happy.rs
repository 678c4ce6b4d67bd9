use app::{model::Role, routes::pattern};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::EntityTrait as _;
use server::{
    domain::clock::Clock as _,
    store::entity::{grants, invitations, validations},
};
use tests::{Consent, TestApp, open_accounts, people};
use uuid::Uuid;

#[tokio::test]
async fn client_connects_and_admin_approves() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;

    let client = add_client(&admin).await;
    let page = admin.client_page(client).await;
    assert_eq!(page.heading(), "Kowalska Ceramics");
    let sent = admin.browser.press(&page, "Send link").await;
    sent.must_say("The link is on its way.");
    app.run_jobs().await;
    let mail = only_mail_to(&app, "marta@kowalska.example");
    assert!(mail.html.contains(&mail.link()), "{}", mail.html);
    assert!(
        mail.subject.contains("Northlight Studio"),
        "{}",
        mail.subject
    );

    let visitor = app.client();
    let identity = visitor
        .sign_in(&mail.link(), &Consent::of(people::MARTA))
        .await;
    assert_eq!(identity.heading(), "Is this you?");
    identity.must_say("Marta Kowalska");
    assert!(!identity.path.contains("state="), "{}", identity.path);
    let choice = visitor.confirm(&identity).await;
    choice.must_say("Kowalska Workshops");
    let chosen = open_accounts(&choice);
    assert_eq!(chosen.len(), 2, "the third is closed");
    let done = visitor.submit(&choice, &chosen).await;
    assert_eq!(
        done.heading(),
        "Thank you, Marta Kowalska. Your part is done."
    );

    app.run_jobs().await;
    let told = only_mail_to(&app, &admin.email);
    assert!(told.text.contains(pattern::QUEUE), "{}", told.text);
    let connection = app.connection_of(client).await;
    assert_eq!(connection.state, "pending");
    let queue = admin.queue().await;
    queue
        .must_say("Marta Kowalska")
        .must_say("all answered our test call");
    let approved = admin.approve(&queue, connection.id).await;
    approved.must_say("The connection was approved.");

    app.run_jobs().await;
    let mails = app.mail.mails();
    let last = mails.last().expect("a mail");
    assert_eq!(last.to, "marta@kowalska.example");
    assert!(last.text.contains("Kowalska Workshops"), "{}", last.text);
    // The same page, looked at later, shows how it went on.
    visitor.browser.open(&done.path).await.must_say("Connected");

    assert_what_the_owner_reads(&app, client).await;
    assert_evidence(&app, client).await;
    assert_story(&app, &admin, client).await;
}

async fn add_client(admin: &tests::Staff) -> Uuid {
    let form = admin.browser.open(pattern::NEW_CLIENT).await.expect(200);
    let form = form
        .form("Add client")
        .fill("name", "Kowalska Ceramics")
        .fill("email", "marta@kowalska.example")
        .fill("meta_account_name", "Marta K.");
    let page = admin.browser.submit(&form).await.expect(200);
    let path = page.path.split('?').next().expect("a path");
    let id = path.rsplit('/').next().expect("an id");
    id.parse()
        .unwrap_or_else(|_| panic!("{} is a client's page", page.path))
}

fn only_mail_to(app: &TestApp, address: &str) -> tests::Mail {
    let mails = app
        .mail
        .mails()
        .into_iter()
        .filter(|mail| mail.to == address);
    let [mail] = mails.collect::<Vec<_>>().try_into().expect("one mail");
    mail
}

/// With the statements that the owner of an agency would write.
async fn assert_what_the_owner_reads(app: &TestApp, client: Uuid) {
    let id = app.sql_id(client);
    let of_client = format!("FROM clients WHERE id = {id}");
    let text = |column: &'static str, from: String| async move {
        let sql = format!("SELECT {column} {from}");
        app.value::<String>(column, &sql).await
    };
    assert_eq!(
        text("meta_account_name", of_client.clone()).await,
        "Marta K."
    );
    assert_eq!(text("token_status", of_client.clone()).await, "active");
    let campaigns = format!("SELECT campaigns_count {of_client}");
    // Seven of the first account, two of the second.
    assert_eq!(app.value::<i64>("campaigns_count", &campaigns).await, 9);
    let validated = format!("SELECT last_token_validation {of_client}");
    let validated: DateTime<Utc> = app.value("last_token_validation", &validated).await;
    let now = app.clock.now();
    assert!(
        validated <= now && validated > now - TimeDelta::minutes(1),
        "{validated}"
    );

    let of_token = format!("FROM client_tokens WHERE client_id = {id}");
    assert_eq!(text("token_status", of_token.clone()).await, "active");
    assert_eq!(text("standing", of_token.clone()).await, "primary");
    let sql = format!("SELECT token_hash, created_at, expires_at, last_used {of_token}");
    let hash: Vec<u8> = app.value("token_hash", &sql).await;
    assert_eq!(hash.len(), 32);
    let created: DateTime<Utc> = app.value("created_at", &sql).await;
    let used: DateTime<Utc> = app.value("last_used", &sql).await;
    assert!(created < used, "the jobs have used it: {created} {used}");
    let expires: DateTime<Utc> = app.value("expires_at", &sql).await;
    let life = (expires - created).num_days();
    assert!((59..=60).contains(&life), "{life} days");
}

async fn assert_evidence(app: &TestApp, client: Uuid) {
    let db = app.portal.db.reader();
    let grants = grants::Entity::find().all(db).await.expect("grants");
    let [grant] = grants.try_into().expect("one grant");
    assert_eq!(grant.client_id, client);
    assert_eq!(grant.meta_user_id, people::MARTA);
    assert_eq!(grant.meta_user_name, "Marta Kowalska");
    assert_eq!(
        grant.scopes_asked,
        "public_profile,email,ads_read,business_management"
    );
    assert_eq!(grant.scopes_declined, "");
    assert!(grant.origin_sealed.is_some());
    let validations = validations::Entity::find()
        .all(db)
        .await
        .expect("validations");
    let [validation] = validations.try_into().expect("one validation");
    assert_eq!(
        (validation.status.as_str(), validation.action.as_str()),
        ("active", "none")
    );
    let invitations = invitations::Entity::find()
        .all(db)
        .await
        .expect("invitations");
    let [invitation] = invitations.try_into().expect("one invitation");
    assert!(invitation.spent_at.is_some());
    assert_eq!(invitation.opened_count, 1);
}

async fn assert_story(app: &TestApp, admin: &tests::Staff, client: Uuid) {
    let story = app.story(client).await;
    let expected = [
        "client.created",
        "invitation.sent",
        "mail.sent",
        "visit.started",
        "login.captured",
        "login.confirmed",
        "accounts.read",
        "accounts.chosen",
        "connection.submitted",
        "connection.approved",
        "mail.sent",
    ];
    assert_eq!(story, expected);
    let page = admin.client_page(client).await;
    page.must_say("Approved").must_say(&admin.email);
    let unknown = page
        .texts("ol.line li")
        .into_iter()
        .find(|line| line.contains('.') && line.contains("connection."));
    assert_eq!(unknown, None, "every event is told in words");
    let verified = app
        .portal
        .verify_audit(app.scope)
        .await
        .expect("a readable chain");
    assert_eq!(verified.broken_at, None, "{verified:?}");
    assert!(verified.events >= 11, "{verified:?}");
}
