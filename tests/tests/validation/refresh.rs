//! What hangs on a token: ad accounts, how they stand, and their campaigns.

use app::model::{JobKind, Role};
use chrono::TimeDelta;
use sandbox::Fault;
use tests::{TestApp, people};
use uuid::Uuid;

use super::{fire, sweep};

/// Lets the schedule look at accounts that are due.
async fn refresh(app: &TestApp) {
    fire(app, JobKind::RefreshAccounts).await;
}

/// Changes one ad account at Meta.
fn change(app: &TestApp, number: &str, change: impl FnOnce(&mut sandbox::AdAccount)) {
    let mut world = app.sandbox.state().world();
    let account = world
        .accounts
        .iter_mut()
        .find(|account| account.id == number);
    change(account.expect("an account"));
    app.sandbox
        .state()
        .set_world(world)
        .expect("a world that holds together");
}

/// Name, state and test of the chosen account.
async fn chosen(app: &TestApp, client: Uuid) -> (String, i32, String) {
    let connection = app.sql_id(app.connection_of(client).await.id);
    let row = format!(
        "SELECT name, account_status, probe FROM ad_accounts \
         WHERE connection_id = {connection} AND is_selected ORDER BY search_name"
    );
    (
        app.value("name", &row).await,
        app.value("account_status", &row).await,
        app.value("probe", &row).await,
    )
}

const ACCOUNT: &str = "1015880000000101";

#[tokio::test]
async fn accounts_and_campaigns_follow_meta_once_a_day() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let before = app.client_row(client).await.campaigns_count;
    refresh(&app).await;
    assert_eq!(
        app.client_row(client).await.campaigns_count,
        before,
        "not due yet"
    );
    app.advance(TimeDelta::days(2));
    change(&app, ACCOUNT, |account| {
        account.campaigns += 4;
        account.account_status = 3;
        account.name = "Kowalska Ceramics, new".to_owned();
    });
    refresh(&app).await;
    assert_eq!(app.client_row(client).await.campaigns_count, before + 4);
    let (name, status, probe) = chosen(&app, client).await;
    assert_eq!(
        (name.as_str(), status, probe.as_str()),
        ("Kowalska Ceramics, new", 3, "ok")
    );
    // Nobody had typed how the client is called at Meta; from now on that follows, too.
    let called = app.client_row(client).await.meta_account_name;
    assert_eq!(called.as_deref(), Some("Kowalska Ceramics, new"));
    app.sandbox.state().clear_calls();
    refresh(&app).await;
    assert!(
        app.sandbox.state().calls().is_empty(),
        "once a day is enough"
    );
}

#[tokio::test]
async fn account_that_is_lost_limits_the_token_once_meta_says_that_it_is_valid() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    for preset in ["object_gone", "account_permission"] {
        app.advance(TimeDelta::days(2));
        sweep(&app).await;
        app.sandbox.state().fault(Fault {
            account: Some(ACCOUNT.to_owned()),
            times: Fault::UNTIL_CLEARED,
            ..Fault::preset("*", preset).expect("a preset")
        });
        refresh(&app).await;
        assert_eq!(
            app.tokens_of(client).await[0].token_status,
            "limited",
            "{preset}"
        );
        assert_eq!(
            app.client_row(client).await.token_status,
            "limited",
            "{preset}"
        );
        assert_eq!(chosen(&app, client).await.2, "no_access", "{preset}");
        // The next check by itself would find nothing amiss: it is not forgotten.
        app.advance(TimeDelta::days(2));
        sweep(&app).await;
        assert_eq!(
            app.tokens_of(client).await[0].token_status,
            "limited",
            "{preset}"
        );
        app.sandbox.state().clear_faults(None);
        refresh(&app).await;
        assert_eq!(
            app.tokens_of(client).await[0].token_status,
            "active",
            "{preset}"
        );
        assert_eq!(
            app.client_row(client).await.token_status,
            "active",
            "{preset}"
        );
        assert_eq!(chosen(&app, client).await.2, "ok", "{preset}");
    }
    let told = app.story(client).await;
    let lost = told.iter().filter(|what| *what == "accounts.lost").count();
    assert_eq!(lost, 2);
}

#[tokio::test]
async fn what_passes_changes_neither_accounts_nor_tokens() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let accounts = chosen(&app, client).await;
    for preset in [
        "throttled_disguised",
        "throttled_ads_management",
        "service_down",
        "html_200",
        "reset",
    ] {
        app.advance(TimeDelta::days(2));
        app.sandbox.state().forget_usage();
        sweep(&app).await;
        app.sandbox.state().fault(Fault {
            account: Some(ACCOUNT.to_owned()),
            times: Fault::UNTIL_CLEARED,
            ..Fault::preset("*", preset).expect("a preset")
        });
        refresh(&app).await;
        app.sandbox.state().clear_faults(None);
        assert_eq!(
            app.tokens_of(client).await[0].token_status,
            "active",
            "{preset}"
        );
        assert_eq!(chosen(&app, client).await, accounts, "{preset}");
    }
}

#[tokio::test]
async fn test_of_a_connection_says_how_many_accounts_answered() {
    let app = TestApp::start().await;
    let (client, _) = app.approved("Kowalska", people::MARTA).await;
    let staff = app.staff(Role::Reviewer).await;
    let page = staff.client_page(client).await;
    let told = staff.browser.press(&page, "Test connection").await;
    told.must_say("ad accounts answered.");
    assert!(!told.says("can no longer be reached"));
    app.sandbox.state().fault(Fault {
        account: Some(ACCOUNT.to_owned()),
        times: Fault::UNTIL_CLEARED,
        ..Fault::preset("*", "object_gone").expect("a preset")
    });
    let told = staff.browser.press(&told, "Test connection").await;
    told.must_say("can no longer be reached");
    told.must_say("Limited");
    app.sandbox.state().clear_faults(None);
    app.sandbox.state().fault(Fault {
        times: Fault::UNTIL_CLEARED,
        ..Fault::preset("*", "reset").expect("a preset")
    });
    let told = staff.browser.press(&told, "Test connection").await;
    told.must_say("Meta could not say just now");
}
