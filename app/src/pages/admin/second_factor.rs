use leptos::prelude::*;

use crate::components::{ClientShell, Field, Weight, error_summary, name, qr, rich, submit};
use crate::model::{FactorView, FormState, Frame, SecondStepView};
use crate::render::Page;
use crate::routes::pattern;
use crate::text::t;
use crate::validate::CODE_MAX;

/// The second step of a sign-in: a code of the app, or setting up the app where the agency requires it.
pub fn second_step(frame: &Frame, view: SecondStepView) -> Page {
    let is_new = matches!(view.factor, FactorView::New { .. });
    let (title, intro, button) = if is_new {
        (
            t("factor-set-up-title"),
            "factor-required-intro",
            t("factor-confirm-and-sign-in"),
        )
    } else {
        (
            t("second-step-title"),
            "second-step-intro",
            t("sign-in-button"),
        )
    };
    let next = view
        .next
        .clone()
        .map(|next| view! { <input type="hidden" name="next" value=next /> });
    let content = view! {
        <div class="stack">
            <h1>{title.clone()}</h1>
            <p class="soft">
                {rich(intro, &[], vec![("email", name(&view.email)), ("agency", name(&frame.agency.name))])}
            </p>
        </div>
        {error_summary(&view.form, &[("code", t("factor-code"))])}
        <form class="card stack-l" method="post" action=pattern::SECOND_STEP>
            {next}
            {set_up(&view.factor)}
            {code_field(&view.form, !is_new)}
            {submit(Weight::Big, button)}
        </form>
        <p class="soft"><a href=pattern::SIGN_IN>{t("second-step-back")}</a></p>
    };
    Page::new(title, ClientShell::narrow().view(frame, content))
}

/// What an app is set up with: a QR code, and the same as letters. Nothing for a factor that is set up.
pub(super) fn set_up(factor: &FactorView) -> Option<AnyView> {
    let FactorView::New { typed, address } = factor else {
        return None;
    };
    Some(
        view! {
            <div class="stack">
                <p>{t("factor-scan")}</p>
                {qr(address, t("factor-qr"))}
                <p class="soft">{t("factor-type")}</p>
                <p><code class="secret" translate="no">{typed.clone()}</code></p>
            </div>
        }
        .into_any(),
    )
}

/// The field for a code.
pub(super) fn code_field(form: &FormState, or_recovery: bool) -> AnyView {
    let hint = if or_recovery {
        t("factor-code-or-recovery-hint")
    } else {
        t("factor-code-hint")
    };
    Field::text("code", t("factor-code"), CODE_MAX)
        .hint(hint)
        .autocomplete("one-time-code")
        .required()
        .view(form)
}
