use leptos::prelude::*;

use super::{Icon, escape, icon};
use crate::islands::LiveCheck;
use crate::model::{FormState, Problem};
use crate::text::{t, tv};
use crate::validate::Rule;

/// A problem in words.
#[must_use]
pub fn problem_words(problem: Problem) -> String {
    let limit = |limit: u32| [("limit", u64::from(limit).into())];
    match problem {
        Problem::Required => t("problem-required"),
        Problem::TooLong(max) => tv("problem-too-long", &limit(max)),
        Problem::TooShort(min) => tv("problem-too-short", &limit(min)),
        Problem::NotAnEmail => t("problem-not-an-email"),
        Problem::ControlCharacter => t("problem-control-character"),
        Problem::EmailTaken => t("problem-email-taken"),
        Problem::CommonPassword => t("problem-common-password"),
        Problem::WrongSignIn => t("problem-wrong-sign-in"),
        Problem::WrongPassword => t("problem-wrong-password"),
        Problem::WrongCode => t("problem-wrong-code"),
        Problem::NothingChosen => t("problem-nothing-chosen"),
        Problem::NotAColour => t("problem-not-a-colour"),
        Problem::NotAPicture => t("problem-not-a-picture"),
        Problem::FileTooLarge(max) => tv("problem-file-too-large", &limit(max)),
        Problem::PictureTooLarge(max) => tv("problem-picture-too-large", &limit(max)),
        Problem::PictureTooSmall(min) => tv("problem-picture-too-small", &limit(min)),
    }
}

/// The id of a field's control, where the error summary leads to.
#[must_use]
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

/// What is wrong with a field, to stand below it. Its id is named by `aria-describedby` of the control.
pub fn field_error(name: &str, problem: Option<Problem>) -> Option<AnyView> {
    problem.map(|problem| {
        view! {
            <p class="error" id=error_id(name)>
                {icon(Icon::Warning)}
                <span>{problem_words(problem)}</span>
            </p>
        }
        .into_any()
    })
}

fn error_id(name: &str) -> String {
    format!("{}-error", field_id(name))
}

fn hint_id(name: &str) -> String {
    format!("{}-hint", field_id(name))
}

fn described_by(name: &str, hint: bool, problem: bool) -> Option<String> {
    let ids: Vec<_> = [problem.then(|| error_id(name)), hint.then(|| hint_id(name))]
        .into_iter()
        .flatten()
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A labelled field of a form. What was typed and what is wrong with it come from the [`FormState`].
#[derive(Clone, Debug)]
pub struct Field {
    name: &'static str,
    label: String,
    kind: &'static str,
    hint: Option<String>,
    autocomplete: &'static str,
    max: u32,
    required: bool,
    is_name: bool,
    is_email: bool,
    accept: Option<&'static str>,
}

impl Field {
    /// A field for a text.
    #[must_use]
    pub fn text(name: &'static str, label: String, max: u32) -> Self {
        Self {
            name,
            label,
            kind: "text",
            hint: None,
            autocomplete: "off",
            max,
            required: false,
            is_name: false,
            is_email: false,
            accept: None,
        }
    }

    /// A field for an e-mail address.
    #[must_use]
    pub fn email(name: &'static str, label: String, max: u32) -> Self {
        Self {
            kind: "email",
            is_email: true,
            ..Self::text(name, label, max)
        }
    }

    /// A field for a password. It is never filled in by us.
    #[must_use]
    pub fn password(name: &'static str, label: String, max: u32) -> Self {
        Self {
            kind: "password",
            ..Self::text(name, label, max)
        }
    }

    /// A field for a file of these types. What was chosen cannot be put back.
    #[must_use]
    pub fn file(name: &'static str, label: String, accept: &'static str) -> Self {
        Self {
            kind: "file",
            accept: Some(accept),
            ..Self::text(name, label, 0)
        }
    }

    /// A line below the label.
    #[must_use]
    pub fn hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What a browser may fill in, by HTML's names.
    #[must_use]
    pub const fn autocomplete(mut self, purpose: &'static str) -> Self {
        self.autocomplete = purpose;
        self
    }

    /// The form is not sent without it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Its text has its own direction.
    #[must_use]
    pub const fn name(mut self) -> Self {
        self.is_name = true;
        self
    }

    /// The rule that it is held against while it is filled in.
    const fn rule(&self) -> Option<Rule> {
        match (self.is_email, self.is_name, self.required) {
            (true, _, true) => Some(Rule::Email),
            (true, _, false) => Some(Rule::OptionalEmail),
            (_, true, true) => Some(Rule::Name),
            (_, true, false) => Some(Rule::OptionalName),
            _ => None,
        }
    }

    /// The field with what was typed, and what is wrong with it.
    pub fn view(self, form: &FormState) -> AnyView {
        let problem = form.problem(self.name);
        let value = (!matches!(self.kind, "password" | "file")).then(|| form.value(self.name));
        let max = self.accept.is_none().then(|| self.max.to_string());
        let hint = self
            .hint
            .as_ref()
            .map(|hint| view! { <p class="hint" id=hint_id(self.name)>{hint.clone()}</p> });
        let rule = self.rule();
        let has_error = problem.is_some() || rule.is_some();
        let describedby = described_by(self.name, self.hint.is_some(), has_error);
        let error = match rule {
            Some(rule) => live_error(self.name, rule, problem),
            None => field_error(self.name, problem).into_any(),
        };
        view! {
            <div class="field">
                <label for=field_id(self.name)>{self.label}</label>
                {hint}
                <input
                    class="input"
                    id=field_id(self.name)
                    name=self.name
                    type=self.kind
                    value=value
                    autocomplete=self.autocomplete
                    maxlength=max
                    accept=self.accept
                    required=self.required
                    dir=self.is_name.then_some("auto")
                    aria-invalid=problem.map(|_| "true")
                    aria-describedby=describedby
                />
                {error}
            </div>
        }
        .into_any()
    }
}

/// What is wrong with a field that is held against a rule while it is filled in: the place for the words is there
/// before them, so that a screen reader says them when they come.
fn live_error(name: &str, rule: Rule, problem: Option<Problem>) -> AnyView {
    let said = problem.map(problem_words);
    view! {
        <p class="error" id=error_id(name) aria-live="polite">
            {icon(Icon::Warning)}
            <span>{said}</span>
        </p>
        <LiveCheck
            field=field_id(name)
            rule=rule.code().to_owned()
            required=problem_words(Problem::Required)
            too_long=problem_words(Problem::TooLong(rule.max()))
            not_an_email=problem_words(Problem::NotAnEmail)
            control_character=problem_words(Problem::ControlCharacter)
        />
    }
    .into_any()
}

/// The reason of a rejection, which the client will read.
/// `form_id` is the form that it belongs to, where it stands outside of it.
pub fn reason_field(
    name: &str,
    form: &FormState,
    form_id: Option<&'static str>,
    max: u32,
) -> AnyView {
    let problem = form.problem(name);
    // The parser drops the first line break of a textarea: it gets one to drop.
    let value = format!("\n{}", escape(&form.value(name)));
    view! {
        <div class="field">
            <label for=field_id(name)>{t("reason-label")}</label>
            <p class="hint" id=hint_id(name)>{t("reason-hint")}</p>
            <textarea
                class="input"
                id=field_id(name)
                name=name.to_owned()
                form=form_id
                rows="3"
                maxlength=max.to_string()
                dir="auto"
                aria-invalid=problem.map(|_| "true")
                aria-describedby=described_by(name, true, problem.is_some())
                inner_html=value
            ></textarea>
            {field_error(name, problem)}
        </div>
    }
    .into_any()
}
