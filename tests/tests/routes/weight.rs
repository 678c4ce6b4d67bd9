//! What pages weigh on the wire, and which are not compressed.

use app::{
    model::{Role, StopReason},
    routes::{self, pattern},
};
use tests::{Browser, Consent, TestApp, people};

/// What the HTML of a client's page may weigh, in bytes. With the stylesheet, which `xtask` holds to 12 kB, that makes
/// the 20 kB that a client's page may cost.
const PAGE: usize = 8_000;

/// What browsers send.
const ACCEPTED: (&str, &str) = ("accept-encoding", "gzip, deflate, br");

async fn is_light(browser: &Browser, path: &str) {
    let headers = [ACCEPTED, ("sec-fetch-site", "same-origin")];
    let page = browser.request("GET", path, &headers).await;
    assert!(!page.status.is_redirection(), "{path}");
    eprintln!("{:>6} bytes: {path}", page.size);
    assert_eq!(page.header("content-encoding"), "br", "{path}");
    assert!(
        page.header("vary")
            .to_lowercase()
            .contains("accept-encoding"),
        "{path}"
    );
    assert!(page.size <= PAGE, "{path}: {} bytes", page.size);
}

#[tokio::test]
async fn clients_pages_are_light() {
    let app = TestApp::start().await;
    let link = app.invite(app.add_client("Sonnenschein").await).await;
    let visitor = app.client();
    is_light(&visitor.browser, "/").await;
    is_light(&visitor.browser, &link).await;
    is_light(&visitor.browser, "/i/unknown").await;
    is_light(&visitor.browser, &routes::stopped(StopReason::CookiesOff)).await;
    let in_app = app
        .browser()
        .named("Mozilla/5.0 (Linux; Android 14; wv) [FBAN/FB4A;FBAV/450.0]");
    is_light(&in_app, &link).await;

    let identity = visitor.sign_in(&link, &Consent::of(people::AURORA)).await;
    is_light(&visitor.browser, &identity.path).await;
    let progress = visitor.browser.press(&identity, "Yes, this is me").await;
    is_light(&visitor.browser, &progress.path).await;
    app.run_jobs().await;
    let choice = visitor.browser.open(&progress.path).await;
    for path in [
        choice.path.clone(),
        format!("{}?query=a&page=3", choice.path),
    ] {
        is_light(&visitor.browser, &path).await;
    }
    for beside in ["pass-on", "help"] {
        let visit = choice.path.trim_end_matches("/accounts");
        is_light(&visitor.browser, &format!("{visit}/{beside}")).await;
    }
    let one = tests::open_accounts(&choice)[0].clone();
    let done = visitor.submit(&choice, &[one]).await;
    is_light(&visitor.browser, &done.path).await;
    is_light(&visitor.browser, &link).await;
}

/// Whoever reads lengths on the wire must not be able to have words of theirs compressed beside words of ours.
#[tokio::test]
async fn words_of_another_site_are_not_compressed_beside_ours() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let link = app.invite(app.add_client("Kowalska").await).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    let clients = format!("{}?query=kow", pattern::CLIENTS);
    let accounts = format!("{}?query=kow", choice.path);
    for (browser, path) in [(&admin.browser, &clients), (&visitor.browser, &accounts)] {
        for (site, expected) in [
            (Some("same-origin"), "br"),
            (Some("none"), "br"),
            (Some("same-site"), ""),
            (Some("cross-site"), ""),
            (None, ""),
        ] {
            let mut headers = vec![ACCEPTED];
            headers.extend(site.map(|site| ("sec-fetch-site", site)));
            let page = browser.request("GET", path, &headers).await.expect(200);
            assert_eq!(
                page.header("content-encoding"),
                expected,
                "{path} from {site:?}"
            );
        }
    }
}

#[tokio::test]
async fn whoever_takes_no_compressed_page_gets_a_plain_one() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for (accepted, encoding) in [("gzip", "gzip"), ("identity", ""), ("br;q=0", "")] {
        let page = browser
            .request("GET", "/", &[("accept-encoding", accepted)])
            .await
            .expect(200);
        assert_eq!(page.header("content-encoding"), encoding, "{accepted}");
    }
}
