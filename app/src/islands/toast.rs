use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use web_sys::{Element, Event, HtmlElement};

use super::{dom, wake};

/// How long good news stays.
const STAYS: Duration = Duration::from_secs(12);

/// What the last action led to, at the edge of the page: said once, dismissed by a button. Good news goes by itself,
/// but never under a pointer or the focus; what went wrong stays.
#[island]
pub fn Toast() -> impl IntoView {
    wake::on_wake(|| {
        let Some(toast) = dom::first::<HtmlElement>(&document(), ".toast") else {
            return;
        };
        wake::show("toast");
        say(&toast);
        let dismissed = toast.clone();
        if let Some(button) = dom::first::<HtmlElement>(&toast, "button") {
            dom::listen(&button, "click", move |_: Event| dismiss(&dismissed));
        }
        if dom::first::<Element>(&toast, "[role=status]").is_some() {
            go_after_a_while(&toast);
        }
    });
}

/// What stands in a page from the beginning is not said by screen readers. What comes into it is, so it comes again.
fn say(toast: &HtmlElement) {
    let words = dom::first::<Element>(toast, "[role] > *");
    if let Some(words) = words
        && let Ok(again) = words.clone_node_with_deep(true)
    {
        let _ = words.replace_with_with_node_1(&again);
    }
}

fn go_after_a_while(toast: &HtmlElement) {
    let timer = Rc::new(Timer {
        toast: toast.clone(),
        running: Cell::new(None),
    });
    for (event, holds) in [
        ("pointerenter", true),
        ("focusin", true),
        ("pointerleave", false),
        ("focusout", false),
    ] {
        let timer = Rc::clone(&timer);
        dom::listen(toast, event, move |_: Event| {
            if holds { timer.stop() } else { timer.start() }
        });
    }
    timer.start();
}

struct Timer {
    toast: HtmlElement,
    running: Cell<Option<TimeoutHandle>>,
}

impl Timer {
    fn stop(&self) {
        if let Some(running) = self.running.take() {
            running.clear();
        }
    }

    fn start(self: &Rc<Self>) {
        self.stop();
        let timer = Rc::clone(self);
        let gone = move || {
            if !is_held(&timer.toast) {
                timer.toast.remove();
            }
        };
        self.running.set(set_timeout_with_handle(gone, STAYS).ok());
    }
}

/// Under the pointer, or with the focus in it.
fn is_held(toast: &HtmlElement) -> bool {
    toast.matches(":hover, :focus-within").unwrap_or(false)
}

/// The focus was on a button that is gone: the page itself takes it.
fn dismiss(toast: &HtmlElement) {
    toast.remove();
    dom::focus(dom::first::<HtmlElement>(&document(), "#main").as_ref());
}
