//! *Validate token* on the client's page.

use app::model::Role;
use chrono::TimeDelta;
use sandbox::{Event, Fault, Target};
use tests::{TestApp, people};

use super::{
    checks,
    crowd::{Crowd, mint},
    token,
};

#[tokio::test]
async fn button_says_how_the_token_stands() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let member = crowd.member(mint(people::MARTA)).await;
    let staff = app.staff(Role::Reviewer).await;
    let page = staff.client_page(member.client).await;
    let told = staff.browser.press(&page, "Validate token").await;
    told.must_say("Meta says that this token works.");
    assert_eq!(checks(&app, member.token).await.len(), 1);
    let target = Target::Token(member.secret.clone());
    let event = app.sandbox.state().event(Event::ChangePassword, &target);
    event.expect("a token");
    let told = staff.browser.press(&told, "Validate token").await;
    told.must_say("no longer works");
    told.must_say("190/460");
    told.must_say("Token is now");
    assert_eq!(app.client_row(member.client).await.token_status, "revoked");
    let sql = "SELECT COUNT(*) AS n FROM audit_events \
               WHERE action = 'token.status_changed' AND actor_kind = 'staff'";
    assert_eq!(app.value::<i64>("n", sql).await, 1);
    // Whoever only reads is not offered it.
    let viewer = app.staff(Role::Viewer).await;
    let page = viewer.client_page(member.client).await;
    assert!(!page.says("Validate token"));
}

#[tokio::test]
async fn page_says_what_is_known_from_before_when_meta_does_not_answer() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let member = crowd.member(mint(people::MARTA)).await;
    let staff = app.staff(Role::Admin).await;
    let page = staff.client_page(member.client).await;
    staff.browser.press(&page, "Validate token").await;
    app.advance(TimeDelta::minutes(20));
    app.sandbox.state().fault(Fault {
        times: Fault::UNTIL_CLEARED,
        ..Fault::preset("*", "reset").expect("a preset")
    });
    let page = staff.client_page(member.client).await;
    let told = staff.browser.press(&page, "Validate token").await;
    told.must_say("Meta could not say just now");
    told.must_say("What is known from before");
    assert_eq!(token(&app, member.token).await.token_status, "active");
    assert_eq!(app.client_row(member.client).await.token_status, "active");
}

#[tokio::test]
async fn too_many_checks_are_refused_in_words() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let member = crowd.member(mint(people::MARTA)).await;
    let staff = app.staff(Role::Admin).await;
    let mut page = staff.client_page(member.client).await;
    for _ in 0..30 {
        page = staff.browser.press(&page, "Validate token").await;
    }
    page.must_say("Meta says that this token works.");
    let told = staff.browser.press(&page, "Validate token").await;
    told.must_say("Wait a little");
    assert_eq!(checks(&app, member.token).await.len(), 30);
}
