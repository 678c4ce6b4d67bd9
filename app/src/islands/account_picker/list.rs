//! The list of one page within the form.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, EventTarget, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, UrlSearchParams,
};

use super::super::dom;

const LIST: &str = "#picks";
const FOUND: &str = "#found";
/// Boxes that can be ticked.
const BOXES: &str = "#picks .tick:not(:disabled)";
/// What was ticked while the list was changed under it, and is not in the new one: it is sent with the next step.
const CARRIED: &str = "input[data-carried]";

/// A number and whether it is ticked.
type Tick = (String, bool);

pub struct List {
    form: HtmlFormElement,
    element: HtmlElement,
}

impl List {
    pub fn of(form: &HtmlFormElement) -> Option<Self> {
        Some(Self {
            form: form.clone(),
            element: dom::first(form, LIST)?,
        })
    }

    /// Where the form is sent. A button of the form is called `action` too, so the property would be that button.
    pub fn path(&self) -> String {
        self.form.get_attribute("action").unwrap_or_default()
    }

    fn boxes(&self) -> Vec<HtmlInputElement> {
        dom::all(&self.form, BOXES)
    }

    pub fn ticks(&self) -> Vec<Tick> {
        let boxes = self.boxes().into_iter();
        boxes.map(|it| (it.value(), it.checked())).collect()
    }

    /// How many are chosen, here and on other pages.
    pub fn chosen(&self) -> u32 {
        let elsewhere = self.element.get_attribute("data-elsewhere");
        let elsewhere: u32 = elsewhere.and_then(|it| it.parse().ok()).unwrap_or(0);
        let here = self.boxes().iter().filter(|it| it.checked()).count();
        elsewhere + u32::try_from(here).unwrap_or(0)
    }

    pub fn place_of(&self, target: &EventTarget) -> Option<usize> {
        let target = target.dyn_ref::<HtmlInputElement>()?;
        self.boxes().iter().position(|it| it == target)
    }

    pub fn focus(&self, place: usize) {
        dom::focus(self.boxes().get(place).map(AsRef::as_ref));
    }

    pub fn set_busy(&self, is_busy: bool) {
        let _ = self
            .element
            .set_attribute("aria-busy", if is_busy { "true" } else { "false" });
    }

    /// What the form would send with this button.
    pub fn fields(&self, action: &str) -> Option<UrlSearchParams> {
        let fields = FormData::new_with_form(&self.form).ok()?;
        fields.append_with_str("action", action).ok()?;
        UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()
    }

    /// Puts the list of an answer into the place of this one. No tick is lost: what was ticked since the request was
    /// sent is ticked in the new list, or goes with another step, which is returned. `None`: the answer has no list.
    pub fn take_place(
        &self,
        answer: &dom::Answer,
        sent: &[Tick],
        is_turned: bool,
    ) -> Option<Option<String>> {
        let page = dom::parsed(&answer.text)?;
        let new: HtmlElement = dom::first(&page, LIST)?;
        let found: Element = dom::first(&page, FOUND)?;
        for carried in dom::all::<Element>(&self.form, CARRIED) {
            carried.remove();
        }
        let since: Vec<_> = self
            .ticks()
            .into_iter()
            .filter(|tick| !sent.contains(tick))
            .collect();
        let focused = self.focused();
        self.element.replace_with_with_node_1(&new).ok()?;
        let old_found: Element = dom::first(&self.form, FOUND)?;
        old_found.set_text_content(found.text_content().as_deref());
        let list = Self::of(&self.form)?;
        let carried = list.tick(&since);
        list.restore(focused.as_deref(), is_turned);
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&answer.url));
        }
        Some(carried.then(|| list.same_page()))
    }

    /// Ticks what was ticked; whether some of it is not here.
    fn tick(&self, ticks: &[Tick]) -> bool {
        let boxes = self.boxes();
        let mut is_carried = false;
        for (number, is_ticked) in ticks {
            match boxes.iter().find(|it| it.value() == *number) {
                Some(it) => it.set_checked(*is_ticked),
                None => {
                    self.carry("shown", number);
                    if *is_ticked {
                        self.carry("account", number);
                    }
                    is_carried = true;
                }
            }
        }
        is_carried
    }

    fn carry(&self, name: &str, value: &str) {
        let Ok(input) = document().create_element("input") else {
            return;
        };
        for (attribute, value) in [
            ("type", "hidden"),
            ("name", name),
            ("value", value),
            ("data-carried", ""),
        ] {
            let _ = input.set_attribute(attribute, value);
        }
        let _ = self.form.append_child(&input);
    }

    /// The step that shows this page again.
    fn same_page(&self) -> String {
        let page: Option<HtmlInputElement> = dom::first(&self.element, "[name=page]");
        format!("page:{}", page.map(|page| page.value()).unwrap_or_default())
    }

    /// The value of the box or button of the list that has the focus.
    fn focused(&self) -> Option<String> {
        let focused = document().active_element()?;
        let is_here = self.element.contains(Some(&focused));
        is_here.then(|| focused.get_attribute("value").unwrap_or_default())
    }

    /// Gives the focus back, if it was in the list: to the same box or button, else to the list.
    fn restore(&self, focused: Option<&str>, is_turned: bool) {
        if is_turned {
            self.element.scroll_into_view();
        }
        let Some(value) = focused else { return };
        let places: Vec<HtmlElement> = dom::all(&self.element, ".tick, button");
        let same = |it: &&HtmlElement| it.get_attribute("value").as_deref() == Some(value);
        dom::focus(Some(places.iter().find(same).unwrap_or(&self.element)));
    }
}
