//! `/admin/settings/team` and the sessions of one's own.

use app::{
    model::Role,
    routes::{self, pattern},
};
use chrono::TimeDelta;
use tests::{PASSWORD, Staff, TestApp};
use uuid::Uuid;

async fn id_of(app: &TestApp, staff: &Staff) -> Uuid {
    let sql = format!("SELECT id FROM staff WHERE email = '{}'", staff.email);
    app.value("id", &sql).await
}

#[tokio::test]
async fn an_admin_sees_every_session_and_ends_any() {
    let app = TestApp::start().await;
    let (admin, viewer) = (app.staff(Role::Admin).await, app.staff(Role::Viewer).await);
    let phone = app.browser();
    viewer.sign_in_at(&phone).await.must_say("queue is empty");
    let team = admin.browser.open(pattern::TEAM).await.expect(200);
    team.must_say(&viewer.email);
    team.must_say("This browser");
    team.must_say("198.51.0.");
    assert!(!team.has_button("Disable"), "that is the owner's");
    // The last used stands first among those of a person.
    let id = id_of(&app, &viewer).await;
    let section = format!("section[aria-labelledby='person-{id}'] form");
    let actions = team.attributes(&section, "action");
    assert_eq!(actions.len(), 2, "{actions:?}");
    let ended = admin.browser.post(&actions[0], &[]).await;
    admin
        .browser
        .follow(ended)
        .await
        .must_say("That browser is signed out.");
    assert_eq!(phone.open(pattern::QUEUE).await.heading(), "Sign in");
    viewer.queue().await.must_say("queue is empty");
    admin.browser.post(&actions[0], &[]).await.expect(404);
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    let app = TestApp::start().await;
    let (viewer, other) = (app.staff(Role::Viewer).await, app.staff(Role::Viewer).await);
    let phone = app.browser();
    viewer.sign_in_at(&phone).await;
    let account = viewer.browser.open(pattern::ACCOUNT).await.expect(200);
    let ends = account.attributes("form[action*='/sessions/']", "action");
    assert_eq!(
        ends.len(),
        1,
        "not this one: that is what signing out is for"
    );
    other.browser.post(&ends[0], &[]).await.expect(404);
    phone.open(pattern::QUEUE).await.must_say("queue is empty");
    viewer
        .browser
        .press(&account, "Sign out there")
        .await
        .must_say("That browser is signed out.");
    assert_eq!(phone.open(pattern::QUEUE).await.heading(), "Sign in");
    // One that is over by itself is not listed.
    viewer.sign_in_at(&phone).await;
    app.advance(TimeDelta::minutes(59));
    viewer.queue().await;
    app.advance(TimeDelta::minutes(1));
    let account = viewer.browser.open(pattern::ACCOUNT).await.expect(200);
    assert!(!account.has_button("Sign out there"));
}

#[tokio::test]
async fn an_owner_disables_a_person_at_once_and_lets_them_in_again() {
    let app = TestApp::start().await;
    let (owner, admin) = (app.staff(Role::Owner).await, app.staff(Role::Admin).await);
    let team = owner.browser.open(pattern::TEAM).await.expect(200);
    let page = owner.browser.press(&team, "Disable").await.expect(200);
    page.must_say("This person cannot sign in any more");
    assert_eq!(admin.queue().await.heading(), "Sign in");
    admin
        .sign_in_at(&admin.browser)
        .await
        .must_say("E-mail or password is wrong.");
    owner
        .browser
        .press(&page, "Let in again")
        .await
        .must_say("This person can sign in again.");
    admin
        .sign_in_at(&admin.browser)
        .await
        .must_say("queue is empty");
}

#[tokio::test]
async fn nobody_disables_themselves_and_one_owner_is_always_left() {
    let app = TestApp::start().await;
    let (one, two) = (app.staff(Role::Owner).await, app.staff(Role::Owner).await);
    let disable = |id| routes::person_action(id, "disable");
    let (first, second) = (id_of(&app, &one).await, id_of(&app, &two).await);
    one.browser.post(&disable(first), &[]).await.expect(403);
    let (to_second, to_first) = (disable(second), disable(first));
    let (left, right) = tokio::join!(
        one.browser.post(&to_second, &[]),
        two.browser.post(&to_first, &[])
    );
    let sql = "SELECT count(*) AS n FROM staff WHERE role = 'owner' AND disabled_at IS NULL";
    let left_over: i64 = app.value("n", sql).await;
    assert_eq!(left_over, 1, "{} {}", left.status, right.status);
}

#[tokio::test]
async fn what_changes_the_team_wants_a_sign_in_of_the_last_quarter_of_an_hour() {
    let app = TestApp::start().await;
    let (owner, admin) = (app.staff(Role::Owner).await, app.staff(Role::Admin).await);
    app.advance(TimeDelta::minutes(15));
    let team = owner.browser.open(pattern::TEAM).await;
    let again = owner.browser.press(&team, "Disable").await.expect(200);
    assert_eq!(again.heading(), "Please sign in again");
    admin.queue().await.must_say("queue is empty");
    let form = again.form("Sign in").fill("password", PASSWORD);
    let team = owner.browser.submit(&form).await.expect(200);
    assert_eq!(team.path, pattern::TEAM);
    owner
        .browser
        .press(&team, "Disable")
        .await
        .must_say("This person cannot sign in any more");
}

#[tokio::test]
async fn the_operator_lets_the_last_owner_in_again() {
    let app = TestApp::start().await;
    let owner = app.staff(Role::Owner).await;
    app.execute("UPDATE staff SET disabled_at = updated_at")
        .await;
    let link = app
        .portal
        .invite_staff(app.scope, &owner.email, Role::Owner)
        .await
        .expect("a link");
    let browser = app.browser();
    let page = browser
        .open(secrecy::ExposeSecret::expose_secret(&link.url))
        .await
        .expect(200);
    let form = page
        .form("Set password and sign in")
        .fill("new_password", PASSWORD);
    browser.submit(&form).await.must_say("queue is empty");
}
