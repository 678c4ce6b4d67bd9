use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, HtmlElement, KeyboardEvent,
    js_sys::{Array, Date, Function, Intl::DateTimeFormat, JSON},
};

use super::{dom, keys, wake};
use crate::model::{Ago, counted};

/// What a moment is told with: to the minute, and in which zone.
const FORMAT: &str = r#"{"day":"numeric","month":"short","year":"numeric","hour":"2-digit","minute":"2-digit","hourCycle":"h23","timeZoneName":"short"}"#;
/// Milliseconds of a minute.
const MINUTE: f64 = 60_000.0;

/// Keeps the words for "how long ago" fresh on a page that stays open, and tells the moment of every time in the
/// reader's own zone: behind the words, or in their place for those who cannot hover (a button, the key `t`).
#[island]
pub fn FreshTimes(
    /// The server's clock when it made the page.
    now: String,
    /// How moments are written in the page's language.
    locale: String,
    just_now: String,
    /// Packed words for so many minutes.
    minutes: String,
    hours: String,
    days: String,
) -> impl IntoView {
    wake::on_wake(move || {
        let times = Rc::new(Times {
            ahead: clock_error(&now),
            format: format(&locale),
            just_now,
            minutes,
            hours,
            days,
            are_exact: Cell::new(false),
        });
        times.refresh();
        let button = dom::first::<HtmlElement>(&document(), "[data-wakes=times] button");
        if let Some(button) =
            button.filter(|_| dom::first::<Element>(&document(), "time[data-ago]").is_some())
        {
            wake::show("times");
            listen(&times, button);
        }
        let again = Rc::clone(&times);
        dom::listen(&document(), "visibilitychange", move |_: Event| {
            again.refresh();
        });
        set_interval(move || times.refresh(), Duration::from_secs(60));
    });
}

fn listen(times: &Rc<Times>, button: HtmlElement) {
    let toggled = Rc::clone(times);
    let pressed = button.clone();
    dom::listen(&button, "click", move |_: Event| {
        let are_exact = toggled.toggle();
        let _ = pressed.set_attribute("aria-pressed", if are_exact { "true" } else { "false" });
    });
    dom::listen(&document(), "keydown", move |event: KeyboardEvent| {
        if keys::plain(&event).is_some_and(|key| key == "t") && !event.repeat() {
            button.click();
        }
    });
}

struct Times {
    /// How far this machine's clock is ahead of the server's.
    ahead: f64,
    /// Writes a moment.
    format: Function,
    just_now: String,
    minutes: String,
    hours: String,
    days: String,
    are_exact: Cell<bool>,
}

impl Times {
    fn toggle(&self) -> bool {
        let are_exact = !self.are_exact.get();
        self.are_exact.set(are_exact);
        self.refresh();
        are_exact
    }

    fn refresh(&self) {
        let now = Date::now() - self.ahead;
        for time in dom::all::<HtmlElement>(&document(), "time[datetime]") {
            let at = Date::parse(&time.get_attribute("datetime").unwrap_or_default());
            let exact = self.exact(at);
            time.set_title(&exact);
            let Some(said) = time.get_attribute("data-ago") else {
                continue;
            };
            let words = if self.are_exact.get() {
                exact
            } else {
                self.ago(at, now, said)
            };
            if time.text_content().as_deref() != Some(&words) {
                time.set_text_content(Some(&words));
            }
        }
    }

    /// `said` is what the server said in place of a number of days, if it did.
    fn ago(&self, at: f64, now: f64, said: String) -> String {
        if !said.is_empty() {
            return said;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "minutes of a person's life"
        )]
        let minutes = ((now - at) / MINUTE) as i64;
        match Ago::of_minutes(minutes) {
            Ago::Now => self.just_now.clone(),
            Ago::Minutes(count) => counted::unpack(&self.minutes, count),
            Ago::Hours(count) => counted::unpack(&self.hours, count),
            Ago::Days(count) => counted::unpack(&self.days, count),
        }
    }

    fn exact(&self, at: f64) -> String {
        let words = self
            .format
            .call1(&JsValue::UNDEFINED, &JsValue::from_f64(at));
        words
            .ok()
            .and_then(|words| words.as_string())
            .unwrap_or_default()
    }
}

/// The page was asked for at a moment of this machine's clock that is about the moment of the server's.
fn clock_error(now: &str) -> f64 {
    let asked = window()
        .performance()
        .map(|performance| performance.time_origin());
    asked.map_or(0.0, |asked| asked - Date::parse(now))
}

fn format(locale: &str) -> Function {
    let options = JSON::parse(FORMAT).unwrap_or_default();
    DateTimeFormat::new(
        &Array::of1(&JsValue::from_str(locale)),
        options.unchecked_ref(),
    )
    .format()
}
