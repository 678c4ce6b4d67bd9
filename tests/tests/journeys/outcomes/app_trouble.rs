//! What only the agency can mend: the client is told so, the desk is told what.

use app::model::Role;
use sandbox::{AppMode, Fault, Settings};
use tests::{Answer, Consent, TestApp, people};

use super::{Way, steps};

const CONTINUE: &str = "Continue with Facebook";
const BANNER: &str = "section[aria-label='Trouble with your Meta app']";

fn must_be_theirs_to_mend(page: &Answer) {
    assert_eq!(page.heading(), "Facebook does not accept our request");
    page.must_say("This is not yours to mend. Northlight Studio has been told what to put right");
    for word in ["secret", "redirect", "development", "code"] {
        assert!(!page.says(word), "{word}: {}", page.text());
    }
}

fn banner(queue: &Answer) -> String {
    queue.texts(BANNER).join(" ")
}

#[tokio::test]
async fn each_trouble_at_the_exchange_is_a_banner_with_what_to_do() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let marta = Consent::of(people::MARTA);
    let mut page = way.visitor.browser.open(&way.link).await;
    let redirect = "/oauth/facebook/callback";
    for (preset, title, what) in [
        (
            "wrong_secret",
            "does not take your app secret",
            "App settings, Basic",
        ),
        (
            "code_redirect_mismatch",
            "does not know this portal’s address",
            redirect,
        ),
        (
            "redirect_not_allowed",
            "does not know this portal’s address",
            redirect,
        ),
        (
            "invalid_app",
            "does not know your app id",
            "at the top of the page",
        ),
        (
            "proof_wrong",
            "does not take your app secret",
            "App settings, Basic",
        ),
        (
            "no_capability",
            "does not let your app do this yet",
            "App Review",
        ),
    ] {
        let fault = Fault::preset("oauth/access_token:code", preset).expect("a preset");
        app.sandbox.state().fault(fault);
        page = way.again(&page, CONTINUE, &marta).await;
        must_be_theirs_to_mend(&page);
        assert_eq!(steps(&page), [CONTINUE], "{preset}: the code may be spent");
        let told = banner(&admin.queue().await);
        assert!(
            told.contains(title) && told.contains(what),
            "{preset}: {told}"
        );
    }
    let identity = way.again(&page, CONTINUE, &marta).await;
    assert_eq!(identity.heading(), "Is this you?");
    assert_eq!(
        banner(&admin.queue().await),
        "",
        "the next login that works ends it"
    );
}

#[tokio::test]
async fn wrong_secret_of_the_whole_installation_stops_everybody_until_it_is_mended() {
    let wrong = "ffffffffffffffffffffffffffffffff";
    let app = TestApp::builder()
        .set("PORTICO_META__APP_SECRET", wrong)
        .start()
        .await;
    let admin = app.staff(Role::Admin).await;
    let marta = Consent::of(people::MARTA);
    for name in ["Kowalska", "Al Noor"] {
        let way = Way::to_dialog(&app, name).await;
        must_be_theirs_to_mend(&way.agree(&marta).await);
    }
    let queue = admin.queue().await;
    let told = banner(&queue);
    assert!(told.contains("It stopped 2 logins"), "{told}");
    assert!(told.contains("does not take your app secret"), "{told}");
    assert!(!queue.body.contains(wrong));
    queue.must_say("Meta refuses your app at present.");
    let troubles = "SELECT count(*) AS n FROM audit_events WHERE action = 'meta_app.trouble'";
    assert_eq!(
        app.value::<i64>("n", troubles).await,
        1,
        "told once in the trail"
    );

    let reviewer = app.staff(Role::Reviewer).await;
    let theirs = reviewer.queue().await;
    assert!(banner(&theirs).contains("app secret") && !theirs.has_button("This is mended"));
    let after = admin.browser.press(&queue, "This is mended").await;
    assert_eq!(banner(&after), "");
    let mended = "SELECT count(*) AS n FROM audit_events WHERE action = 'meta_app.mended'";
    assert_eq!(app.value::<i64>("n", mended).await, 1);
}

#[tokio::test]
async fn app_that_is_switched_off_stops_a_login_that_can_go_on_once_it_is_back() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let state = app.sandbox.state();
    let way = Way::to_dialog(&app, "Kowalska").await;
    let callback = way
        .visitor
        .agree(&way.dialog, &Consent::of(people::MARTA))
        .await;
    let hold = app.sandbox.hold("oauth/access_token:code");
    let meanwhile = async {
        hold.arrived().await;
        state.set_settings(Settings {
            app_mode: AppMode::Inactive,
            ..Settings::default()
        });
        hold.release();
    };
    let (page, ()) = tokio::join!(way.visitor.browser.arrive(&callback), meanwhile);
    must_be_theirs_to_mend(&page);
    assert_eq!(steps(&page), ["Try again", CONTINUE]);
    let told = banner(&admin.queue().await);
    assert!(told.contains("your Meta app is not live"), "{told}");

    let same = way.visitor.browser.press(&page, "Try again").await;
    must_be_theirs_to_mend(&same);
    let told = banner(&admin.queue().await);
    assert!(told.contains("It stopped 2 logins"), "{told}");

    state.set_settings(Settings::default());
    let identity = way.visitor.browser.press(&same, "Try again").await;
    assert_eq!(identity.heading(), "Is this you?");
    assert_eq!(
        super::calls(&app, "oauth/access_token:code"),
        1,
        "signed in once"
    );
    assert_eq!(banner(&admin.queue().await), "");
    way.finish(&identity).await;
}
