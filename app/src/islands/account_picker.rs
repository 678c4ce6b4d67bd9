mod list;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use web_sys::{Event, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent, SubmitEvent};

use self::list::List;
use super::dom;

/// How long somebody may rest between two letters and still be typing.
const TYPING: Duration = Duration::from_millis(250);
/// How often it is looked whether a press is over.
const PRESS_MILLIS: i32 = 20;
/// Between two tries where there is no connection.
const RETRY_MILLIS: i32 = 2_000;
/// The field of the search.
const QUERY: &str = "#query";

/// Searches, pages and ticks whole businesses without leaving the page, counts what is chosen over all pages, and
/// moves by keyboard: arrows between the boxes, `/` to the search, Escape empties it. All of it is the plain form's
/// own doing: each step is sent as the form would send it, and the list in the answer takes the place of the old one.
#[island]
pub fn AccountPicker(
    /// What stands before the number of chosen accounts.
    chosen: String,
    /// What is said while there is no connection.
    away: String,
) -> impl IntoView {
    let (is_asleep, set_asleep) = signal(true);
    let (count, set_count) = signal(0);
    let (is_away, set_away) = signal(false);
    Effect::new(move |_| {
        if Picker::wake(set_count, set_away).is_some() {
            set_asleep.set(false);
        }
    });
    view! {
        <span role="status" hidden=is_asleep>
            <span hidden=is_away>{chosen} " " <strong class="num">{count}</strong></span>
            <span hidden=move || !is_away.get()>{away}</span>
        </span>
    }
}

#[derive(Clone)]
struct Picker {
    form: HtmlFormElement,
    search: HtmlInputElement,
    /// Kept apart from the form's own list: the list changes.
    state: Rc<State>,
    set_count: WriteSignal<u32>,
    set_away: WriteSignal<bool>,
}

#[derive(Default)]
struct State {
    /// The next step. There is one request at a time, so that no older choice overtakes a newer one on its way.
    wanted: RefCell<Option<String>>,
    is_asking: Cell<bool>,
    /// A key or a finger is down within the form.
    is_pressed: Cell<bool>,
    typing: Cell<Option<TimeoutHandle>>,
}

impl Picker {
    fn wake(set_count: WriteSignal<u32>, set_away: WriteSignal<bool>) -> Option<()> {
        let form: HtmlFormElement = dom::first(&document(), "form.picking")?;
        let picker = Self {
            search: dom::first(&form, QUERY)?,
            form,
            state: Rc::default(),
            set_count,
            set_away,
        };
        // What the style sheet counts, and the server adds: the picker says both together.
        dom::first::<HtmlElement>(&picker.form, "#counted")?.set_hidden(true);
        let _ = picker.search.set_attribute("aria-keyshortcuts", "/");
        picker.count();
        picker.listen();
        Some(())
    }

    fn listen(&self) {
        let picker = self.clone();
        dom::listen(&self.search, "input", move |_: Event| picker.ask_soon());
        let picker = self.clone();
        dom::listen(&self.form, "change", move |_: Event| picker.count());
        let picker = self.clone();
        dom::listen(&self.form, "submit", move |event| picker.submit(&event));
        let picker = self.clone();
        dom::listen(&document(), "keydown", move |event| picker.press(&event));
        self.listen_to_presses();
    }

    /// Notes from when to when something is pressed. What ends a press may happen anywhere.
    fn listen_to_presses(&self) {
        for start in ["pointerdown", "keydown"] {
            let state = Rc::clone(&self.state);
            dom::listen(&self.form, start, move |_: Event| {
                state.is_pressed.set(true);
            });
        }
        for end in ["pointerup", "pointercancel", "keyup", "blur"] {
            let state = Rc::clone(&self.state);
            dom::listen(&window(), end, move |_: Event| {
                state.is_pressed.set(false);
            });
        }
    }

    fn list(&self) -> Option<List> {
        List::of(&self.form)
    }

    fn count(&self) {
        if let Some(list) = self.list() {
            self.set_count.set(list.chosen());
        }
    }

    /// Everything but *Submit for approval* is done here.
    fn submit(&self, event: &SubmitEvent) {
        let button = event.submitter();
        let action = button.and_then(|button| button.get_attribute("value"));
        let action = action.unwrap_or_else(search);
        if action != "submit" {
            event.prevent_default();
            self.ask(action);
        }
    }

    fn press(&self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let target = event.target();
        let is_search = target.as_ref() == Some(self.search.as_ref());
        match event.key().as_str() {
            "/" if !dom::is_writing(target.as_ref()) => {
                dom::focus(Some(&self.search));
                self.search.select();
            }
            "Escape" if is_search && !self.search.value().is_empty() => {
                self.search.set_value("");
                self.ask(search());
            }
            "ArrowDown" if is_search => self.step(None, 1),
            "ArrowDown" => return self.step_from(event, 1),
            "ArrowUp" => return self.step_from(event, -1),
            _ => return,
        }
        event.prevent_default();
    }

    fn step_from(&self, event: &KeyboardEvent, by: isize) {
        let box_of = |list: &List| list.place_of(event.target()?.as_ref());
        if let Some(place) = self.list().as_ref().and_then(box_of) {
            event.prevent_default();
            self.step(Some(place), by);
        }
    }

    /// To the next box, or from above the first one back to the search.
    fn step(&self, from: Option<usize>, by: isize) {
        let place = from.map_or(Some(0), |from| from.checked_add_signed(by));
        match (place, self.list()) {
            (Some(place), Some(list)) => list.focus(place),
            _ => dom::focus(Some(&self.search)),
        }
    }

    /// Asks when somebody stops typing.
    fn ask_soon(&self) {
        self.stop_typing();
        let picker = self.clone();
        let soon = set_timeout_with_handle(move || picker.ask(search()), TYPING);
        self.state.typing.set(soon.ok());
    }

    fn stop_typing(&self) {
        if let Some(typing) = self.state.typing.take() {
            typing.clear();
        }
    }

    fn ask(&self, action: String) {
        self.stop_typing();
        self.state.wanted.replace(Some(action));
        if !self.state.is_asking.replace(true) {
            let picker = self.clone();
            spawn_local(async move {
                picker.work().await;
                picker.state.is_asking.set(false);
            });
        }
    }

    async fn work(&self) {
        loop {
            let Some(action) = self.state.wanted.take() else {
                return;
            };
            let Some(list) = self.list() else { return };
            let sent = list.ticks();
            let Some(fields) = list.fields(&action) else {
                return;
            };
            list.set_busy(true);
            let answer = dom::ask(&list.path(), Some(&fields)).await;
            // A box that goes between the press and its end is never ticked.
            while self.state.is_pressed.get() {
                dom::pause(PRESS_MILLIS).await;
            }
            list.set_busy(false);
            self.set_away.set(answer.is_none());
            let Some(answer) = answer else {
                // A newer wish is in its place already.
                self.state.wanted.borrow_mut().get_or_insert(action);
                dom::pause(RETRY_MILLIS).await;
                continue;
            };
            // Something else is looked for by now, and will be sent with what is ticked.
            if action == search() && self.state.wanted.borrow().is_some() {
                continue;
            }
            match list.take_place(&answer, &sent, action.starts_with("page:")) {
                // The choice is over: the server says what comes now.
                None => {
                    let _ = window().location().assign(&answer.url);
                    return;
                }
                Some(Some(again)) => {
                    self.state.wanted.borrow_mut().get_or_insert(again);
                }
                Some(None) => {}
            }
            self.count();
        }
    }
}

fn search() -> String {
    "search".to_owned()
}
