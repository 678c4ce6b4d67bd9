//! A stop that was asked for: what is at work is finished first.

use std::sync::Arc;

use super::scene::{Kept, Scene};

#[tokio::test]
async fn a_request_at_work_is_answered_before_the_end() {
    let scene = Scene::set().await;
    let server = scene.serve().await;
    let browser = Arc::new(scene.program.browser());
    let callback = scene.to_callback(&browser).await;
    let held = scene.meta.hold("me");
    let client = browser.clone();
    let waiting = tokio::spawn(async move { client.get(&callback).await });
    held.arrived().await;
    server.ask_to_stop().await;
    server.has_said("stopping").await;
    held.release();
    let answer = waiting.await.expect("an answer").expect(303);
    assert!(answer.location().starts_with("/connect/"), "{answer:?}");
    let (status, log) = server.end().await;
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("\"message\":\"stopped\""), "{log}");
    scene.must_hold(Kept::Draft).await;
}

#[tokio::test]
async fn a_job_at_work_is_finished_before_the_end() {
    let scene = Scene::set().await;
    let server = scene.serve().await;
    let browser = scene.program.browser();
    let identity = scene.sign_in(&browser).await;
    let held = scene.meta.hold("owned_ad_accounts");
    let progress = browser.press(&identity, "Yes, this is me").await;
    held.arrived().await;
    server.ask_to_stop().await;
    server.has_said("stopping").await;
    held.release();
    let (status, log) = server.end().await;
    assert_eq!(status.code(), Some(0), "{log}");
    assert_eq!(scene.jobs("read_accounts", "done").await, 1, "{log}");
    let server = scene.serve_without_worker().await;
    let choice = browser.open(&progress.path).await.expect(200);
    scene.submit_and_finish(&browser, &choice).await;
    scene.end(server).await;
}
