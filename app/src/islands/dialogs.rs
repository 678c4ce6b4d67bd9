use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
};

use super::{dom, wake::on_wake};

/// Opens the dialogs of the page. A button with `data-opens` names one by its id; where it would send a form, the
/// dialog asks first, and holds the button that sends it. Without script such a button does what it says.
///
/// With `data-unless-empty` it names a field without which there is nothing to ask about yet: the server says what
/// is missing.
#[island]
pub fn Dialogs() -> impl IntoView {
    on_wake(|| dom::listen(&document(), "click", |event| clicked(&event)));
}

fn clicked(event: &Event) {
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return;
    };
    if let Some(opener) = dom::around::<HtmlElement>(&target, "[data-opens]") {
        if let Some(dialog) = dialog_of(&opener) {
            event.prevent_default();
            open(&opener, &dialog);
        }
    } else if target.has_attribute("data-closes") || target.is_instance_of::<HtmlDialogElement>() {
        // A click beside the dialog lands on the dialog itself.
        if let Some(dialog) = dom::around::<HtmlDialogElement>(&target, "dialog") {
            dialog.close();
        }
    }
}

fn dialog_of(opener: &HtmlElement) -> Option<HtmlDialogElement> {
    let field = opener.get_attribute("data-unless-empty");
    if field.is_some_and(|field| is_empty(&field)) {
        return None;
    }
    let dialog = document().get_element_by_id(&opener.get_attribute("data-opens")?)?;
    dialog.dyn_into().ok()
}

fn is_empty(field: &str) -> bool {
    let Some(field) = document().get_element_by_id(field) else {
        return false;
    };
    let value = match field.dyn_ref::<HtmlTextAreaElement>() {
        Some(area) => area.value(),
        None => field
            .dyn_ref::<HtmlInputElement>()
            .map(HtmlInputElement::value)
            .unwrap_or_default(),
    };
    value.trim().is_empty()
}

/// The focus comes back to the button, also where a click does not give it the focus (Safari).
fn open(opener: &HtmlElement, dialog: &HtmlDialogElement) {
    dom::focus(Some(opener));
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}
