use leptos::prelude::*;

use crate::text::t;

/// A step of the client's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    SignIn,
    Accounts,
    Done,
}

/// Where one is on the client's way.
pub fn stepper(current: Step) -> AnyView {
    let steps: Vec<_> = [
        (Step::SignIn, t("step-sign-in")),
        (Step::Accounts, t("step-accounts")),
        (Step::Done, t("step-done")),
    ]
    .into_iter()
    .map(|(step, words)| {
        let class = (step < current).then_some("past");
        let here = (step == current).then_some("step");
        view! { <li class=class aria-current=here>{words}</li> }
    })
    .collect();
    view! { <ol class="steps" aria-label=t("steps-label")>{steps}</ol> }.into_any()
}
