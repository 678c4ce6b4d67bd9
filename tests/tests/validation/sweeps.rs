//! Many tokens, several sweeps at the same time, and sweeps that die.

use chrono::TimeDelta;
use sandbox::{Event, Fault, Target};
use server::{domain::clock::Clock as _, store::tokens};
use tests::{TestApp, people};

use super::{
    checks,
    crowd::{Crowd, mint},
    sweep, token,
};

fn asked(app: &TestApp) -> usize {
    let calls = app.sandbox.state().calls();
    calls
        .iter()
        .filter(|call| call.edge == "debug_token")
        .count()
}

#[tokio::test]
async fn sweeps_that_race_check_no_token_twice() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let members = crowd.members(330).await;
    let (other, _) = app.start_again(&[]).await.expect("a second portal");
    app.sandbox.state().clear_calls();
    let (mine, theirs) = tokio::join!(
        app.portal.sweep_due(app.scope, 100),
        other.sweep_due(app.scope, 100)
    );
    let (mine, theirs) = (mine.expect("a sweep"), theirs.expect("a sweep"));
    assert_eq!(mine.checked + theirs.checked, 330);
    assert!(
        theirs.checked > 0 && mine.checked > 0,
        "{mine:?} {theirs:?}"
    );
    assert_eq!(asked(&app), 330);
    for member in &members {
        assert_eq!(checks(&app, member.token).await.len(), 1);
        let next = token(&app, member.token).await.next_validation_at;
        let gap = next.expect("another check") - app.clock.now();
        assert!(
            gap > TimeDelta::hours(11) && gap < TimeDelta::hours(37),
            "{gap}"
        );
    }
    // Nothing is due any more.
    let again = app.portal.sweep_due(app.scope, 100).await.expect("a sweep");
    assert_eq!((again.checked, again.is_more), (0, false));
}

#[tokio::test]
async fn sweep_that_dies_leaves_tokens_that_come_due_again() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let member = crowd.member(mint(people::MARTA)).await;
    let hold = app.sandbox.state().hold("debug_token");
    let portal = app.portal.clone();
    let scope = app.scope;
    let dying = tokio::spawn(async move { portal.sweep_due(scope, 10).await });
    hold.arrived().await;
    dying.abort();
    assert!(dying.await.is_err());
    hold.release();
    assert!(checks(&app, member.token).await.is_empty());
    sweep(&app).await;
    assert!(
        checks(&app, member.token).await.is_empty(),
        "the claim still stands"
    );
    app.advance(TimeDelta::minutes(4));
    sweep(&app).await;
    assert_eq!(checks(&app, member.token).await.len(), 1);
}

#[tokio::test]
async fn late_answer_changes_nothing_of_a_token_that_was_destroyed_or_checked_since() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let gone = crowd.member(mint(people::MARTA)).await;
    let checked = crowd.member(mint(people::MARTA)).await;
    let hold = app.sandbox.state().hold("debug_token");
    let (portal, scope) = (app.portal.clone(), app.scope);
    let late = tokio::spawn(async move { portal.sweep_due(scope, 1).await });
    hold.arrived().await;
    // What Meta says now is that both work. Meanwhile one is destroyed, and of the other more is learnt.
    let db = app.portal.db.reader();
    let destroyed = tokens::destroy(db, app.scope, gone.token, app.clock.now()).await;
    destroyed.expect("a token that can be destroyed");
    let sql = format!(
        "UPDATE client_tokens SET token_status = 'revoked', next_validation_at = created_at WHERE id = {}",
        app.sql_id(checked.token)
    );
    assert_eq!(app.execute(&sql).await, 1);
    hold.release();
    late.await.expect("no panic").expect("a sweep");
    for member in [&gone, &checked] {
        assert!(checks(&app, member.token).await.is_empty());
        assert!(
            !app.story(member.client)
                .await
                .contains(&"token.status_changed".to_owned())
        );
    }
    let row = token(&app, gone.token).await;
    assert_eq!(
        (row.next_validation_at, row.token_sealed.is_some()),
        (None, false)
    );
    assert_eq!(token(&app, checked.token).await.token_status, "revoked");
}

#[tokio::test]
async fn every_status_is_right_in_the_end_whatever_goes_wrong_on_the_way() {
    let app = TestApp::start().await;
    let crowd = Crowd::of(&app).await;
    let members = crowd.members(120).await;
    for (member, number) in members.iter().zip(0..) {
        let event = match number % 4 {
            1 => Event::Expire,
            2 => Event::ChangePassword,
            3 => Event::Invalidate,
            _ => continue,
        };
        let target = Target::Token(member.secret.clone());
        app.sandbox.state().event(event, &target).expect("a token");
    }
    // Together they hit three of ten.
    for (preset, seen) in [
        ("service_down", 0),
        ("html_200", 1),
        ("null", 2),
        ("unknown_error_99", 3),
        ("throttled_disguised", 4),
        ("account_permission", 5),
        ("token_malformed", 6),
        ("lie", 7),
        ("empty", 8),
        ("unknown_error", 9),
    ] {
        app.sandbox.state().fault(Fault {
            share: Some(0.03),
            seen,
            times: Fault::UNTIL_CLEARED,
            ..Fault::preset("debug_token", preset).expect("a preset")
        });
    }
    // And some calls come back with nothing at all.
    for (preset, seen) in [("reset", 0), ("cut_off", 3)] {
        app.sandbox.state().fault(Fault {
            share: Some(0.15),
            seen,
            times: Fault::UNTIL_CLEARED,
            ..Fault::preset("batch", preset).expect("a preset")
        });
    }
    let right = async |number: usize| {
        let expected = ["active", "expired", "revoked", "revoked"][number % 4];
        let row = token(&app, members[number].token).await;
        let client = app.client_row(members[number].client).await;
        // Known rightly, or not known yet; never something else.
        let is_known = row.checks_failed == 0 && !checks(&app, row.id).await.is_empty();
        assert!(
            !is_known || row.token_status == expected,
            "{}",
            row.token_status
        );
        assert!(row.token_status == expected || row.token_status == "active");
        is_known && client.token_status == expected
    };
    let mut known = 0;
    for _ in 0..60 {
        sweep(&app).await;
        app.advance(TimeDelta::hours(3));
        known = 0;
        for number in 0..members.len() {
            known += usize::from(right(number).await);
        }
        if known == members.len() {
            break;
        }
    }
    assert_eq!(known, members.len());
}
