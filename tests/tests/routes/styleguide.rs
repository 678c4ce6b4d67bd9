//! `/styleguide`.

use app::routes::pattern::STYLEGUIDE;
use tests::TestApp;

#[tokio::test]
async fn style_guide_is_there_for_developers_only() {
    let app = TestApp::start().await;
    let page = app.browser().get(STYLEGUIDE).await.expect(200);
    assert_eq!(page.heading(), "Style guide");
    let app = TestApp::builder()
        .set("PORTICO_BASE_URL", "https://portal.example")
        .start()
        .await;
    app.browser().get(STYLEGUIDE).await.expect(404);
}
