//! Meta has its answer, and the server is killed before it did anything about what was told.

use super::scene::Scene;

#[tokio::test]
async fn what_meta_told_is_done_after_a_kill() {
    let scene = Scene::set().await;
    let server = scene.serve_without_worker().await;
    let browser = scene.program.browser();
    let identity = scene.sign_in(&browser).await;
    let choice = scene.confirm(&browser, &identity).await;
    scene.submit_and_finish(&browser, &choice).await;
    scene.ask_for_deletion().await;
    server.kill().await;
    let left = scene.connections().await;
    assert_eq!(left, [("pending".to_owned(), "Priya Raman".to_owned())]);
    assert_eq!(scene.jobs("meta_event", "queued").await, 2);

    let server = scene.serve_without_worker().await;
    scene.work().await;
    let done = scene.connections().await;
    assert_eq!(done, [("disconnected".to_owned(), String::new())]);
    assert_eq!(scene.jobs("meta_event", "done").await, 2);
    let log = server.stop().await;
    assert!(!log.contains("Priya"), "{log}");
}
