//! Going on with a login that was stopped: with the code that never left, with a page that did not wait, and
//! with two presses at once.

use std::time::Duration;

use server::meta::http::Limits;
use tests::{Client, Consent, TestApp, people};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};
use url::Url;

/// As often as a read is made at once.
const TRIES: u32 = 3;

/// A browser in front of the dialog.
async fn at_dialog<'a>(app: &'a TestApp, name: &str) -> (Client<'a>, Url) {
    let link = app.invite(app.add_client(name).await).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    (visitor, dialog)
}

/// How often a code was exchanged.
fn exchanges(app: &TestApp) -> usize {
    let calls = app.sandbox.state().calls();
    let codes = calls
        .iter()
        .filter(|call| call.edge == "oauth/access_token:code");
    codes.count()
}

/// A page that waits for Meta shows after a while that the work goes on, and the work does.
#[tokio::test]
async fn no_page_waits_longer_than_its_patience() {
    let limits = Limits {
        page: Duration::from_millis(100),
        ..Limits::REAL
    };
    let app = TestApp::builder().limits(limits).start().await;
    let (visitor, dialog) = at_dialog(&app, "Kowalska").await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let hold = app.sandbox.hold("me");
    let waiting = visitor.browser.arrive(&callback).await;
    assert_eq!(waiting.heading(), "Signing you in");
    assert!(!waiting.header("refresh").is_empty());
    hold.release();
    app.portal.tasks.close();
    app.portal.tasks.wait().await;
    let identity = visitor.browser.open(&waiting.path).await;
    assert_eq!(identity.heading(), "Is this you?");
}

/// Where Meta was not reached at all the code is still good, and the person need not sign in again.
#[tokio::test]
async fn a_code_that_never_left_is_sent_once_meta_can_be_reached() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = nobody.local_addr().expect("an address");
    drop(nobody);
    let app = TestApp::builder()
        .set("PORTICO_META__GRAPH_URL", &format!("http://{address}"))
        .start()
        .await;
    let (visitor, dialog) = at_dialog(&app, "Kowalska").await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    let page = visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "Facebook is not answering");
    assert_eq!(exchanges(&app), 0);
    let way = TcpListener::bind(address).await.expect("the same port");
    let meta = Url::parse(&app.sandbox.url()).expect("an address");
    let meta = meta.socket_addrs(|| None).expect("an address").remove(0);
    let carrying = tokio::spawn(async move {
        while let Ok((mut near, _)) = way.accept().await {
            tokio::spawn(async move {
                let far = TcpStream::connect(meta).await;
                let carried = copy_bidirectional(&mut near, &mut far.expect("the sandbox")).await;
                drop(carried);
            });
        }
    });
    let identity = visitor.browser.press(&page, "Try again").await;
    assert_eq!(identity.heading(), "Is this you?");
    assert_eq!(exchanges(&app), 1);
    carrying.abort();
}

/// Two presses of *Try again* at once: one goes on, the other sees it.
#[tokio::test]
async fn going_on_twice_at_once_keeps_one_token() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    let dialog = visitor.start(&link).await;
    let callback = visitor.agree(&dialog, &Consent::of(people::MARTA)).await;
    app.sandbox.state().fault(sandbox::Fault {
        times: TRIES,
        ..sandbox::Fault::transient("debug_token")
    });
    let page = visitor.browser.arrive(&callback).await;
    let press = || visitor.browser.press(&page, "Try again");
    tokio::join!(press(), press(), press());
    assert_eq!(app.tokens_of(client).await.len(), 1);
    assert_eq!(exchanges(&app), 1);
}
