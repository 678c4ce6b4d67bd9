//! How an island comes to life, and what it shows then.

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::dom;

/// Runs once, in the browser only, when the island is awake.
pub fn on_wake(run: impl FnOnce() + 'static) {
    let mut run = Some(run);
    Effect::new(move |_| {
        if let Some(run) = run.take() {
            run();
        }
    });
}

/// Shows what waits hidden for the island of this name: without script nothing is offered that does nothing.
pub fn show(name: &str) {
    let selector = ["[data-wakes=", name, "]"].concat();
    for element in dom::all::<HtmlElement>(&document(), &selector) {
        element.set_hidden(false);
    }
}
