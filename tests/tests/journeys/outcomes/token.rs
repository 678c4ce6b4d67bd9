//! What comes of the code.

use app::model::Role;
use chrono::TimeDelta;
use sandbox::{Fault, NextLogin};
use server::domain::clock::Clock as _;
use tests::{Consent, TestApp, people};

use super::{Way, calls, steps};

const CONTINUE: &str = "Continue with Facebook";

#[tokio::test]
async fn code_that_is_used_or_expired_begins_again() {
    let app = TestApp::start().await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let marta = Consent::of(people::MARTA);
    let mut page = way.visitor.browser.open(&way.link).await;
    for preset in ["code_used", "code_expired"] {
        let fault = Fault::preset("oauth/access_token:code", preset).expect("a preset");
        app.sandbox.state().fault(fault);
        page = way.again(&page, CONTINUE, &marta).await;
        assert_eq!(page.heading(), "This login is no longer fresh", "{preset}");
        assert_eq!(steps(&page), [CONTINUE], "{preset}");
    }
    let fault = Fault::preset("oauth/access_token:code", "code_malformed").expect("a preset");
    app.sandbox.state().fault(fault);
    page = way.again(&page, CONTINUE, &marta).await;
    assert_eq!(page.heading(), "Please sign in once more");
    let identity = way.again(&page, CONTINUE, &marta).await;
    way.finish(&identity).await;
}

#[tokio::test]
async fn code_that_meta_forgot_in_time_begins_again() {
    let app = TestApp::start().await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let marta = Consent::of(people::MARTA);
    let callback = way.visitor.agree(&way.dialog, &marta).await;
    // Meta's clock, not ours: its ten minutes are over while ours are not.
    app.sandbox.state().advance(601);
    let page = way.visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "This login is no longer fresh");
    let identity = way.again(&page, CONTINUE, &marta).await;
    way.finish(&identity).await;
}

#[tokio::test]
async fn short_life_only_is_said_to_both() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let next = NextLogin {
        short_life_only: true,
        ..NextLogin::default()
    };
    let state = app.sandbox.state();
    state.next_login(people::MARTA, next).expect("Marta");
    let way = Way::to_dialog(&app, "Kowalska").await;
    let identity = way.agree(&Consent::of(people::MARTA)).await;
    let done = way.finish(&identity).await;
    done.must_say("Facebook gave this permission for a short time only")
        .must_say("Northlight Studio may ask you to sign in once more.");
    let queue = admin.queue().await;
    queue.must_say("Facebook gave a token of some hours only");
    let token = app.tokens_of(way.client).await.remove(0);
    let life = token.expires_at.expect("an end") - token.created_at;
    assert!(life <= TimeDelta::hours(2), "{life}");
}

/// Where Meta refuses to make it longer, the short one has to do.
#[tokio::test]
async fn refused_long_life_is_a_short_one() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let edge = "oauth/access_token:fb_exchange_token";
    let fault = Fault::preset(edge, "invalid_parameter").expect("a preset");
    app.sandbox.state().fault(fault);
    let way = Way::to_dialog(&app, "Kowalska").await;
    let identity = way.agree(&Consent::of(people::MARTA)).await;
    way.finish(&identity)
        .await
        .must_say("for a short time only");
    assert!(
        admin
            .queue()
            .await
            .says("Facebook gave a token of some hours only")
    );
}

#[tokio::test]
async fn data_access_that_ends_soon_is_a_warning_and_over_is_a_new_login() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let state = app.sandbox.state();
    let now = app.clock.now();
    let ends = |at: chrono::DateTime<chrono::Utc>| NextLogin {
        data_access_expires_at: Some(at.timestamp()),
        ..NextLogin::default()
    };
    let marta = Consent::of(people::MARTA);
    let way = Way::to_dialog(&app, "Kowalska").await;
    let past = ends(now - TimeDelta::days(1));
    state.next_login(people::MARTA, past).expect("Marta");
    let page = way.agree(&marta).await;
    assert_eq!(page.heading(), "Please sign in once more");
    assert_eq!(steps(&page), [CONTINUE]);

    let soon = ends(now + TimeDelta::days(5));
    state.next_login(people::MARTA, soon).expect("Marta");
    let identity = way.again(&page, CONTINUE, &marta).await;
    way.finish(&identity).await;
    let queue = admin.queue().await;
    queue
        .must_say("The access to data ends on")
        .must_say("Only a new login by the client makes it longer.");
    assert_eq!(app.tokens_of(way.client).await[0].token_status, "expiring");
}

/// Throttled or silent: nobody has to sign in once more for what Meta has already given.
#[tokio::test]
async fn throttled_login_goes_on_without_signing_in_again() {
    for edge in ["oauth/access_token:fb_exchange_token", "debug_token", "me"] {
        for preset in ["throttled_app", "html", "truncated"] {
            let app = TestApp::start().await;
            let fault = Fault::preset(edge, preset).expect("a preset");
            app.sandbox.state().fault(Fault {
                times: Fault::UNTIL_CLEARED,
                ..fault
            });
            let way = Way::to_dialog(&app, "Kowalska").await;
            let page = way.agree(&Consent::of(people::MARTA)).await;
            assert_eq!(
                page.heading(),
                "Facebook is not answering",
                "{edge} {preset}"
            );
            page.must_say("nothing is lost");
            assert_eq!(steps(&page), ["Try again", CONTINUE], "{edge} {preset}");
            app.sandbox.state().clear_faults(None);
            // The app's limit names no end: it is asked again after a minute.
            app.advance(TimeDelta::minutes(1));
            let identity = way.visitor.browser.press(&page, "Try again").await;
            assert_eq!(identity.heading(), "Is this you?", "{edge} {preset}");
            assert_eq!(calls(&app, "oauth/access_token:code"), 1);
            way.finish(&identity).await;
        }
    }
}
