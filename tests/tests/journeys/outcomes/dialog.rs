//! The dialog comes back without a code.

use app::{model::Role, routes::pattern::CALLBACK};
use sandbox::{AppMode, CancelForm, DialogError, Settings, WithoutRole};
use tests::{Consent, TestApp, people};

use super::{Way, steps};

const NOT_GIVEN: &str = "Facebook did not give us permission";
const CONTINUE: &str = "Continue with Facebook";

#[tokio::test]
async fn cancelled_in_either_of_metas_forms_leads_on() {
    for cancel in [CancelForm::Field, CancelForm::Documented] {
        let app = TestApp::start().await;
        app.sandbox.state().set_settings(Settings {
            cancel,
            ..Settings::default()
        });
        let way = Way::to_dialog(&app, "Kowalska").await;
        let callback = way.visitor.cancel(&way.dialog).await;
        let has_state = callback.contains("state=");
        assert_eq!(has_state, cancel == CancelForm::Field, "{callback}");
        let page = way.visitor.browser.arrive(&callback).await;
        assert_eq!(page.heading(), NOT_GIVEN);
        page.must_say("Nothing was changed, and your link still works.");
        assert!(!page.says("cancel"), "nobody is blamed: {}", page.text());
        assert_eq!(steps(&page), [CONTINUE]);
        let identity = way
            .again(&page, CONTINUE, &Consent::of(people::MARTA))
            .await;
        assert_eq!(identity.heading(), "Is this you?");
        way.finish(&identity).await;
    }
}

#[tokio::test]
async fn denied_without_having_cancelled_says_whom_to_tell() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    let state = app.sandbox.state();
    state.set_settings(Settings {
        app_mode: AppMode::Development,
        ..Settings::default()
    });
    let way = Way::to_dialog(&app, "Kowalska").await;
    let page = way.agree(&Consent::of(people::MARTA)).await;
    assert_eq!(page.heading(), NOT_GIVEN);
    page.must_say("Did you agree and still see this page? Then tell Northlight Studio");
    assert_eq!(steps(&page), [CONTINUE]);
    // The agency reads what the client cannot know.
    let told = admin.client_page(way.client).await;
    told.must_say("the Meta app is in development and the person has no role in it");

    state.set_settings(Settings::default());
    let identity = way
        .again(&page, CONTINUE, &Consent::of(people::MARTA))
        .await;
    assert_eq!(identity.heading(), "Is this you?");
}

#[tokio::test]
async fn error_code_without_a_state_is_the_only_visits_or_nobodys() {
    let app = TestApp::start().await;
    let admin = app.staff(Role::Admin).await;
    app.sandbox.state().set_settings(Settings {
        app_mode: AppMode::Development,
        without_role: WithoutRole::ErrorCode,
        ..Settings::default()
    });
    let way = Way::to_dialog(&app, "Kowalska").await;
    let callback = way
        .visitor
        .agree(&way.dialog, &Consent::of(people::MARTA))
        .await;
    assert!(!callback.contains("state="), "{callback}");

    // Another browser has none in flight: a page of nobody's, and nothing is noted.
    let stranger = app.browser().arrive(&callback).await;
    assert_eq!(stranger.path, "/connect/stopped/not_given");
    assert_eq!(steps(&stranger), [""; 0]);
    stranger.must_say("Open the link in your e-mail again");
    assert!(!admin.queue().await.says("your Meta app is not live"));

    let page = way.visitor.browser.arrive(&callback).await;
    assert_eq!(page.heading(), "Facebook does not accept our request");
    page.must_say("This is not yours to mend. Northlight Studio has been told");
    assert!(
        !page.says("901") && !page.says("sandbox mode"),
        "{}",
        page.text()
    );
    assert_eq!(steps(&page), [CONTINUE]);
    let queue = admin.queue().await;
    queue.must_say("Clients cannot sign in: your Meta app is not live");
}

#[tokio::test]
async fn error_code_with_a_state_says_what_it_means() {
    let app = TestApp::start().await;
    let state = app.sandbox.state();
    let refuse = |error_code, error_message: &str| {
        state.set_settings(Settings {
            dialog_error: Some(DialogError {
                error_code,
                error_message: error_message.to_owned(),
                state: true,
            }),
            ..Settings::default()
        });
    };
    let marta = Consent::of(people::MARTA);
    refuse(2, "An unexpected error has occurred.");
    let way = Way::to_dialog(&app, "Kowalska").await;
    let mut page = way.agree(&marta).await;
    assert_eq!(page.heading(), "Facebook is not answering");
    for (code, heading) in [
        (1, "Facebook is not answering"),
        (101, "Facebook does not accept our request"),
        (191, "Facebook does not accept our request"),
        (4_201, NOT_GIVEN),
    ] {
        refuse(
            code,
            "Sorry, <script>alert(1)</script> something went wrong.",
        );
        page = way.again(&page, CONTINUE, &marta).await;
        assert_eq!(page.heading(), heading, "{code}");
        assert!(!page.body.contains("went wrong"), "anybody can write it");
        assert_eq!(steps(&page), [CONTINUE], "{code}");
    }
    state.set_settings(Settings::default());
    let identity = way.again(&page, CONTINUE, &marta).await;
    way.finish(&identity).await;
}

#[tokio::test]
async fn error_without_a_state_for_two_in_flight_touches_neither() {
    let app = TestApp::start().await;
    let way = Way::to_dialog(&app, "Kowalska").await;
    let link = app.invite(app.add_client("Al Noor").await).await;
    let other = way.visitor.start(&link).await;
    let query = "error=access_denied&error_reason=user_denied&error_description=Permissions+error.";
    let page = way
        .visitor
        .browser
        .arrive(&format!("{CALLBACK}?{query}"))
        .await;
    assert_eq!(page.path, "/connect/stopped/not_given");
    assert_eq!(page.heading(), NOT_GIVEN);
    let marta = way.agree(&Consent::of(people::MARTA)).await;
    assert_eq!(marta.heading(), "Is this you?");
    let callback = way.visitor.agree(&other, &Consent::of(people::LAYLA)).await;
    let layla = way.visitor.browser.arrive(&callback).await;
    layla.must_say("Layla Nasser");
}
