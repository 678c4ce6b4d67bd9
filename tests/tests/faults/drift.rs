//! A Graph version that is over: Meta answers all the same, with the next one.

use tests::TestApp;

#[tokio::test]
async fn a_version_that_is_over_is_noticed() {
    for (asked, answered) in [("v20.0", Some("v21.0")), ("v25.0", None)] {
        let app = TestApp::builder()
            .set("PORTICO_META__GRAPH_VERSION", asked)
            .start()
            .await;
        assert_eq!(app.portal.meta_drift(), None, "nothing was asked yet");
        let known = app.portal.check_meta_app().await;
        known.expect("Meta knows the app");
        let drift = app.portal.meta_drift();
        let told = drift.as_ref().map(|drift| drift.answered.as_str());
        assert_eq!(told, answered, "{asked}");
    }
}
