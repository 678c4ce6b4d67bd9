//! Each status, as Meta's word leads to it.

use app::model::Role;
use chrono::TimeDelta;
use sandbox::{Event, Fault, Mint, Target};
use server::domain::clock::Clock as _;
use tests::{TestApp, people};

use super::{
    checks,
    crowd::{Crowd, Member, mint},
    sweep, token,
};

/// Status of the token and of the client, and class of the last check.
async fn standing(app: &TestApp, member: &Member) -> (String, String, String) {
    let row = token(app, member.token).await;
    let client = app.client_row(member.client).await;
    let class = checks(app, member.token).await.pop();
    (
        row.token_status,
        client.token_status,
        class.expect("a check").class,
    )
}

#[tokio::test]
async fn each_word_of_metas_leads_to_its_status() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let soon = (app.clock.now() + TimeDelta::days(10)).timestamp();
    let event = |event, member: &Member| {
        let target = Target::Token(member.secret.clone());
        app.sandbox.state().event(event, &target).expect("a token");
    };
    let mut cases = vec![
        (crowd.member(mint(people::MARTA)).await, "active", "none"),
        (
            crowd
                .member(Mint {
                    expires_at: Some(soon),
                    ..mint(people::MARTA)
                })
                .await,
            "expiring",
            "renew",
        ),
        (
            crowd
                .member(Mint {
                    data_access_expires_at: Some(soon),
                    ..mint(people::MARTA)
                })
                .await,
            "expiring",
            "relogin",
        ),
        (
            crowd
                .member(Mint {
                    scopes: Some(vec!["public_profile".to_owned()]),
                    ..mint(people::MARTA)
                })
                .await,
            "limited",
            "ask_permission",
        ),
        (
            crowd
                .member(Mint {
                    app_id: Some("999".to_owned()),
                    ..mint(people::MARTA)
                })
                .await,
            "revoked",
            "fix_config",
        ),
    ];
    for (happened, status) in [
        (Event::Expire, "expired"),
        (Event::EndDataAccess, "expired"),
        (Event::ChangePassword, "revoked"),
        (Event::LogOut, "revoked"),
        (Event::Invalidate, "revoked"),
    ] {
        let member = crowd.member(mint(people::MARTA)).await;
        event(happened, &member);
        cases.push((member, status, "relogin"));
    }
    let blocked = crowd.member(mint(people::DIEGO)).await;
    event(Event::Block, &blocked);
    cases.push((blocked, "blocked", "blocked"));
    // Its own person's, but not the one whom the connection knows.
    let stranger = app.sandbox.state().mint(mint(people::TOMASZ));
    let stranger = stranger.expect("a person").access_token;
    let stranger = crowd.keep(stranger, people::MARTA).await;
    cases.push((stranger, "revoked", "relogin"));

    // The sandbox's clock is ahead by as long as all this took.
    app.clock.advance(TimeDelta::minutes(1));
    sweep(&app).await;
    for (number, (member, status, class)) in cases.iter().enumerate() {
        let (of_token, of_client, of_check) = standing(&app, member).await;
        assert_eq!(of_token, *status, "case {number}");
        assert_eq!(of_client, *status, "case {number}");
        assert_eq!(of_check, *class, "case {number}");
        let check = checks(&app, member.token).await.remove(0);
        assert!(check.latency_millis.is_some(), "case {number}");
        let changed = app.story(member.client).await;
        let changed = changed.iter().any(|what| what == "token.status_changed");
        assert_eq!(changed, *status != "active", "case {number}");
        let client = app.client_row(member.client).await;
        assert!(client.last_token_validation > Some(check.made_at - TimeDelta::seconds(1)));
    }
    let verified = app.portal.verify_audit(app.scope).await;
    assert_eq!(verified.expect("a readable chain").broken_at, None);

    // Meta unblocks the person, and a day later the token works again.
    let unblocked = &cases
        .iter()
        .find(|case| case.1 == "blocked")
        .expect("one")
        .0;
    event(Event::Unblock, unblocked);
    app.advance(TimeDelta::days(2));
    sweep(&app).await;
    assert_eq!(standing(&app, unblocked).await.0, "active");
}

#[tokio::test]
async fn nothing_that_passes_changes_a_status() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let member = crowd.member(mint(people::MARTA)).await;
    sweep(&app).await;
    let before = token(&app, member.token).await;
    assert_eq!(before.token_status, "active");
    let mut made = checks(&app, member.token).await.len();
    for preset in [
        "service_down",
        "unknown_error_99",
        "html",
        "html_200",
        "text",
        "empty",
        "cut_off",
        "lie",
        "reset",
        "account_permission",
        "object_gone",
        "token_malformed",
        "checkpoint",
        "policy_block",
        "wrong_secret",
        "throttled_disguised",
    ] {
        let fault = Fault {
            token: Some(member.secret.clone()),
            times: Fault::UNTIL_CLEARED,
            ..Fault::preset("debug_token", preset).expect("a preset")
        };
        app.sandbox.state().fault(fault);
        app.advance(TimeDelta::days(2));
        sweep(&app).await;
        app.sandbox.state().clear_faults(None);
        let row = token(&app, member.token).await;
        assert_eq!(row.token_status, "active", "{preset}");
        assert_eq!(row.last_validated_at, before.last_validated_at, "{preset}");
        let client = app.client_row(member.client).await;
        assert_eq!(client.token_status, "active", "{preset}");
        let all = checks(&app, member.token).await;
        assert!(all.len() > made, "{preset}");
        made = all.len();
        assert_eq!(all[made - 1].status, "unknown", "{preset}");
        assert!(row.next_validation_at > Some(app.clock.now()), "{preset}");
    }
    let story = app.story(member.client).await;
    assert!(!story.iter().any(|what| what == "token.status_changed"));
    // What is not known stands beside what was known.
    let page = app
        .staff(Role::Viewer)
        .await
        .client_page(member.client)
        .await;
    page.must_say("Active");
    page.must_say("Unknown");
    // And as soon as Meta answers, it is known again.
    app.advance(TimeDelta::days(1));
    sweep(&app).await;
    assert!(token(&app, member.token).await.last_validated_at > before.last_validated_at);
    assert_eq!(token(&app, member.token).await.checks_failed, 0);
}

#[tokio::test]
async fn what_was_learnt_of_a_token_is_kept_and_what_a_dead_one_had_stays() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let member = crowd
        .member(Mint {
            assets: Some(["1015880000000101".to_owned()].into()),
            scopes: Some(vec!["public_profile".to_owned(), "ads_read".to_owned()]),
            ..mint(people::MARTA)
        })
        .await;
    sweep(&app).await;
    let row = token(&app, member.token).await;
    assert_eq!(row.scopes, "public_profile,ads_read");
    let granular = row.granular_scopes.clone().expect("limited to an account");
    assert!(granular.contains("1015880000000101"), "{granular}");
    let target = Target::Token(member.secret.clone());
    let event = app.sandbox.state().event(Event::Invalidate, &target);
    event.expect("a token");
    app.advance(TimeDelta::days(2));
    sweep(&app).await;
    let dead = token(&app, member.token).await;
    assert_eq!(dead.token_status, "revoked");
    // Meta tells no scopes any more.
    assert_eq!(
        (&dead.scopes, &dead.granular_scopes),
        (&row.scopes, &row.granular_scopes)
    );
    assert_eq!(dead.expires_at, row.expires_at);
}
