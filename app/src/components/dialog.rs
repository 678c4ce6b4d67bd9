use leptos::prelude::*;

use super::{Weight, hidden_fields};
use crate::text::t;

/// What is asked before something is ended, in a dialog; without script the button does it at once, as it says.
pub struct Question {
    /// Unique on the page.
    pub id: String,
    pub title: String,
    /// Exactly what will happen.
    pub text: AnyView,
    /// The words of the button that does it.
    pub yes: String,
}

impl Question {
    /// A question whose text is plain.
    #[must_use]
    pub fn new(id: impl Into<String>, title: String, text: String, yes: String) -> Self {
        Self {
            id: id.into(),
            title,
            text: text.into_any(),
            yes,
        }
    }

    /// The dialog. `yes` is the button that does it; the way out comes first, and has the focus.
    pub fn dialog(self, yes: AnyView) -> AnyView {
        let (title_id, text_id) = (format!("{}-title", self.id), format!("{}-text", self.id));
        view! {
            <dialog class="ask" id=self.id aria-labelledby=title_id aria-describedby=text_id>
                <div class="stack">
                    <h2 id=title_id.clone()>{self.title}</h2>
                    <p id=text_id.clone()>{self.text}</p>
                    <div class="row">
                        <button type="button" class="btn plain" data-closes=true>{t("cancel")}</button>
                        {yes}
                    </div>
                </div>
            </dialog>
        }
        .into_any()
    }
}

/// A form with nothing but a button, and hidden values where it needs some, that asks first.
pub fn asking_form(
    action: String,
    weight: Weight,
    words: String,
    hidden: &[(&'static str, &'static str)],
    question: Question,
) -> AnyView {
    let opens = question.id.clone();
    let yes = view! { <button type="submit" class=Weight::Danger.class()>{question.yes.clone()}</button> };
    view! {
        <form method="post" action=action>
            {hidden_fields(hidden)}
            <button type="submit" class=weight.class() data-opens=opens>{words}</button>
            {question.dialog(yes.into_any())}
        </form>
    }
    .into_any()
}
