use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;
use web_sys::{Element, Event, EventTarget, HtmlInputElement};

use super::{dom, wake::on_wake};
use crate::model::Problem;
use crate::validate::Rule;

/// Says what is wrong with a field as soon as somebody leaves it, with the server's rule and the server's words, and
/// takes it back the moment it is mended. It never speaks while something is typed for the first time. The server
/// stays the judge.
#[island]
pub fn LiveCheck(
    /// The id of the field.
    field: String,
    /// The rule, by its code.
    rule: String,
    required: String,
    too_long: String,
    not_an_email: String,
    control_character: String,
) -> impl IntoView {
    on_wake(move || {
        let found = dom::first::<HtmlInputElement>(&document(), &["#", &field].concat());
        let (Some(input), Some(rule)) = (found, Rule::from_code(&rule)) else {
            return;
        };
        let words = move |problem| match problem {
            Problem::Required => required.clone(),
            Problem::TooLong(_) => too_long.clone(),
            Problem::ControlCharacter => control_character.clone(),
            _ => not_an_email.clone(),
        };
        let checked = Checked {
            error: dom::first(&document(), &["#", &field, "-error > span"].concat()),
            rule,
            words: Box::new(words),
            // What the server has refused is taken back as soon as it is mended.
            is_open: Cell::new(input.has_attribute("aria-invalid")),
            is_typed: Cell::new(false),
            press: Cell::new(Press::None),
            input,
        };
        Rc::new(checked).listen();
    });
}

struct Checked {
    input: HtmlInputElement,
    /// Where the words stand.
    error: Option<Element>,
    rule: Rule,
    words: Box<dyn Fn(Problem) -> String>,
    is_typed: Cell<bool>,
    /// Whether it may speak: somebody has left the field after typing in it.
    is_open: Cell<bool>,
    press: Cell<Press>,
}

/// A pointer that is held down somewhere on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Press {
    None,
    Held,
    /// The field was left by it.
    Leaving,
}

impl Checked {
    fn listen(self: &Rc<Self>) {
        self.on(&self.input, "input", |checked| {
            checked.is_typed.set(true);
            if checked.is_open.get() {
                checked.check();
            }
        });
        self.on(&self.input, "blur", |checked| {
            // A field that is merely passed through has nothing to answer for.
            if !checked.is_typed.get() {
                return;
            }
            checked.is_open.set(true);
            match checked.press.get() {
                Press::None => checked.check(),
                // A line that appears now would push the button away from under the pointer.
                _ => checked.press.set(Press::Leaving),
            }
        });
        self.on(&document(), "pointerdown", |checked| {
            checked.press.set(Press::Held);
        });
        for event in ["click", "pointercancel"] {
            self.on(&document(), event, |checked| {
                if checked.press.replace(Press::None) == Press::Leaving {
                    checked.check();
                }
            });
        }
    }

    fn on(self: &Rc<Self>, target: &EventTarget, event: &str, run: impl Fn(&Self) + 'static) {
        let checked = Rc::clone(self);
        dom::listen(target, event, move |_: Event| run(&checked));
    }

    fn check(&self) {
        let problem = self.rule.check(&self.input.value());
        let _ = match problem {
            Some(_) => self.input.set_attribute("aria-invalid", "true"),
            None => self.input.remove_attribute("aria-invalid"),
        };
        let words = problem.map(&self.words);
        if let Some(error) = &self.error {
            error.set_text_content(words.as_deref());
        }
    }
}
