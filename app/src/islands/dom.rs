//! What every island does with the page around it: find elements, listen, remember.
//!
//! An island is small where it stands beside what it works on: the server draws the form or the list, and the
//! island wakes it up. All of this is called from effects and handlers, which run in the browser only.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure, convert::FromWasmAbi};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Document, DomParser, Element, EventTarget, HtmlElement, Node, RequestInit,
    Response, Storage, SupportedType, UrlSearchParams, js_sys::Promise,
};

/// The first element below `root` that fits, as what it is.
pub fn first<T: JsCast>(root: &Node, selector: &str) -> Option<T> {
    let found = match root.dyn_ref::<Document>() {
        Some(document) => document.query_selector(selector),
        None => root.dyn_ref::<Element>()?.query_selector(selector),
    };
    found.ok()??.dyn_into().ok()
}

/// All elements below `root` that fit, in their order.
pub fn all<T: JsCast>(root: &Node, selector: &str) -> Vec<T> {
    let found = match root.dyn_ref::<Document>() {
        Some(document) => document.query_selector_all(selector),
        None => match root.dyn_ref::<Element>() {
            Some(element) => element.query_selector_all(selector),
            None => return Vec::new(),
        },
    };
    let Ok(found) = found else { return Vec::new() };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

/// The element around this one that fits.
pub fn around<T: JsCast>(element: &Element, selector: &str) -> Option<T> {
    element.closest(selector).ok()??.dyn_into().ok()
}

/// Calls back on every such event, for as long as the page lives.
pub fn listen<E: FromWasmAbi + 'static>(
    target: &EventTarget,
    event: &str,
    callback: impl FnMut(E) + 'static,
) {
    let callback = Closure::<dyn FnMut(E)>::new(callback).into_js_value();
    let _ = target.add_event_listener_with_callback(event, callback.unchecked_ref());
}

/// Whether a key that is pressed here writes into a field, so that it is no shortcut.
pub fn is_writing(target: Option<&EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_ref::<HtmlElement>()) else {
        return false;
    };
    let is_field =
        element.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
    element.is_content_editable() || is_field.unwrap_or(false)
}

/// Moves the focus to an element, if it is there.
pub fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// What this browser remembers under a key. Nothing where it may not remember.
pub fn remembered(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Has this browser remember a value, or forget it.
pub fn remember(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

/// Whether this browser may remember anything: some refuse together with their cookies.
pub fn may_remember() -> bool {
    storage().is_some()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

/// A page of ours, read from its text.
pub fn parsed(html: &str) -> Option<Document> {
    let parser = DomParser::new().ok()?;
    parser.parse_from_string(html, SupportedType::TextHtml).ok()
}

/// What came back from our server.
pub struct Answer {
    pub status: u16,
    /// Where redirects led to.
    pub url: String,
    pub is_redirected: bool,
    pub text: String,
}

/// Asks our server as a page would: posts a form, or without one gets. `None`: there is no connection.
pub async fn ask(path: &str, form: Option<&UrlSearchParams>) -> Option<Answer> {
    let init = RequestInit::new();
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MILLIS)));
    if let Some(form) = form {
        init.set_method("POST");
        init.set_body(form);
    }
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await;
    let answer: Response = answer.ok()?.unchecked_into();
    let text = JsFuture::from(answer.text().ok()?).await.ok()?;
    Some(Answer {
        status: answer.status(),
        url: answer.url(),
        is_redirected: answer.redirected(),
        text: text.as_string().unwrap_or_default(),
    })
}

/// Our server answers within ten seconds, whatever it waits for.
const PATIENCE_MILLIS: u32 = 15_000;

/// Lets time pass.
pub async fn pause(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = JsFuture::from(promise).await;
}
