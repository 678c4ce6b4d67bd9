//! A call that comes late, when the person has signed in again: what was given later stays.

use app::model::InvitationKind;
use chrono::TimeDelta;
use sandbox::{DeliveryKind, Event, Fault, NextLogin};
use tests::{Consent, TestApp, people};

use super::deauthorize::{living, sign_in};

const RECONNECT: InvitationKind = InvitationKind::Reconnect;

/// A person removed the app, and the portal has not heard of it yet.
async fn unheard(app: &TestApp, person: &str) -> sandbox::Delivery {
    app.happens(Event::RemoveApp, person).await;
    app.lose_what_was_told().await;
    app.advance(TimeDelta::seconds(90));
    app.delivery(DeliveryKind::Deauthorization)
}

#[tokio::test]
async fn new_login_outlives_an_old_call() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let call = unheard(&app, people::MARTA).await;
    sign_in(&app, client, RECONNECT, people::MARTA).await;
    app.run_jobs().await;
    let before = (app.connection_of(client).await, living(&app, client).await);
    assert_eq!((before.0.state.as_str(), before.1.len()), ("approved", 1));
    app.tell_again(&call).await;
    app.run_jobs().await;
    let after = (app.connection_of(client).await, living(&app, client).await);
    assert_eq!(after, before);
    let story = app.story(client).await;
    assert!(
        !story.contains(&"login.ended_at_meta".to_owned()),
        "{story:?}"
    );
}

#[tokio::test]
async fn login_that_came_between_call_and_job_lives() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    app.happens(Event::RemoveApp, people::MARTA).await;
    app.advance(TimeDelta::seconds(90));
    let link = app.invite_for(client, RECONNECT).await;
    let visitor = app.client();
    let identity = visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    // The job comes while the person looks at the page.
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await.state, "approved");
    let done = visitor.confirm(&identity).await;
    done.must_say("Your part is done");
    assert_eq!(app.connection_of(client).await.state, "approved");
    assert_eq!(
        living(&app, client).await,
        [(people::MARTA.to_owned(), "primary".to_owned())]
    );
    assert!(app.sandbox.state().consent(people::MARTA).is_some());
}

#[tokio::test]
async fn draft_of_a_new_login_outlives_an_old_call() {
    let app = TestApp::start().await;
    let client = app.add_client("Kowalska").await;
    let link = app.invite(client).await;
    let visitor = app.client();
    visitor.sign_in(&link, &Consent::of(people::MARTA)).await;
    let call = unheard(&app, people::MARTA).await;
    let visitor = app.client();
    let choice = visitor.accounts(&link, &Consent::of(people::MARTA)).await;
    app.tell_again(&call).await;
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await.state, "draft");
    let first = tests::open_accounts(&choice)[..1].to_vec();
    let done = visitor.submit(&choice, &first).await;
    done.must_say("Your part is done");
}

/// Of a short-lived token Meta does not tell when it was issued: Meta is asked whether it lives.
#[tokio::test]
async fn token_without_a_beginning_is_asked_about() {
    let app = TestApp::start().await;
    let meta = app.sandbox.state();
    let short = NextLogin {
        short_life_only: true,
        ..NextLogin::default()
    };
    meta.next_login(people::MARTA, short.clone())
        .expect("Marta");
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    assert_eq!(app.tokens_of(client).await[0].issued_at, None);
    let call = unheard(&app, people::MARTA).await;
    meta.next_login(people::MARTA, short).expect("Marta");
    sign_in(&app, client, RECONNECT, people::MARTA).await;
    app.run_jobs().await;
    app.tell_again(&call).await;
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await.state, "approved");
    assert_eq!(living(&app, client).await.len(), 1);

    // Where Meta does not say, nothing is ended: the job comes back.
    let fault = Fault::preset("debug_token", "service_down").expect("a preset");
    meta.fault(Fault {
        times: Fault::UNTIL_CLEARED,
        ..fault
    });
    app.happens(Event::RemoveApp, people::MARTA).await;
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await.state, "approved");
    meta.clear_faults(None);
    app.advance(TimeDelta::minutes(1));
    app.run_jobs().await;
    assert_eq!(app.connection_of(client).await.state, "disconnected");
}
