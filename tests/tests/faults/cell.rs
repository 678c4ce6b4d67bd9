//! One cell: a way with one fault in it.

use chrono::TimeDelta;
use tests::{Answer, TestApp, open_accounts};

use super::{
    calls, check,
    rules::{self, Meaning, Outcome},
    step::{Stage, Step},
    trouble::Trouble,
    way::Way,
};

/// Goes the way until the fault has struck, or to its end, and asserts everything that the rules promise.
pub async fn run(app: &TestApp, step: Step, trouble: &Trouble, to_its_end: bool) {
    let way = Way::begin(app, step.login).await;
    let meaning = rules::meaning(step.call, trouble.preset);
    let cell = Cell {
        way: &way,
        step,
        trouble,
        meaning,
        outcome: rules::outcome(step.call, meaning),
        told_before: check::told(app).await,
    };
    let page = cell.until_fault_has_struck().await;
    cell.assert_outcome(&page).await;
    app.sandbox.state().clear_faults(None);
    // Whoever was asked to wait has waited.
    app.advance(TimeDelta::minutes(5));
    if to_its_end {
        let done = way.finish(page).await;
        check::done(&way, &done).await;
    }
    calls::assert_sound(&app.sandbox.state().calls(), way.dialogs());
}

struct Cell<'a> {
    way: &'a Way<'a>,
    step: Step,
    trouble: &'a Trouble,
    meaning: Meaning,
    outcome: Outcome,
    told_before: i64,
}

impl Cell<'_> {
    fn strike(&self, stage: Stage) {
        if self.step.call.stage() == stage {
            let fault = self.trouble.fault(self.step.call.edge());
            self.way.app.sandbox.state().fault(fault);
        }
    }

    /// The page after the stage that the call belongs to.
    async fn until_fault_has_struck(&self) -> Answer {
        let stage = self.step.call.stage();
        self.strike(Stage::Capture);
        let page = self.way.sign_in().await;
        if stage == Stage::Capture {
            return page;
        }
        self.strike(Stage::Reading);
        let page = self.way.confirm(&page).await;
        if stage == Stage::Reading {
            return page;
        }
        self.strike(Stage::Probing);
        self.way.submit(&page).await
    }

    async fn assert_outcome(&self, page: &Answer) {
        check::page(page, Some(self.trouble.preset));
        match self.outcome {
            Outcome::Unharmed => self.assert_unharmed(page),
            Outcome::Halt { reason, goes_on } => {
                assert_eq!(page.heading(), rules::heading(reason), "{}", page.text());
                check::buttons(page, goes_on);
                if self.step.call.stage() == Stage::Capture {
                    check::nothing_kept(self.way, page, reason, goes_on).await;
                } else {
                    check::draft_kept(self.way, "accounts.read_failed").await;
                }
            }
            Outcome::NoList => {
                let says = page.says("The list could not be read");
                let says = says || page.says("The list may not be complete");
                assert!(says, "{}", page.text());
                check::draft_kept(self.way, "accounts.read_failed").await;
            }
            Outcome::Less => check::draft_kept(self.way, "accounts.read").await,
            Outcome::Beside(words) => {
                page.must_say(words);
                let ticked = page.attributes("input[name=account][checked]", "value");
                assert_eq!(ticked, Vec::<String>::new(), "what failed is not ticked");
                check::draft_kept(self.way, "accounts.probe_failed").await;
            }
        }
        let is_unharmed = self.outcome == Outcome::Unharmed;
        let is_agencys = matches!(self.meaning, Meaning::Agency | Meaning::Hopeless);
        let is_told = is_agencys && !is_unharmed;
        check::trouble(self.way.app, self.told_before, is_told).await;
    }

    fn assert_unharmed(&self, page: &Answer) {
        match self.step.call.stage() {
            Stage::Capture => assert_eq!(page.heading(), self.way.login.identity()),
            Stage::Reading => assert!(!open_accounts(page).is_empty(), "{}", page.text()),
            Stage::Probing => drop(page.must_say("Your part is done")),
        }
    }
}
