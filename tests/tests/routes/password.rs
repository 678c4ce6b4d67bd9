//! *Change password*, on one's own account.

use app::{model::Role, routes::pattern};
use chrono::TimeDelta;
use tests::{Answer, PASSWORD, Staff, TestApp};

const NEW: &str = "nine lanterns under the bridge";

/// Types both passwords into the form of the account and sends it.
async fn change(staff: &Staff, current: &str, new: &str) -> Answer {
    let page = staff.browser.open(pattern::ACCOUNT).await.expect(200);
    let form = { page.form("Change password") }
        .fill("current_password", current)
        .fill("new_password", new);
    staff.browser.submit(&form).await
}

async fn signs_in(app: &TestApp, staff: &Staff, password: &str) -> bool {
    let browser = app.browser();
    let fields = [("email", staff.email.as_str()), ("password", password)];
    let answer = browser.post(pattern::SIGN_IN, &fields).await;
    answer.location() == pattern::QUEUE
}

#[tokio::test]
async fn changed_password_ends_every_other_session_and_tells_its_person() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Viewer).await;
    let elsewhere = app.browser();
    staff.sign_in_at(&elsewhere).await.expect(200);
    let before = staff.browser.cookie("portico_session").expect("a session");
    let told = change(&staff, PASSWORD, NEW).await.expect(200);
    told.must_say("Your password was changed, and you were signed out everywhere else.");
    assert_eq!(told.texts("tbody tr").len(), 1, "one session is left");

    let after = staff.browser.cookie("portico_session").expect("a session");
    assert_ne!(before, after);
    let thief = app.browser();
    thief.set_cookie("portico_session", &before);
    for ended in [&thief, &elsewhere] {
        assert_eq!(ended.open(pattern::QUEUE).await.heading(), "Sign in");
    }
    assert!(!signs_in(&app, &staff, PASSWORD).await);
    assert!(signs_in(&app, &staff, NEW).await);

    app.run_jobs().await;
    let mail = app.mail.mails().pop().expect("a mail");
    assert_eq!(mail.to, staff.email);
    assert!(mail.text.contains("Was it not you?"), "{}", mail.text);
    let events = "SELECT outcome FROM audit_events WHERE action = 'staff.password_changed'";
    assert_eq!(app.value::<String>("outcome", events).await, "done");
}

#[tokio::test]
async fn refused_change_changes_nothing_and_keeps_nothing() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    for (current, new, words) in [
        ("", NEW, "This is needed."),
        (PASSWORD, "", "This is needed."),
        (PASSWORD, "tiny word", "12 characters at least"),
        (
            PASSWORD,
            "Password1234",
            "Too many people use this password.",
        ),
        (
            "some other words entirely",
            NEW,
            "This is not your password.",
        ),
    ] {
        let page = change(&staff, current, new).await.expect(200);
        page.must_say(words);
        for typed in [current, new] {
            assert!(typed.is_empty() || !page.body.contains(typed), "{typed}");
            assert!(
                typed.is_empty() || !app.database_holds(typed).await,
                "{typed}"
            );
        }
    }
    assert!(signs_in(&app, &staff, PASSWORD).await);
    assert_eq!(app.outbox().await.len(), 0);
    let events = "SELECT outcome FROM audit_events WHERE action = 'staff.password_changed'";
    assert_eq!(app.value::<String>("outcome", events).await, "refused");
}

#[tokio::test]
async fn wrong_passwords_count_as_those_of_the_sign_in_do() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    for _ in 0..10 {
        let page = change(&staff, "some other words entirely", NEW).await;
        page.must_say("This is not your password.");
    }
    let refused = change(&staff, PASSWORD, NEW).await.expect(429);
    assert_ne!(refused.header("retry-after"), "");
    let fields = [("email", staff.email.as_str()), ("password", PASSWORD)];
    app.browser()
        .post(pattern::SIGN_IN, &fields)
        .await
        .expect(429);
}

#[tokio::test]
async fn change_asks_for_a_fresh_sign_in() {
    let app = TestApp::start().await;
    let staff = app.staff(Role::Admin).await;
    let page = staff.browser.open(pattern::ACCOUNT).await.expect(200);
    app.advance(TimeDelta::minutes(16));
    let form = { page.form("Change password") }
        .fill("current_password", PASSWORD)
        .fill("new_password", NEW);
    let again = staff.browser.submit(&form).await.expect(200);
    assert_eq!(again.heading(), "Please sign in again");
    assert!(signs_in(&app, &staff, PASSWORD).await);
}
