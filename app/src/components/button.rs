use leptos::prelude::*;

use super::{Icon, icon};
use crate::text::t;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one main thing of a page.
    Big,
    /// The main thing of a row.
    Main,
    Plain,
    Ghost,
    /// Ends something.
    Danger,
    /// Reads like a link.
    Link,
}

impl Weight {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Big => "btn big",
            Self::Main => "btn",
            Self::Plain => "btn plain",
            Self::Ghost => "btn ghost",
            Self::Danger => "btn danger",
            Self::Link => "link",
        }
    }
}

/// A button that sends the form it stands in.
pub fn submit(weight: Weight, words: String) -> AnyView {
    view! { <button type="submit" class=weight.class()>{words}</button> }.into_any()
}

/// A form with nothing but a button, and hidden values where it needs some.
pub fn button_form(
    action: String,
    weight: Weight,
    words: String,
    hidden: &[(&'static str, &'static str)],
) -> AnyView {
    let hidden = hidden_fields(hidden);
    view! { <form method="post" action=action>{hidden}{submit(weight, words)}</form> }.into_any()
}

/// Values that a form sends along.
pub(super) fn hidden_fields(values: &[(&'static str, &'static str)]) -> Vec<AnyView> {
    let field = |(name, value): &(&'static str, &'static str)| {
        view! { <input type="hidden" name=*name value=*value /> }.into_any()
    };
    values.iter().map(field).collect()
}

/// *Continue with Facebook*, the button that leads to Facebook's page.
pub fn facebook_button() -> AnyView {
    view! {
        <button type="submit" class="btn big fb">
            {icon(Icon::Facebook)}
            {t("continue-with-facebook")}
        </button>
    }
    .into_any()
}
