//! `kill -9` of the server while a client connects: at every call to Meta, and after the last. Meta holds
//! its answer, the server is killed while it waits, the database is looked at as it was left, the server
//! starts again, and the link works.

mod scene;
mod stop;
mod told;
mod workers;

use std::sync::Arc;

use scene::{Kept, Scene};
use tests::{Answer, Browser};
use tokio::net::TcpListener;

/// Kills the server while the callback waits for Meta. Nothing is kept: the code is spent, the token is gone.
async fn killed_in_capture(edge: &str) -> (Scene, Arc<Browser>) {
    let scene = Scene::set().await;
    let server = scene.serve().await;
    let browser = Arc::new(scene.program.browser());
    let callback = scene.to_callback(&browser).await;
    let held = scene.meta.hold(edge);
    let client = browser.clone();
    let doomed = tokio::spawn(async move { client.arrive(&callback).await });
    held.arrived().await;
    server.kill().await;
    held.release();
    assert!(doomed.await.is_err(), "nobody was left to answer");
    scene.must_hold(Kept::Nothing).await;
    (scene, browser)
}

/// Kills the server while the job that reads the accounts waits for Meta.
async fn killed_in_reading(edge: &str) -> (Scene, Browser, Answer) {
    let scene = Scene::set().await;
    let server = scene.serve().await;
    let browser = scene.program.browser();
    let identity = scene.sign_in(&browser).await;
    let held = scene.meta.hold(edge);
    let progress = browser.press(&identity, "Yes, this is me").await;
    held.arrived().await;
    server.kill().await;
    held.release();
    scene.must_hold(Kept::Draft).await;
    assert_eq!(scene.jobs("read_accounts", "running").await, 1);
    (scene, browser, progress)
}

/// Kills the server while the job that tests the chosen accounts waits for Meta.
async fn killed_in_probing() -> (Scene, Browser) {
    let scene = Scene::set().await;
    let server = scene.serve_without_worker().await;
    let browser = scene.program.browser();
    let identity = scene.sign_in(&browser).await;
    let choice = scene.confirm(&browser, &identity).await;
    server.stop().await;
    let server = scene.serve().await;
    let held = scene.meta.hold("campaigns");
    drop(scene.submit(&browser, &choice).await);
    held.arrived().await;
    server.kill().await;
    held.release();
    scene.must_hold(Kept::Draft).await;
    assert_eq!(scene.jobs("probe_accounts", "running").await, 1);
    (scene, browser)
}

#[tokio::test]
async fn at_the_exchange_of_the_code() {
    let (scene, _) = killed_in_capture("oauth/access_token:code").await;
    scene.finish_by_link().await;
}

#[tokio::test]
async fn at_the_exchange_for_a_long_lived_token() {
    let (scene, _) = killed_in_capture("oauth/access_token:fb_exchange_token").await;
    scene.finish_by_link().await;
}

#[tokio::test]
async fn at_the_check_of_the_token() {
    let (scene, _) = killed_in_capture("debug_token").await;
    scene.finish_by_link().await;
}

#[tokio::test]
async fn at_the_question_who_it_is() {
    let (scene, _) = killed_in_capture("me").await;
    scene.finish_by_link().await;
}

#[tokio::test]
async fn at_the_list_of_accounts() {
    let (scene, ..) = killed_in_reading("me/adaccounts").await;
    scene.finish_by_link().await;
}

#[tokio::test]
async fn at_the_list_of_businesses() {
    let (scene, ..) = killed_in_reading("me/businesses").await;
    scene.finish_by_link().await;
}

#[tokio::test]
async fn at_the_accounts_that_a_business_owns() {
    let (scene, ..) = killed_in_reading("owned_ad_accounts").await;
    scene.finish_by_link().await;
}

#[tokio::test]
async fn at_the_accounts_that_a_business_works_on() {
    let (scene, ..) = killed_in_reading("client_ad_accounts").await;
    scene.finish_by_link().await;
}

#[tokio::test]
async fn at_the_test_of_the_chosen_account() {
    let (scene, ..) = killed_in_probing().await;
    scene.finish_by_link().await;
}

/// After the last answer of Meta: submitted, and the server dies while it tells the agency. Nothing that
/// was acknowledged is lost, and nothing is told twice.
#[tokio::test]
async fn after_everything_was_answered() {
    let mut scene = Scene::set().await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = nobody.local_addr().expect("an address").port();
    let mail_url = format!("smtp://127.0.0.1:{port}");
    scene.program = scene.program.set("PORTICO_MAIL__URL", &mail_url);
    hire(&scene).await;

    let server = scene.serve_without_worker().await;
    let browser = scene.program.browser();
    let identity = scene.sign_in(&browser).await;
    let choice = scene.confirm(&browser, &identity).await;
    server.stop().await;
    let server = scene.serve().await;
    let progress = scene.submit(&browser, &choice).await;
    let (_mail_server_that_says_nothing, _) = nobody.accept().await.expect("a sender");
    server.kill().await;

    scene.must_hold(Kept::Pending).await;
    assert_eq!(scene.mails().await, 1);
    assert_eq!(scene.jobs("send_mail", "running").await, 1);
    let folder = scene.program.folder().join("mails");
    std::fs::create_dir(&folder).expect("a folder");
    let mail_url = format!("file://{}", folder.display());
    scene.program = scene.program.set("PORTICO_MAIL__URL", &mail_url);
    let server = scene.serve_without_worker().await;
    browser
        .open(&progress.path)
        .await
        .must_say("Your part is done");
    scene.outlive_leases().await;
    assert_eq!(scene.work().await, 1);
    assert_eq!(scene.work().await, 0);
    let mails = std::fs::read_dir(&folder).expect("a folder").count();
    assert_eq!((mails, scene.mails().await), (1, 1), "told once");
    scene.end(server).await;
}

/// Somebody who is told of submissions.
async fn hire(scene: &Scene) {
    let email = "jonas@northlight.example";
    let create = ["admin", "create", "--email", email, "--role", "owner"];
    let made = scene.program.json(&create).await;
    let server = scene.serve_without_worker().await;
    let browser = scene.program.browser();
    let page = browser.open(made["url"].as_str().expect("a link")).await;
    let form = page.form("Set password and sign in");
    let form = form.fill("new_password", "a lamp over the harbour");
    drop(browser.submit(&form).await.expect(200));
    server.stop().await;
}

/// The browser that waited for the login sees it at work for a minute, and then may sign in again.
#[tokio::test]
async fn a_login_that_was_killed_can_be_done_again_in_the_same_visit() {
    let (scene, browser) = killed_in_capture("me").await;
    let server = scene.serve_without_worker().await;
    let visit = scene.visit().await;
    let waiting = browser.open(&visit).await.expect(200);
    waiting.must_say("Signing you in");
    scene.outlive_login().await;
    let halted = browser.open(&visit).await.expect(200);
    halted.must_say("We were interrupted");
    let callback = scene.through_dialog(&browser, &halted).await;
    let identity = browser.arrive(&callback).await.expect(200);
    let choice = scene.confirm(&browser, &identity).await;
    scene.submit_and_finish(&browser, &choice).await;
    scene.end(server).await;
}

/// What Meta had given before the kill is kept sealed, so nobody needs to sign in once more.
#[tokio::test]
async fn a_login_that_was_killed_goes_on_from_where_it_was() {
    for edge in ["oauth/access_token:fb_exchange_token", "debug_token", "me"] {
        let (scene, browser) = killed_in_capture(edge).await;
        let server = scene.serve_without_worker().await;
        let visit = scene.visit().await;
        scene.outlive_login().await;
        let halted = browser.open(&visit).await.expect(200);
        halted.must_say("We were interrupted");
        let identity = browser.press(&halted, "Try again").await.expect(200);
        let choice = scene.confirm(&browser, &identity).await;
        scene.submit_and_finish(&browser, &choice).await;
        scene.end(server).await;
    }
}

/// The code may have been spent by then: nothing is left to go on with.
#[tokio::test]
async fn a_login_that_was_killed_at_its_code_begins_again() {
    let (scene, browser) = killed_in_capture("oauth/access_token:code").await;
    let server = scene.serve_without_worker().await;
    let visit = scene.visit().await;
    scene.outlive_login().await;
    let halted = browser.open(&visit).await.expect(200);
    halted.must_say("Please sign in once more");
    assert!(!halted.has_button("Try again"));
    let callback = scene.through_dialog(&browser, &halted).await;
    let identity = browser.arrive(&callback).await.expect(200);
    let choice = scene.confirm(&browser, &identity).await;
    scene.submit_and_finish(&browser, &choice).await;
    scene.end(server).await;
}

/// A reading whose worker was killed is taken up when its lease is over; the visit goes on by itself.
#[tokio::test]
async fn a_reading_that_was_killed_is_taken_up() {
    let (scene, browser, progress) = killed_in_reading("owned_ad_accounts").await;
    let server = scene.serve_without_worker().await;
    let visit = scene.visit().await;
    browser
        .open(&visit)
        .await
        .must_say("Looking for your ad accounts");
    assert_eq!(scene.work().await, 0, "a lease that is not over is kept");
    scene.outlive_leases().await;
    assert_eq!(scene.work().await, 1);
    let choice = browser.open(&progress.path).await.expect(200);
    scene.submit_and_finish(&browser, &choice).await;
    scene.end(server).await;
}

/// The same for a test of accounts.
#[tokio::test]
async fn a_test_that_was_killed_is_taken_up() {
    let (scene, browser) = killed_in_probing().await;
    let server = scene.serve_without_worker().await;
    let visit = scene.visit().await;
    browser.open(&visit).await.must_say("Testing the accounts");
    scene.outlive_leases().await;
    assert_eq!(scene.work().await, 1);
    browser.open(&visit).await.must_say("Your part is done");
    scene.end(server).await;
}
