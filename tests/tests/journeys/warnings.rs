//! What is worth a pause in the queue: two people on one Meta account, and one person on two.

use app::model::Role;
use tests::{Consent, TestApp, people};

#[tokio::test]
async fn same_person_under_another_client_is_told() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.approved("Kowalska", people::MARTA).await;
    app.pending("Ceramics Workshops", people::MARTA).await;
    let queue = admin.queue().await;
    queue.must_say("This person is already connected, under Kowalska. Is it the same client?");
    // Rejected ones are connected nowhere.
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (_, connection) = app.pending("Kowalska", people::MARTA).await;
    admin.reject(&admin.queue().await, connection, "No.").await;
    app.pending("Ceramics Workshops", people::MARTA).await;
    let queue = admin.queue().await;
    assert!(!queue.says("already connected"), "{}", queue.text());
}

#[tokio::test]
async fn same_account_under_another_client_is_told_whoever_signed_in() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.approved("Kowalska", people::MARTA).await;
    app.pending("Zielinski", people::TOMASZ).await;
    let queue = admin.queue().await;
    queue.must_say("is also connected under Kowalska. Is it the same client?");
    assert!(
        !queue.says("This person is already connected"),
        "{}",
        queue.text()
    );
}

#[tokio::test]
async fn name_that_differs_is_told_and_one_that_fits_is_not() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.pending("Bakery Sunrise", people::MARTA).await;
    let told = "Neither the person nor an account is called like Bakery Sunrise.";
    admin.queue().await.must_say(told);
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.pending("Kowalska", people::MARTA).await;
    let queue = admin.queue().await;
    assert!(!queue.says("Neither the person"), "{}", queue.text());
}

#[tokio::test]
async fn second_login_of_a_backup_person_elsewhere_is_told() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let link = app
        .invite_for(client, app::model::InvitationKind::Backup)
        .await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::TOMASZ)).await;
    visitor
        .confirm(&identity)
        .await
        .must_say("Your part is done");
    app.pending("Zielinski", people::TOMASZ).await;
    let queue = admin.queue().await;
    queue.must_say("This person is already connected, under Kowalska.");
}
