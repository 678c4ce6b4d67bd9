//! Keys of one letter. They never get in the way of typing, of a dialog, or of the browser's own keys.

use leptos::prelude::*;
use web_sys::{Element, KeyboardEvent};

use super::dom;

/// The key that was pressed, where it may mean something to the page.
pub fn plain(event: &KeyboardEvent) -> Option<String> {
    let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    let is_ours = !has_modifier
        && !event.default_prevented()
        && !event.is_composing()
        && !dom::is_writing(event.target().as_ref())
        && dom::first::<Element>(&document(), "dialog[open]").is_none();
    is_ours.then(|| event.key())
}
