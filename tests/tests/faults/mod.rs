//! The table of *step × fault*: each call that a capture makes to Meta, met by each fault that the sandbox
//! knows. No cell is written by hand: the steps are one list, the faults another, and [`rules`] says in a few
//! lines what each pair has to lead to. In every cell a client without script meets the fault on the way
//! from the link, and page, login, connection, token and trail are looked at. Once for each kind of fault and
//! what it means, the way is gone on to *Done*, by nothing but the page's one next step.
//!
//! And the log of all calls of whole ways: what stood in their addresses, whether each bore its proof, and
//! that nothing was asked twice.

mod batches;
mod calls;
mod cell;
mod check;
mod drift;
mod resume;
mod rules;
mod step;
mod stops;
mod trouble;
mod way;

use std::{collections::BTreeSet, panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt as _;
use server::meta::http::Limits;
use tests::{Builder, TestApp};

use rules::meaning;
use step::{Call, Login, Step};
use trouble::Trouble;

/// Runs one row of the table: all its cells, and then tells of all that failed.
async fn row(step: Step) {
    let app = step
        .login
        .set(TestApp::builder().limits(AT_ONCE))
        .start()
        .await;
    let troubles = Trouble::quick();
    let (mut wrong, mut seen) = (Vec::new(), Vec::new());
    for trouble in &troubles {
        // Equal pages over equal rows lead on in the same way: it is gone to its end once for each.
        let alike = (meaning(step.call, trouble.preset), trouble.preset.kind);
        let is_first = !seen.contains(&alike);
        seen.push(alike);
        wrong.extend(failure(&app, step, trouble, is_first).await);
    }
    let verified = app.portal.verify_audit(app.scope).await;
    assert_eq!(verified.expect("a readable chain").broken_at, None);
    assert!(
        wrong.is_empty(),
        "{} of {} cells failed:\n{}",
        wrong.len(),
        troubles.len(),
        wrong.join("\n")
    );
}

/// Runs a cell; gives its name and what went wrong, if anything did.
async fn failure(app: &TestApp, step: Step, trouble: &Trouble, to_its_end: bool) -> Option<String> {
    let cell = AssertUnwindSafe(cell::run(app, step, trouble, to_its_end));
    let panic = cell.catch_unwind().await.err()?;
    let words = panic.downcast_ref::<String>().cloned();
    let words = words.or_else(|| {
        panic
            .downcast_ref::<&str>()
            .map(|words| (*words).to_owned())
    });
    let words = words.unwrap_or_default();
    Some(format!("{step} × {trouble}: {words}"))
}

macro_rules! rows {
    ($($name:ident: $login:ident, $call:ident;)*) => {
        $(#[tokio::test]
        async fn $name() {
            row(Step { login: Login::$login, call: Call::$call }).await;
        })*

        const ROWS: &[Step] = &[$(Step { login: Login::$login, call: Call::$call }),*];
    };
}

rows! {
    row_of_the_exchange_of_the_code: Person, Code;
    row_of_the_exchange_for_a_long_lived_token: Person, Lengthen;
    row_of_the_check_of_the_token: Person, Inspect;
    row_of_the_question_who_it_is: Person, Me;
    row_of_the_permissions: Person, Permissions;
    row_of_the_own_accounts: Person, Own;
    row_of_the_businesses: Partner, Businesses;
    row_of_the_accounts_that_a_business_owns: Partner, Owned;
    row_of_the_accounts_that_a_business_works_on: Partner, Lent;
    row_of_the_test_of_an_account: Person, Probe;
    row_of_the_exchange_of_a_business_code: Business, Code;
    row_of_the_check_of_a_business_token: Business, Inspect;
    row_of_the_question_which_system_user_it_is: Business, Me;
    row_of_the_name_of_the_business: Business, BusinessName;
}

/// No pause before a read is made again: each cell has some.
const AT_ONCE: Limits = Limits {
    retry: Duration::ZERO,
    ..Limits::REAL
};

/// What is waited for: long enough for a busy machine, short enough for a test.
const SHORT: Limits = Limits {
    connect: Duration::from_secs(3),
    call: Duration::from_secs(3),
    page: Duration::from_millis(300),
    ..AT_ONCE
};

/// The columns of all rows in which Meta lets us wait. They take time of the clock on the wall, one after the
/// other: several portals on one thread would wait for each other.
#[tokio::test]
async fn column_of_answers_that_do_not_come() {
    let mut wrong = Vec::new();
    for step in ROWS {
        let builder = step.login.set(Builder::default().limits(SHORT));
        let app = builder.start().await;
        for trouble in Trouble::slow() {
            wrong.extend(failure(&app, *step, &trouble, true).await);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A call that a capture learns to make has to be added to the table.
#[tokio::test]
async fn every_call_of_a_capture_has_its_row() {
    for login in [Login::Person, Login::Partner, Login::Business] {
        let app = login.set(TestApp::builder()).start().await;
        let way = way::Way::begin(&app, login).await;
        way.whole().await;
        let made = app.sandbox.state().calls();
        let made: BTreeSet<_> = made.into_iter().map(|call| call.edge).collect();
        for edge in made {
            let has_row = ROWS.iter().any(|step| step.call.edge() == edge);
            assert!(has_row, "no row is about {edge}");
        }
    }
}
