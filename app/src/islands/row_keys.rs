use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, SubmitEvent};

use super::{dom, keys, wake};

/// Where the place among the rows is kept while a form is sent and the page comes back.
const PLACE: &str = "row";
/// What a key does that stands in `data-key` of something in a row.
const KEYS_OF_A_ROW: [&str; 4] = ["a", "o", "r", "x"];

/// Walks through rows with the keyboard, and presses what each of them offers.
///
/// `j` and `k` move: the focus goes along, so that a screen reader follows. Whatever has `data-key` in a row is
/// pressed by that key; Enter on the row itself opens it. `/` leads to what has it for a key on the page, `?` shows
/// all of them. After a decision the next row is at the same place.
#[island]
pub fn RowKeys(
    /// A selector for the rows.
    rows: String,
) -> impl IntoView {
    wake::on_wake(move || {
        let all = Rows(rows);
        if all.is_empty() {
            return;
        }
        wake::show("keys");
        all.begin();
        let focused = all.clone();
        dom::listen(&document(), "focusin", move |event: Event| {
            focused.follow(event.target());
        });
        let sent = all.clone();
        dom::listen(&document(), "submit", move |event: SubmitEvent| {
            sent.keep_place(&event);
        });
        dom::listen(&document(), "keydown", move |event: KeyboardEvent| {
            if all.press(&event) {
                event.prevent_default();
            }
        });
    });
}

/// The rows of the page, by their selector.
#[derive(Clone)]
struct Rows(String);

impl Rows {
    fn is_empty(&self) -> bool {
        dom::first::<Element>(&document(), &self.0).is_none()
    }

    fn all(&self) -> Vec<HtmlElement> {
        dom::all(&document(), &self.0)
    }

    /// At the first row; where one comes back from a decision, at the row that has taken the place of the last.
    fn begin(&self) {
        let rows = self.all();
        let kept = dom::remembered(PLACE);
        dom::remember(PLACE, None);
        let place = kept.as_deref().and_then(place_on_this_page);
        let row = rows.get(place.unwrap_or_default()).or(rows.last());
        let Some(row) = row else { return };
        make_current(&rows, row);
        if place.is_some() {
            dom::focus(Some(row));
        }
    }

    /// Whatever gets the focus, its row is the current one.
    fn follow(&self, target: Option<web_sys::EventTarget>) {
        if let Some(row) = self.row_of(target) {
            make_current(&self.all(), &row);
        }
    }

    fn row_of(&self, target: Option<web_sys::EventTarget>) -> Option<HtmlElement> {
        dom::around(&target?.dyn_into().ok()?, &self.0)
    }

    fn keep_place(&self, event: &SubmitEvent) {
        let button = event.submitter().map(JsCast::unchecked_into);
        let Some(row) = self.row_of(button) else {
            return;
        };
        if let Some(place) = self.all().iter().position(|one| *one == row) {
            let path = window().location().pathname().unwrap_or_default();
            dom::remember(PLACE, Some(&[&path, " ", &place.to_string()].concat()));
        }
    }

    /// Whether the key was for us.
    fn press(&self, event: &KeyboardEvent) -> bool {
        if event.key() == "Escape" {
            return self.leave_reason(event);
        }
        let Some(key) = keys::plain(event) else {
            return false;
        };
        match key.as_str() {
            "j" => self.step(|place| place + 1),
            "k" => self.step(|place| place.saturating_sub(1)),
            _ if event.repeat() => false,
            "?" => click("[data-key=\"?\"]"),
            "/" => focus("[data-key=\"/\"]"),
            // Enter on a button or a link inside the row is theirs.
            "Enter" => {
                let row = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok());
                row.is_some_and(|row| row.matches(&self.0).unwrap_or(false)) && self.use_key("o")
            }
            key => KEYS_OF_A_ROW.contains(&key) && self.use_key(key),
        }
    }

    /// Away from a reason that is being written: it closes, and the row has the focus again.
    fn leave_reason(&self, event: &KeyboardEvent) -> bool {
        let Some(row) = self.row_of(event.target()) else {
            return false;
        };
        let Some(reveal) = dom::first::<Element>(&row, "details.reveal[open]") else {
            return false;
        };
        let _ = reveal.remove_attribute("open");
        dom::focus(Some(&row));
        true
    }

    fn step(&self, next: impl Fn(usize) -> usize) -> bool {
        let rows = self.all();
        // The first key leads to the row that is marked already.
        let current = rows.iter().position(is_current);
        let has_focus = document().active_element().is_some_and(|focused| {
            current.is_some_and(|place| rows[place].contains(Some(&focused)))
        });
        let place = match current {
            Some(place) if has_focus => next(place).min(rows.len() - 1),
            Some(place) => place,
            None => 0,
        };
        let Some(row) = rows.get(place) else {
            return false;
        };
        make_current(&rows, row);
        dom::focus(Some(row));
        true
    }

    fn use_key(&self, key: &str) -> bool {
        let rows = self.all();
        let Some(row) = rows.into_iter().find(is_current) else {
            return false;
        };
        let selector = ["[data-key=", key, "]"].concat();
        let Some(found) = dom::first::<HtmlElement>(&row, &selector) else {
            return false;
        };
        match dom::around::<Element>(&found, "details.reveal") {
            // What opens in place is opened, and written into.
            Some(reveal) => {
                let _ = reveal.set_attribute("open", "");
                dom::focus(dom::first::<HtmlElement>(&reveal, "textarea").as_ref());
            }
            None => found.click(),
        }
        true
    }
}

fn is_current(row: &HtmlElement) -> bool {
    row.has_attribute("aria-current")
}

/// One row is the current one, and says which keys work on it.
fn make_current(rows: &[HtmlElement], current: &HtmlElement) {
    for row in rows {
        let is_it = row == current;
        // It can have the focus, and is no stop of the Tab key.
        row.set_tab_index(-1);
        if is_it == is_current(row) {
            continue;
        }
        let _ = match is_it {
            true => row.set_attribute("aria-current", "true"),
            false => row.remove_attribute("aria-current"),
        };
        for pressed in dom::all::<Element>(row, "[data-key]") {
            let key = pressed.get_attribute("data-key").unwrap_or_default();
            let _ = match is_it {
                true => pressed.set_attribute("aria-keyshortcuts", &key),
                false => pressed.remove_attribute("aria-keyshortcuts"),
            };
        }
    }
}

fn place_on_this_page(kept: &str) -> Option<usize> {
    let (path, place) = kept.split_once(' ')?;
    let is_here = window()
        .location()
        .pathname()
        .is_ok_and(|here| here == path);
    is_here.then(|| place.parse().ok()).flatten()
}

fn click(selector: &str) -> bool {
    let found = dom::first::<HtmlElement>(&document(), selector);
    found.as_ref().inspect(|element| element.click()).is_some()
}

fn focus(selector: &str) -> bool {
    let found = dom::first::<HtmlElement>(&document(), selector);
    dom::focus(found.as_ref());
    found.is_some()
}
