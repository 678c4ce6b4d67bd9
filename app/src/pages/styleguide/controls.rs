use leptos::prelude::*;

use super::{LONG, RIGHT_TO_LEFT, Stage, blank, state, touched};
use crate::components::{
    Field, Weight, button_form, error_summary, facebook_button, field_error, reason_field, submit,
    theme_switch,
};
use crate::islands::CopyButton;
use crate::model::{FormState, Problem};
use crate::text::t;
use crate::validate::{EMAIL_MAX, NAME_MAX, REASON_MAX};

const WEIGHTS: &[Weight] = &[
    Weight::Big,
    Weight::Main,
    Weight::Plain,
    Weight::Ghost,
    Weight::Danger,
    Weight::Link,
];

pub(super) fn buttons(_: &Stage) -> AnyView {
    let weights: Vec<_> = WEIGHTS
        .iter()
        .map(|weight| {
            let draw = || submit(*weight, t("approve"));
            let form = button_form(String::new(), *weight, t("approve"), &[]);
            view! {
                <div class="states">
                    {state(format!("{weight:?}"), form)}
                    {touched(draw)}
                </div>
            }
        })
        .collect();
    let big =
        view! { <button type="button" class="btn big" aria-busy="true">{t("approve")}</button> };
    let unable = view! {
        {state(t("guide-busy"), big)}
        <div class="states">
            {state(t("guide-busy"), view! { <button type="button" class="btn" aria-busy="true">{t("approve")}</button> })}
            {state(t("guide-off"), view! { <button type="button" class="btn" disabled=true>{t("approve")}</button> })}
        </div>
    };
    view! {
        {weights}
        {unable}
        {state(t("guide-facebook"), facebook_button())}
        {state(t("guide-long"), submit(Weight::Big, LONG.to_owned()))}
    }
    .into_any()
}

/// A form in which everything was wrong, with what was typed kept.
fn refused(email: &str, reason: &str) -> FormState {
    let mut form = blank()
        .with(email, "marta@@kowalska")
        .with(reason, RIGHT_TO_LEFT);
    form.refuse(email, Some(Problem::NotAnEmail));
    form.refuse(reason, Some(Problem::TooLong(REASON_MAX)));
    form
}

pub(super) fn fields(stage: &Stage) -> AnyView {
    let text = stage.either("text-light", "text-dark");
    let email = stage.either("email-light", "email-dark");
    let secret = stage.either("secret-light", "secret-dark");
    let long = stage.either("long-light", "long-dark");
    let reason = stage.either("reason-light", "reason-dark");
    let hover = stage.either("hover-light", "hover-dark");
    let focus = stage.either("focus-light", "focus-dark");
    let form = refused(email, reason);
    let labels = [(email, t("sign-in-email")), (reason, t("reason-label"))];
    let label = || t("clients-name");
    let alone = stage.either("alone-light", "alone-dark");
    let alone = field_error(alone, Some(Problem::Required));
    let filled = blank().with(long, LONG);
    view! {
        {error_summary(&form, &labels)}
        {state(t("guide-empty"), Field::text(text, label(), NAME_MAX).hint(t("guide-hint")).view(&blank()))}
        {state(t("guide-hover"), view! { <div class="as-hover">{Field::text(hover, label(), NAME_MAX).view(&blank())}</div> })}
        {state(t("guide-focus"), view! { <div class="as-focus">{Field::text(focus, label(), NAME_MAX).view(&blank())}</div> })}
        {state(t("guide-long"), Field::text(long, label(), NAME_MAX).view(&filled))}
        {state(t("guide-secret"), Field::password(secret, t("sign-in-password"), NAME_MAX).view(&blank()))}
        {state(t("guide-refused"), Field::email(email, t("sign-in-email"), EMAIL_MAX).view(&form))}
        {state(t("guide-rtl"), reason_field(reason, &form, None, REASON_MAX))}
        {state(t("guide-problem"), view! { <div class="field">{alone}</div> })}
        {state(t("guide-off"), view! { <input class="input" disabled=true aria-label=label() value=LONG /> })}
        {state(t("guide-tick"), ticks())}
        {state(t("guide-island"), theme_switch())}
        {state(t("guide-island"), view! { <CopyButton text=LONG.to_owned() label=t("copy") copied=t("copied") /> })}
    }
    .into_any()
}

fn ticks() -> AnyView {
    let tick = |is_on, is_off| {
        let label = t("accounts-own");
        view! { <input class="tick" type="checkbox" aria-label=label checked=is_on disabled=is_off /> }
    };
    view! { <div class="row">{tick(false, false)} {tick(true, false)} {tick(false, true)} {tick(true, true)}</div> }
        .into_any()
}
