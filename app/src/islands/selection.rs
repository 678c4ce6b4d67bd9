use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlInputElement, MouseEvent};

use super::{dom, wake};
use crate::model::counted;

/// A tick that says "this one too".
const TICKS: &str = "input[data-select-one]";
/// The tick for all of them.
const ALL: &str = "input[data-select-all]";

/// Ticks many at once: all, none, and from one to another with Shift; and says how many are ticked wherever
/// `data-counted` has the words for it.
#[island]
pub fn Selection() -> impl IntoView {
    wake::on_wake(|| {
        if dom::first::<Element>(&document(), TICKS).is_none() {
            return;
        }
        wake::show("selection");
        recount();
        // A page that comes back by the back button has its ticks, and one that was loaded again may have them.
        dom::listen(&window(), "pageshow", |_: Event| recount());
        dom::listen(&document(), "change", |event: Event| {
            changed(event.target());
        });
        // Else the text between the two clicks would be marked.
        dom::listen(&document(), "mousedown", |event: MouseEvent| {
            if event.shift_key() && input(event.target(), TICKS).is_some() {
                event.prevent_default();
            }
        });
        let last = Rc::new(Cell::new(None));
        dom::listen(&document(), "click", move |event: MouseEvent| {
            clicked(&event, &last);
        });
    });
}

fn ticks() -> Vec<HtmlInputElement> {
    dom::all(&document(), TICKS)
}

fn input(target: Option<EventTarget>, selector: &str) -> Option<HtmlInputElement> {
    let input: HtmlInputElement = target?.dyn_into().ok()?;
    input.matches(selector).ok()?.then_some(input)
}

fn changed(target: Option<EventTarget>) {
    if let Some(all) = input(target, ALL) {
        tick(&ticks(), all.checked());
    }
    recount();
}

fn clicked(event: &MouseEvent, last: &Cell<Option<usize>>) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| target.has_attribute("data-select-none")) {
        tick(&ticks(), false);
        recount();
        // The button goes with the bar that it stands in.
        dom::focus(dom::first::<HtmlElement>(&document(), ALL).as_ref());
        return;
    }
    let Some(one) = input(event.target(), TICKS) else {
        return;
    };
    let ticks = ticks();
    let Some(here) = ticks.iter().position(|tick| *tick == one) else {
        return;
    };
    if let Some(there) = last.replace(Some(here)).filter(|_| event.shift_key()) {
        let range = here.min(there)..=here.max(there);
        tick(ticks.get(range).unwrap_or_default(), one.checked());
    }
}

fn tick(ticks: &[HtmlInputElement], is_ticked: bool) {
    for tick in ticks {
        tick.set_checked(is_ticked);
    }
}

fn recount() {
    let ticks = ticks();
    let count = ticks.iter().filter(|tick| tick.checked()).count();
    if let Some(all) = dom::first::<HtmlInputElement>(&document(), ALL) {
        all.set_checked(count == ticks.len());
        all.set_indeterminate(count > 0 && count < ticks.len());
    }
    for place in dom::all::<Element>(&document(), "[data-counted]") {
        let forms = place.get_attribute("data-counted").unwrap_or_default();
        let words = counted::unpack(&forms, u64::try_from(count).unwrap_or_default());
        // What is said already is not said again.
        if place.text_content().as_deref() != Some(&words) {
            place.set_text_content(Some(&words));
        }
    }
}
